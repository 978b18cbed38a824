"""The rules that a validation stylesheet holds, and how its SVRL says which of them it applied.

Every svrl:fired-rule of the stylesheet gets a number and every test its id as an attribute of ours, which Saxon copies
into the SVRL. So nothing has to be guessed from texts or contexts afterwards.

A test without an id gets one derived from the file's stem and the digest of context and test, such as
`xschule-schematron#3f2a90c1`: it stays the same when other rules come and go or move.
"""

import hashlib
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from schnittstellen.checks.schematron.names import FIRED, RULE, SVRL, local, svrl, xsl

_TESTS = (svrl("failed-assert"), svrl("successful-report"))
_SCHXSLT_SKIPPED = svrl("suppressed-rule")
_GAP = "…"


@dataclass(frozen=True, slots=True)
class Rule:
    """One assert or report. `text` is its static text with … where a value is put in; `weight` its role or flag."""

    id: str
    text: str
    test: str
    context: str
    weight: str = ""
    report: bool = False


@dataclass(slots=True)
class Catalogue:
    """All rules by id, in the order of the stylesheet, and the ids that each rule context brings into play."""

    stem: str
    rules: dict[str, Rule] = field(default_factory=dict)
    fired: dict[str, frozenset[str]] = field(default_factory=dict)

    def number(self, module: etree._Element) -> None:
        """Take in one stylesheet module, marking its tests and rule contexts in place."""
        marked = {id(test) for fired in module.iter(svrl("fired-rule")) for test in self._take_rule(fired)}
        for test in module.iter(*_TESTS):
            if id(test) not in marked and test.get(RULE) is None:
                self._take_test(test, "")

    def _take_rule(self, fired: etree._Element) -> Iterator[etree._Element]:
        number = str(len(self.fired))
        fired.set(FIRED, number)
        context = _attribute(fired, "context")
        tests = list(_scope_of(fired).iter(*_TESTS))
        self.fired[number] = frozenset(self._take_test(test, context) for test in tests)
        return iter(tests)

    def _take_test(self, test: etree._Element, context: str) -> str:
        expression = _unescaped(_attribute(test, "test"))
        name = _attribute(test, "id") or self._derived(context, expression)
        test.set(RULE, name)
        weight = _attribute(test, "severity") or _attribute(test, "flag") or _attribute(test, "role")
        rule = Rule(name, _text(test), expression, _unescaped(context), weight, local(test) == "successful-report")
        self.rules.setdefault(name, rule)
        return name

    def _derived(self, context: str, expression: str) -> str:
        digest = hashlib.sha256(f"{context}\n{expression}".encode()).hexdigest()[:8]
        return f"{self.stem}#{digest}"


def catalogue_for(path: str) -> Catalogue:
    """An empty catalogue for the artefact `path`."""
    return Catalogue(posixpath.basename(path).split(".")[0])


def _scope_of(fired: etree._Element) -> etree._Element:
    """What one rule context governs: the template, or the branch of it where a template holds several."""
    scope = fired
    for ancestor in fired.iterancestors():
        if sum(1 for _ in ancestor.iter(svrl("fired-rule"))) > 1:
            break
        scope = ancestor
        if ancestor.tag == xsl("template"):
            break
    return scope


def _attribute(element: etree._Element, name: str) -> str:
    """An attribute of a literal result element, also where xsl:attribute writes it."""
    written = element.get(name)
    if written is not None:
        return str(written)
    for child in element.iterchildren(xsl("attribute")):
        if child.get("name") == name and child.get("select") is None:
            return "".join(str(part) for part in child.itertext()).strip()
    return ""


def _text(test: etree._Element) -> str:
    text = test.find(svrl("text"))
    return "" if text is None else " ".join("".join(_static(text)).split())


def _static(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element.iterchildren(etree.Element):
        if child.tag == xsl("text") or child.tag.startswith(f"{{{SVRL}}}"):
            yield from _static(child)
        elif child.tag not in (xsl("attribute"), xsl("variable")):
            yield _GAP
        yield child.tail or ""


def _unescaped(text: str) -> str:
    return text.replace("{{", "{").replace("}}", "}")
