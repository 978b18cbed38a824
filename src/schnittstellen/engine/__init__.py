"""Runs suites against what transports observe and yields events. Knows no check and no transport by name."""
