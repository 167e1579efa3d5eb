"""The announcement letter: what it says, the code on it, and how it gets on paper."""
