"""What the domain demands of a registry beyond the form of its files: every rule names the place that breaks it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schnittstellen.catalogue.registry import evidence_rules, forms, ledger_files, reading
from schnittstellen.catalogue.registry.faults import Problem
from schnittstellen.catalogue.registry.forms import FORMS, Form
from schnittstellen.catalogue.registry.names import Names, messages
from schnittstellen.catalogue.registry.reading import Filed
from schnittstellen.domain.texts import N_
from schnittstellen.formats.licences import is_licence

STATIONS = ("online-dienst", "transport", "fachverfahren", "e-akte", "bezahlung", "bescheid")
"""What the process chain of a Leistung can consist of."""

Place = tuple[str | int, ...]
_ORDER = N_("{earlier} liegt nach {later}.")
_NO_LICENCE = N_(
    "„{name}“ ist kein SPDX-Lizenzausdruck. Schreiben Sie zum Beispiel EUPL-1.2, bei geschlossenem Quelltext "
    "LicenseRef-proprietaer."
)
_TWICE = N_("{name} kommt mehrfach vor.")
_UNKNOWN = N_("{name} ist nicht bekannt.")


@dataclass(slots=True)
class Checked:
    """The outcome: problems, and how many files of each kind were read."""

    problems: list[Problem] = field(default_factory=list)
    files: dict[str, int] = field(default_factory=dict)


def check(folder: Path, names: Names, seen: Callable[[str], None] = lambda _name: None) -> Checked:
    """Check every file below `folder`; `names` gets what the files name. Holds one file in memory at a time."""
    reading.demand_registry(folder)
    checked = Checked()
    for form in FORMS:
        for path in reading.files(folder, form):
            seen(path.name)
            checked.files[form.folder] = checked.files.get(form.folder, 0) + 1
            filed = reading.read(path, form, folder)
            found = filed if isinstance(filed, list) else list(RULES[form](filed, names))
            if form is forms.EVIDENCE and isinstance(filed, Filed):
                found += list(evidence_rules.departures(filed, folder))
            checked.problems.extend(found)
        if form in (forms.VENDOR, forms.PRODUCT):
            checked.problems.extend(_doubling(folder, form, names))
    checked.problems.extend(ledger_files.problems(folder))
    return checked


def _standard(filed: Filed, names: Names) -> Iterator[Problem]:
    for number, version in enumerate(filed.data.get("versions", [])):
        name = f"{filed.data['id']}@{version['version']}"
        at = ("versions", number)
        if name in names.built_in:
            yield filed.problem(at, N_("{name} steht schon unter standards/ und wird von dort übernommen."), name=name)
            continue
        yield from _ordered(filed, at, version, "in_force_from", "in_force_until")
        yield from _once(filed, (*at, "roles"), version.get("roles", []), "id")
        names.roles[name] = {
            role["id"]: messages(role.get("sends", ()), role.get("receives", ())) for role in version.get("roles", [])
        }
    yield from _once(filed, ("versions",), filed.data.get("versions", []), "version")


def _services(filed: Filed, names: Names) -> Iterator[Problem]:
    for number, service in enumerate(filed.data.get("services", [])):
        yield from _new(filed, ("services", number, "id"), service["id"], names.services)
        yield from _leistungen(filed, ("services", number, "leistungen"), service.get("leistungen", []), names)
    yield from _leistungen(filed, ("leistungen",), filed.data.get("leistungen", []), names)


def _leistungen(filed: Filed, at: Place, entries: Sequence[Any], names: Names) -> Iterator[Problem]:
    for number, entry in enumerate(entries):
        yield from _new(filed, (*at, number, "leika"), entry["leika"], names.leistungen)
        for station in entry.get("chain", []):
            if station not in STATIONS:
                text = N_("Die Station {name} gibt es nicht; möglich sind {options}.")
                yield filed.problem((*at, number, "chain"), text, name=station, options=", ".join(STATIONS))


def _municipalities(filed: Filed, names: Names) -> Iterator[Problem]:
    for number, entry in enumerate(filed.data["municipalities"]):
        at = ("municipalities", number)
        yield from _new(filed, (*at, "ags"), entry["ags"], names.municipalities)
        ars, ags = entry.get("ars"), entry["ags"]
        if ars and (ars[:5] != ags[:5] or ars[9:] != ags[5:]):
            yield filed.problem((*at, "ars"), N_("Der ARS {ars} gehört nicht zum AGS {ags}."), ars=ars, ags=ags)


def _provider(filed: Filed, names: Names) -> Iterator[Problem]:
    yield from _new(filed, ("id",), filed.data["id"], names.providers)
    yield from _known(filed, ("municipalities",), filed.data.get("municipalities", []), names, "municipalities")


def _vendor(filed: Filed, names: Names) -> Iterator[Problem]:
    yield from _new(filed, ("id",), filed.data["id"], names.vendors)
    if "merged_into" in filed.data:
        names.merged[filed.data["id"]] = filed.data["merged_into"]


def _product(filed: Filed, names: Names) -> Iterator[Problem]:
    data = filed.data
    yield from _new(filed, ("id",), data["id"], names.products)
    yield from _known(filed, ("vendor",), [data["vendor"]], names, "vendors")
    if into := names.stands_for(data["vendor"]):
        text = N_("{name} ist mit {into} zusammengeführt; nennen Sie {into}.")
        yield filed.problem(("vendor",), text, name=data["vendor"], into=into)
    yield from _known(filed, ("leistungen",), data.get("leistungen", []), names, "leistungen")
    if "licence" in data and not is_licence(data["licence"]):
        yield filed.problem(("licence",), _NO_LICENCE, name=data["licence"])
    for old in data.get("old_ids", []):
        yield from _new(filed, ("old_ids",), old, names.products)
    releases = data.get("releases", [])
    yield from _once(filed, ("releases",), releases, "version")
    for number, release in enumerate(releases):
        names.releases.add(f"{data['id']}@{release['version']}")
        yield from _ordered(filed, ("releases", number), release, "released", "end_of_support")
        yield from _declarations(filed, ("releases", number, "declarations"), release, names)


def _declarations(filed: Filed, at: Place, release: Any, names: Names) -> Iterator[Problem]:
    seen = set()
    for number, entry in enumerate(release.get("declarations", [])):
        name = entry["standard"], entry["role"]
        if name in seen:
            yield filed.problem((*at, number), _TWICE, name="/".join(name))
        seen.add(name)
        names.declared.add((f"{filed.data['id']}@{release['version']}", *name))
        yield from _role(filed, (*at, number), entry, names)


def _role(filed: Filed, at: Place, entry: Any, names: Names) -> Iterator[Problem]:
    roles = names.roles.get(entry["standard"])
    if roles is None:
        yield filed.problem((*at, "standard"), N_("Den Standard {name} gibt es nicht."), name=entry["standard"])
        return
    has = roles.get(entry["role"])
    if has is None:
        text = N_("Der Standard {standard} hat keine Rolle {role}; möglich sind: {options}.")
        parameters = {"standard": entry["standard"], "role": entry["role"], "options": ", ".join(sorted(roles)) or "–"}
        yield filed.problem((*at, "role"), text, **parameters)
    elif "*" not in has:
        for message in sorted(set(entry.get("messages", ())) - has):
            text = N_("Die Rolle {role} hat keine Nachricht {message}.")
            yield filed.problem((*at, "messages"), text, role=entry["role"], message=message)


def _doubling(folder: Path, form: Form, names: Names) -> Iterator[Problem]:
    """Entries may be merged into ones, and be others than ones, that stand in later files."""
    into: dict[str, str] = {}
    for path in reading.files(folder, form):
        filed = reading.read(path, form, folder)
        if not isinstance(filed, Filed):
            continue
        yield from _others(filed, ("distinct_from",), filed.data.get("distinct_from", ()), names)
        if "merged_into" in filed.data:
            into[filed.data["id"]] = filed.data["merged_into"]
            yield from _others(filed, ("merged_into",), [filed.data["merged_into"]], names)
            if into[filed.data["id"]] in into or filed.data["id"] in into.values():
                yield filed.problem(("merged_into",), N_("Das Ziel einer Zusammenführung ist selbst zusammengeführt."))


def _others(filed: Filed, at: Place, wanted: Sequence[str], names: Names) -> Iterator[Problem]:
    yield from _known(filed, at, wanted, names, filed.form.folder)
    if filed.data["id"] in wanted:
        yield filed.problem(at, N_("Ein Eintrag kann hier nicht sich selbst nennen."))


def _deployments(filed: Filed, names: Names) -> Iterator[Problem]:
    data = filed.data
    yield from _known(filed, ("ags",), [data["ags"]], names, "municipalities")
    yield from _once(filed, ("deployments",), data["deployments"], "id")
    for number, entry in enumerate(data["deployments"]):
        at = ("deployments", number)
        yield from _known(filed, (*at, "release"), [entry["release"]], names, "releases")
        yield from _known(filed, (*at, "leistungen"), entry.get("leistungen", []), names, "leistungen")
        yield from _known(
            filed, (*at, "operator"), [entry["operator"]] if "operator" in entry else [], names, "providers"
        )
        yield from _ordered(filed, at, entry, "since", "until")
    yield from _couplings(filed, names)


def _couplings(filed: Filed, names: Names) -> Iterator[Problem]:
    there = {entry["id"] for entry in filed.data["deployments"]}
    couplings = filed.data.get("couplings", [])
    yield from _once(filed, ("couplings",), couplings, "id")
    for number, entry in enumerate(couplings):
        at = ("couplings", number)
        yield from _here(filed, (*at, "first"), entry["first"], there)
        yield from _here(filed, (*at, "second"), entry["second"], there)
        if entry["first"] == entry["second"]:
            yield filed.problem((*at, "second"), N_("Ein Verfahren wird nicht mit sich selbst gekoppelt."))
        if entry.get("standard") and entry["standard"] not in names.roles:
            yield filed.problem((*at, "standard"), N_("Den Standard {name} gibt es nicht."), name=entry["standard"])


def _evidence(filed: Filed, names: Names) -> Iterator[Problem]:
    release = filed.data["release"]
    yield from _known(filed, ("release",), [release], names, "releases")
    for number, entry in enumerate(filed.data["evidence"]):
        at = ("evidence", number)
        if not names.has("declared", (release, entry["standard"], entry["role"])):
            text = N_("{release} erklärt keine Unterstützung von {standard} in der Rolle {role}.")
            yield filed.problem(at, text, release=release, standard=entry["standard"], role=entry["role"])
        yield from _known(filed, (*at, "against"), [entry["against"]] if "against" in entry else [], names, "releases")


def _new(filed: Filed, at: Place, name: str, known: set[str]) -> Iterator[Problem]:
    if name in known:
        yield filed.problem(at, _TWICE, name=name)
    known.add(name)


def _known(filed: Filed, at: Place, wanted: Sequence[str], names: Names, kind: str) -> Iterator[Problem]:
    for name in wanted:
        if not names.has(kind, name):
            yield filed.problem(at, _UNKNOWN, name=name)


def _here(filed: Filed, at: Place, name: str, there: set[str]) -> Iterator[Problem]:
    if name not in there:
        yield filed.problem(at, _UNKNOWN, name=name)


def _once(filed: Filed, at: Place, entries: Sequence[Any], name: str) -> Iterator[Problem]:
    seen = set()
    for number, entry in enumerate(entries):
        if entry[name] in seen:
            yield filed.problem((*at, number, name), _TWICE, name=entry[name])
        seen.add(entry[name])


def _ordered(filed: Filed, at: Place, entry: Any, earlier: str, later: str) -> Iterator[Problem]:
    if entry.get(earlier) and entry.get(later) and entry[earlier] > entry[later]:
        yield filed.problem((*at, later), _ORDER, earlier=entry[earlier], later=entry[later])


Rule = Callable[[Filed, Names], Iterator[Problem]]
RULES: dict[Form, Rule] = {
    forms.STANDARD: _standard,
    forms.SERVICES: _services,
    forms.MUNICIPALITIES: _municipalities,
    forms.PROVIDER: _provider,
    forms.VENDOR: _vendor,
    forms.PRODUCT: _product,
    forms.DEPLOYMENTS: _deployments,
    forms.EVIDENCE: _evidence,
}
