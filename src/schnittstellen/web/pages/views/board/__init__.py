"""Pages of applications for certification: for the vendor who applies and for the board."""
