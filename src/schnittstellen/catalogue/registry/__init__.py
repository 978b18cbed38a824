"""The written form of the catalogue (`registry/`): TOML that people review in git, read, checked, loaded, written."""
