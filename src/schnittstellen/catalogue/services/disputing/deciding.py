"""The board decides on an objection: as many members agree as the rules demand; upheld, it corrects the suite."""

from datetime import date
from typing import Any

from django.db import transaction

from schnittstellen.catalogue.models import Contest, Motion
from schnittstellen.catalogue.services import recording
from schnittstellen.catalogue.services.disputing import contests
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.voting import motions
from schnittstellen.catalogue.services.voting.members import demand_board
from schnittstellen.catalogue.services.voting.motions import About, Ballot
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.facts import Erratum
from schnittstellen.domain.voting import Subject

SUBJECT = Subject.OBJECTION


def propose(viewer: Viewer, member: Any, key: str, *, upheld: bool, answer: str, day: date) -> Contest:  # noqa: PLR0913
    """A member proposes and agrees; where the rules demand no more, it is decided at once.

    Raises `SchnittstellenError` (F398–F401, F495).
    """
    contests.demand_reason(answer)
    with transaction.atomic():
        found, about = _held(viewer, key)
        said = {"upheld": upheld, "answer": answer.strip()}
        motions.propose(about, member, said, day, lambda it: _decide(found, it, day))
    return found


def vote(viewer: Viewer, member: Any, key: str, ballot: Ballot, day: date) -> Contest:
    """One more word; it is decided as soon as that suffices. Raises `SchnittstellenError` (F398–F400, F481, F496)."""
    with transaction.atomic():
        found, about = _held(viewer, key)
        motions.vote(about, member, ballot, day, lambda it: _decide(found, it, day))
    return found


def drop(viewer: Viewer, member: Any, key: str, why: str) -> None:
    """The proposal comes to nothing. Raises `SchnittstellenError` (F398–F401, F496)."""
    with transaction.atomic():
        motions.drop(_held(viewer, key)[1], member, why)


def about(of: Contest) -> About:
    """What members vote on."""
    return About(SUBJECT, of.key, of.evidence.declaration.release.product.vendor.key)


def motion(of: Contest) -> Motion | None:
    """What is voted on now."""
    return motions.open_motion(SUBJECT, of.key)


def _held(viewer: Viewer, key: str) -> tuple[Contest, About]:
    found = contests.related().select_for_update(of=("self",)).filter(key=key).first()
    if found is None:
        raise SchnittstellenError(contests.NO_CONTEST)
    of = about(found)
    demand_board(viewer, of.vendor)
    if found.decided_on is not None:
        raise SchnittstellenError(contests.DECIDED)
    return found, of


def _decide(found: Contest, said: dict[str, Any], day: date) -> None:
    upheld, answer = said["upheld"], said["answer"]
    found.decided_on, found.upheld, found.answer = day, upheld, answer
    found.save()
    recording.decide_objection(found.evidence.declaration, found.key, upheld=upheld, on=day, reason=answer)
    if upheld:
        _correct(found, day)
    contests.note(found, {"upheld": None}, {"upheld": upheld, "reason": answer})


def _correct(found: Contest, day: date) -> None:
    """The suite should not make the finding: others who contest it are answered by that."""
    suite = found.evidence.suite
    if found.finding not in contests.errata((suite,)):
        recording.add_erratum(Erratum(suite, found.finding, day), found.answer)
