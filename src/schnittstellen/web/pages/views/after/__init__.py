"""Pages about what happens after a verdict: objections, deviations in operation, notices, previews."""
