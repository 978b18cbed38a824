"""What every page knows of the request."""

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """`here` is the address to come back to, `area` the part of the site that the navigation marks."""
    match = request.resolver_match
    name = match.url_name if match and match.url_name else ""
    return {"here": request.get_full_path(), "area": name.partition("-")[0]}
