"""Codes of scenarios (A301 to A307)."""

from schnittstellen.domain.finding import Code
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Kind

UNMET = Code(
    "A301",
    N_("Ablauf endet anders als erwartet"),
    N_("{workflow}, {step}: {expectation} (Status {status})."),
    N_("In einem Ablauf aus mehreren Anfragen war eine Bedingung nicht erfüllt: {condition}"),
    N_("Anwendungen gehen genau diesen Weg und verlassen sich auf das Ergebnis."),
    N_("Wiederholen Sie die Anfrage mit der curl-Zeile und vergleichen Sie die Antwort mit der Bedingung."),
)
LOOP = Code(
    "A302",
    N_("Verweise drehen sich im Kreis"),
    N_("{workflow}, {step}: Der Verweis führt zu einer Adresse, die schon abgerufen wurde."),
    N_("Wer den Verweisen folgt, kommt nie ans Ende."),
    N_("Anwendungen hängen oder rufen endlos ab."),
    N_("Lassen Sie den Verweis am Ende weg."),
)
COLLECTED = Code(
    "A303",
    N_("Gesammelte Werte stimmen nicht"),
    N_("{workflow}, {step}: {expectation}."),
    N_("Die über alle Antworten gesammelten Werte erfüllen eine Bedingung nicht: {condition}"),
    N_("Was doppelt kommt oder fehlt, zeigt sich erst über mehrere Antworten."),
    N_("Rufen Sie die Antworten nacheinander ab und vergleichen Sie die genannten Werte."),
)
DOCUMENT = Code(
    "A305",
    N_("Ablauf nicht lesbar"),
    N_("Die Beschreibung {path} lässt sich nicht ausführen: {problem}"),
    N_("Die Suite beschreibt einen Ablauf in einer Form, die nicht ausgeführt werden kann."),
    N_("Was nicht ausgeführt wurde, gilt nicht als bestanden."),
    N_("Melden Sie den Fehler denen, die die Suite pflegen."),
    Kind.UNTESTED,
    Cause.TOOL,
)
WRITING = Code(
    "A307",
    N_("Schreibende Anfrage nicht erlaubt"),
    N_("{workflow}, {step}: {method} wurde nicht gesendet, weil Schreiben nicht erlaubt ist."),
    N_("Dieser Ablauf verändert Daten. Das geschieht nur mit ausdrücklicher Erlaubnis."),
    N_("Was nicht ausgeführt wurde, gilt nicht als bestanden."),
    N_("Erlauben Sie mit --allow-write das Schreiben, am besten auf einem Testsystem."),
    Kind.UNTESTED,
    Cause.CONFIGURATION,
)

CODES = (UNMET, LOOP, COLLECTED, DOCUMENT, WRITING)
