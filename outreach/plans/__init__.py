"""The household's plan, and the aftercare that comes back to it."""
