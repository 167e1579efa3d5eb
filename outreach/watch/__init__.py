"""Who is out there now: check-in, check-out, help, and the board."""
