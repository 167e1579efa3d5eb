"""The official extract of the addresses register (LV-BAG 2.0): a zip of zips of XML."""
