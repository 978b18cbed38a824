"""Vendors, providers, the Musterkreis and what its municipalities run."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tools.example_world import others

VENDORS = {
    "musterhaus": "Musterhaus GmbH",
    "musterdaten": "Musterdaten AG",
    "mustersoft": "Mustersoft eG",
    "musterwerk": "Musterwerk Kommunal GmbH",
    "musterlogik": "Musterlogik GmbH",
    "musterform": "Musterform Online GmbH",
    "musterarchiv": "Musterarchiv GmbH",
    "musterkasse": "Musterkasse Zahlungsdienste GmbH",
    "musternetz": "Musternetz Transport AöR",
    "musterquell": "Musterquell Verein für offene Software e. V.",
    "musterplan": "Musterplan Bau und Geo OHG",
    "musterblick": "Musterblick UG",
}

MUNICIPALITIES = {
    "05999001": ("Musterstadt, Stadt", "Stadt", 48_200, True),
    "05999002": ("Musterdorf", "Gemeinde", 7_900, True),
    "05999003": ("Musterhausen, Stadt", "Stadt", 31_400, False),
    "05999004": ("Musterbach", "Gemeinde", 9_300, False),
    "05999005": ("Musterfeld, Stadt", "Stadt", 22_800, False),
    "05999006": ("Mustermühle", "Gemeinde", 5_600, False),
    "05999007": ("Musterheide, Stadt", "Stadt", 64_100, True),
    "05999008": ("Mustertal", "Gemeinde", 11_700, False),
    "05999009": ("Musterberg, Stadt", "Stadt", 26_000, False),
    "05999010": ("Mustersee", "Gemeinde", 8_400, False),
    "05999011": ("Musterau", "Gemeinde", 6_900, False),
    "05999012": ("Musterbrück, Stadt", "Stadt", 37_500, False),
    **others.MUNICIPALITIES,
}
"""By AGS. 05999 is no Kreis of the official register of NRW, whose Regierungsbezirk 059 ends with 05978."""

PROVIDERS = {
    "muster-rechenzentrum-nord": ("Muster-Rechenzentrum Nord", ("05999001", "05999003", "05999005")),
    "muster-rechenzentrum-sued": ("Muster-Rechenzentrum Süd", ("05999002", "05999004", "05999006", "05999008")),
    "muster-zweckverband": ("Muster-Zweckverband Informationstechnik", ("05999007", "05999009", "05999010")),
    "muster-stadtwerke-it": ("Muster-Stadtwerke IT", ("05999011", "05999012")),
}
SERVED = {
    key: (*first, *list(others.MUNICIPALITIES)[number :: len(PROVIDERS)])
    for number, (key, (_name, first)) in enumerate(PROVIDERS.items())
}

HUND, GEWERBE, BAU, MELDE, WOHNGELD = (
    "99102013002000",
    "99050012104000",
    "99012008001000",
    "99115004001000",
    "99107023000000",
)
RAT = "99077014000000"
"""Publizierte Informationen: what is open of a council."""
KFZ, KITA, FRIEDHOF, SCHULE, AUSWEIS = (
    "99036010007000",
    "99041004034000",
    "99101002058000",
    "99088010134000",
    "99008001012000",
)

LANDSCAPES: dict[str, tuple[str, ...]] = {
    # The whole chain of Gewerbeanmeldung and of Hundesteuer, all proven.
    "05999001": (
        "muster-hundesteuer@5.0",
        "muster-hund-online@3.0",
        "muster-antrag@4.2",
        "muster-bote@2.0",
        "muster-gewerbe@7.1",
        "muster-akte@9.0",
        "muster-epay@3.1",
        "muster-zustellung@2.3",
        "muster-ratsinfo@4.0",
        "muster-meldewesen@12.1",
        "muster-akte-offen@1.0",
    ),
    # The chain breaks: an old E-Akte, no payment.
    "05999002": (
        "muster-hundesteuer@4.8",
        "muster-hund-online@2.5",
        "muster-antrag@4.2",
        "muster-bote@2.0",
        "muster-gewerbe@7.1",
        "muster-akte@8.4",
        "muster-zustellung@2.3",
    ),
    # Two versions of one product, only one of them proven.
    "05999003": ("muster-hund-online@2.5", "muster-hund-online@3.0", "muster-hundekasse@1.9", "muster-friedhof@3.0"),
    "05999004": ("muster-hundesteuer@4.8", "muster-hund-formular@1.2", "muster-akte@8.4"),
    "05999005": ("muster-hundesteuer@5.0", "muster-hund-online@3.0", "muster-wohngeld@6.0", "muster-akte@9.0"),
    "05999006": ("muster-hundekasse@1.9", "muster-antrag-klassik@2.0", "muster-rathaus@3.5"),
    "05999007": ("muster-ratsinfo@4.0", "muster-ratsblick@1.1", "muster-bau@5.5", "muster-akte@9.0", "muster-bote@2.0"),
    "05999008": ("muster-ratsinfo@3.2", "muster-ratsapp@1.4", "muster-kita@2.2", "muster-finanzen@8.0"),
    "05999009": ("muster-hundesteuer@5.0", "muster-kfz@4.4", "muster-finanzen@8.0", "muster-rechnung@2.6"),
    "05999010": ("muster-hundesteuer@5.0", "muster-schule@1.3", "muster-akte@8.4", "muster-kita@2.2"),
    "05999011": ("muster-hundesteuer@4.8", "muster-meldewesen@11.9", "muster-bewohner@1.0"),
    "05999012": ("muster-hundesteuer@5.0", "muster-bau@5.5", "muster-meldewesen@12.1", "muster-akte@9.0"),
    **others.LANDSCAPES,
}
COUPLINGS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "05999001": (
        ("muster-hund-online@3.0", "muster-hundesteuer@5.0", "xhundesteuer@2.0"),
        ("muster-antrag@4.2", "muster-bote@2.0", "xmuster-vorgang@2.0"),
        ("muster-bote@2.0", "muster-gewerbe@7.1", "xmuster-vorgang@2.0"),
        ("muster-gewerbe@7.1", "muster-akte@9.0", "xmuster-vorgang@2.0"),
        ("muster-gewerbe@7.1", "muster-epay@3.1", "xmuster-vorgang@2.0"),
        ("muster-gewerbe@7.1", "muster-zustellung@2.3", "xmuster-vorgang@2.0"),
    ),
    "05999002": (
        ("muster-hund-online@2.5", "muster-hundesteuer@4.8", "xhundesteuer@1.1"),
        ("muster-antrag@4.2", "muster-gewerbe@7.1", "xmuster-vorgang@2.0"),
    ),
    "05999003": (
        ("muster-hund-online@2.5", "muster-hundekasse@1.9", ""),
        ("muster-hund-online@3.0", "muster-hundekasse@1.9", ""),
    ),
    "05999005": (("muster-hund-online@3.0", "muster-hundesteuer@5.0", "xhundesteuer@2.0"),),
    "05999006": (("muster-antrag-klassik@2.0", "muster-rathaus@3.5", ""),),
    **others.COUPLINGS,
}
EXPERIENCE = {
    ("05999001", "muster-hundesteuer@5.0"): "Die Umstellung auf Version 2.0 dauerte einen Vormittag.",
    ("05999002", "muster-akte@8.4"): "Läuft stabil, kann aber den neuen Stand des Standards nicht.",
    ("05999007", "muster-ratsinfo@4.0"): "Die Bürgerschaft nutzt die offene Schnittstelle für eine eigene App.",
}
REPLACED = {
    ("05999002", "muster-akte@8.4"): ("Muster-Akte 9.0", "2027-03-01"),
    ("05999001", "muster-akte@9.0"): ("Muster-Akte-Offen 1.0", "2027-09-01"),
    ("05999003", "muster-hund-online@2.5"): ("Muster-Hund-Online 3.0", "2027-02-01"),
}
PLANNED = {("05999001", "muster-akte-offen@1.0"): "2027-09-01"}
"""Not there yet."""
UNCONFIRMED = {("05999011", "muster-bewohner@1.0"), ("05999012", "muster-bau@5.5")}
"""Claimed by the vendor only."""
ENDED = {("05999008", "muster-ratsinfo@3.2"): "2026-09-30"}


def written() -> Iterator[tuple[str, dict[str, Any]]]:
    """Path below the registry and content of each file."""
    for key, name in VENDORS.items():
        url = f"https://{key}.example.org"
        contact = "Muster-Vertrieb"
        yield (
            f"vendors/{key}.toml",
            {
                "schema": "schnittstellen.vendor/1",
                "id": key,
                "name": name,
                "url": url,
                "contact": contact,
                "example": True,
            },
        )
    for key, (name, _served) in PROVIDERS.items():
        yield (
            f"providers/{key}.toml",
            {
                "schema": "schnittstellen.provider/1",
                "id": key,
                "name": name,
                "url": f"https://{key}.example.org",
                "municipalities": list(SERVED[key]),
                "example": True,
            },
        )
    yield "municipalities/musterkreis.toml", _kreis()
    for ags in MUNICIPALITIES:
        yield f"deployments/{ags}.toml", _landscape(ags)


def _kreis() -> dict[str, Any]:
    rows = [
        {"ags": ags, "name": name, "form": form, "population": people, **({"open": True} if is_open else {})}
        for ags, (name, form, people, is_open) in MUNICIPALITIES.items()
    ]
    return {
        "schema": "schnittstellen.municipalities/1",
        "kreis": "Musterkreis",
        "municipalities": [{**row, "example": True} for row in rows],
    }


def _landscape(ags: str) -> dict[str, Any]:
    couplings = sorted((_coupling(*one) for one in COUPLINGS.get(ags, ())), key=lambda one: str(one["id"]))
    return {
        "schema": "schnittstellen.deployments/1",
        "ags": ags,
        "deployments": [_deployment(ags, release) for release in sorted(LANDSCAPES[ags], key=_id)],
        **({"couplings": couplings} if couplings else {}),
    }


def _deployment(ags: str, release: str) -> dict[str, Any]:
    from tools.example_world.products import released, services_of

    operator = next((key for key, served in SERVED.items() if ags in served), "")
    replaced = REPLACED.get((ags, release))
    return {
        "id": _id(release),
        "release": release,
        **({"leistungen": services} if (services := services_of(release)) else {}),
        **({"operator": operator} if operator else {}),
        "since": PLANNED.get((ags, release)) or (released(release) + timedelta(1 + int(ags[-1]))).isoformat(),
        **({"until": ended} if (ended := ENDED.get((ags, release))) else {}),
        **({"experience": told} if (told := EXPERIENCE.get((ags, release))) else {}),
        **({"replacement": replaced[0], "replacement_on": replaced[1]} if replaced else {}),
        "in_charge": "Muster-Verfahrensbetreuung",
        **({"confirmed": True} if (ags, release) not in UNCONFIRMED else {}),
    }


def _coupling(first: str, second: str, standard: str) -> dict[str, Any]:
    return {
        "id": f"{_id(first)}_{_id(second)}"[:60],
        "first": _id(first),
        "second": _id(second),
        **({"standard": standard} if standard else {}),
    }


def _id(release: str) -> str:
    return release.replace("@", "-")
