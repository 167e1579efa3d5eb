"""Makers of databases, towns and people for tests."""
