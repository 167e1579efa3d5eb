"""Plans of rounds: proposals, kept and published."""
