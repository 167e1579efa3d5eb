"""Talks, and what households let us keep of them."""
