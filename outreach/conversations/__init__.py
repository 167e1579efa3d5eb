"""The talk: consent first, then domains, notes, advice and a request for debt help."""
