"""The REST interface explained for people, from our own OpenAPI document."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.services.access import SCOPES, SCOPES_OF
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.i18n import _
from schnittstellen.web.api import problems
from schnittstellen.web.api.limits import TOO_MANY, WINDOW_SECONDS
from schnittstellen.web.api.records import BASE
from schnittstellen.web.api.urls import document
from schnittstellen.web.pages import api_words
from schnittstellen.web.pages.api_reference import Operation, groups, pretty


@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """Where to begin, what holds for all calls, and each operation with an example."""
    whole = json.loads(document())
    base = request.build_absolute_uri(BASE)
    shown = {
        "groups": groups(whole, base),
        "base": base,
        "about": whole["info"],
        "words": api_words,
        "title_of": title,
        "scopes": SCOPES,
        "scopes_of": SCOPES_OF,
        "limits": settings.RATE_LIMITS,
        "window": WINDOW_SECONDS,
        "problem": _problem(request),
    }
    return render(request, "help/interface.html.j2", shown)


def title(of: Operation) -> str | None:
    """What an operation is called in the language of the page; None where only the document tells."""
    if of.id in api_words.TITLES:
        return _(api_words.TITLES[of.id])
    verb, _underline, kind = of.id.partition("_")
    pattern = {"list": api_words.LIST, "get": api_words.ONE}.get(verb)
    return _(pattern).format(kind=_(api_words.KINDS[kind])) if pattern and kind in api_words.KINDS else None


def _problem(request: HttpRequest) -> str:
    """A problem as the interface tells it."""
    error = SchnittstellenError(TOO_MANY, quota=str(settings.RATE_LIMITS["address"] or 600), seconds="12")
    told = json.loads(problems.of_error(request, error).content)
    return pretty({**told, "instance": f"{BASE}/products"})
