"""The server's side of the simulation: the real app, spoken to line by line."""
