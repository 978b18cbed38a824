"""The board closes a deviation in operation that was reported: as many members agree as the rules demand."""

from datetime import date
from typing import Any

from django.db import transaction

from schnittstellen.catalogue.models import Case, Motion
from schnittstellen.catalogue.services.disputing import cases
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.voting import motions
from schnittstellen.catalogue.services.voting.members import demand_board
from schnittstellen.catalogue.services.voting.motions import About, Ballot
from schnittstellen.domain.voting import Subject

SUBJECT = Subject.DEVIATION


def propose(viewer: Viewer, member: Any, key: str, text: str, day: date) -> Case:
    """A member proposes and agrees. Raises `SchnittstellenError` (F400, F404–F406, F495)."""
    cases.demand_text(text)
    with transaction.atomic():
        found, of = _held(viewer, key)
        motions.propose(of, member, {"text": text.strip()}, day, lambda it: cases.end(found, it["text"], day))
    return found


def vote(viewer: Viewer, member: Any, key: str, ballot: Ballot, day: date) -> Case:
    """One more word. Raises `SchnittstellenError` (F400, F404, F405, F481, F496)."""
    with transaction.atomic():
        found, of = _held(viewer, key)
        motions.vote(of, member, ballot, day, lambda it: cases.end(found, it["text"], day))
    return found


def drop(viewer: Viewer, member: Any, key: str, why: str) -> None:
    """The proposal comes to nothing. Raises `SchnittstellenError` (F400, F401, F404, F405, F496)."""
    with transaction.atomic():
        motions.drop(_held(viewer, key)[1], member, why)


def about(of: Case) -> About:
    """What members vote on."""
    return About(SUBJECT, of.key, of.declaration.release.product.vendor.key)


def motion(of: Case) -> Motion | None:
    """What is voted on now."""
    return motions.open_motion(SUBJECT, of.key)


def _held(viewer: Viewer, key: str) -> tuple[Case, About]:
    found = cases.held(key)
    of = about(found)
    demand_board(viewer, of.vendor)
    return found, of
