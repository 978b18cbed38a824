"""Plays the server of a standard, so that a client product can be tested."""
