"""Validation against XML Schema: libxml2 in front, its known faults caught behind it."""
