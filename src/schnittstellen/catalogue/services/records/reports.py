"""Reports: what they prove, for everybody; as they were handed in, for some, because they may name a vendor's files."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import QuerySet

from schnittstellen.catalogue.models import Evidence, HandedInput, StoredReport
from schnittstellen.catalogue.services.disputing import contests
from schnittstellen.catalogue.services.viewer import Viewer


def document(digest: str, viewer: Viewer) -> bytes | None:
    """The bytes of a report; None where there is none that `viewer` may see."""
    if not (viewer.operator or viewer.board or _own(digest, viewer)):
        return None
    stored = StoredReport.objects.filter(sha256=digest).first()
    return bytes(stored.document) if stored else None


def _own(digest: str, viewer: Viewer) -> bool:
    of = Evidence.objects.filter(report_sha256=digest, declaration__release__product__vendor__key=viewer.vendor)
    return viewer.vendor is not None and of.exists()


def proven(digest: str, day: date | None = None) -> list[Evidence]:
    """What the report of that digest proves, a row for each declaration and suite; on `day`, what was run by then."""
    rows = Evidence.objects.filter(report_sha256=digest).select_related(
        "declaration__release__product__vendor", "declaration__role__version__standard", "counterpart__product"
    )
    return list((run_by(rows, day) if day else rows).order_by("pk"))


def run_by(rows: "QuerySet[Any]", day: date) -> "QuerySet[Any]":
    """The evidence that counts for `day` at the most: levels are computed from runs of that day (UTC) or before."""
    return rows.filter(run_at__lte=datetime.combine(day, time.max, UTC))


def published(digest: str) -> "QuerySet[HandedInput]":
    """The files that the vendor published with the report; everybody can judge them again."""
    return HandedInput.objects.filter(hand_in__evidence__report_sha256=digest, deleted_on=None)


def published_names(digest: str) -> list[tuple[str, str]]:
    """Names and digests of those files."""
    return list(published(digest).order_by("pk").values_list("name", "sha256"))


def mistaken(rows: list[Evidence], day: date) -> dict[str, dict[str, date]]:
    """Of each suite that made `rows` fail, the findings that count no more on `day`, and since when."""
    suites = {one.suite for one in rows if one.failing}
    found = {suite: contests.errata((suite,)) for suite in sorted(suites)}
    return {suite: {one: since for one, since in those.items() if since <= day} for suite, those in found.items()}
