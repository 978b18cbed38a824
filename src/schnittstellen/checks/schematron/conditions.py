"""XPath 3.1 conditions as one stylesheet that writes SVRL: for each context node, does the test hold?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from schnittstellen.checks.schematron import svrl
from schnittstellen.checks.schematron.catalogue import Catalogue
from schnittstellen.checks.schematron.isolate import isolate, wrap
from schnittstellen.checks.schematron.names import RULE, XSL, xsl
from schnittstellen.checks.schematron.names import svrl as in_svrl
from schnittstellen.checks.schematron.sandbox import closed
from schnittstellen.checks.schematron.saxon import SaxonError, Stylesheet, processor
from schnittstellen.checks.schematron.xpath import escape_braces

_FUNCTIONS = "http://www.w3.org/2005/xpath-functions"
_STANDARD = {
    "xs": "http://www.w3.org/2001/XMLSchema",
    "fn": _FUNCTIONS,
    "math": f"{_FUNCTIONS}/math",
    "map": f"{_FUNCTIONS}/map",
    "array": f"{_FUNCTIONS}/array",
}
Namespaces = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """`context` selects nodes, seen from the document node; `test` must hold for each of them."""

    id: str
    test: str
    text: str = ""
    context: str = "/"


class Conditions:
    """Conditions ready to judge messages; those that are no XPath are in `broken`, by id, with Saxon's reason."""

    def __init__(self, conditions: Sequence[Condition], namespaces: Mapping[str, str]) -> None:
        self._namespaces = dict(namespaces)
        self.broken: dict[str, str] = {}
        self._usable = list(conditions)
        self._plain: Stylesheet | None = None
        self._isolated: Stylesheet | None = None
        try:
            self._plain = self._compiled(isolated=False)
        except SaxonError:
            self._sort_out(conditions)

    def judge(self, document: Any) -> svrl.Outcome:
        """What the usable conditions say of an XDM document. Raises `SaxonError`."""
        self._plain = self._plain or self._compiled(isolated=False)
        try:
            return self._read(self._plain.run(document))
        except SaxonError:
            self._isolated = self._isolated or self._compiled(isolated=True)
            return self._read(self._isolated.run(document))

    def _read(self, output: str) -> svrl.Outcome:
        return svrl.read(output, self._catalogue)

    def _sort_out(self, conditions: Sequence[Condition]) -> None:
        for condition in conditions:
            self._usable = [condition]
            try:
                self._compiled(isolated=False)
            except SaxonError as error:
                self.broken[condition.id] = str(error)
        self._usable = [one for one in conditions if one.id not in self.broken]

    def _compiled(self, *, isolated: bool) -> Stylesheet:
        catalogue = Catalogue("profile")
        root = self._stylesheet()
        catalogue.number(root)
        if isolated:
            isolate(root)
            for each, condition in zip(list(root.iter(xsl("for-each"))), self._usable, strict=True):
                wrap([each], {RULE: condition.id})
        self._catalogue = catalogue
        return processor().compile(closed(root))

    def _stylesheet(self) -> etree._Element:
        root = etree.Element(xsl("stylesheet"), nsmap={**_STANDARD, **self._namespaces, "xsl": XSL}, version="3.0")
        main = etree.SubElement(root, xsl("template"), match="/")
        output = etree.SubElement(main, in_svrl("schematron-output"))
        for condition in self._usable:
            _add(output, condition)
        return root


def _add(output: etree._Element, condition: Condition) -> None:
    each = etree.SubElement(output, xsl("for-each"), select=condition.context)
    etree.SubElement(each, in_svrl("fired-rule"), context=escape_braces(condition.context))
    choose = etree.SubElement(each, xsl("choose"))
    etree.SubElement(choose, xsl("when"), test=condition.test)
    failed = etree.SubElement(etree.SubElement(choose, xsl("otherwise")), in_svrl("failed-assert"))
    failed.set("id", escape_braces(condition.id))
    etree.SubElement(failed, xsl("attribute"), name="location", select="path(.)")


@lru_cache(maxsize=64)
def conditions_of(conditions: tuple[Condition, ...], namespaces: Namespaces) -> Conditions:
    """The conditions, compiled once in each process."""
    return Conditions(conditions, dict(namespaces))
