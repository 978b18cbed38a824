"""Certificates as the catalogue knows them: each decision of the board that grants one, and how it stands on a day."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from schnittstellen.attest.envelope import CERTIFICATE, peeked
from schnittstellen.catalogue.models import Declaration, Entry, Evidence, SignedCertificate
from schnittstellen.catalogue.services.board_terms import terms
from schnittstellen.catalogue.services.certifying import board_key, coverage
from schnittstellen.catalogue.services.evidence import ALL
from schnittstellen.catalogue.services.facts import Known, known_of
from schnittstellen.catalogue.services.prepared import Prepared, PreparedModels
from schnittstellen.domain.certificate import Certificate, Support
from schnittstellen.domain.certified import Stand, State, stand
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.facts import Decision, Revocation
from schnittstellen.domain.issuing import Identity, issued
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.naming import ReleaseName, SuiteName
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Verdict
from schnittstellen.formats.attested import certificate_from

NO_CERTIFICATE = Fault(
    "F423",
    N_("Das Zertifikat {serial} gibt es nicht."),
    N_("Alle Zertifikate stehen auf der Seite „Zertifikate“. Prüfen Sie die Nummer."),
    http=404,
)
FAULTS = (NO_CERTIFICATE,)
PATH = "bescheinigungen"
_SERIAL = re.compile(r"([0-9]{4})-([0-9]{5,12})")


@dataclass(frozen=True, slots=True)
class Found:
    """A certificate. `certificate` is what was signed or, before that, what follows from the decision on its day.

    It is None where nothing that may be certified follows, which a decision that keeps to the rules does not allow.
    """

    serial: str
    entry: Entry
    decision: Decision
    declaration: Declaration
    signed: SignedCertificate | None
    certificate: Certificate | None
    stand: Stand
    revocation: Revocation | None

    @property
    def holds(self) -> bool:
        """Whether it may be relied upon on the day that was asked for."""
        return self.signed is not None and self.stand.state is State.VALID


def serial_of(entry: Entry) -> str:
    """The number of a certificate: the year of the decision, and its number in the chain of records."""
    return f"{entry.on.year}-{entry.number:05d}"


def one(serial: str, day: date) -> Found:
    """The certificate of that number as it stands on `day`. Raises `SchnittstellenError` (F423)."""
    return found_of([entry(serial)], day)[0]


def entry(serial: str) -> Entry:
    """The decision that the certificate of that number comes from. Raises `SchnittstellenError` (F423)."""
    match = _SERIAL.fullmatch(serial)
    row = granted(Entry.objects.filter(number=int(match[2]))) if match else []
    if not row or serial_of(row[0]) != serial:
        raise SchnittstellenError(NO_CERTIFICATE, serial=serial[:40])
    return row[0]


def granted(rows: "QuerySet[Entry]") -> list[Entry]:
    """Those of `rows` that are decisions for a certificate."""
    return _granted(rows.filter(kind=Entry.Kind.DECISION))


def _granted(decided: Iterable[Entry]) -> list[Entry]:
    return [row for row in decided if json.loads(bytes(row.body))["granted"]]


def decisions(**of: str | list[str]) -> "QuerySet[Entry]":
    """Decisions on declarations, narrowed by lookups of those."""
    return Entry.objects.filter(kind=Entry.Kind.DECISION, **{f"declaration__{name}": it for name, it in of.items()})


def of_declarations(declarations: Iterable[int], day: date) -> dict[int, Found]:
    """The newest certificate of each of `declarations` (primary keys), in a fixed number of queries."""
    rows = _granted(_DECISIONS.found(list(declarations), day))
    newest = {row.declaration_id: row for row in rows}
    return {one.declaration.pk: one for one in found_of(list(newest.values()), day)}


def serials_of(declarations: Iterable[int], day: date) -> dict[int, str]:
    """The number of the newest certificate of each of `declarations` (primary keys), in one query."""
    rows = _granted(_DECISIONS.found(list(declarations), day))
    return {row.declaration_id: serial_of(row) for row in rows if row.declaration_id}


def of_release(product: str, version: str, day: date) -> list[Found]:
    """The newest certificate for each interface of a release."""
    return list(of_declarations([pk for (pk,) in _OF_RELEASE.rows(product, version)], day).values())


def certified_products(keys: Iterable[str], day: date) -> set[str]:
    """Those of `keys` of which the board has certified something, whether it still holds or not; in two queries."""
    of = dict(_OF_PRODUCTS.rows(list(keys)))
    return {of[declaration] for declaration, body in _DECIDED.rows(list(of), day) if json.loads(bytes(body))["granted"]}


_OF_RELEASE = Prepared(
    lambda product, version: (
        Declaration.objects.filter(release__product__key=product, release__version=version)
        .order_by("pk")
        .values_list("pk")
    )
)
_OF_PRODUCTS = Prepared(
    lambda keys: (
        Declaration.objects.filter(release__product__key__in=keys).order_by().values_list("pk", "release__product__key")
    )
)
_DECIDED = Prepared(
    lambda declarations, day: (
        Entry.objects.filter(declaration__in=declarations, kind=Entry.Kind.DECISION, on__lte=day)
        .order_by("on", "number")
        .values_list("declaration_id", "body")
    )
)
_DECISIONS = PreparedModels(
    lambda declarations, day: Entry.objects.filter(
        declaration__in=declarations, kind=Entry.Kind.DECISION, on__lte=day
    ).order_by("on", "number")
)


@dataclass(frozen=True, slots=True)
class Page:
    """Some certificates; `next` continues after them, None where there are no more."""

    items: tuple[Found, ...]
    next: int | None


def page(rows: "QuerySet[Entry]", day: date, after: int, limit: int) -> Page:
    """At most `limit` certificates of decisions after the record `after`; may be fewer although more follow."""
    read_on = list(rows.filter(number__gt=after).order_by("number")[: limit + 1])
    keep = {row.pk for row in read_on[:limit]}
    following = read_on[limit - 1].number if len(read_on) > limit else None
    return Page(tuple(found_of(granted(Entry.objects.filter(pk__in=keep).order_by("number")), day)), following)


def found_of(entries: list[Entry], day: date) -> list[Found]:
    """The certificates of decisions, in a fixed number of queries for each 500."""
    if not entries:
        return []
    keys = {row.declaration_id for row in entries if row.declaration_id}
    rows = Declaration.objects.filter(pk__in=keys)
    related = rows.select_related("release__product__vendor", "role__version__standard")
    declarations, known, supports = {row.pk: row for row in related}, known_of(keys), _supports(keys)
    documents = {row.decision_id: row for row in SignedCertificate.objects.filter(decision__in=entries).order_by("pk")}
    return _counted(
        [
            _found(row, declarations[row.declaration_id], known, supports, (documents.get(row.pk), day))
            for row in entries
            if row.declaration_id
        ]
    )


def _counted(found: list[Found]) -> list[Found]:
    """What is not signed yet, with its figures; what was signed says what it says."""
    figures = coverage.counted(one.certificate for one in found if one.certificate and one.signed is None)
    return [replace(one, certificate=figures.get(one.serial, one.certificate)) for one in found]


def _found(
    row: Entry,
    of: Declaration,
    known: Mapping[int, Known],
    supports: Mapping[int, list[Support]],
    seen: tuple[SignedCertificate | None, date],
) -> Found:
    facts, (signed, day) = known[of.pk].facts, seen
    body = json.loads(bytes(row.body))
    decision = next(one for one in facts.decisions if one.id == body["id"])
    document = None if signed is None else read(bytes(signed.document))
    made = document or _issued(row, of, decision, known[of.pk], (supports.get(of.pk, []), row.on))
    taken = next((one for one in facts.revocations if one.decision == decision.id), None)
    standing = stand(decision, facts, terms(), day, document)
    return Found(serial_of(row), row, decision, of, signed, made, standing, taken)


def read(document: bytes) -> Certificate:
    """What a stored document says; its signature was verified before it was stored."""
    return certificate_from(peeked(document, CERTIFICATE).value())


def identity(row: Entry, of: Declaration) -> Identity:
    """What a certificate is about, and who issues it."""
    version, product, serial = of.role.version, of.release.product, serial_of(row)
    return Identity(
        serial=serial,
        issuer=board_key.issuer(),
        vendor=product.vendor.key,
        release=ReleaseName(product.key, of.release.version),
        product_name=product.name,
        suite=SuiteName(version.standard.key, version.version, of.role.key),
        url=f"{settings.ADDRESS}/{PATH}/{serial}" if settings.ADDRESS else "",
    )


def drafted(row: Entry, day: date) -> Certificate | None:
    """The certificate that would be issued on `day`; None where the decision does not stand then."""
    of = found_of([row], day)[0]
    key = of.declaration.pk
    made = _issued(row, of.declaration, of.decision, known_of([key])[key], (_supports({key}).get(key, []), day))
    return None if made is None else coverage.counted([made])[made.serial]


def _issued(
    row: Entry, of: Declaration, decision: Decision, known: Known, seen: tuple[list[Support], date]
) -> Certificate | None:
    """What follows from this decision; another one may stand on that day."""
    supports, day = seen
    if known.standing(day).decision != decision.id:
        return None
    return issued(identity(row, of), known.facts, terms(), day, supports)


def _supports(declarations: set[int]) -> dict[int, list[Support]]:
    rows = Evidence.objects.filter(declaration__in=declarations).select_related("counterpart__product").order_by("pk")
    found: dict[int, list[Support]] = {}
    for row in rows:
        found.setdefault(row.declaration_id, []).append(_support(row))
    return found


def _support(row: Evidence) -> Support:
    return Support(
        report_sha256=row.report_sha256,
        suite=row.suite,
        edition=row.edition,
        suite_sha256=row.suite_sha256,
        reach=Nachweisstufe(row.reach),
        verdict=Verdict(row.verdict),
        run_on=row.run_at.date(),
        messages=tuple(one for one in row.messages if one != ALL),
        failing=tuple(row.failing),
        order=row.order,
        against=str(row.counterpart) if row.counterpart else "",
    )
