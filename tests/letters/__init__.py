"""The announcement letter."""
