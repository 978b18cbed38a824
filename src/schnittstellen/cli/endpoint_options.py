"""Options of `test` that concern endpoints; they reach the transport as plain values, secrets only by name."""

from collections.abc import Mapping
from typing import Any

from schnittstellen.cli.base import Number, Option
from schnittstellen.domain.errors import NO_REPORT_FORMAT, SchnittstellenError
from schnittstellen.domain.texts import N_

EVIDENCE = ("har",)
OPTIONS = (
    Option(
        ["--allow-write"],
        is_flag=True,
        help=N_("Endpunkt: erlaubt Aufrufe, die dort Daten ändern (Vorgabe: nur GET, HEAD und OPTIONS)."),
    ),
    Option(
        ["headers", "--header"],
        multiple=True,
        metavar=N_("NAME:WERT"),
        help=N_("Endpunkt: Kopfzeile, die nicht geheim ist; mehrfach möglich."),
    ),
    Option(
        ["header_env", "--header-env"],
        multiple=True,
        metavar=N_("NAME=VARIABLE"),
        help=N_("Endpunkt: Kopfzeile, deren Wert in einer Umgebungsvariable steht; mehrfach möglich."),
    ),
    Option(
        ["--token-env"], metavar=N_("VARIABLE"), help=N_("Endpunkt: Umgebungsvariable, die das Bearer-Token enthält.")
    ),
    Option(["--token-file"], metavar=N_("DATEI"), help=N_("Endpunkt: Datei, die das Bearer-Token enthält.")),
    Option(
        ["--basic-env"],
        metavar=N_("VARIABLE"),
        help=N_("Endpunkt: Umgebungsvariable, die NAME:PASSWORT für die Anmeldung mit HTTP Basic enthält."),
    ),
    Option(["--client-cert"], metavar=N_("DATEI"), help=N_("Endpunkt: Client-Zertifikat (PEM).")),
    Option(["--client-key"], metavar=N_("DATEI"), help=N_("Endpunkt: Schlüssel des Client-Zertifikats (PEM).")),
    Option(
        ["--client-key-password-env"],
        metavar=N_("VARIABLE"),
        help=N_("Endpunkt: Umgebungsvariable mit dem Passwort des Schlüssels."),
    ),
    Option(
        ["--ca-file"],
        metavar=N_("DATEI"),
        help=N_("Endpunkt: Zertifikate (PEM), denen statt denen des Betriebssystems vertraut wird."),
    ),
    Option(["--max-requests"], type=Number(), metavar=N_("ANZAHL"), help=N_("Endpunkt: höchste Zahl der Anfragen.")),
    Option(["--max-seconds"], type=Number(), metavar=N_("SEKUNDEN"), help=N_("Endpunkt: längste Dauer des Laufs.")),
    Option(
        ["--timeout"],
        type=Number(),
        metavar=N_("SEKUNDEN"),
        help=N_("Endpunkt: längste Dauer einer einzelnen Anfrage."),
    ),
    Option(
        ["--max-bytes"],
        type=Number(),
        metavar=N_("ANZAHL"),
        help=N_("Endpunkt: größte Antwort in Byte, gepackt wie entpackt."),
    ),
    Option(["--rate"], type=Number(), metavar=N_("ANZAHL"), help=N_("Endpunkt: höchste Zahl der Anfragen je Sekunde.")),
    Option(
        ["no_fuzz", "--no-fuzz"],
        is_flag=True,
        help=N_("Endpunkt: sendet keine absichtlich fehlerhaften Anfragen."),
    ),
    Option(
        ["--seed"], type=Number(0), metavar=N_("ZAHL"), help=N_("Endpunkt: Startwert, damit Anfragen sich wiederholen.")
    ),
    Option(
        ["origins", "--origin"],
        multiple=True,
        metavar=N_("ADRESSE"),
        help=N_("Endpunkt: weitere Herkunft (Schema und Rechner), die angefragt werden darf; mehrfach möglich."),
    ),
    Option(
        ["--evidence"],
        metavar=N_("har=DATEI"),
        help=N_(
            "Endpunkt: schreibt alle Anfragen und Antworten als HAR in eine Datei (Inhalte nur mit --with-content)."
        ),
    ),
    Option(
        ["--replay"],
        metavar=N_("DATEI"),
        help=N_("Endpunkt: bewertet ohne Netz, was eine HAR-Datei mit Inhalten aufgezeichnet hat."),
    ),
)


def as_options(settings: Mapping[str, Any]) -> dict[str, Any]:
    """What the command line says about endpoints, without what was not given. Raises `SchnittstellenError`."""
    given = {name: value for name, value in settings.items() if _is_given(value)}
    if given.pop("no_fuzz", False):
        given["allow_fuzz"] = False
    if "evidence" in given:
        kind, _, file = given.pop("evidence").rpartition("=")
        if (kind or "har") not in EVIDENCE:
            raise SchnittstellenError(NO_REPORT_FORMAT, name=kind, candidates=", ".join(EVIDENCE))
        given["har"] = file
    return given


def _is_given(value: object) -> bool:
    """Zero is given; an option that was left out is None, False, or no value at all."""
    return value is not None and value is not False and value != ()
