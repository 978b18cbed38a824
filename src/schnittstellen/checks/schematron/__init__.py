"""Schematron: sources are compiled to XSLT, ready stylesheets are sandboxed, both run on saxonche and speak SVRL."""
