"""What is new in the catalogue: from the chain of records and from what came in, public things only."""
