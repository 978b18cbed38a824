"""Handing in: a signed report of a vendor becomes evidence, as far as our own engine comes to the same."""
