"""From HTML to tagged PDF."""
