"""Use cases of the catalogue, one module each; pages, REST and commands only call these."""
