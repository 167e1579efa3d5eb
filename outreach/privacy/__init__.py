"""How long every kind of record stays, and what goes at once: rules, and who carries them out."""
