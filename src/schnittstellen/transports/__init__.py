"""One module per way to the system under test."""
