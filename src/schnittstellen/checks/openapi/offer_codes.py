"""Codes of findings about the published document of an endpoint (A4xx)."""

from schnittstellen.checks.openapi import codes
from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Kind

_WHY = N_("Wer eine Gegenstelle bauen oder beschaffen will, liest zuerst das veröffentlichte Dokument.")

NOT_PUBLIC = Code(
    "A401",
    N_("OpenAPI-Dokument ist nicht öffentlich"),
    N_("Unter {tried} Adressen des Endpunkts wurde kein OpenAPI-Dokument gefunden."),
    N_("Das Programm veröffentlicht sein OpenAPI-Dokument weder an der genannten noch an einer üblichen Adresse."),
    _WHY,
    N_("Veröffentlichen Sie das Dokument, zum Beispiel unter /openapi.json, oder nennen Sie die Adresse in der Suite."),
)
INVALID = Code(
    "A402",
    N_("Veröffentlichtes OpenAPI-Dokument ist ungültig"),
    N_("Das veröffentlichte Dokument ist an {pointer} kein gültiges OpenAPI ({reason})."),
    N_("Das Dokument hält die OpenAPI-Spezifikation nicht ein."),
    N_("Werkzeuge, die daraus Programme oder Tests erzeugen, scheitern oder erzeugen Falsches."),
    N_("Prüfen Sie das Dokument mit einem OpenAPI-Validator und beheben Sie den Fehler."),
)
OTHER_VERSION = Code(
    "A403",
    N_("Veröffentlichtes Dokument nennt eine andere Version"),
    N_("Das veröffentlichte Dokument nennt die Version {found}, der Standard {expected}."),
    N_("Die Angabe info.version stimmt nicht mit der Version des Standards überein."),
    N_("Gegenstellen können nicht erkennen, welche Fassung der Schnittstelle gilt."),
    N_("Nennen Sie im Dokument die Version des Standards, den Sie umsetzen."),
)
MISSING = Code(
    "A404",
    N_("Operation fehlt im veröffentlichten Dokument"),
    N_("Die Operation {operation} des Standards fehlt im veröffentlichten Dokument."),
    N_("Der Standard verlangt eine Operation, die das Programm nach seinem eigenen Dokument nicht anbietet."),
    N_("Gegenstellen, die sich auf den Standard verlassen, finden die Operation nicht."),
    N_("Bieten Sie die Operation an und beschreiben Sie sie im Dokument."),
)
NARROWER = Code(
    "A405",
    N_("Antwort ist im veröffentlichten Dokument anders beschrieben"),
    N_("Das veröffentlichte Dokument erlaubt für {operation} (Status {status}) mehr, als der Standard erlaubt."),
    N_(
        "Nach dem veröffentlichten Dokument darf die Antwort Inhalte haben, die dem Schema des Standards widersprechen."
    ),
    N_("Eine Gegenstelle, die nach dem Standard gebaut ist, kann solche Antworten nicht verarbeiten."),
    N_("Übernehmen Sie das Schema des Standards in Ihr Dokument."),
)
NOT_COMPARED = Code(
    "A406",
    N_("Schemas nicht vergleichbar"),
    N_("Das Schema von {operation}, Status {status}, ließ sich nicht mit dem des Standards vergleichen."),
    N_("Ob das veröffentlichte Dokument dem Standard entspricht, lässt sich an dieser Stelle nicht entscheiden."),
    N_("Was nicht geprüft wurde, gilt nicht als bestanden."),
    N_("Vergleichen Sie die beiden Schemas von Hand."),
    Kind.UNTESTED,
)
CODES = (*codes.CODES, NOT_PUBLIC, INVALID, OTHER_VERSION, MISSING, NARROWER, NOT_COMPARED)
