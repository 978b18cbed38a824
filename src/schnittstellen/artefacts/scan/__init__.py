"""What the files of a source are, told by their content and never by their names."""
