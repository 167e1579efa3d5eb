"""Concerns in their own compartment."""
