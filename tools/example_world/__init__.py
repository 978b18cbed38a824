"""The invented world of `registry/`: every name begins with "Muster", every record says `example = true`."""
