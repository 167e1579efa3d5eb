"""Tests: sentences about what the software does."""
