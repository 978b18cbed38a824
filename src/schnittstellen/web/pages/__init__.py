"""Pages for people: views over services, templates in German with English from the catalogue."""
