"""Plans: what makes them, what checks them, what changes them by hand."""
