"""What an SVRL document says (ISO/IEC 19757-3, annex D), with the marks that `catalogue` and `isolate` leave in it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from schnittstellen.checks.schematron.catalogue import Catalogue
from schnittstellen.checks.schematron.isolate import TERMINATED, UNTESTED
from schnittstellen.checks.schematron.names import FIRED, OWN, RULE, local, svrl


class NotSvrl(Exception):
    """The stylesheet ran, but what it wrote is no SVRL."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A failed assert or a successful report. `document` names the subordinate document that it is about."""

    rule: str
    report: bool
    location: str
    text: str
    weights: tuple[str, ...] = ()
    document: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Rules that could not be evaluated at a place, with the error code of XPath or XSLT."""

    rules: frozenset[str]
    location: str
    code: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run of a stylesheet came to. `stopped` says that the stylesheet itself wanted to end."""

    hits: tuple[Hit, ...]
    gaps: tuple[Gap, ...]
    applied: frozenset[str]
    fired: int
    stopped: bool = False
    messages: str = ""
    prefixes: Mapping[str, str] = field(default_factory=dict)
    output: str = field(default="", repr=False)

    @property
    def covered(self) -> frozenset[str]:
        """Rules that were judged wherever their context occurred."""
        return self.applied.difference(*(gap.rules for gap in self.gaps))


def read(output: str, catalogue: Catalogue, messages: str = "") -> Outcome:
    """Raises `NotSvrl`."""
    try:
        root = etree.fromstring(output.encode())
    except etree.XMLSyntaxError:
        raise NotSvrl from None
    if root.tag != svrl("schematron-output"):
        raise NotSvrl
    reader = _Reader(catalogue)
    for element in root.iter(*reader.takers):
        reader.takers[element.tag](element)
    return reader.outcome(output, messages)


class _Reader:
    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._hits: list[Hit] = []
        self._gaps: list[Gap] = []
        self._numbers: set[str] = set()
        self._unnumbered: set[str] = set()
        self._fired = 0
        self._document = ""
        self._stopped = False
        self._prefixes: dict[str, str] = {}
        self.takers: dict[Any, Callable[[etree._Element], None]] = {
            svrl("fired-rule"): self._take_fired,
            svrl("failed-assert"): self._take_hit,
            svrl("successful-report"): self._take_hit,
            svrl("ns-prefix-in-attribute-values"): self._take_prefix,
            UNTESTED: self._take_gap,
            TERMINATED: self._take_stop,
        }

    def outcome(self, output: str, messages: str) -> Outcome:
        applied = frozenset().union(*(self._catalogue.fired.get(number, frozenset()) for number in self._numbers))
        return Outcome(
            hits=tuple(self._hits),
            gaps=tuple(self._gaps),
            applied=applied | self._unnumbered,
            fired=self._fired,
            stopped=self._stopped,
            messages=messages,
            prefixes=self._prefixes,
            output=output,
        )

    def _take_fired(self, element: etree._Element) -> None:
        self._fired += 1
        self._document = element.get("document", "")
        number = element.get(FIRED)
        if number is not None:
            self._numbers.add(number)

    def _take_hit(self, element: etree._Element) -> None:
        rule = element.get(RULE) or element.get("id") or self._catalogue.stem
        self._unnumbered.add(rule)
        weights = tuple(value for name in ("severity", "flag", "role") if (value := element.get(name)))
        text = " ".join("".join(_texts(element)).split())
        report = local(element) == "successful-report"
        self._hits.append(Hit(rule, report, element.get("location", ""), text, weights, self._subordinate()))

    def _subordinate(self) -> str:
        return self._document if self._document and "://" not in self._document else ""

    def _take_prefix(self, element: etree._Element) -> None:
        self._prefixes[element.get("prefix", "")] = element.get("uri", "")

    def _take_gap(self, element: etree._Element) -> None:
        rule, number = element.get(RULE), element.get(FIRED)
        rules = frozenset([rule]) if rule else self._catalogue.fired.get(number or "", frozenset())
        place = element.get("location", "")
        self._gaps.append(Gap(rules, place, element.get("code", ""), element.get("description", "")))

    def _take_stop(self, element: etree._Element) -> None:  # noqa: ARG002
        self._stopped = True


def _texts(hit: etree._Element) -> Iterator[str]:
    text = hit.find(svrl("text"))
    if text is not None:
        yield from (str(part) for part in text.itertext())


def without_marks(output: str) -> etree._Element:
    """The SVRL as the stylesheet's author would have got it."""
    root = etree.fromstring(output.encode())
    for element in list(root.iter(etree.Element)):
        for name in (RULE, FIRED):
            if element.get(name) is not None:
                del element.attrib[name]
        parent = element.getparent()
        if parent is not None and etree.QName(element).namespace == OWN:
            parent.remove(element)
    return root
