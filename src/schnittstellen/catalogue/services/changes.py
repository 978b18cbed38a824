"""Who may change what, and what a change makes of what is written: vendors their products, municipalities their
landscape. Everything else is kept in the registry.
"""

import secrets
from collections.abc import Callable, Iterable
from typing import Any

from schnittstellen.catalogue.models import Deployment, Release, Vendor
from schnittstellen.catalogue.registry.faults import Problem
from schnittstellen.catalogue.services.editing import Data, Refused
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

NOT_OWN = Fault(
    "F144",
    N_("{name} gehört zu jemand anderem; Ihr Zugang darf es nicht ändern."),
    N_("Ändern dürfen der Hersteller sein Programm und die Kommune, was sie einsetzt."),
    http=403,
)
NOT_OFFICE = Fault(
    "F491",
    N_("Diese Seite ist nur für {name}."),
    N_("Melden Sie sich mit einem Zugang an, der dafür handelt, oder lassen Sie sich einladen."),
    http=403,
)
NO_SUCH_ENTRY = Fault(
    "F149",
    N_("{name} gibt es nicht."),
    N_("Legen Sie zuerst an, wozu es gehören soll."),
    http=404,
)
FAULTS = (NOT_OWN, NOT_OFFICE, NO_SUCH_ENTRY)
OF_OTHERS = ("id", "vendor", "releases", "merged_into", "old_ids", "distinct_from", "example")
"""What changing a product or a vendor leaves as it is."""
_CLAIMED = ("release", "leistungen", "since", "until")
NOT_YOURS = N_("Das trägt die Kommune selbst ein.")
CLAIMED_ALREADY = N_("{name} ist dort schon gemeldet und wartet auf die Bestätigung der Kommune.")
Edit = Callable[[Data], Data]


def own_vendor(viewer: Viewer, key: str) -> str:
    """`key`, which the viewer acts for. Raises `SchnittstellenError` (F144)."""
    if viewer.vendor != key:
        raise SchnittstellenError(NOT_OWN, name=key)
    return key


def own_product(viewer: Viewer, key: str) -> Vendor:
    """The vendor of `key`; of a new product the one that the viewer acts for. Raises `SchnittstellenError` (F144)."""
    owner = Vendor.objects.filter(products__key=key).first() or Vendor.objects.filter(key=viewer.vendor).first()
    if owner is None or owner.key != viewer.vendor:
        raise SchnittstellenError(NOT_OWN, name=key)
    return owner


def own_place(viewer: Viewer, ags: str) -> None:
    """Raises `SchnittstellenError` (F144) where the viewer does not act for the municipality."""
    if ags not in viewer.municipalities:
        raise SchnittstellenError(NOT_OWN, name=ags)


def product(key: str, owner: Vendor, values: Data) -> Edit:
    """The product says `values` instead; releases and history stay. What an invented vendor makes is invented."""

    def edit(data: Data) -> Data:
        kept = {name: data[name] for name in OF_OTHERS if name in data}
        return {"id": key, "vendor": owner.key, "example": owner.example, **values, **kept}

    return edit


def vendor(key: str, values: Data) -> Edit:
    """The vendor says `values` instead."""

    def edit(data: Data) -> Data:
        if not data:
            raise SchnittstellenError(NO_SUCH_ENTRY, name=key)
        return {"id": key, **values, **{name: data[name] for name in OF_OTHERS if name in data}}

    return edit


def release(product_key: str, version: str, values: Data | None) -> Edit:
    """The release says `values` and keeps its declarations; None takes it away."""

    def edit(data: Data) -> Data:
        _there(data, product_key)
        old = _entry(data.get("releases", ()), version=version)
        kept = {"declarations": old["declarations"]} if old and "declarations" in old else {}
        made = None if values is None else {"version": version, **values, **kept}
        return {**data, "releases": _replaced(data.get("releases", ()), made, version=version)}

    return edit


def declaration(release_name: str, role: tuple[str, str], values: Data | None) -> Edit:
    """The release declares the role (`standard@version`, role) with `values`; None takes it back."""
    _, _, version = release_name.partition("@")
    name = {"standard": role[0], "role": role[1]}

    def edit(data: Data) -> Data:
        of = _entry(data.get("releases", ()), version=version)
        if of is None:
            raise SchnittstellenError(NO_SUCH_ENTRY, name=release_name)
        made = None if values is None else {**name, **values}
        changed = {**of, "declarations": _replaced(of.get("declarations", ()), made, **name)}
        return {**data, "releases": _replaced(data["releases"], changed, version=version)}

    return edit


def deployment(local: str, values: Data | None) -> Edit:
    """The municipality runs `values`; None takes it away, with its couplings."""

    def edit(data: Data) -> Data:
        made = None if values is None else {"id": local, **values}
        couplings = [
            one for one in data.get("couplings", ()) if made is not None or local not in (one["first"], one["second"])
        ]
        return {**data, "deployments": _replaced(data.get("deployments", ()), made, id=local), "couplings": couplings}

    return edit


def coupling(local: str, values: Data | None) -> Edit:
    """Two deployments exchange messages as `values` say; None takes it away."""

    def edit(data: Data) -> Data:
        made = None if values is None else {"id": local, **values}
        return {**data, "couplings": _replaced(data.get("couplings", ()), made, id=local)}

    return edit


def claim(viewer: Viewer, ags: str, values: Data) -> Data:
    """What a vendor may say of a municipality, once: that it runs a release of the vendor's own, not confirmed.

    Raises `Refused` and `SchnittstellenError` (F144).
    """
    foreign = [Problem("", None, name, NOT_YOURS) for name in values if name not in _CLAIMED]
    if foreign:
        raise Refused(foreign)
    product_key, _, version = values["release"].partition("@")
    of = Release.objects.filter(product__key=product_key, product__vendor__key=viewer.vendor)
    if viewer.vendor is None or not of.exists():
        raise SchnittstellenError(NOT_OWN, name=values["release"])
    waiting = Deployment.objects.filter(municipality__key=ags, confirmed=False)
    if waiting.filter(release__product__key=product_key, release__version=version).exists():
        raise Refused([Problem("", None, "release", CLAIMED_ALREADY, {"name": values["release"]})])
    return values


def new_claim() -> str:
    """A local id for a claim, which says nothing of what else the municipality runs."""
    return f"meldung-{secrets.token_hex(8)}"


def _there(data: Data, key: str) -> None:
    if not data:
        raise SchnittstellenError(NO_SUCH_ENTRY, name=key)


def _entry(entries: Iterable[Data], **name: str) -> Data | None:
    return next((one for one in entries if _is(one, name)), None)


def _replaced(entries: Iterable[Data], made: Data | None, **name: str) -> list[Data]:
    """`entries` with `made` in the place of the one of that name, or at the end."""
    found = [made if _is(one, name) else one for one in entries]
    if made is not None and made not in found:
        found.append(made)
    return [one for one in found if one is not None]


def _is(entry: Data, name: dict[str, Any]) -> bool:
    return all(entry.get(key) == value for key, value in name.items())
