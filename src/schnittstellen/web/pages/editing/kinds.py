"""The forms: which fields a vendor, a product, a release, a declaration, a deployment and a coupling have."""

from collections.abc import Mapping, Sequence

from schnittstellen.catalogue.wording.kinds import OPERATION, PRODUCTS
from schnittstellen.domain.texts import N_
from schnittstellen.web.pages.editing.fields import (
    Checks,
    Choice,
    Day,
    Field,
    Leistungen,
    Lines,
    Rows,
    Text,
    YesNo,
)
from schnittstellen.web.pages.editing.sheets import Group, Sheet, one_group

Choices = Mapping[str, str]
SEEN_BY = {
    "nobody": N_("niemand außer uns"),
    "municipalities": N_("angemeldete Kommunen"),
    "public": N_("alle"),
}
WEB = N_("Eine Adresse, die mit https:// beginnt.")
DAY = N_("Tag, Monat und Jahr, zum Beispiel 31.12.2026.")
ALL_MESSAGES = N_("Wenn Sie hier nichts angeben, gelten alle Nachrichten der Rolle.")

VENDOR = one_group(
    Field("name", N_("Name der Firma"), required=True),
    Field("url", N_("Internetseite"), WEB),
    Field("contact", N_("Kontakt"), N_("Eine Stelle oder Sammeladresse, keine Privatperson.")),
)
PRODUCT = Sheet(
    (
        Group(
            N_("Das Programm"),
            (
                Field("name", N_("Name des Programms"), required=True),
                Choice("kind", N_("Art"), N_("Was das Programm hauptsächlich ist."), required=True, choices=PRODUCTS),
                Text("purpose", N_("Was es tut"), N_("In zwei, drei Sätzen, ohne Fachwörter.")),
                Leistungen(
                    "leistungen",
                    N_("Für welche Leistungen"),
                    N_("Je Zeile eine Leistung der Verwaltung: ihr Name oder ihr Schlüssel mit 14 Ziffern."),
                ),
                Text("prerequisites", N_("Was man dafür braucht"), N_("Zum Beispiel Betriebssystem, Datenbank, Netz.")),
                Checks("operation", N_("Wie es betrieben werden kann"), choices=OPERATION),
            ),
        ),
        Group(
            N_("Kosten"),
            (
                Field("cost_licence", N_("Lizenz"), N_("Zum Beispiel: 4.000 Euro im Jahr.")),
                Field("cost_introduction", N_("Einführung")),
                Field("cost_running", N_("Laufender Betrieb")),
                Choice(
                    "costs_seen_by",
                    N_("Wer die Kosten sehen darf"),
                    N_("Ohne Angabe sieht sie niemand außer Ihnen."),
                    choices=SEEN_BY,
                ),
            ),
        ),
        Group(
            N_("Lizenz und Unterlagen"),
            (
                Field(
                    "licence",
                    N_("Lizenz des Quelltextes"),
                    N_("Als SPDX-Kennung, zum Beispiel EUPL-1.2. Geschlossener Quelltext: LicenseRef-proprietaer."),
                ),
                Field("source_code", N_("Wo der Quelltext liegt"), WEB),
                Field("documentation", N_("Öffentliche Dokumentation"), WEB),
                Field("accessibility", N_("Erklärung zur Barrierefreiheit"), WEB),
                Day("end_of_support", N_("Ende der Unterstützung"), DAY),
                Field("contact", N_("Kontakt für Fragen"), N_("Eine Stelle oder Sammeladresse, keine Privatperson.")),
            ),
        ),
        Group(
            N_("Öffentliche Förderung"),
            (
                YesNo("publicly_funded", N_("Mit öffentlichem Geld entwickelt?")),
                Field("funding", N_("Aus welchem Förderprogramm")),
            ),
        ),
        Group(
            N_("Schulungen"),
            (
                Rows(
                    "trainings",
                    N_("Schulung"),
                    N_("Leere Zeilen werden nicht gespeichert. Weitere Zeilen erscheinen nach dem Speichern."),
                    of=(
                        Field("task", N_("Für welche Aufgabe")),
                        Field("form", N_("Form")),
                        Field("url", N_("Adresse")),
                    ),
                ),
            ),
        ),
    )
)
VERSION = Field("version", N_("Version"), N_("Buchstaben, Ziffern, Punkt, Plus und Minus, zum Beispiel 4.2."), True)
RELEASE = one_group(Day("released", N_("Erschienen am"), DAY), Day("end_of_support", N_("Ende der Unterstützung"), DAY))
NEW_RELEASE = one_group(VERSION, *RELEASE.fields)


