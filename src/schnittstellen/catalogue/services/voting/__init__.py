"""Motions: what the board does beside deciding on applications, by the votes that the rules of the day demand."""
