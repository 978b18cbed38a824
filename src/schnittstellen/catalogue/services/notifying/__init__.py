"""Notices before an end: who wants them, what is due, and how it gets there, each once."""
