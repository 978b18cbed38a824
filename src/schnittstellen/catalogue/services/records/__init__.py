"""Reading the records of the catalogue one by one and in order, each as far as the viewer may see it."""
