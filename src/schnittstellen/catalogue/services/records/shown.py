"""What is shown of each record. Names are those of the registry's written form; what is not known is left out."""

from datetime import date
from typing import Any

from schnittstellen.catalogue import models as tables
from schnittstellen.catalogue.services.certifying.certificates import serials_of
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.levels import Nachweisstufe, Proof
from schnittstellen.domain.verdict import Cause, Verdict

Shown = dict[str, Any]
COSTS = ("cost_licence", "cost_introduction", "cost_running")


def known(values: Shown) -> Shown:
    """`values` without what nobody said."""
    return {name: value for name, value in values.items() if value is not None and value != ""}


def _facts(row: Any, *names: str) -> Shown:
    return {name: getattr(row, name) for name in names}


def _kept(row: Any) -> Shown:
    return {"id": row.key, "revision": row.revision, "changed": row.changed}


def standard(row: tables.Standard, _viewer: Viewer, _day: date) -> Shown:
    facts = _facts(row, "title", "kind", "publisher", "url", "obligation", "obligation_source")
    return known({**_kept(row), **facts, "versions": [str(one) for one in row.versions.all()]})


def version(row: tables.StandardVersion, _viewer: Viewer, _day: date) -> Shown:
    facts = _facts(row, "version", "title", "state", "in_force_from", "in_force_until")
    roles = [one.key for one in row.roles.all()]
    return known({"id": str(row), "standard": row.standard.key, **facts, "roles": roles})


def role(row: tables.Role, _viewer: Viewer, _day: date) -> Shown:
    facts = _facts(row, "title", "sends", "receives")
    return known({"id": str(row), "version": str(row.version), "role": row.key, **facts})


def vendor(row: tables.Vendor, viewer: Viewer, _day: date) -> Shown:
    contact = row.contact if _knows_people(viewer, row.key) else None
    return known({**_kept(row), **_facts(row, "name", "url", "example"), "contact": contact})


_PRODUCT = (
    "name",
    "kind",
    "purpose",
    "prerequisites",
    "operation",
    "licence",
    "source_code",
    "documentation",
    "end_of_support",
    "accessibility",
    "publicly_funded",
    "funding",
    "example",
)


def product(row: tables.Product, viewer: Viewer, _day: date) -> Shown:
    own = viewer.vendor == row.vendor.key or viewer.operator
    hidden = {} if own else {"costs_seen_by": None}
    costs = _facts(row, *COSTS) if _sees_costs(row, viewer) else {}
    return known(
        {
            **_kept(row),
            "vendor": row.vendor.key,
            **_facts(row, *_PRODUCT),
            **costs,
            "costs_seen_by": row.costs_seen_by,
            **hidden,
            "contact": row.contact if _knows_people(viewer, row.vendor.key) else None,
            "leistungen": sorted(one.key for one in row.leistungen.all()),
            "trainings": [known(_facts(one, "task", "form", "url")) for one in row.trainings.all()],
            "releases": [f"{row.key}@{one.version}" for one in row.releases.all()],
        }
    )


def _sees_costs(row: tables.Product, viewer: Viewer) -> bool:
    if viewer.operator or viewer.vendor == row.vendor.key or row.costs_seen_by == tables.Product.Seen.PUBLIC:
        return True
    return row.costs_seen_by == tables.Product.Seen.MUNICIPALITIES and (viewer.board or bool(viewer.municipalities))


def _knows_people(viewer: Viewer, vendor_key: str) -> bool:
    """Contacts are for those who work with the vendor, and not for whoever collects addresses."""
    return viewer.operator or viewer.board or bool(viewer.municipalities) or viewer.vendor == vendor_key


def release(row: tables.Release, _viewer: Viewer, _day: date) -> Shown:
    facts = _facts(row, "version", "released", "end_of_support")
    declarations = sorted(f"{row}/{one.role}" for one in row.declarations.all())
    return known({"id": str(row), "product": row.product.key, **facts, "declarations": declarations})


