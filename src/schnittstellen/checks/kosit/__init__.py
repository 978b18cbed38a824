"""Acceptance as the KoSIT validator decides it: scenarios, report input, report stylesheet, acceptMatch."""
