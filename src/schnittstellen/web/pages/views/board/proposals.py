"""The form in which a member of the board writes what is to be voted about."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from schnittstellen.catalogue.models import Application
from schnittstellen.catalogue.services.board import deciding, proposing, questions
from schnittstellen.catalogue.services.board.common import vendor_of
from schnittstellen.catalogue.services.board.proposing import Draft
from schnittstellen.catalogue.services.voting.members import demand_board
from schnittstellen.domain.facts import Duty
from schnittstellen.web.pages.views.after.common import tried
from schnittstellen.web.pages.views.board.common import YES, day, first_after, mine
from schnittstellen.web.pages.views.own.acting import own_page

BLANK = 3
GRANT = "zertifizieren"


@never_cache
@own_page
def write(request: HttpRequest, key: str) -> HttpResponse:
    """Write or change the proposal; votes about an earlier one do not count any more."""
    viewer, of = mine(request, key)
    demand_board(viewer, vendor_of(of))
    allowed, sent, wrong = deciding.waivable(of), request.POST.dict(), ""
    if request.method == "POST":
        wrong = tried(partial(proposing.propose, viewer, key, _draft(sent, allowed)))
        if not wrong:
            return redirect("own-application-decision", key)
    shown = {
        "of": of,
        "rules": deciding.rules(of, date.today()),
        "allowed": allowed,
        "said_against": proposing.spoken_against(of),
        "forbidden": [one for one in questions.findings(of) if one not in allowed],
        "typed": _typed(sent) if request.method == "POST" else _kept(of, allowed),
        "wrong": wrong,
    }
    return render(request, "board/proposal.html.j2", shown, status=422 if wrong else 200)


def _draft(sent: Mapping[str, str], allowed: list[str]) -> Draft:
    waived = {
        one: sent.get(f"grund-{number}", "")
        for number, one in enumerate(allowed)
        if sent.get(f"hinnehmen-{number}") == YES
    }
    lines = _lines(sent)
    duties = tuple(Duty(text, day(due)) for text, due in lines if text.strip() or due)
    granted = sent.get("was") == GRANT
    return Draft(granted, first_after(sent.get("until", "")), waived, duties, sent.get("reason", ""))


def _lines(sent: Mapping[str, str]) -> list[tuple[str, str]]:
    """The text and the last day of each duty that was sent."""
    most = proposing.MOST_DUTIES + BLANK
    return [
        (sent.get(f"auflage-{one}", ""), sent.get(f"frist-{one}", ""))
        for one in range(most)
        if f"auflage-{one}" in sent
    ]


def _typed(sent: Mapping[str, str]) -> dict[str, Any]:
    waived = {int(name[10:]) for name in sent if name.startswith("hinnehmen-") and name[10:].isdecimal()}
    reasons = {int(name[6:]): text for name, text in sent.items() if name.startswith("grund-") and name[6:].isdecimal()}
    return {
        "granted": sent.get("was") == GRANT,
        "until": sent.get("until", ""),
        "waived": waived,
        "reasons": reasons,
        "duties": _lines(sent),
        "reason": sent.get("reason", ""),
    }


def _kept(of: Application, allowed: list[str]) -> dict[str, Any]:
    """What is proposed now; where nothing is, as long as the rules allow."""
    longest = date.today() + timedelta(days=deciding.rules(of, date.today()).valid_days)
    last = (of.lapses_on or longest) - timedelta(days=1)
    return {
        "granted": of.proposed is not False,
        "until": last.isoformat(),
        "waived": {number for number, one in enumerate(allowed) if one in of.waived},
        "reasons": {number: of.waived.get(one, "") for number, one in enumerate(allowed)},
        "duties": [*((one["text"], one["due"]) for one in of.duties), *[("", "")] * BLANK],
        "reason": of.reason,
    }
