"""At the door: rounds, stops, contact attempts and appointments."""
