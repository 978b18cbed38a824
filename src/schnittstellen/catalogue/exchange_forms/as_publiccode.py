"""A product as publiccode.yml, valid by our own reading of the standard, with no person in it."""

from datetime import date
from typing import Any

import yaml

from schnittstellen.catalogue.exchange_forms.faults import NOT_OPEN
from schnittstellen.catalogue.exchange_forms.selection import OfferedProduct, OfferedRelease
from schnittstellen.catalogue.exchange_forms.standard_names import written_name
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_, Line
from schnittstellen.formats.publiccode import read_publiccode

_TYPES = {"online-dienst": "standalone/web", "transport": "standalone/backend", "bezahlung": "standalone/backend"}
_KINDS = {
    "fachverfahren": "Fachverfahren",
    "online-dienst": "Online-Dienst",
    "basiskomponente": "Basiskomponente",
    "transport": "Transportverfahren",
    "e-akte": "E-Akte",
    "bezahlung": "Bezahlverfahren",
    "bescheid": "Verfahren für Bescheid und Zustellung",
}


def as_publiccode(product: OfferedProduct, day: date, vendor_url: str = "") -> bytes:
    """The YAML text of version 0.7, quoted where YAML would take a version for a number.

    Raises `SchnittstellenError` (F110) where the product has no source code or no open licence, or where what the
    catalogue knows does not make a valid file.
    """
    if not product.source_code:
        raise SchnittstellenError(NOT_OPEN, product=product.key, why=Line(N_("der Quelltext ist nicht veröffentlicht")))
    if not product.licence or product.licence.startswith("LicenseRef-"):
        raise SchnittstellenError(NOT_OPEN, product=product.key, why=Line(N_("eine offene Lizenz ist nicht bekannt")))
    raw = _text(_content(product, day, vendor_url))
    wrong = [f"{one.key}: {one.text}" for one in read_publiccode(raw).remarks if one.grave]
    if wrong:
        raise SchnittstellenError(
            NOT_OPEN, *wrong, product=product.key, why=Line(N_("Angaben fehlen oder passen nicht"))
        )
    return raw


def _content(product: OfferedProduct, day: date, vendor_url: str) -> dict[str, Any]:
    latest = product.releases[-1] if product.releases else None
    ended = product.end_of_support is not None and product.end_of_support < day
    status = "obsolete" if ended else "stable" if latest else "development"
    content = {
        "publiccodeYmlVersion": "0.7",
        "name": product.name,
        "url": product.source_code,
        "softwareVersion": latest.version if latest else None,
        "releaseDate": latest.released.isoformat() if latest and latest.released else None,
        "platforms": ["web"] if product.kind == "online-dienst" else ["keine Angabe"],
        "developmentStatus": status,
        "softwareType": _TYPES.get(product.kind, "standalone/other"),
        "organisation": {"name": product.vendor_name, "uri": vendor_url} if vendor_url else None,
        "supports": _supports(latest),
        "intendedAudience": {"countries": ["DE"], "scope": ["local-authorities"]},
        "description": {"de": _description(product, latest)},
        "legal": {"license": product.licence, "mainCopyrightOwner": product.vendor_name},
        "maintenance": _maintenance(product, ended=ended),
        "localisation": {"localisationReady": False, "availableLanguages": ["de"]},
    }
    return {name: value for name, value in content.items() if value not in (None, [])}


def _supports(latest: OfferedRelease | None) -> list[dict[str, str]]:
    declared = latest.interfaces if latest else ()
    return [{"id": written_name(one.standard, one.version, one.role)} for one in declared]


def _description(product: OfferedProduct, latest: OfferedRelease | None) -> dict[str, Any]:
    kind = _KINDS.get(product.kind, product.kind)
    interfaces = [f"{one.standard} {one.version}, Rolle {one.role}" for one in (latest.interfaces if latest else ())]
    services = [one.title for one in product.leistungen]
    known = [
        "Erfundenes Beispiel." if product.example else "",
        product.purpose.strip(),
        f"{product.name} ist ein Programm der Art {kind} von {product.vendor_name.removesuffix('.')}.",
        f"Leistungen: {', '.join(services)}." if services else "",
        f"Schnittstellen: {'; '.join(interfaces)}." if interfaces else "Schnittstellen sind nicht erklärt.",
        "Diese Beschreibung ist aus den Angaben des Referenzkatalogs offener Schnittstellen erzeugt.",
    ]
    return {
        "shortDescription": _short(f"{kind} von {product.vendor_name}"),
        "longDescription": " ".join(part for part in known if part)[:10_000],
        **({"documentation": product.documentation} if product.documentation else {}),
        "features": [*services, *interfaces] or [kind],
    }


def _short(text: str) -> str:
    return text if len(text) <= 150 else text[:149] + "…"


def _maintenance(product: OfferedProduct, *, ended: bool) -> dict[str, Any]:
    """Who maintains it. Persons never leave the catalogue: the vendor stands where the standard asks for one."""
    if ended:
        return {"type": "none"}
    if product.end_of_support is not None:
        until = product.end_of_support.isoformat()
        return {"type": "contract", "contractors": [{"name": product.vendor_name, "until": until}]}
    return {"type": "internal", "contacts": [{"name": product.vendor_name}]}


def _text(content: dict[str, Any]) -> bytes:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100, encoding="utf-8")
