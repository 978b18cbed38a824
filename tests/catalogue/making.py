"""Builders of small worlds for the tests of the catalogue. Whatever is not named gets a plain value."""

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from schnittstellen.catalogue.models import (
    Coupling,
    Declaration,
    Deployment,
    Evidence,
    Leistung,
    Meeting,
    Municipality,
    Product,
    Release,
    Role,
    Standard,
    StandardVersion,
    Vendor,
)
from schnittstellen.catalogue.services import outlining, usage
from schnittstellen.catalogue.services.evidence import recompute_current

_NUMBERS = count(1)


def vendor(key: str = "musterhaus", **more: Any) -> Vendor:
    return Vendor.objects.get_or_create(key=key, defaults={"name": key.title(), "example": True, **more})[0]


def leistung(key: str = "99115005060000", **more: Any) -> Leistung:
    return Leistung.objects.get_or_create(key=key, defaults={"title": f"Leistung {key}", **more})[0]


def product(key: str, kind: str = "fachverfahren", leistungen: tuple[str, ...] = (), **more: Any) -> Product:
    made = Product.objects.create(
        key=key, name=more.pop("name", key), kind=kind, vendor=more.pop("vendor", None) or vendor(), **more
    )
    made.leistungen.set([leistung(one) for one in leistungen])
    return made


def release(name: str, **more: Any) -> Release:
    """`product@version`; the product is made where it is missing."""
    key, version = name.split("@")
    of = Product.objects.filter(key=key).first() or product(key)
    return Release.objects.create(product=of, version=version, **more)


def standard(name: str, roles: dict[str, tuple[list[str], list[str]]], **more: Any) -> StandardVersion:
    """`id@version` with its roles (sends, receives) and the meetings that follow from them."""
    key, version = name.split("@")
    of, _ = Standard.objects.get_or_create(key=key, defaults={"title": key})
    made = StandardVersion.objects.create(standard=of, version=version, **more)
    rows = [
        Role.objects.create(version=made, key=role, sends=sends, receives=receives)
        for role, (sends, receives) in roles.items()
    ]
    for sender in rows:
        for receiver in rows:
            if shared := _shared(sender.sends, receiver.receives):
                Meeting.objects.create(sender=sender, receiver=receiver, messages=shared)
    return made


def _shared(sends: list[str], receives: list[str]) -> list[str]:
    if "*" in sends:
        return receives
    return sends if "*" in receives else sorted(set(sends) & set(receives))


def declare(release_name: str, standard_name: str, role: str, **more: Any) -> Declaration:
    """The release and the standard must be there already (the release is made where it is missing)."""
    key, version = release_name.split("@")
    of = Release.objects.filter(product__key=key, version=version).first() or release(release_name)
    standard_key, standard_version = standard_name.split("@")
    played = Role.objects.get(version__standard__key=standard_key, version__version=standard_version, key=role)
    made = Declaration.objects.create(release=of, role=played, **more)
    outlining.renew([made.pk])
    return made


def prove(
    declaration: Declaration, reach: int = 1, verdict: str = "passed", days_ago: int = 1, **more: Any
) -> Evidence:
    """Evidence as attaching would leave it; `lapses_in` days from today."""
    number = next(_NUMBERS)
    today = date.today()
    at = datetime.combine(today - timedelta(days_ago), time(12), UTC)
    lapses_in = more.pop("lapses_in", None)
    values = {
        "suite": str(declaration.role),
        "edition": "1.0.0",
        "suite_sha256": "0" * 64,
        "report_sha256": sha256(str(number).encode()).hexdigest(),
        "run_at": at,
        "attached_at": at,
        "lapses_on": None if lapses_in is None else today + timedelta(lapses_in),
        **more,
    }
    made = Evidence.objects.create(declaration=declaration, reach=reach, verdict=verdict, **values)
    recompute_current([declaration.pk])
    return made


def municipality(ags: str = "05111000", **more: Any) -> Municipality:
    return Municipality.objects.get_or_create(
        key=ags, defaults={"name": f"Musterstadt {ags}", "kreis": "Musterkreis", "population": 50_000, **more}
    )[0]


def deploy(release_name: str, ags: str = "05111000", **more: Any) -> Deployment:
    key, version = release_name.split("@")
    of = Release.objects.filter(product__key=key, version=version).first() or release(release_name)
    leistungen = more.pop("leistungen", ())
    made = Deployment.objects.create(
        key=f"{ags}/{release_name}/{next(_NUMBERS)}",
        municipality=municipality(ags),
        release=of,
        confirmed=more.pop("confirmed", True),
        **more,
    )
    made.leistungen.set([leistung(one) for one in leistungen])
    usage.renew([of.product_id])
    return made


def couple(first: Deployment, second: Deployment, version: StandardVersion | None = None, **more: Any) -> Coupling:
    return Coupling.objects.create(
        key=f"{first.key}~{second.key}~{next(_NUMBERS)}", first=first, second=second, version=version, **more
    )
