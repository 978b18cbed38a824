"""Voting on a motion, the same on each page where the board decides something beside applications."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest

from schnittstellen.catalogue.models import Motion
from schnittstellen.catalogue.services import board_terms
from schnittstellen.catalogue.services.voting import motions
from schnittstellen.catalogue.services.voting.motions import About, Ballot
from schnittstellen.catalogue.wording.voting import explained
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.pages.views.after.common import in_words, tried

BALLOTS: dict[str, bool | None] = {"dafuer": True, "dagegen": False, "enthalten": None}
DROP = "verwerfen"
NOT_SURE = N_("Bestätigen Sie, dass Sie das jetzt wollen.")


def ballot(request: HttpRequest, say: Callable[[Ballot], object], drop: Callable[[str], object]) -> str | None:
    """Do what was pressed about a motion; what is to be told where refused, None where it was about something else."""
    what = request.POST.get("tun", "")
    remark = request.POST.get("remark", "")
    if what == DROP:
        return tried(lambda: drop(remark))
    if what not in BALLOTS:
        return None
    if "sure" not in request.POST:
        return _(NOT_SURE)
    return tried(lambda: say((BALLOTS[what], remark)))


def shown(request: HttpRequest, made: Motion | None, about: About, day: date) -> dict[str, Any]:
    """What a page tells of the motion that is open, and of the rules; for members of the board alone."""
    rules = board_terms.rules(day)
    votes = list(made.votes.all()) if made else []
    return {
        "motion": made,
        "votes": votes,
        "own": next((one for one in votes if one.user_id == request.user.pk), None),
        "last": motions.last(about),
        "typed": request.POST.get("remark", ""),
        "lacking": [in_words(one) for one in motions.against(made, about, day)] if made else [],
        "how": explained(rules, rules.voting.needed(about.subject, rules.terms.votes)),
        "edition": rules.edition,
        "alone": rules.voting.needed(about.subject, rules.terms.votes) == 1,
    }
