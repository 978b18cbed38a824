"""Scenarios over several calls: Arazzo 1.0.1 with extension fields, run through the one sender."""
