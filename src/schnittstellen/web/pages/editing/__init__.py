"""Forms that are described, not written: the fields of each kind, what was typed into them, and keeping it."""
