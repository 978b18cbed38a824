"""Keys, signed reports and certificates for tests; every forgery starts from one of these."""

import base64
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from schnittstellen.attest.keys import create, signer
from schnittstellen.attest.signing import signed_report
from schnittstellen.attest.verifying import Claim, Demands
from schnittstellen.domain.certificate import Certificate, Support
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.naming import ReleaseName
from schnittstellen.domain.orders import Order
from schnittstellen.domain.report import Report, SuiteUse
from schnittstellen.domain.trust import Purpose, Trust
from schnittstellen.domain.verdict import Verdict
from schnittstellen.formats.report_json import write_report
from tests.reports.making import report, result, step

TODAY = date(2026, 11, 24)
START, END = date(2026, 1, 1), date(2028, 1, 1)
VENDOR = "muster-software"
RELEASE = ReleaseName("muster-ris", "4.2")
SUITE, EDITION, SUITE_SHA256 = "muster@1.0/sender", "1.2.0", "12" * 32

OURS, OUR_KEY = create(VENDOR, Purpose.ORGANISATION, START, END)
THEIRS, THEIR_KEY = create("muster-konkurrenz", Purpose.ORGANISATION, START, END)
BOARDS, BOARD_KEY = create("muster-beirat", Purpose.BOARD, START, END)
STRANGER, STRANGERS_KEY = create(VENDOR, Purpose.ORGANISATION, START, END)
TRUST = Trust((OUR_KEY, THEIR_KEY, BOARD_KEY))
BOARD = signer(BOARDS)

CLAIM = Claim(VENDOR, RELEASE, SUITE)
DEMANDS = Demands(TODAY, {SUITE: {EDITION: SUITE_SHA256}})


def good(**changes: Any) -> Report:
    """A report that passed, one payload."""
    passed = report(result("gut.xml", step(Verdict.PASSED)))
    suite = replace(passed.suites[0], requirements=passed.suites[0].requirements[1:2])
    return replace(passed, **{"suites": (suite,), **changes})


def suite_use(**changes: Any) -> SuiteUse:
    return replace(good().suites[0], **changes)


def as_json(made: Report) -> bytes:
    stream = io.StringIO()
    write_report(made, stream)
    return stream.getvalue().encode()


def signed(made: Report, release: ReleaseName = RELEASE, private: Any = OURS) -> tuple[bytes, bytes]:
    """Envelope and report."""
    data = as_json(made)
    return signed_report(made, data, release, signer(private)), data


def unwrapped(envelope: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """The envelope and its payload, to be changed."""
    outer = json.loads(envelope)
    return outer, json.loads(base64.b64decode(outer["payload"]))


def wrapped(outer: Mapping[str, Any], payload: Any, **changes: Any) -> bytes:
    """An envelope with another payload and the old signatures."""
    data = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return json.dumps({**outer, "payload": base64.b64encode(data).decode(), **changes}).encode()


def order(**changes: Any) -> Order:
    made = Order("PA-2026-7", "muster-beirat", RELEASE, SUITE, 2**62 + 11, TODAY, date(2026, 12, 24), "ab" * 32)
    return replace(made, **changes)


def support(**changes: Any) -> Support:
    made = Support(
        report_sha256="cd" * 32,
        suite=SUITE,
        edition=EDITION,
        suite_sha256=SUITE_SHA256,
        reach=Nachweisstufe.ENDPOINT,
        verdict=Verdict.PASSED,
        run_on=date(2026, 11, 1),
        messages=("brief", "antwort"),
    )
    return replace(made, **changes)


def certificate(**changes: Any) -> Certificate:
    made = Certificate(
        serial="2026-0017",
        issuer="Muster-Beirat",
        vendor=VENDOR,
        release=RELEASE,
        product_name="Muster-RIS & Söhne <4>",
        standard="muster",
        version="1.0",
        role="sender",
        edition=EDITION,
        level=Nachweisstufe.BOARD,
        issued=date(2026, 11, 20),
        lapses_on=date(2027, 11, 20),
        evidence=(support(),),
        messages=("brief",),
        url="https://katalog.example.de/zertifikate/2026-0017",
    )
    return replace(made, **changes)
