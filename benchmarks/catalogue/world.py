"""A catalogue of the size of a country, made up from a seed: the same rows for the same seed and scale.

Popularity is uneven, as in life: few standards and products have most of the declarations and deployments.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any, TypeVar

from django.db import models, transaction

from schnittstellen.catalogue.models import (
    Coupling,
    Declaration,
    Deployment,
    Evidence,
    Leistung,
    Meeting,
    Municipality,
    Product,
    Provider,
    Release,
    Role,
    Standard,
    StandardVersion,
    StoredReport,
    Vendor,
)
from schnittstellen.catalogue.services import ledger, outlining, usage
from schnittstellen.catalogue.services.evidence import drafts, recompute_all
from schnittstellen.catalogue.services.search import reindex_all
from schnittstellen.domain.facts import Decision
from schnittstellen.formats.fact_records import decision_written

CHUNK = 5_000
TODAY = date(2026, 11, 1)
ROLES = (("sender", ("a", "b", "c"), ()), ("empfaenger", (), ("a", "b", "c")), ("vermittler", ("c",), ("a",)))
KINDS = ("fachverfahren",) * 6 + ("online-dienst",) * 2 + ("e-akte", "bezahlung", "transport", "bescheid")
VERDICTS = ("passed",) * 14 + ("passed_with_warnings",) * 2 + ("failed",) * 3 + ("not_tested",)
WORDS = ("Melde", "Bau", "Wohngeld", "Kita", "Friedhof", "Rats", "Finanz", "Schul", "Gewerbe", "Abfall", "Pass", "Kfz")
ENDS = ("wesen", "verfahren", "portal", "manager", "dienst", "akte", "kasse", "register")

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Size:
    """Numbers of rows; `Size().times(0.1)` is a tenth of the country."""

    products: int = 5_000
    standards: int = 60
    municipalities: int = 11_000
    deployments: int = 200_000
    reports: int = 300_000
    vendors: int = 800
    leistungen: int = 5_000

    def times(self, factor: float) -> "Size":
        """The same shape, smaller or larger; standards stay as they are."""
        names = ("products", "municipalities", "deployments", "reports", "vendors", "leistungen")
        return Size(standards=self.standards, **{name: max(1, int(getattr(self, name) * factor)) for name in names})


def make(size: Size, seed: int = 1, say: Callable[[str], None] = lambda _line: None) -> None:
    """Fill an empty catalogue."""
    chance = random.Random(seed)
    with transaction.atomic():
        for step in (
            _standards,
            _services,
            _places,
            _products,
            _declarations,
            _evidence,
            _deployments,
            _couplings,
            _index,
        ):
            say(step.__name__.strip("_"))
            step(size, chance)


def _standards(size: Size, chance: random.Random) -> None:
    _keep(Standard, (Standard(key=f"xmuster-{n:02}", title=f"XMuster {n}", kind="xml") for n in range(size.standards)))
    versions = (
        StandardVersion(standard_id=key, version=f"{n}.0", state="in_force", in_force_until=_until(n, chance))
        for key in _ids(Standard)
        for n in range(1, 5)
    )
    _keep(StandardVersion, versions)
    roles = (
        Role(version_id=key, key=name, title=name, sends=list(sends), receives=list(receives))
        for key in _ids(StandardVersion)
        for name, sends, receives in ROLES
    )
    _keep(Role, roles)
    _keep(Meeting, _meetings())


def _until(number: int, chance: random.Random) -> date | None:
    return None if number > 2 else TODAY + timedelta(chance.randint(-200, 700))


def _meetings() -> Iterator[Meeting]:
    by_version: dict[int, list[Role]] = {}
    for role in Role.objects.all():
        by_version.setdefault(role.version_id, []).append(role)
    for roles in by_version.values():
        for sender in roles:
            for receiver in roles:
                if shared := sorted(set(sender.sends) & set(receiver.receives)):
                    yield Meeting(sender=sender, receiver=receiver, messages=shared)


def _services(size: Size, chance: random.Random) -> None:
    rows = (
        Leistung(key=f"99{n:012}", title=f"{chance.choice(WORDS)}{chance.choice(ENDS)} {n} beantragen")
        for n in range(size.leistungen)
    )
    _keep(Leistung, rows)


def _places(size: Size, chance: random.Random) -> None:
    rows = (
        Municipality(
            key=f"{n // 1000 + 1:02}{n % 1000:03}{n % 997:03}",
            name=f"Musterort {n}",
            kreis=f"Musterkreis {n % 400}",
            form=chance.choice(("Stadt", "Gemeinde")),
            population=int(chance.paretovariate(1.1) * 2_000),
            open=n % 10 == 0,
        )
        for n in range(size.municipalities)
    )
    _keep(Municipality, rows)
    _keep(Provider, (Provider(key=f"musterzentrum-{n}", name=f"Musterzentrum {n}", example=True) for n in range(50)))


def _products(size: Size, chance: random.Random) -> None:
    _keep(Vendor, (Vendor(key=f"muster-{n}", name=f"Muster {n} GmbH", example=True) for n in range(size.vendors)))
    vendors, services = _ids(Vendor), _ids(Leistung)
    _keep(Product, (_product(n, chance.choice(vendors), chance) for n in range(size.products)))
    products = _ids(Product)
    links = Product.leistungen.through
    pairs = {(product, _uneven(services, chance)) for product in products for _ in range(3)}
    _keep(links, (links(product_id=product, leistung_id=service) for product, service in sorted(pairs)))
    releases = (
        Release(product_id=product, version=f"{n}.0", released=TODAY - timedelta(400 * (3 - n)))
        for product in products
        for n in (1, 2)
    )
    _keep(Release, releases)


def _product(number: int, vendor: int, chance: random.Random) -> Product:
    return Product(
        key=f"muster-{number}",
        name=f"Muster{chance.choice(WORDS).lower()}{chance.choice(ENDS)} {number}",
        vendor_id=vendor,
        kind=chance.choice(KINDS),
        purpose=f"{chance.choice(WORDS)}{chance.choice(ENDS)} für Kommunen",
        licence=chance.choice(("EUPL-1.2", "LicenseRef-proprietaer", "MIT", "")),
        publicly_funded=chance.choice((True, False, None)),
        end_of_support=chance.choice((None, TODAY + timedelta(chance.randint(-300, 900)))),
        example=True,
    )


def _declarations(_size: Size, chance: random.Random) -> None:
    roles = _ids(Role)
    pairs = {(release, _uneven(roles, chance)) for release in _ids(Release) for _ in range(3)}
    _keep(Declaration, (Declaration(release_id=release, role_id=role) for release, role in sorted(pairs)))


def _evidence(size: Size, chance: random.Random) -> None:
    declarations, releases = _ids(Declaration), _ids(Release)
    rows = (_proof(n, chance.choice(declarations), chance.choice(releases), chance) for n in range(size.reports))
    _keep(Evidence, rows)
    _keep(StoredReport, (StoredReport(sha256=_digest(n), document=b"{}" * 200) for n in range(size.reports)))
    _recorded()
    _decisions(size)
    recompute_all()
    outlining.renew_all()


def _recorded() -> None:
    """Each piece of evidence is a record of the chain, as if it had been attached."""
    keys = _ids(Evidence)
    for start in range(0, len(keys), CHUNK):
        rows = Evidence.objects.filter(pk__in=keys[start : start + CHUNK]).order_by("pk")
        ledger.append(drafts(list(rows)))


def _decisions(size: Size) -> None:
    """The board has certified one declaration for each hundred reports."""
    rows = Evidence.objects.filter(verdict="passed").select_related("declaration__release__product")
    rows = rows.select_related("declaration__role__version__standard").order_by("report_sha256")
    ledger.append(_decided(row) for row in rows[: size.reports // 100])


def _decided(row: Evidence) -> ledger.Draft:
    on = row.run_at.date() + timedelta(20)
    one = Decision(row.report_sha256, on, 3, True, frozenset({row.report_sha256}))
    body = {**ledger.named(row.declaration), **decision_written(one)}
    return ledger.Draft(ledger.Kind.DECISION, on, body, row.declaration_id)


def _digest(number: int) -> str:
    return sha256(str(number).encode()).hexdigest()


def _proof(number: int, declaration: int, other: int, chance: random.Random) -> Evidence:
    day = TODAY - timedelta(chance.randint(1, 700))
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    verdict = chance.choice(VERDICTS)
    reach = chance.choice((1, 1, 1, 2, 2, 3))
    return Evidence(
        declaration_id=declaration,
        reach=reach,
        counterpart_id=other if reach == Evidence.Reach.PAIR else None,
        verdict=verdict,
        cause="product" if verdict == "failed" else "",
        suite="xmuster",
        edition="1.0.0",
        suite_sha256="0" * 64,
        report_sha256=_digest(number),
        messages=["a", "b", "c"],
        run_at=at,
        attached_at=at,
        lapses_on=day + timedelta(600),
    )


def _deployments(size: Size, chance: random.Random) -> None:
    places, releases, providers = _ids(Municipality), _ids(Release), _ids(Provider)
    rows = (
        Deployment(
            key=f"d-{n}",
            municipality_id=places[n % len(places)],
            release_id=_uneven(releases, chance),
            operator_id=chance.choice(providers),
            since=TODAY - timedelta(chance.randint(1, 3000)),
            confirmed=n % 20 != 0,
        )
        for n in range(size.deployments)
    )
    _keep(Deployment, rows)
    service: dict[int, int] = {}
    for product, leistung in Product.leistungen.through.objects.values_list("product_id", "leistung_id"):
        service.setdefault(product, leistung)
    of = dict(Release.objects.values_list("id", "product_id"))
    links = Deployment.leistungen.through
    pairs = Deployment.objects.values_list("id", "release_id").iterator(chunk_size=CHUNK)
    _keep(links, (links(deployment_id=one, leistung_id=service[of[release]]) for one, release in pairs))


def _couplings(size: Size, _chance: random.Random) -> None:
    keys = _ids(Deployment)
    places = size.municipalities
    rows = (
        Coupling(key=f"c-{n}", first_id=keys[n], second_id=keys[n + places], messages=["a"])
        for n in range(0, len(keys) - places, 2)
    )
    _keep(Coupling, rows)


def _index(_size: Size, _chance: random.Random) -> None:
    reindex_all()
    usage.renew_all()


def _uneven(keys: list[int], chance: random.Random) -> int:
    return keys[int(len(keys) * chance.random() ** 3)]


def _ids(model: type[models.Model]) -> list[int]:
    return list(model._default_manager.order_by("pk").values_list("pk", flat=True))


def _keep(model: type[Row], rows: Iterable[Row]) -> None:
    waiting: Any = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        model._default_manager.bulk_create(chunk)
