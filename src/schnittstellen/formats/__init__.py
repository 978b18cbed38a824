"""Written forms <-> domain objects: TOML by people, JSON by machines, digests, safely read XML."""
