"""`test --sign` and `test --order`: a run by an order of the board, its report signed with the organisation's key."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from schnittstellen.artefacts.library import Library
from schnittstellen.attest import documents, faults, keys
from schnittstellen.attest.signing import signed_report
from schnittstellen.attest.trusting import read_keys
from schnittstellen.cli.arguments import demand_suites
from schnittstellen.cli.files import content, today, write
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.naming import NotAName, ReleaseName
from schnittstellen.domain.orders import Order, usable
from schnittstellen.domain.refusals import ORDER_ELSEWHERE, Refusal, Refused, refuse
from schnittstellen.domain.report import Report
from schnittstellen.domain.texts import N_
from schnittstellen.domain.trust import Purpose, Trust
from schnittstellen.i18n import _, current, filled

SUFFIX = ".dsse"


@dataclass(frozen=True, slots=True)
class Signing:
    """What signs the report of a run: the key is read before the run, so that a wrong passphrase costs nothing."""

    private: Ed25519PrivateKey
    release: ReleaseName
    report: Path

    @classmethod
    def of(cls, key: str, release: ReleaseName | None, report: Path | None, passphrase_env: str | None) -> Self:
        """Raises `SchnittstellenError` where the release, the file of the report or the key is missing."""
        if release is None:
            raise SchnittstellenError(faults.NO_RELEASE)
        if report is None:
            raise SchnittstellenError(faults.NO_JSON_REPORT)
        return cls(keys.read_private(Path(key), asking(passphrase_env, key)), release, report)

    def write(self, report: Report) -> Path:
        """Sign the bytes of the written report; returns the file of the envelope beside it."""
        data = content(str(self.report))
        beside = self.report.with_name(self.report.name + SUFFIX)
        write(beside, signed_report(report, data, self.release, keys.signer(self.private)))
        return beside


@contextmanager
def usable_order() -> Iterator[None]:
    """Nothing was tested where an order is refused: that is wrong usage, not a departure from the standard."""
    try:
        yield
    except Refused as refused:
        said = [f"{one.fault.code} {filled(one.fault.title, one.parameters, current())}" for one in refused.refusals]
        raise SchnittstellenError(faults.ORDER_NOT_USABLE, *said) from None


def ordered(file: str | None, trust: str | None) -> Order | None:
    """The order in `file`, verified where `trust` names the board's key. Raises `SchnittstellenError`."""
    if file is None:
        return None
    with usable_order():
        return _read_order(file, trust)


def _read_order(file: str, trust: str | None) -> Order:
    data = content(file)
    if trust is None:
        return documents.unverified_order(data, file)
    board = Trust(read_keys(content(trust), trust, Purpose.BOARD))
    return documents.read_order(data, board, today(), file)


def suite_by(order: Order, named: str | None, library: Library) -> str:
    """The suite of `order`, if the user named none, or that one. Raises `SchnittstellenError`."""
    names = [order.suite] if named is None else [suite.name for suite in demand_suites(named, library)]
    if order.suite not in names:
        found = {"order": order.id, "expected": order.suite, "found": named or ""}
        with usable_order():
            raise Refused([Refusal(ORDER_ELSEWHERE, found)])
    return order.suite


def released(text: str | None, order: Order | None) -> ReleaseName | None:
    """The release that is named, or that of the order. Raises `SchnittstellenError`."""
    try:
        release = None if text is None else ReleaseName.of(text)
    except NotAName:
        raise SchnittstellenError(faults.NOT_A_RELEASE, value=text or "") from None
    if order is not None:
        with usable_order():
            refuse([*usable(order, release, (), today())])
    return release or (None if order is None else order.release)


def seeded(options: dict[str, Any], order: Order) -> dict[str, Any]:
    """`options` with the seed of the order. Raises `SchnittstellenError` where another seed was given."""
    if "seed" in options:
        raise SchnittstellenError(faults.SEED_AND_ORDER)
    return {**options, "seed": order.seed}


def asking(variable: str | None, file: str) -> Callable[[], bytes]:
    """How the passphrase of a key is had: from a variable, or by a question that shows nothing."""

    def ask() -> bytes:
        if variable is None:
            text = _(N_("Passphrase für {file}")).format(file=file)
            return str(click.prompt(text, hide_input=True, err=True)).encode()
        return from_environment(variable)

    return ask


def from_environment(variable: str) -> bytes:
    """The value of an environment variable. Raises `SchnittstellenError` where it is not set."""
    if not os.environ.get(variable):
        raise SchnittstellenError(faults.NO_VARIABLE, name=variable)
    return os.environ[variable].encode()
