"""Any other stylesheet of a standard (not rules), run in the same sandbox."""

from collections.abc import Mapping
from typing import Any

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.schematron.problem import RulesProblem
from schnittstellen.checks.schematron.sandbox import sandboxed
from schnittstellen.checks.schematron.saxon import SaxonError, processor
from schnittstellen.checks.schematron.supply import Supply
from schnittstellen.checks.schematron.trusted import read_xml
from schnittstellen.checks.schematron.validator import identity


class Transformation:
    """The stylesheet of the artefact `path`, compiled. Raises `RulesProblem`."""

    def __init__(self, bundle: Bundle, path: str) -> None:
        self._supply = Supply(bundle, path)
        try:
            self._stylesheet = processor().compile(sandboxed(read_xml(bundle, path), path, bundle))
        except SaxonError as error:
            raise RulesProblem("compile", f"{path}: {error}") from None

    def run(self, document: Any, parameters: Mapping[str, Any]) -> str:
        """The serialised result; `parameters` are XDM values by name. Raises `SaxonError`."""
        for name, value in parameters.items():
            self._stylesheet.set(name, value)
        return self._supply.run(self._stylesheet, document)


_kept: dict[str, Transformation] = {}
_LIMIT = 16


def transformation(bundle: Bundle, path: str) -> Transformation:
    """The transformation for an artefact, kept for the life of the process. Raises `RulesProblem`."""
    key = identity(bundle, path)
    if key not in _kept:
        while len(_kept) >= _LIMIT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = Transformation(bundle, path)
    return _kept[key]
