"""What is named anywhere, so that references can be checked before anything is loaded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from schnittstellen.artefacts.library import Library
from schnittstellen.domain.standard import Standard

Messages = frozenset[str]


@dataclass(slots=True)
class Names:
    """Keys by kind, as the files of a registry name them; `before` is what was known without them.

    `roles` holds, per `standard@version`, what each role sends and receives; `declared` holds release, standard, role.
    `merged` holds the vendors that are duplicates, and of whom.
    """

    roles: dict[str, dict[str, Messages]] = field(default_factory=dict)
    built_in: set[str] = field(default_factory=set)
    leistungen: set[str] = field(default_factory=set)
    services: set[str] = field(default_factory=set)
    municipalities: set[str] = field(default_factory=set)
    providers: set[str] = field(default_factory=set)
    vendors: set[str] = field(default_factory=set)
    products: set[str] = field(default_factory=set)
    releases: set[str] = field(default_factory=set)
    declared: set[tuple[str, str, str]] = field(default_factory=set)
    merged: dict[str, str] = field(default_factory=dict)
    before: "Names | None" = None

    def has(self, kind: str, name: object) -> bool:
        """Whether the files or, before them, the catalogue name `name`."""
        return name in getattr(self, kind) or (self.before is not None and self.before.has(kind, name))

    def stands_for(self, vendor: str) -> str | None:
        """The vendor that `vendor` was merged into; the files, where they name it, before the catalogue."""
        if vendor in self.vendors or self.before is None:
            return self.merged.get(vendor)
        return self.before.merged.get(vendor)


def of_library(library: Library) -> Names:
    """What the standards of an installation name."""
    names = Names()
    for standard in library.standards():
        names.built_in.add(standard.name)
        names.roles[standard.name] = _roles(standard)
    return names


def _roles(standard: Standard) -> dict[str, Messages]:
    return {role.id: messages(role.sends, role.receives) for role in standard.roles}


def messages(sends: Iterable[str], receives: Iterable[str]) -> Messages:
    """All ids that a role has; "*" stands for all."""
    return frozenset(sends) | frozenset(receives)


def with_database(names: Names) -> Names:
    """`names`, and what the catalogue knows already: a registry may build on it."""
    from schnittstellen.catalogue import models as tables

    for version, standard, role, sends, receives in tables.Role.objects.values_list(
        "version__version", "version__standard__key", "key", "sends", "receives"
    ):
        names.roles.setdefault(f"{standard}@{version}", {}).setdefault(role, messages(sends, receives))
    releases = tables.Release.with_withdrawn.values_list("product__key", "version")
    names.before = Names(
        leistungen=set(tables.Leistung.objects.values_list("key", flat=True)),
        municipalities=set(tables.Municipality.objects.values_list("key", flat=True)),
        providers=set(tables.Provider.objects.values_list("key", flat=True)),
        vendors=set(tables.Vendor.objects.values_list("key", flat=True)),
        products=set(tables.Product.objects.values_list("key", flat=True)),
        releases={f"{product}@{version}" for product, version in releases},
        declared=set(_declared()),
        merged=dict(tables.Vendor.objects.exclude(merged_into=None).values_list("key", "merged_into__key")),
    )
    return names


def _declared() -> Iterator[tuple[str, str, str]]:
    from schnittstellen.catalogue.models import Declaration

    rows = Declaration.objects.values_list(
        "release__product__key",
        "release__version",
        "role__version__standard__key",
        "role__version__version",
        "role__key",
    )
    for product, release, standard, version, role in rows.iterator():
        yield f"{product}@{release}", f"{standard}@{version}", role
