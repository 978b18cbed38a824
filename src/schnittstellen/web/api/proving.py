"""What one report proves, for everybody: the evidence, objections to it, findings that count no more, its files."""

from datetime import date
from typing import NotRequired

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Path, Query, Router
from typing_extensions import TypedDict

from schnittstellen.catalogue.services.disputing import contests
from schnittstellen.catalogue.services.records import reports
from schnittstellen.catalogue.services.records.kinds import KINDS
from schnittstellen.web.api import problems, shapes
from schnittstellen.web.api.answers import answer
from schnittstellen.web.api.asked import PROBLEMS, OnDay, Sha256
from schnittstellen.web.api.bearing import MAYBE_TOKEN, viewer
from schnittstellen.web.api.disputes import Objection, objection
from schnittstellen.web.api.parameters import demand_known
from schnittstellen.web.api.records import BASE, linked

router = Router(auth=MAYBE_TOKEN, tags=["records"])


class Mistaken(TypedDict):
    """A finding that counts for no product since `since`: the suite was wrong."""

    suite: str
    finding: str
    since: date


class PublishedFile(TypedDict):
    """A file that was tested and that the vendor published; `address` is on the same server."""

    name: str
    sha256: str
    address: str


class ProvenByReport(TypedDict):
    """`id` is the SHA-256 of the report. `report` is its address, for those who may read it."""

    id: str
    self: str
    day: date
    evidence: list[shapes.Evidence]
    objections: list[Objection]
    mistaken: list[Mistaken]
    published: list[PublishedFile]
    report: NotRequired[str]


@router.get("/evidence/{id}", response={200: ProvenByReport, **PROBLEMS}, operation_id="get_evidence")
def evidence(request: HttpRequest, id: Path[Sha256], asked: Query[OnDay]) -> HttpResponse:
    """What the report with this SHA-256 proves, of what had been run on that day."""
    demand_known(request, asked)
    found = reports.proven(id, asked.day)
    if not found:
        return problems.of_status(request, 404)
    kind = KINDS["evidence"]
    shown = {
        "id": id,
        "self": f"{BASE}/evidence/{id}",
        "day": asked.day,
        "evidence": [linked(kind, one) for one in kind.show_all(found, viewer(request), asked.day)],
        "objections": [objection(one) for one in contests.of_evidence(found, asked.day)],
        "mistaken": _mistaken(reports.mistaken(found, asked.day)),
        "published": [_file(id, name, digest) for name, digest in reports.published_names(id)],
    }
    readable = reports.document(id, viewer(request)) is not None
    return answer(request, shown | ({"report": f"{BASE}/reports/{id}"} if readable else {}))


def _mistaken(errata: dict[str, dict[str, date]]) -> list[Mistaken]:
    return [
        Mistaken(suite=suite, finding=finding, since=since)
        for suite, those in errata.items()
        for finding, since in sorted(those.items())
    ]


def _file(report: str, name: str, digest: str) -> PublishedFile:
    return PublishedFile(name=name, sha256=digest, address=reverse("evidence-input", args=(report, digest)))
