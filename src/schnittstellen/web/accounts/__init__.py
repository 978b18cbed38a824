"""Accounts, organisations, keys for programmes, the audit log, and Django's admin."""
