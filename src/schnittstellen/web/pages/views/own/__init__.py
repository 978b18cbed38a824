"""Pages on which organisations keep what is said of them."""
