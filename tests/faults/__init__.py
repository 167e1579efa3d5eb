"""Phones as processes against the real server, while it is killed, stopped and cut off."""
