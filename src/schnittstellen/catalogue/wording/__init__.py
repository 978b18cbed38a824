"""What services answer as data, in words for people; shared by commands, pages and REST."""
