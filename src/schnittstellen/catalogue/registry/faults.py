"""Errors of the registry: F100 to F109. Problems are data: words are made at the edge."""

from dataclasses import dataclass, field

from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_, Line

BROKEN_REGISTRY = Fault(
    "F100",
    N_("Das Register {folder} hat {count} Fehler; es wurde nichts übernommen."),
    N_("Berichtigen Sie die genannten Stellen. Ohne Wirkung auf den Katalog prüft `schnittstellen registry check`."),
    http=422,
)
NO_REGISTRY = Fault(
    "F101",
    N_("{folder} ist kein Register: keiner der Ordner {kinds} ist darin."),
    N_("Nennen Sie den Ordner, in dem diese Unterordner liegen."),
    http=404,
)
NOT_EMPTY = Fault(
    "F102",
    N_("{folder} ist nicht leer und kein Register; es wurde nichts geschrieben."),
    N_("Nennen Sie einen leeren Ordner oder ein vorhandenes Register."),
    http=409,
)
NO_TABLE = Fault(
    "F103",
    N_("Die Tabelle {file} hat {count} Fehler; es wurde nichts geschrieben."),
    N_("Berichtigen Sie die genannten Stellen. Erwartet wird eine CSV-Datei mit den Spalten {columns}."),
    http=422,
)
EMPTY_CATALOGUE = Fault(
    "F104",
    N_("Der Katalog ist leer."),
    N_("Füllen Sie ihn mit `schnittstellen registry import`; ohne Ordner ist es das mitgelieferte Register."),
    http=404,
)
CHANGED_MEANWHILE = Fault(
    "F105",
    N_("{record} wurde inzwischen von jemand anderem geändert (Stand {found} statt {expected})."),
    N_("Laden Sie den jetzigen Stand und tragen Sie Ihre Änderung noch einmal ein."),
    http=412,
)
FAULTS = (BROKEN_REGISTRY, NO_REGISTRY, NOT_EMPTY, NO_TABLE, EMPTY_CATALOGUE, CHANGED_MEANWHILE)

MOST_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place of a file; `line` counts from 1, `path` names the place within the record."""

    file: str
    line: int | None
    path: str
    text: str
    parameters: dict[str, str] = field(default_factory=dict)

    def told(self) -> Line:
        """One line for people, translated at the edge."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        place = f"{where}: {self.path}" if self.path else where
        return Line(N_("{place}: {reason}"), place=place, reason=Line(self.text, **self.parameters))


def refused(fault: Fault, problems: list[Problem], **parameters: str) -> SchnittstellenError:
    """The error that tells the first problems in full and the number of all."""
    shown = [problem.told() for problem in problems[:MOST_PROBLEMS]]
    return SchnittstellenError(fault, *shown, count=str(len(problems)), **parameters)
