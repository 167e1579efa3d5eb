"""Who can walk, when, and where not: the little that planning must know of a volunteer."""
