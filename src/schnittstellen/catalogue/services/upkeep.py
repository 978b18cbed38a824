"""What an older version left is put right once, at the start of the new one, by records that are appended.

Evidence that is older than the chain gets its record. Evidence whose worth follows from a newer rule (decision 34) is
derived anew from its report, and the chain says so in a further record; what was recorded before stays as it is.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from schnittstellen.catalogue.models import Evidence, StoredReport, Upkeep
from schnittstellen.catalogue.services import ledger
from schnittstellen.catalogue.services.evidence import (
    Attachment,
    chain_missing,
    drafts,
    evidence,
    recompute_current,
)
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.formats.report_json import read_report
from schnittstellen.i18n import _

log = logging.getLogger(__name__)
FOLLOWS = ("verdict", "cause", "messages", "failing")
"""What of a row follows from its report by rules that may change."""
CHUNK = 200


def put_right() -> dict[str, int]:
    """Do what is to be done; gives for each how many rows it was about. What fails stays to be done."""
    done = {}
    for one in list(Upkeep.objects.filter(name__in=TASKS)):
        log.warning(_("Nach dem Wechsel der Version wird einmal nachgeholt: %s"), _(WORDS[one.name]))
        with transaction.atomic():
            done[one.name] = TASKS[one.name]()
            one.delete()
        log.warning(_("Nachgeholt; betroffen: %s"), done[one.name])
    return done


def derive_anew() -> int:
    """Evidence that was handed in, by the rules of now; gives how much of it is worth something else."""
    ledger.alone()
    changed = [row for each in _chunks() for row in each if _derived(row)]
    for start in range(0, len(changed), CHUNK):
        made = drafts(changed[start : start + CHUNK])
        ledger.append(replace(one, on=localdate(), body={**one.body, "anew": True}) for one in made)
    recompute_current({row.declaration_id for row in changed})
    return len(changed)


def _chunks() -> Iterator[list[Evidence]]:
    keys = list(Evidence.objects.exclude(judged=None).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        rows = Evidence.objects.filter(pk__in=keys[start : start + CHUNK]).order_by("pk")
        yield list(rows.select_related("declaration__role__version__standard"))


def _derived(row: Evidence) -> bool:
    """Bring the row to what follows from its report now; whether that was something else."""
    now = _now(row)
    changes = {name: value for name, value in now.items() if getattr(row, name) != value}
    if changes:
        Evidence.objects.filter(pk=row.pk).update(**changes)
        for name, value in changes.items():
            setattr(row, name, value)
    return bool(changes)


def _now(row: Evidence) -> dict[str, Any]:
    """A report that cannot be read any more shows nothing."""
    document = bytes(StoredReport.objects.get(sha256=row.report_sha256).document)
    try:
        report = read_report(document.decode("utf-8"), row.report_sha256)
        suite = next(one for one in report.suites if one.name == row.suite)
    except (SchnittstellenError, ValueError, StopIteration):
        log.exception("report %s", row.report_sha256)
        return {"verdict": "error", "cause": "tool", "messages": [], "failing": []}
    version = row.declaration.role.version
    judged = tuple(row.judged or ())
    given = Attachment(row.declaration_id, document, report, suite, row.attached_at, version.standard.kind)
    given = replace(given, ends=version.in_force_until, counterpart=row.counterpart_id, judged=judged, order=row.order)
    made = evidence(given)
    return {name: getattr(made, name) for name in FOLLOWS}


WORDS = {
    "chain": N_("Nachweise bekommen ihren Eintrag in der Nachweiskette."),
    "decision-34": N_("Eingereichte Nachweise werden nach den heutigen Regeln neu bewertet."),
}
TASKS: dict[str, Callable[[], int]] = {"chain": chain_missing, "decision-34": derive_anew}
