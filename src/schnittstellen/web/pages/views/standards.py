"""Pages about standards: the list, and one with its versions, roles and supporters."""

from functools import cache

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import Library
from schnittstellen.catalogue.services import directory
from schnittstellen.catalogue.services.news.items import Wanted
from schnittstellen.catalogue.services.standards import laid_out, supported
from schnittstellen.catalogue.wording.kinds import STATES
from schnittstellen.domain.standard import Requirement
from schnittstellen.domain.suite import Suite
from schnittstellen.web.pages.asked import day_of
from schnittstellen.web.pages.views.news import feed_of
from schnittstellen.web.pages.views.testing import choices

PAGE = 100


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All standards by title."""
    day = day_of(request)
    page = Paginator(directory.standards(), PAGE).get_page(request.GET.get("seite"))
    return render(request, "standards.html.j2", {"page": page, "supported": supported(), "day": day})


@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One standard, with the supporters of one version where `?version=` or `key@version` names it."""
    key, _, named = key.partition("@")
    day, version = day_of(request), request.GET.get("version", named)
    found = laid_out(key, day, version)
    shown = {"standard": found, "suites": _suites(key), "on_page": choices.names(), "states": STATES, "day": day}
    return render(
        request, "standard.html.j2", {**shown, "version_wanted": version, "feed": feed_of(Wanted(standard=found.key))}
    )


@cache
def _library() -> Library:
    """Read once; what is added to the library shows after the next start."""
    return bootstrap.library()


def _suites(key: str) -> list[tuple[Suite, list[Requirement]]]:
    """The suites of a standard, newest version first, each with the requirements that bind its role."""
    suites = [one for one in _library().suites() if one.standard == key]
    return [(one, _requirements(one)) for one in reversed(suites)]


def _requirements(suite: Suite) -> list[Requirement]:
    known = _library().standard(f"{suite.standard}@{suite.version}").requirements
    bound = [one for one in known.values() if not one.binds or suite.role in one.binds]
    return sorted(bound, key=lambda one: one.id)
