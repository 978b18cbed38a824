"""What every page knows of the request."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix

from schnittstellen.catalogue.services.called import Called
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.web.pages.asked import chosen_day


def page(request: HttpRequest) -> dict[str, Any]:
    """What the frame of all pages needs.

    `here` is the address to come back to, `area` the part of the site that the navigation marks, `on` the day that the
    reader named (links of the page keep it), `kept` the other parameters, which the form for the day keeps, `called`
    the names of standards and roles, `root` what all paths of pages begin with.
    """
    match = request.resolver_match
    name = match.url_name if match and match.url_name else ""
    kept = [(name, value) for name, values in request.GET.lists() for value in values if name != "on"]
    frame = {"here": request.get_full_path(), "area": name.partition("-")[0], "on": _on(request), "kept": kept}
    return {**frame, "called": Called(), "root": get_script_prefix()}


def _on(request: HttpRequest) -> date | None:
    try:
        return chosen_day(request)
    except SchnittstellenError:
        return None
