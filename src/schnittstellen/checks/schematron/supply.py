"""Documents that a stylesheet asks for while it runs, handed to it from the pinned files and nowhere else."""

import re
from typing import Any

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.schematron.problem import RulesProblem
from schnittstellen.checks.schematron.sandbox import ASK, DOCUMENTS
from schnittstellen.checks.schematron.saxon import SaxonError, Stylesheet, processor
from schnittstellen.checks.schematron.trusted import read_xml

_ASKED = re.compile(rf"\s*{ASK}(?P<address>.*)\Z", re.DOTALL)
_ROUNDS = 200


class Supply:
    """What the stylesheets made of the artefact `path` have asked for so far."""

    def __init__(self, bundle: Bundle, path: str) -> None:
        self._bundle = bundle
        self._path = path
        self._known: dict[str, Any] = {}
        self._informed: dict[int, int] = {}

    def run(self, stylesheet: Stylesheet, document: Any) -> str:
        """Run until nothing more is asked for. Raises `SaxonError`.

        An address that leads to no pinned file is answered with nothing: `doc-available()` is false, `doc()` an error.
        """
        for _ in range(_ROUNDS):
            self._inform(stylesheet)
            try:
                return stylesheet.run(document)
            except SaxonError as error:
                asked = _ASKED.match(str(error))
                if asked is None or asked["address"] in self._known:
                    raise
                self._known[asked["address"]] = self._document(asked["address"])
        raise SaxonError("too many documents")

    def _inform(self, stylesheet: Stylesheet) -> None:
        if self._known and self._informed.get(id(stylesheet)) != len(self._known):
            stylesheet.set(DOCUMENTS, processor().documents(self._known))
            self._informed[id(stylesheet)] = len(self._known)

    def _document(self, address: str) -> Any:
        path = self._bundle.resolve(address, self._path) if address else self._path
        if path is None:
            return processor().nothing()
        try:
            return processor().document(read_xml(self._bundle, path))
        except RulesProblem:
            return processor().nothing()