def declarations(rows: list[tables.Declaration], _viewer: Viewer, day: date) -> list[Shown]:
    """With the Nachweisstufe of `day`, computed from everything that was known of them then."""
    keys = [row.pk for row in rows]
    reached, certified = levels(keys, day), serials_of(keys, day)
    return [_declaration(row, int(reached[row.pk]), certified.get(row.pk)) for row in rows]


def _declaration(row: tables.Declaration, level: int, certificate: str | None) -> Shown:
    facts = _facts(row, "messages", "options", "documentation")
    name = {"standard": str(row.role.version), "role": row.role.key}
    proven = {"level": level, "certificate": certificate}
    return known({"id": f"{row.release}/{row.role}", "release": str(row.release), **name, **facts, **proven})


def proof(row: tables.Evidence) -> Proof:
    """A row as levels need it."""
    cause = Cause(row.cause) if row.cause else None
    return Proof(Nachweisstufe(row.reach), Verdict(row.verdict), row.run_at.date(), cause, row.lapses_on, row.pk)


def evidence(row: tables.Evidence, _viewer: Viewer, _day: date) -> Shown:
    facts = _facts(row, "reach", "verdict", "cause", "suite", "edition", "suite_sha256", "report_sha256", "messages")
    days = _facts(row, "run_at", "attached_at", "lapses_on")
    named = f"{row.declaration.release}/{row.declaration.role}"
    against = str(row.counterpart) if row.counterpart else None
    judged = None if row.judged is None else len(row.judged)
    return known(
        {
            "declaration": named,
            **facts,
            **days,
            "counterpart": against,
            "judged_again": judged,
            "order": row.order or None,
        }
    )


def leistung(row: tables.Leistung, _viewer: Viewer, _day: date) -> Shown:
    ozg = known({"id": row.ozg.key, "title": row.ozg.title}) if row.ozg else None
    return known({**_kept(row), "title": row.title, "chain": row.chain, "ozg": ozg})


def municipality(row: tables.Municipality, viewer: Viewer, _day: date) -> Shown:
    """When it changed what it runs is part of what it runs."""
    facts = _facts(row, "ars", "name", "form", "kreis", "population", "area", "postcode", "open", "example")
    landscape = viewer.may_see_landscape(row.key, is_open=row.open)
    return known({**(_kept(row) if landscape else {"id": row.key}), **facts})


def provider(row: tables.Provider, _viewer: Viewer, _day: date) -> Shown:
    served = sorted(one.key for one in row.municipalities.all())
    return known({**_kept(row), **_facts(row, "name", "url", "example"), "municipalities": served})


_ONLY_THE_PLACE = ("experience", "replacement", "replacement_on")


def deployment(row: tables.Deployment, viewer: Viewer, _day: date) -> Shown:
    """A vendor sees of its own claim what it claimed itself."""
    place, product_vendor = row.municipality, row.release.product.vendor.key
    landscape = viewer.may_see_landscape(place.key, is_open=place.open)
    more = _facts(row, *_ONLY_THE_PLACE) if landscape else {}
    operator = row.operator.key if row.operator and landscape else None
    insider = viewer.operator or place.key in viewer.municipalities or (landscape and viewer.vendor == product_vendor)
    return known(
        {
            **_kept(row),
            "municipality": place.key,
            "release": str(row.release),
            "leistungen": sorted(one.key for one in row.leistungen.all()),
            "since": row.since,
            "until": row.until,
            **more,
            "operator": operator,
            "in_charge": row.in_charge if insider else None,
            "confirmed": row.confirmed,
        }
    )


def coupling(row: tables.Coupling, _viewer: Viewer, _day: date) -> Shown:
    standard_version = str(row.version) if row.version else None
    ends = {"first": row.first.key, "second": row.second.key}
    return known({**_kept(row), **ends, "standard": standard_version, "messages": row.messages, "since": row.since})
