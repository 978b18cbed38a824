"""Putting a Schematron together from its files: sch:include, xi:include, sch:extends/@href (ISO/IEC 19757-3, 6.2).

References are resolved among the pinned files of the standard, relative to the file they stand in.
"""

from copy import deepcopy

from lxml import etree

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.schematron.names import LANG, XINCLUDE, XML, XSL, local, sch
from schnittstellen.checks.schematron.problem import RulesProblem
from schnittstellen.checks.schematron.trusted import read_xml

_INCLUDES = (sch("include"), f"{{{XINCLUDE}}}include")
_XML_ID = f"{{{XML}}}id"
_Stack = tuple[tuple[str, str], ...]


def load(bundle: Bundle, path: str) -> tuple[etree._Element, dict[str, str]]:
    """The sch:schema of the artefact `path` with everything included, and the prefixes that XSLT inside it relies on.

    lxml keeps, when it moves or copies an element, only those declarations of its ancestors that names of elements and
    attributes need; prefixes inside the expressions of XSLT instructions would be lost. Raises `RulesProblem`.
    """
    loader = _Loader(bundle)
    root = loader.whole(path, "", ())
    if root.tag != sch("schema"):
        raise RulesProblem("not_rules", f"{path}: {root.tag}")
    return root, loader.prefixes


class _Loader:
    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self.prefixes: dict[str, str] = {}

    def whole(self, path: str, fragment: str, stack: _Stack) -> etree._Element:
        if (path, fragment) in stack:
            raise RulesProblem("recursion", f"{path}#{fragment}" if fragment else path)
        root = read_xml(self._bundle, path)
        for instruction in root.iter(f"{{{XSL}}}*"):
            self.prefixes.update({prefix: uri for prefix, uri in instruction.nsmap.items() if prefix})
        element = _part(root, fragment, path)
        self._resolve(element, path, (*stack, (path, fragment)))
        return element

    def _resolve(self, parent: etree._Element, path: str, stack: _Stack) -> None:
        for child in list(parent):
            if child.tag in _INCLUDES:
                _replace(child, [self._target(child, path, stack)])
            elif child.tag == sch("extends") and child.get("href") is not None:
                _replace(child, self._extension(child, path, stack))
            else:
                self._resolve(child, path, stack)

    def _extension(self, extends: etree._Element, path: str, stack: _Stack) -> list[etree._Element]:
        target = self._target(extends, path, stack)
        parent = extends.getparent()
        allowed = {"schema": ("schema", "library"), "library": ("library",)}
        kind = "" if parent is None else local(parent)
        if local(target) not in allowed.get(kind, (kind,)):
            raise RulesProblem("misplaced", f"{path}:{extends.sourceline}: extends {local(target)}")
        hand_down_language(target)
        return list(target)

    def _target(self, reference: etree._Element, path: str, stack: _Stack) -> etree._Element:
        href = reference.get("href", "")
        location, _, fragment = href.partition("#")
        found = self._bundle.resolve(location, path) if location else path
        if found is None:
            raise RulesProblem("unresolved", f"{path}:{reference.sourceline}: {href}")
        return deepcopy(self.whole(found, fragment, stack))


def _part(root: etree._Element, fragment: str, path: str) -> etree._Element:
    if not fragment:
        return root
    for element in root.iter(etree.Element):
        if fragment in (element.get(_XML_ID), element.get("id")):
            return _detached(element)
    raise RulesProblem("unresolved", f"{path}#{fragment}")


def _detached(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
    return element


def hand_down_language(target: etree._Element) -> None:
    """Give the tests of a rule its language, because they are about to leave it."""
    language = target.get(LANG)
    if language:
        for child in target.iterchildren(sch("assert"), sch("report")):
            if child.get(LANG) is None:
                child.set(LANG, language)


def _replace(old: etree._Element, new: list[etree._Element]) -> None:
    parent = old.getparent()
    if parent is None:
        raise RulesProblem("misplaced", "include as root")
    place = parent.index(old)
    parent.remove(old)
    for offset, element in enumerate(new):
        parent.insert(place + offset, element)