def new_declaration(roles: Choices) -> Sheet:
    """Which standard, version and role; `roles` by `standard@version/role`."""
    hint = N_("Eine Rolle ist das, was Ihr Programm im Austausch tut, zum Beispiel Anträge empfangen.")
    return one_group(Choice("role", N_("Standard, Version und Rolle"), hint, required=True, choices=roles))


def declaration(messages: Sequence[str]) -> Sheet:
    """What of a role is supported; `messages` are those of the role, none where every name is possible."""
    label = N_("Unterstützte Nachrichten")
    chosen = (
        Checks("messages", label, ALL_MESSAGES, choices={one: one for one in messages})
        if messages
        else Lines("messages", label, ALL_MESSAGES)
    )
    return one_group(
        chosen,
        Lines(
            "options", N_("Unterstützte freiwillige Teile"), N_("Je Zeile ein Teil, der im Standard freigestellt ist.")
        ),
        Field("documentation", N_("Öffentliche Dokumentation der Schnittstelle"), WEB),
    )


def deployment(releases: Choices, operators: Choices) -> Sheet:
    """What a municipality runs; `releases` are those of the product."""
    return Sheet(
        (
            Group(
                N_("Im Einsatz"),
                (
                    Choice("release", N_("Version"), required=True, choices=releases),
                    Leistungen(
                        "leistungen",
                        N_("Wofür Sie es nutzen"),
                        N_("Je Zeile eine Leistung der Verwaltung: ihr Name oder ihr Schlüssel mit 14 Ziffern."),
                    ),
                    Choice("operator", N_("Wer es betreibt"), N_("Ohne Angabe: nicht bekannt."), choices=operators),
                    Day("since", N_("Im Einsatz seit"), DAY),
                    Day("until", N_("Im Einsatz bis"), DAY),
                    Field(
                        "in_charge",
                        N_("Wer bei Ihnen zuständig ist"),
                        N_("Nennen Sie die Stelle, nicht den Namen. Nur Sie und der Hersteller sehen das."),
                    ),
                ),
            ),
            Group(
                N_("Ihre Erfahrung und was Sie vorhaben"),
                (
                    Text(
                        "experience",
                        N_("Erfahrungsbericht"),
                        N_("Was gut geht und was nicht. Keine Namen von Personen."),
                    ),
                    Field("replacement", N_("Wodurch Sie es ersetzen wollen")),
                    Day("replacement_on", N_("Geplant für"), DAY),
                ),
            ),
        )
    )


def coupling(running: Choices, versions: Choices) -> Sheet:
    """Two of the own deployments exchange data."""
    return one_group(
        Choice("first", N_("Dieses Programm"), required=True, choices=running),
        Choice("second", N_("tauscht Daten aus mit"), required=True, choices=running),
        Choice("standard", N_("Nach welchem Standard"), N_("Ohne Angabe: nicht bekannt."), choices=versions),
        Lines(
            "messages",
            N_("Welche Nachrichten"),
            N_("Je Zeile eine. Wenn Sie es nicht wissen, lassen Sie das Feld leer."),
        ),
        Day("since", N_("Seit"), DAY),
    )


def claim(releases: Choices) -> Sheet:
    """A vendor says that a municipality runs an own release."""
    return one_group(
        Field("municipality", N_("Kommune"), N_("Name oder Amtlicher Gemeindeschlüssel mit 8 Ziffern."), required=True),
        Choice("release", N_("Programm und Version"), required=True, choices=releases),
        Day("since", N_("Im Einsatz seit"), DAY),
        Day("until", N_("Im Einsatz bis"), DAY),
    )


LABELS = {
    one.name: one.label
    for sheet in (VENDOR, RELEASE, NEW_RELEASE, PRODUCT, deployment({}, {}), coupling({}, {}), declaration(()))
    for one in sheet.fields
}
"""What fields are called, for the list of changes."""
