"""Products, releases and declarations of the invented world, one for each answer that the catalogue can give."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tools.example_world.places import AUSWEIS, BAU, FRIEDHOF, GEWERBE, HUND, KFZ, KITA, MELDE, RAT, SCHULE, WOHNGELD

CLOSED = "LicenseRef-proprietaer"
Declared = tuple[str, str] | tuple[str, str, tuple[str, ...]]
"""Standard and role, and the messages where they are not all."""


@dataclass(frozen=True)
class P:
    """A product. `releases` maps versions to the day of release and what they declare."""

    name: str
    vendor: str
    kind: str
    leistungen: tuple[str, ...]
    releases: dict[str, tuple[str, list[Declared]]]
    purpose: str
    more: dict[str, Any] = field(default_factory=dict)


def _open(name: str, *, funded: bool | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "licence": "EUPL-1.2",
        "source_code": f"https://git.example.org/muster/{name}",
        "documentation": f"https://docs.example.org/muster/{name}",
    }
    if funded is not None:
        found |= {"publicly_funded": funded}
        found |= {"funding": "Muster-Förderprogramm (erfunden)"} if funded else {}
    return found


_COSTS = {
    "cost_licence": "12.000 Euro im Jahr je 50.000 Einwohner (erfunden)",
    "cost_introduction": "8.000 Euro (erfunden)",
    "cost_running": "2.400 Euro im Jahr (erfunden)",
}
ALL_ROLES = "fachverfahren"
V1, V2 = "xmuster-vorgang@1.0", "xmuster-vorgang@2.0"
H10, H11, H20 = "xhundesteuer@1.0", "xhundesteuer@1.1", "xhundesteuer@2.0"
O10, O11 = "oparl@1.0", "oparl@1.1"
EN = "en16931@1.3.16"
_REGISTER = ("hundesteuer.anmeldung.0101",)

PRODUCTS: dict[str, P] = {
    # --- Hundesteuer: proven, declared, refuted, same role, no common version, message not supported
    "muster-hundesteuer": P(
        "Muster-Hundesteuer",
        "musterhaus",
        "fachverfahren",
        (HUND,),
        {
            "4.8": ("2025-11-15", [(H11, "fachverfahren")]),
            "5.0": ("2026-11-02", [(H11, "fachverfahren"), (H20, "fachverfahren")]),
        },
        "Setzt die Hundesteuer fest und erlässt Bescheide.",
        {**_COSTS, "costs_seen_by": "municipalities", "licence": CLOSED, "operation": ["rechenzentrum", "cloud"]},
    ),
    "muster-hund-online": P(
        "Muster-Hund-Online",
        "musterform",
        "online-dienst",
        (HUND,),
        {
            "2.5": ("2025-12-01", [(H11, "onlinedienst")]),
            "3.0": ("2026-11-03", [(H11, "onlinedienst"), (H20, "onlinedienst")]),
        },
        "Nimmt An-, Ab- und Ummeldungen von Hunden entgegen.",
        {**_open("hund-online", funded=True), "operation": ["cloud"]},
    ),
    "muster-hund-formular": P(
        "Muster-Hund-Formular",
        "mustersoft",
        "online-dienst",
        (HUND,),
        {"1.1": ("2025-10-01", [(H10, "onlinedienst")]), "1.2": ("2026-02-01", [(H11, "onlinedienst")])},
        "Formular für die Anmeldung von Hunden.",
        {"licence": CLOSED},
    ),
    "muster-hund-app": P(
        "Muster-Hund-App",
        "musterblick",
        "online-dienst",
        (HUND,),
        {"0.9": ("2026-11-05", [(H20, "onlinedienst")])},
        "App für Hundehalter; die Prüfung ihrer Nachrichten ist gescheitert.",
        _open("hund-app", funded=True),
    ),
    "muster-hund-schalter": P(
        "Muster-Hund-Schalter",
        "musterlogik",
        "online-dienst",
        (HUND,),
        {"1.0": ("2026-11-06", [(H20, "onlinedienst", ("hundesteuer.aenderung.0103",))])},
        "Nimmt nur Änderungen entgegen.",
        {"licence": CLOSED},
    ),
    "muster-hundekasse": P(
        "Muster-Hundekasse",
        "musterwerk",
        "fachverfahren",
        (HUND,),
        {"1.8": ("2024-12-01", [(H10, "fachverfahren")]), "1.9": ("2025-06-01", [(H10, "fachverfahren")])},
        "Älteres Verfahren für die Hundesteuer.",
        {"licence": CLOSED, "end_of_support": "2026-12-31"},
    ),
    "muster-steueramt": P(
        "Muster-Steueramt",
        "musterdaten",
        "fachverfahren",
        (HUND,),
        {
            "1.9": ("2025-12-15", [(H11, "fachverfahren")]),
            "2.0": ("2026-11-04", [(H20, "fachverfahren", _REGISTER)]),
            "2.1": ("2026-11-10", [(H20, "fachverfahren")]),
        },
        "Kommunale Steuern, auch die Hundesteuer.",
        {"licence": CLOSED, **_COSTS, "costs_seen_by": "public"},
    ),
    "muster-hundesteuer-plus": P(
        "Muster-Hundesteuer Plus",
        "musterhaus",
        "fachverfahren",
        (HUND,),
        {"5.0": ("2026-11-02", [])},
        "Eintrag, der vermutlich dasselbe Produkt wie Muster-Hundesteuer meint.",
        {"licence": CLOSED},
    ),
    "muster-hundemarke": P(
        "Muster-Hundemarke",
        "musterhaus",
        "fachverfahren",
        (HUND,),
        {},
        "Doppelter Eintrag, zusammengeführt.",
        {"merged_into": "muster-hundesteuer"},
    ),
    # --- Gewerbe: the whole chain
    "muster-antrag": P(
        "Muster-Antrag",
        "musterform",
        "online-dienst",
        (GEWERBE, AUSWEIS, WOHNGELD),
        {
            "4.0": ("2024-03-01", [(V1, "onlinedienst")]),
            "4.1": ("2025-03-01", [(V1, "onlinedienst")]),
            "4.2": ("2025-09-01", [(V2, "onlinedienst")]),
        },
        "Anträge an die Verwaltung, für viele Leistungen.",
        _open("antrag", funded=False),
    ),
    "muster-antrag-klassik": P(
        "Muster-Antrag Klassik",
        "mustersoft",
        "online-dienst",
        (GEWERBE, FRIEDHOF),
        {"2.0": ("2024-05-01", [(V1, "onlinedienst")])},
        "Antragsverfahren nach dem abgelösten Stand.",
        {"licence": CLOSED, "end_of_support": "2026-06-30"},
    ),
    "muster-bote": P(
        "Muster-Bote",
        "musternetz",
        "transport",
        (GEWERBE, AUSWEIS, WOHNGELD, KFZ),
        {"1.6": ("2024-08-01", [(V1, "transport")]), "2.0": ("2025-08-01", [(V2, "transport")])},
        "Bringt Anträge vom Online-Dienst zum Fachverfahren.",
        _open("bote", funded=True),
    ),
    "muster-bote-lokal": P(
        "Muster-Bote Lokal",
        "musternetz",
        "transport",
        (FRIEDHOF,),
        {"1.0": ("2025-02-01", [(V1, "transport")])},
        "Transport innerhalb einer Kommune.",
        {"licence": CLOSED},
    ),
    "muster-gewerbe": P(
        "Muster-Gewerbe",
        "mustersoft",
        "fachverfahren",
        (GEWERBE,),
        {"7.0": ("2025-02-01", [(V1, "fachverfahren")]), "7.1": ("2025-10-01", [(V2, "fachverfahren")])},
        "Gewerbeanzeigen und Gewerberegister.",
        {"licence": CLOSED, **_COSTS},
    ),
    "muster-akte": P(
        "Muster-Akte",
        "musterarchiv",
        "e-akte",
        (GEWERBE, BAU, AUSWEIS),
        {"8.4": ("2024-10-01", [(V1, "eakte")]), "9.0": ("2026-01-15", [(V2, "eakte")])},
        "Elektronische Akte.",
        {"licence": CLOSED, "operation": ["rechenzentrum"]},
    ),
    "muster-akte-offen": P(
        "Muster-Akte Offen",
        "musterquell",
        "e-akte",
        (GEWERBE, WOHNGELD),
        {"0.9": ("2025-11-01", []), "1.0": ("2026-05-01", [(V2, "eakte")])},
        "Elektronische Akte mit offenem Quelltext.",
        _open("akte-offen", funded=True),
    ),
    "muster-epay": P(
        "Muster-ePay",
        "musterkasse",
        "bezahlung",
        (GEWERBE, AUSWEIS, KFZ),
        {"3.0": ("2025-01-10", [(V1, "bezahlung")]), "3.1": ("2025-11-01", [(V2, "bezahlung")])},
        "Bezahlen von Gebühren.",
        {"licence": CLOSED},
    ),
    "muster-gebuehr": P(
        "Muster-Gebühr",
        "musterkasse",
        "bezahlung",
        (FRIEDHOF,),
        {"1.2": ("2025-04-01", [])},
        "Gebühren ohne erklärte Schnittstelle.",
        {"licence": CLOSED},
    ),
    "muster-zustellung": P(
        "Muster-Zustellung",
        "musterarchiv",
        "bescheid",
        (GEWERBE, AUSWEIS),
        {"2.2": ("2025-01-20", [(V1, "zustellung")]), "2.3": ("2025-12-01", [(V2, "zustellung")])},
        "Erstellt Bescheide und stellt sie zu.",
        {"licence": CLOSED},
    ),
    "muster-postfach": P(
        "Muster-Postfach",
        "musterquell",
        "bescheid",
        (WOHNGELD,),
        {"1.4": ("2025-06-01", []), "1.5": ("2026-04-01", [(V2, "zustellung")])},
        "Postfach für Bescheide.",
        _open("postfach"),
    ),
    # --- Ratsinformation: endpoints, funding yes and no, lapsed evidence
    "muster-ratsinfo": P(
        "Muster-Ratsinfo",
        "musterquell",
        "fachverfahren",
        (RAT,),
        {
            "3.1": ("2022-03-01", [(O10, "server")]),
            "3.2": ("2023-02-01", [(O10, "server")]),
            "4.0": ("2026-03-01", [(O11, "server")]),
        },
        "Ratsinformationssystem mit offener Schnittstelle.",
        _open("ratsinfo", funded=False),
    ),
    "muster-ratsblick": P(
        "Muster-Ratsblick",
        "musterdaten",
        "fachverfahren",
        (),
        {"1.0": ("2021-03-01", [(O10, "server")]), "1.1": ("2021-04-01", [(O11, "server")])},
        "Ratsinformationssystem; seine Nachweise sind verfallen.",
        {"licence": CLOSED},
    ),
    "muster-ratsapp": P(
        "Muster-Ratsapp",
        "musterblick",
        "online-dienst",
        (),
        {"1.3": ("2026-01-01", [(O10, "client")]), "1.4": ("2026-04-01", [(O11, "client")])},
        "Zeigt Sitzungen und Vorlagen auf dem Telefon.",
        _open("ratsapp"),
    ),
    "muster-ratssuche": P(
        "Muster-Ratssuche",
        "musterblick",
        "online-dienst",
        (),
        {"0.3": ("2026-05-01", [(O11, "client")])},
        "Durchsucht Vorlagen vieler Räte; ihre Anfragen weichen vom Standard ab.",
        _open("ratssuche"),
    ),
    "muster-sitzung": P(
        "Muster-Sitzung",
        "musterlogik",
        "fachverfahren",
        (RAT,),
        {"5.0": ("2025-02-01", [(O11, "server")]), "6.0": ("2026-02-01", [(O11, "server")])},
        "Sitzungsdienst; sein Endpunkt weicht vom Standard ab.",
        {"licence": CLOSED, "publicly_funded": False},
    ),
    # --- Finanzwesen
    "muster-finanzen": P(
        "Muster-Finanzen",
        "musterdaten",
        "fachverfahren",
        (),
        {"7.9": ("2024-01-01", []), "8.0": ("2026-04-15", [(EN, "rechnungsempfaenger")])},
        "Haushalt, Kasse und Rechnungseingang.",
        {"licence": CLOSED, **_COSTS, "costs_seen_by": "municipalities"},
    ),
    "muster-rechnung": P(
        "Muster-Rechnung",
        "mustersoft",
        "basiskomponente",
        (),
        {"2.5": ("2025-05-01", []), "2.6": ("2026-05-01", [(EN, "rechnungssteller")])},
        "Schreibt elektronische Rechnungen.",
        _open("rechnung"),
    ),
    # --- Meldewesen, Kfz, Bau, Wohngeld, Kita, Friedhof, Schule: declared or nothing known
    "muster-meldewesen": P(
        "Muster-Meldewesen",
        "musterwerk",
        "fachverfahren",
        (MELDE, AUSWEIS),
        {"11.9": ("2025-05-01", [(V1, "fachverfahren")]), "12.1": ("2026-05-01", [(V2, "fachverfahren")])},
        "Einwohnermeldewesen.",
        {"licence": CLOSED},
    ),
    "muster-bewohner": P(
        "Muster-Bewohner",
        "musterlogik",
        "fachverfahren",
        (MELDE,),
        {"1.0": ("2026-01-01", [])},
        "Auskünfte aus dem Melderegister; Schnittstellen sind nicht erklärt.",
        {"licence": CLOSED},
    ),
    "muster-kfz": P(
        "Muster-Kfz",
        "musterwerk",
        "fachverfahren",
        (KFZ,),
        {"4.3": ("2025-03-01", [(V1, "fachverfahren")]), "4.4": ("2026-03-01", [(V2, "fachverfahren")])},
        "Zulassung von Fahrzeugen.",
        {"licence": CLOSED},
    ),
    "muster-bau": P(
        "Muster-Bau",
        "musterplan",
        "fachverfahren",
        (BAU,),
        {"5.4": ("2025-06-01", [(V1, "fachverfahren")]), "5.5": ("2026-06-01", [(V2, "fachverfahren")])},
        "Bauaufsicht.",
        {"licence": CLOSED, "end_of_support": "2027-05-31"},
    ),
    "muster-bau-offen": P(
        "Muster-Bau Offen",
        "musterquell",
        "fachverfahren",
        (BAU,),
        {"0.5": ("2025-12-01", []), "0.6": ("2026-08-01", [(V2, "fachverfahren")])},
        "Bauaufsicht mit offenem Quelltext.",
        _open("bau-offen", funded=True),
    ),
    "muster-bau-land": P(
        "Muster-Bau Land",
        "musterplan",
        "fachverfahren",
        (BAU,),
        {"1.0": ("2026-07-01", [(V2, "fachverfahren")])},
        "Zweite geförderte Entwicklung für dieselbe Leistung.",
        _open("bau-land", funded=True),
    ),
    "muster-wohngeld": P(
        "Muster-Wohngeld",
        "musterdaten",
        "fachverfahren",
        (WOHNGELD,),
        {"5.8": ("2025-05-20", [(V1, "fachverfahren")]), "6.0": ("2026-05-20", [(V2, "fachverfahren")])},
        "Berechnet Wohngeld.",
        {"licence": CLOSED},
    ),
    "muster-kita": P(
        "Muster-Kita",
        "musterlogik",
        "fachverfahren",
        (KITA,),
        {"2.0": ("2024-07-01", []), "2.1": ("2025-07-01", []), "2.2": ("2026-07-01", [(V2, "fachverfahren")])},
        "Vergabe von Plätzen in Kindertagesstätten.",
        _open("kita", funded=True),
    ),
    "muster-kita-anmeldung": P(
        "Muster-Kita-Anmeldung",
        "musterform",
        "online-dienst",
        (KITA,),
        {"1.0": ("2026-07-15", [(V2, "onlinedienst")])},
        "Anmeldung von Kindern.",
        _open("kita-anmeldung"),
    ),
    "muster-friedhof": P(
        "Muster-Friedhof",
        "musterplan",
        "fachverfahren",
        (FRIEDHOF,),
        {"2.9": ("2022-06-01", []), "3.0": ("2024-06-01", [(V1, "fachverfahren")])},
        "Verwaltung von Friedhöfen.",
        {"licence": CLOSED},
    ),
    "muster-schule": P(
        "Muster-Schule",
        "musterwerk",
        "fachverfahren",
        (SCHULE,),
        {"1.2": ("2025-09-01", []), "1.3": ("2026-08-15", [(V2, "fachverfahren", ("vorgang.antrag.0101",))])},
        "Schulverwaltung.",
        {"licence": CLOSED},
    ),
    "muster-rathaus": P(
        "Muster-Rathaus",
        "musterwerk",
        "fachverfahren",
        (GEWERBE, FRIEDHOF),
        {"3.4": ("2023-01-01", []), "3.5": ("2024-01-01", [(V1, "fachverfahren")])},
        "Mehrere Verfahren für kleine Gemeinden.",
        {"licence": CLOSED, "end_of_support": "2026-01-31"},
    ),
    "muster-anmeldung": P(
        "Muster-Anmeldung",
        "musterhaus",
        "basiskomponente",
        (),
        {"2.0": ("2026-02-10", [])},
        "Anmeldung mit einem Nutzerkonto; Schnittstellen sind nicht erklärt.",
        {"licence": CLOSED},
    ),
}
"""By key."""


def services_of(release: str) -> list[str]:
    """The Leistungen of the product of `product@version`."""
    return sorted(PRODUCTS[release.partition("@")[0]].leistungen)


def released(release: str) -> date:
    """The day on which `product@version` came out."""
    key, _, version = release.partition("@")
    return date.fromisoformat(PRODUCTS[key].releases[version][0])


def written() -> Iterator[tuple[str, dict[str, Any]]]:
    """Path below the registry and content of each file."""
    for key, one in PRODUCTS.items():
        yield f"products/{key}.toml", _product(key, one)


_ORDER = (
    "schema id vendor name kind purpose leistungen prerequisites operation cost_licence cost_introduction cost_running "
    "costs_seen_by licence source_code documentation end_of_support accessibility contact publicly_funded funding "
    "merged_into old_ids example trainings releases"
)


def _product(key: str, one: P) -> dict[str, Any]:
    said = {
        "schema": "schnittstellen.product/1",
        "id": key,
        "vendor": one.vendor,
        "name": one.name,
        "kind": one.kind,
        "purpose": f"{one.purpose} (Erfundenes Beispiel.)",
        "leistungen": sorted(one.leistungen),
        "prerequisites": "Muster-Betriebsumgebung",
        "accessibility": f"https://{one.vendor}.example.org/{key}/barrierefreiheit",
        "contact": "Muster-Produktbetreuung",
        "example": True,
        "trainings": [{"task": "Sachbearbeitung", "form": "Muster-Kurs, online"}],
        "releases": [_release(version, *told) for version, told in sorted(one.releases.items(), key=_age)],
        **one.more,
    }
    return {name: said[name] for name in _ORDER.split() if said.get(name) not in (None, [], "")}


def _age(release: tuple[str, tuple[str, list[Declared]]]) -> tuple[str, str]:
    version, (day, _) = release
    return day, version


def _release(version: str, day: str, declared: list[Declared]) -> dict[str, Any]:
    return {
        "version": version,
        "released": day,
        **({"declarations": [_told(*one) for one in sorted(declared)]} if declared else {}),
    }


def _told(standard: str, role: str, messages: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"standard": standard, "role": role, **({"messages": list(messages)} if messages else {})}
