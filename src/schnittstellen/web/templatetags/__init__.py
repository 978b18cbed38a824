"""Tags for the templates of others."""
