"""Signing and verifying what a run said."""
