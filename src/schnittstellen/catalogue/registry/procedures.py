"""What is owed when a catalogue moves: duties that are not met and motions that are open travel in its ledger.

The chain holds the duties of a decision; `said/duties.jsonl` what the vendor said of them, `said/motions.jsonl` what
the board is to vote about. Votes do not travel, because accounts do not. Applications, threads and files are private
and stay in the database: how many of them are left behind stands in `left.json`, and both commands say it.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from schnittstellen.catalogue.models import (
    Application,
    ApplicationDuty,
    Case,
    Contest,
    Declaration,
    Entry,
    Evidence,
    Motion,
    Question,
    QuestionPost,
)
from schnittstellen.catalogue.services.certifying import certificates
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.domain.voting import Subject

Said = Iterable[tuple[Entry, dict[str, Any]]]
Lines = dict[str, dict[str, Any]]
DUTIES, MOTIONS, LEFT = "duties", "motions", "left.json"
KEPT = ("said", "said_on", "rounds", "answer")
LEAVES = N_(
    "Nur in der Datenbank, nicht im Register: offene Anträge {applications}, offene Rückfragen {questions}, Anlagen "
    "{files}. Wer damit umzieht, sichert die Datenbank (siehe docs/howto/betreiben.md)."
)
LEFT_BEHIND = N_(
    "Der frühere Server hatte auch: offene Anträge {applications}, offene Rückfragen {questions}, Anlagen {files}. Sie "
    "stehen nur in seiner Datenbank, nicht in diesem Register (siehe docs/howto/betreiben.md)."
)


def left() -> dict[str, int]:
    """How much a registry leaves out, by its name in the texts; empty where that is nothing."""
    files = QuestionPost.objects.exclude(attachment=None).count() + Case.objects.exclude(attachment=None).count()
    found = {
        "applications": Application.objects.filter(state=Application.State.OPEN).count(),
        "questions": Question.objects.exclude(state=Question.State.SETTLED).count(),
        "files": files,
    }
    return found if any(found.values()) else {}


def left_in(ledger: Path) -> dict[str, int]:
    """The same as the server that wrote the registry said it."""
    path = ledger / LEFT
    if not path.is_file() or not path.resolve().is_relative_to(ledger.resolve()):
        return {}
    found = json.loads(path.read_text(encoding="utf-8"))
    return {name: int(found.get(name, 0)) for name in ("applications", "questions", "files")}


def said() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The lines of both files."""
    yield DUTIES, [_duty(one) for one in _open_duties()]
    motions = Motion.objects.filter(state=Motion.State.OPEN).order_by("key")
    yield (
        MOTIONS,
        [
            {
                "id": one.key,
                "subject": one.subject,
                "about": one.about,
                "said": one.said,
                "on": one.opened_on.isoformat(),
            }
            for one in motions
        ],
    )


def _open_duties() -> Iterable[ApplicationDuty]:
    rows = ApplicationDuty.objects.filter(met_on=None).exclude(application__decision="")
    return rows.select_related("application").order_by("application__decision", "application__key", "number")


def _duty(one: ApplicationDuty) -> dict[str, Any]:
    said_on = one.said_on.isoformat() if one.said_on else None
    texts = {"said": one.said, "said_on": said_on, "rounds": one.rounds, "answer": one.answer}
    return {"id": f"{one.application.decision}/{one.number}", "level": one.application.level, **texts}


def load(chain: Said, duties: Lines, motions: Lines) -> int:
    """Rebuild what is owed and is not here yet; gives how many duties and motions that are."""
    found = list(chain)
    met = {(it["decision"], it["duty"]): row.on for row, it in found if row.kind == Entry.Kind.DUTY_MET}
    there = set(Application.objects.exclude(decision="").values_list("decision", flat=True))
    count = 0
    for row, it in found:
        owed = [number for number, _ in enumerate(it.get("duties", ())) if (it["id"], number) not in met]
        if row.kind == Entry.Kind.DECISION and owed and it["id"] not in there:
            count += _rebuilt(row, it, {one: met.get((it["id"], one)) for one in range(len(it["duties"]))}, duties)
    return count + sum(_proposed(one) for one in motions.values())


def _rebuilt(row: Entry, it: dict[str, Any], met: dict[int, date | None], duties: Lines) -> int:
    """The application that a decision ended, with its duties; its texts stayed where it was decided."""
    known = duties.get(f"{it['id']}/{next(number for number, on in met.items() if on is None)}", {})
    assert row.declaration_id is not None
    made = Application.objects.create(
        **_key(it["id"]),
        declaration=Declaration.objects.get(pk=row.declaration_id),
        level=known.get("level", 1),
        made_on=row.on,
        ended_on=row.on,
        state=Application.State.GRANTED,
        proposed=True,
        lapses_on=it["lapses_on"],
        waived=dict.fromkeys(it["waived"], ""),
        duties=[{"text": one["text"], "due": one["due"]} for one in it["duties"]],
        decision=it["id"],
    )
    made.evidence.set(Evidence.objects.filter(declaration=row.declaration_id, report_sha256__in=it["evidence"]))
    rows = [_duty_row(made, number, one, duties) for number, one in enumerate(it["duties"])]
    for one in rows:
        one.met_on = met[one.number]
    return len([one for one in ApplicationDuty.objects.bulk_create(rows) if one.met_on is None])


def _key(decision: str) -> dict[str, str]:
    """The key that the application had, which the id of its decision ends with."""
    key = decision.partition("-")[2]
    return {"key": key} if key and not Application.objects.filter(key=key).exists() else {}


def _duty_row(of: Application, number: int, one: dict[str, Any], duties: Lines) -> ApplicationDuty:
    more = {name: value for name, value in duties.get(f"{of.decision}/{number}", {}).items() if name in KEPT}
    due = date.fromisoformat(one["due"]) if one["due"] else of.made_on
    return ApplicationDuty(application=of, number=number, text=one["text"], due=due, **more)


def _proposed(one: dict[str, Any]) -> int:
    """The motion, where what it is about is open here and nobody votes on that already."""
    same = Motion.objects.filter(subject=one["subject"], about=one["about"], state=Motion.State.OPEN)
    if Motion.objects.filter(key=one["id"]).exists() or same.exists() or not _open(one["subject"], one["about"]):
        return 0
    values = {"subject": one["subject"], "about": one["about"], "said": one["said"], "opened_on": one["on"]}
    Motion.objects.create(key=one["id"], **values)
    return 1


def _open(subject: str, about: str) -> bool:
    if subject == Subject.OBJECTION:
        return Contest.objects.filter(key=about, decided_on=None).exists()
    if subject == Subject.DEVIATION:
        return Case.objects.filter(key=about, closed_on=None).exists()
    try:
        return certificates.one(about, date.today()).revocation is None
    except SchnittstellenError:
        return False
