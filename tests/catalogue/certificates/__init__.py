"""Certificates in the catalogue: signed, shown, ended, revoked; confirmations of operation."""
