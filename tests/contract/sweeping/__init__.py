"""The sweep: every address, every role, and things of one's own, another district, elsewhere."""
