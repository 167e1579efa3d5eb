"""Safeguarding, in its own compartment: facts, noted after leaving, for the contact person."""
