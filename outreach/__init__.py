"""Voordeur: door-to-door help, from a street list to an accepted hand-over."""
