"""From volunteer to wijkcoach, with the household's say in what is shared."""
