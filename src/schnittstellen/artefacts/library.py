"""All standards and suites that an installation knows: built in, added by the user, and named on the command line."""

import os
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.domain.standard import Standard, State
from schnittstellen.domain.suite import Suite
from schnittstellen.formats.standards import FILE as STANDARD_FILE
from schnittstellen.formats.standards import read_standard
from schnittstellen.formats.suites import FILE as SUITE_FILE
from schnittstellen.formats.suites import read_suite

_NAME = re.compile(r"(?P<standard>[^@/]+)(@(?P<version>[^/]+))?(/(?P<role>.+))?\Z")
_STATES = (State.WITHDRAWN, State.DRAFT, State.SUPERSEDED, State.IN_FORCE)


class NotKnown(LookupError):
    """No suite or standard has that name; `candidates` come near."""

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.candidates = candidates


class Library:
    """Finds standards and suites below several roots, each with `standards/` and `conformance_suites/`.

    Where two roots hold the same name, the first root wins.
    """

    def __init__(self, roots: tuple[Path, ...]) -> None:
        self.roots = roots

    @cached_property
    def _standards(self) -> dict[str, tuple[Standard, Path]]:
        found: dict[str, tuple[Standard, Path]] = {}
        for root in self.roots:
            for file in sorted((root / "standards").glob(f"*/*/{STANDARD_FILE}")):
                standard = read_standard(file)
                found.setdefault(standard.name, (standard, file.parent))
        return found

    @cached_property
    def _suites(self) -> dict[str, tuple[Suite, Path]]:
        found: dict[str, tuple[Suite, Path]] = {}
        for root in self.roots:
            for file in sorted((root / "conformance_suites").glob(f"*/*/*/{SUITE_FILE}")):
                suite = read_suite(file)
                found.setdefault(suite.name, (suite, file.parent))
        return found

    def standards(self) -> Iterator[Standard]:
        """All standards, by name and version, oldest version first."""
        return iter(sorted((one for one, _ in self._standards.values()), key=_by_version))

    def suites(self) -> Iterator[Suite]:
        """All suites, by standard and version, oldest version first."""
        return iter(sorted((one for one, _ in self._suites.values()), key=_suite_order))

    def standard(self, name: str) -> Standard:
        """The standard `id@version`, or the newest in force of `id`. Raises `NotKnown`."""
        wanted, version, _ = split_name(name)
        found = [one for one in self.standards() if one.id == wanted and version in (None, one.version)]
        if not found:
            raise NotKnown(name, self._near(wanted))
        return max(found, key=standing_key)

    def bundle(self, standard: Standard) -> Bundle:
        """The pinned files of a standard."""
        return Bundle(standard, self._standards[standard.name][1])

    def folder(self, suite: Suite) -> Path:
        """Where a suite and its fixtures lie."""
        return self._suites[suite.name][1]

    def suites_named(self, name: str) -> tuple[Suite, ...]:
        """All suites that `STANDARD[@VERSION][/ROLE]` may mean, oldest version first. Raises `NotKnown` for none."""
        wanted, version, role = split_name(name)
        found = tuple(
            suite
            for suite in self.suites()
            if suite.standard == wanted and version in (None, suite.version) and role in (None, suite.role)
        )
        if not found:
            raise NotKnown(name, self._near(wanted))
        return found

    def _near(self, wanted: str) -> tuple[str, ...]:
        near = [suite.name for suite in self.suites() if wanted.lower() in suite.name or suite.standard in wanted]
        return tuple(near) or tuple(suite.name for suite in self.suites())


def split_name(name: str) -> tuple[str, str | None, str | None]:
    """`STANDARD[@VERSION][/ROLE]` in its parts. Raises `NotKnown` where it has not that form."""
    parts = _NAME.match(name)
    if parts is None:
        raise NotKnown(name, ())
    return parts["standard"], parts["version"], parts["role"]


def version_key(version: str) -> tuple[tuple[int, int, str], ...]:
    """Orders versions as people count: 2.9 before 2.10."""
    return tuple((1, int(part), "") if part.isdigit() else (0, 0, part) for part in re.split(r"[._+-]", version))


def standing_key(standard: Standard) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    """Orders the versions of a standard by what they are worth today: in force before superseded, then the newest."""
    return _STATES.index(standard.state), version_key(standard.version)


def home() -> Path:
    """Where standards that the user added lie: $SCHNITTSTELLEN_HOME, else the user's data folder (XDG)."""
    named = os.environ.get("SCHNITTSTELLEN_HOME")
    if named:
        return Path(named)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "schnittstellen"


def built_in() -> Path:
    """Where the standards and suites lie that ship with the package (or beside `src/` in a checkout)."""
    package = Path(__file__).parent.parent
    shipped = package / "data"
    return shipped if shipped.is_dir() else package.parent.parent


def _by_version(standard: Standard) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    return standard.id, version_key(standard.version)


def _suite_order(suite: Suite) -> tuple[str, tuple[tuple[int, int, str], ...], str]:
    return suite.standard, version_key(suite.version), suite.role
