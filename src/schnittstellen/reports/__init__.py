"""One module per way to show a run."""
