"""Hand-overs, from offer to end."""
