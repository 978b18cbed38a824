"""The Referenzkatalog: products, declarations, municipalities, evidence; a Django app used as a library."""
