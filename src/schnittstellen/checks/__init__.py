"""One module per check; each declares its finding codes with explanation and remedy."""
