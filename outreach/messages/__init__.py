"""Telling colleagues that there is something new: by mail, by push, and never what it is."""
