"""Telling people there is something new: over real lines to real servers on this machine."""
