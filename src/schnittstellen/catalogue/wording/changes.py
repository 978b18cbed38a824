"""What was changed, in words: places of the audit log as people call them, values as they write them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

ENTRIES = {
    "releases": N_("Version {key}"),
    "declarations": N_("Standard und Rolle {key}"),
    "deployments": N_("eingesetztes Programm {key}"),
    "couplings": N_("Verbindung {key}"),
    "trainings": N_("Schulung {key}"),
    "order": N_("Prüfauftrag {key}"),
    "recall": N_("Widerruf der Bescheinigung {key}"),
    "key": N_("Schlüssel zum Unterschreiben {key}"),
    "token": N_("Schlüssel für Programme {key}"),
}
"""Names that are followed by the name of one entry."""
OPAQUE = {
    "application": N_("Antrag auf ein Zertifikat"),
    "case": N_("Abweichung im Betrieb"),
    "contest": N_("Widerspruch"),
    "endpoint": N_("Endpunkt"),
    "hand_in": N_("eingereichter Prüfbericht"),
}
"""Names that are followed by a key that nobody knows."""
FIELDS = {
    "name": N_("Name"),
    "url": N_("Internetseite"),
    "contact": N_("Kontakt"),
    "vendor": N_("Hersteller"),
    "kind": N_("Art"),
    "purpose": N_("Was es tut"),
    "leistungen": N_("Für welche Leistungen"),
    "prerequisites": N_("Was man dafür braucht"),
    "operation": N_("Wie es betrieben werden kann"),
    "cost_licence": N_("Lizenzkosten"),
    "cost_introduction": N_("Kosten der Einführung"),
    "cost_running": N_("Laufende Kosten"),
    "costs_seen_by": N_("Wer die Kosten sehen darf"),
    "licence": N_("Lizenz des Quelltextes"),
    "source_code": N_("Wo der Quelltext liegt"),
    "documentation": N_("Öffentliche Dokumentation"),
    "accessibility": N_("Erklärung zur Barrierefreiheit"),
    "end_of_support": N_("Ende der Unterstützung"),
    "publicly_funded": N_("Mit öffentlichem Geld entwickelt?"),
    "funding": N_("Aus welchem Förderprogramm"),
    "released": N_("Erschienen am"),
    "withdrawn": N_("Zurückgezogen"),
    "example": N_("Erfundenes Beispiel"),
    "standard": N_("Standard"),
    "role": N_("Rolle"),
    "messages": N_("Welche Nachrichten"),
    "options": N_("Unterstützte freiwillige Teile"),
    "release": N_("Programm und Version"),
    "operator": N_("Wer es betreibt"),
    "since": N_("Im Einsatz seit"),
    "until": N_("Im Einsatz bis"),
    "in_charge": N_("Wer bei Ihnen zuständig ist"),
    "experience": N_("Erfahrungsbericht"),
    "replacement": N_("Wodurch Sie es ersetzen wollen"),
    "replacement_on": N_("Geplant für"),
    "confirmed": N_("Von der Kommune bestätigt"),
    "open": N_("Für alle sichtbar, was eingesetzt wird"),
    "member": N_("Mitglied"),
    "invitation": N_("Einladung"),
    "scopes": N_("Was er darf"),
    "expires_on": N_("Gültig bis"),
    "is_active": N_("Darf sich anmelden"),
    "is_superuser": N_("Verwaltet den Katalog"),
    "distinct_from": N_("Keine Dublette von"),
    "merged_into": N_("Zusammengeführt mit"),
    "state": N_("Stand"),
    "level": N_("Nachweisstufe"),
    "evidence": N_("Nachweise"),
    "decision": N_("Entscheidung"),
    "question": N_("Rückfrage"),
    "finding": N_("Befund"),
    "upheld": N_("Widerspruch angenommen"),
    "reason": N_("Grund"),
    "duty": N_("Auflage"),
    "said_on": N_("als erledigt gemeldet am"),
    "met_on": N_("erledigt am"),
    "declined": N_("nicht anerkannt"),
    "retired_from": N_("gilt nicht mehr ab"),
    "opened": N_("gemeldet am"),
    "plan": N_("Was der Hersteller tut"),
    "due": N_("bis"),
    "closed": N_("abgeschlossen am"),
    "proposed": N_("Vorschlag, zu zertifizieren"),
    "vote": N_("Stimme dafür"),
    "basis": N_("Fassung des Vorschlags"),
    **{name: OPAQUE[name] for name in OPAQUE},
    "releases": N_("Versionen"),
    "declarations": N_("Unterstützte Standards"),
    "deployments": N_("eingesetzte Programme"),
    "couplings": N_("Verbindungen"),
    "trainings": N_("Schulungen"),
}
TABLES = {
    "standard": N_("Fachstandards"),
    "standardversion": N_("Versionen von Standards"),
    "role": N_("Rollen"),
    "ozgservice": N_("OZG-Leistungen"),
    "leistung": N_("Leistungen (LeiKa)"),
    "municipality": N_("Kommunen"),
    "provider": N_("IT-Dienstleister"),
    "vendor": N_("Hersteller"),
    "product": N_("Programme"),
    "release": N_("Versionen von Programmen"),
    "declaration": N_("Erklärungen"),
    "training": N_("Schulungen"),
    "oldkey": N_("frühere Adressen"),
    "deployment": N_("eingesetzte Verfahren"),
    "coupling": N_("Kopplungen"),
    "entry": N_("Einträge der Kette"),
    "evidence": N_("Nachweise"),
    "signedcertificate": N_("unterzeichnete Urkunden"),
}
"""What an import writes, by the names of the tables."""
COUNTED = N_("{created} neu, {changed} geändert")
VALUES = {
    "open": N_("offen"),
    "withdrawn": N_("zurückgezogen"),
    "signed": N_("unterschrieben"),
    "registered": N_("eingetragen"),
    "granted": N_("zertifiziert"),
    "refused": N_("abgelehnt"),
    "proposed": N_("vorgeschlagen"),
    "voted": N_("abgestimmt"),
    "dropped": N_("verworfen"),
    "revoked": N_("widerrufen"),
    "asked": N_("wartet auf den Hersteller"),
    "answered": N_("wartet auf den Beirat"),
    "settled": N_("erledigt"),
    "nobody": N_("niemand außer uns"),
    "municipalities": N_("angemeldete Kommunen"),
    "public": N_("alle"),
}
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def place(path: str) -> str:
    """`releases/4.8/end_of_support` as people say it: "Version 4.8, Ende der Unterstützung"."""
    return ", ".join(_parts(path.split("/"))) if path else _(N_("alles"))


def _parts(path: list[str]) -> Iterator[str]:
    names = iter(path)
    for name in names:
        key = next(names, "") if name in ENTRIES or name in OPAQUE else ""
        yield _(ENTRIES[name]).format(key=key.replace(":", ", ")) if key and name in ENTRIES else field(name)


def field(name: str) -> str:
    """A field as forms call it; its name where no form has it."""
    return _(FIELDS[name]) if name in FIELDS else name


def value(of: Any) -> str:
    """A single value in words; days as forms write them."""
    text = str(of)
    if found := _DAY.fullmatch(text):
        return ".".join(reversed(found.groups()))
    return _(VALUES[text]) if text in VALUES else text


def imported(table: str, counts: Mapping[str, int]) -> str:
    """What an import wrote into one table."""
    told = _(COUNTED).format(created=counts.get("created", 0), changed=counts.get("changed", 0))
    return f"{_(TABLES[table]) if table in TABLES else table}: {told}"
