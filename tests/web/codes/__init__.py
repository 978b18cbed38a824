"""What findings mean, on pages."""
