"""Drafts: a suite or a standard in a folder of its own, put before what the installation knows."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schnittstellen.formats.standards import FILE as STANDARD_FILE
from schnittstellen.formats.standards import read_standard
from schnittstellen.formats.suites import FILE as SUITE_FILE
from schnittstellen.formats.suites import read_suite


@contextmanager
def drafted(suite: Path | None, standard: Path | None) -> Iterator[tuple[Path, str | None]]:
    """A root for a `Library` that holds copies of the drafts, and the name of the suite; it is gone afterwards.

    The last three parts of `suite` are standard, version and role, as everywhere. Raises `WrittenFormError`.
    """
    with tempfile.TemporaryDirectory(prefix="schnittstellen-draft-") as made:
        root = Path(made)
        name = None
        if suite is not None:
            folder = suite.resolve()
            name = read_suite(folder / SUITE_FILE).name
            shutil.copytree(folder, root.joinpath("conformance_suites", *folder.parts[-3:]))
        if standard is not None:
            known = read_standard(standard / STANDARD_FILE)
            shutil.copytree(standard, root / "standards" / known.id / known.version)
        yield root, name
