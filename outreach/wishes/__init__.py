"""What residents answer to their letter: another day part, rather not, or a call."""
