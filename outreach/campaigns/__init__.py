"""Which streets, when, with which guide and from which base."""
