"""The trail: who did what, and what stood in a field before."""
