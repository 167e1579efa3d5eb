"""What a campaign still needs, what it came to, and who needs somebody."""
