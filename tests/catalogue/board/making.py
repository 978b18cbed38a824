"""A vendor with a proven declaration, and members of the board, for the tests of the procedure."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User

from schnittstellen.catalogue.models import Application, Declaration, Member, Vendor
from schnittstellen.catalogue.services.board import applying, proposing
from schnittstellen.catalogue.services.board.applying import Asked
from schnittstellen.catalogue.services.board.proposing import Draft
from schnittstellen.catalogue.services.viewer import Viewer
from tests.catalogue.making import declare, prove, standard

TODAY = date.today()
VENDOR, OTHER, BOARD = Viewer(vendor="musterhaus"), Viewer(vendor="fremd"), Viewer(board=True)
WAIVABLE, FINDING = "A204", "X102 R-001"


def day(offset: int) -> date:
    return TODAY + timedelta(offset)


def member(name: str, vendor: Vendor | None = None) -> User:
    """Somebody of the board, who may belong to a vendor, too."""
    user = User.objects.create_user(name, f"{name}@muster.example")
    Member.objects.create(user=user, role="board")
    if vendor:
        Member.objects.create(user=user, role="vendor", vendor=vendor)
    return user


def declared(release: str = "musterneu@1.0") -> Declaration:
    """A declaration with green evidence."""
    from schnittstellen.catalogue.models import Standard

    if not Standard.objects.filter(key="xmuster").exists():
        standard("xmuster@1.0", {"a": (["*"], [])})
    return declare(release, "xmuster@1.0", "a")


def applied(of: Declaration | None = None, **evidence: Any) -> Application:
    """An open application that rests on one run (`evidence` as `prove` has it)."""
    of = of or declared()
    run = prove(of, **evidence)
    return applying.apply(VENDOR, "musterhaus", Asked(of.pk, frozenset({run.report_sha256}), 1), TODAY)


def proposed(of: Application, **draft: Any) -> Application:
    """The board is to vote about certifying, or about what `draft` says."""
    return proposing.propose(BOARD, of.key, Draft(**{"granted": True, "lapses_on": day(365), **draft}))


def agree(of: Application, *users: User) -> None:
    """They agree to what is proposed now."""
    basis = Application.objects.get(pk=of.pk).basis
    for one in users:
        proposing.vote(BOARD, one, of.key, basis, (True, ""))
