"""Codes against code lists: which list and version a place means, whether the code is in it and holds on the day."""
