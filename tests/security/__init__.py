"""Ways in that must stay shut."""
