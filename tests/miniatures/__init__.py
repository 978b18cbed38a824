"""Small servers of our own that prove the engine: some conform, some are broken on purpose."""
