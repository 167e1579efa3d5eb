"""Where people live: addresses, areas chosen from them, and households met there."""
