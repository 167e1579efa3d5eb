"""Which pair rings at which doors, and in what order: plans, their rules and their figures."""
