"""Judging answers against an OpenAPI document, and finding the requests that show most of an API."""
