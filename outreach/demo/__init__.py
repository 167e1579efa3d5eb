"""A made-up town with a believable past; no story in it belongs to a real home."""
