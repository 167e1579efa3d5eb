"""Paper: HTML and CSS become tagged PDF."""
