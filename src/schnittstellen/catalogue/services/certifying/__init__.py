"""Certificates: what a decision of the board comes to, signed by its key, shown as it stands on a day, taken back."""
