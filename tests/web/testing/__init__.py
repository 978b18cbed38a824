"""Testing a message on a page."""
