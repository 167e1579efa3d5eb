"""Who may do what: municipality, districts, teams, accounts, roles, sessions and devices."""
