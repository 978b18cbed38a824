"""Does it deserve funding (Förderprüfung)? The rules, on what the catalogue knows of a release."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Q

from schnittstellen.artefacts.library import built_in
from schnittstellen.catalogue.models import Declaration, Product, Release
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.funding import Facts, Judged, Kept, Met, Rules, judge, overall
from schnittstellen.formats.funding_rules import read_funding_rules

FILE = "foerderung.toml"


@dataclass(frozen=True, slots=True)
class Funding:
    """The answer with every reason, by an edition of the rules."""

    release: str
    day: date
    edition: str
    met: Met
    reasons: tuple[Judged, ...]


def funding(name: str, day: date, rules: Rules | None = None) -> Funding:
    """Whether `product[@release]` deserves funding on `day`, in a fixed number of queries.

    Raises `SchnittstellenError` (F120, F121, F150).
    """
    by = rules or shipped()
    release = finding.release(name)
    reasons = judge(_facts(release, day), by)
    return Funding(str(release), day, by.edition, overall(reasons), reasons)


@cache
def shipped() -> Rules:
    """The rules that ship with the package."""
    return read_funding_rules(built_in() / "registry" / "rules" / FILE)


def _facts(release: Release, day: date) -> Facts:
    product = release.product
    leistungen = list(product.leistungen.values_list("pk", flat=True))
    others = Product.objects.filter(kind=product.kind, leistungen__in=leistungen, merged_into=None)
    found = list(others.exclude(pk=product.pk).distinct().order_by("key").values_list("key", "publicly_funded"))
    return Facts(
        licence=product.licence,
        source_code=product.source_code,
        declared=_kept(release, day),
        for_leistungen=bool(leistungen),
        funded=tuple(key for key, funded in found if funded),
        untold=tuple(key for key, funded in found if funded is None),
    )


def _kept(release: Release, day: date) -> tuple[Kept, ...]:
    in_force = Q(role__version__in_force_until=None) | Q(role__version__in_force_until__gte=day)
    rows = Declaration.objects.filter(in_force, release=release).exclude(role__version__state="withdrawn")
    declared = list(rows.select_related("role__version__standard").order_by("role__version__standard__key", "pk"))
    reached = levels([one.pk for one in declared], day)
    public = bool(release.product.documentation)
    return tuple(Kept(str(one.role), reached[one.pk], public or bool(one.documentation)) for one in declared)
