"""One set of rules, ready to judge messages: an artefact with a phase, compiled once in each process."""

import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, cast

from lxml import etree

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.schematron import svrl
from schnittstellen.checks.schematron.catalogue import Catalogue, catalogue_for
from schnittstellen.checks.schematron.expand import expand
from schnittstellen.checks.schematron.include import load
from schnittstellen.checks.schematron.isolate import isolate
from schnittstellen.checks.schematron.message_form import is_message_form, to_svrl
from schnittstellen.checks.schematron.names import FIRED, SCH, XSL, namespace, xsl
from schnittstellen.checks.schematron.names import svrl as in_svrl
from schnittstellen.checks.schematron.problem import RulesProblem
from schnittstellen.checks.schematron.sandbox import sandboxed
from schnittstellen.checks.schematron.saxon import SaxonError, Stylesheet, processor
from schnittstellen.checks.schematron.supply import Supply
from schnittstellen.checks.schematron.transpile import transpile
from schnittstellen.checks.schematron.trusted import read_xml


@dataclass
class Validator:
    """Rules of the artefact `path` in `phase` (None: the schema's default; ready stylesheets have none)."""

    bundle: Bundle
    path: str
    phase: str | None = None
    _problem: RulesProblem | None = field(default=None, init=False, repr=False)
    _root: etree._Element | None = field(default=None, init=False, repr=False)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The rules, read without compiling anything. Raises `RulesProblem`."""
        self._root, catalogue = self._built(isolated=False)
        return catalogue

    def judge(self, document: Any) -> svrl.Outcome:
        """What the rules say of an XDM document. Raises `RulesProblem`, `svrl.NotSvrl`, `SaxonError`.

        Where the plain stylesheet gives up, the isolated one is asked.
        """
        plain = self._plain
        try:
            return self._run(plain, document, isolated=False)
        except SaxonError as error:
            try:
                return self._run(self._isolated, document, isolated=True)
            except RulesProblem:
                raise error from None

    def _run(self, stylesheet: Stylesheet, document: Any, *, isolated: bool) -> svrl.Outcome:
        output = self._supply.run(stylesheet, document)
        outcome = svrl.read(output, self.catalogue, stylesheet.messages())
        if not stylesheet.unmatched:
            return outcome
        contexts = self._contexts(isolated=isolated)
        gaps = (svrl.Gap(contexts.get(one.line, frozenset()), "", one.code) for one in stylesheet.unmatched)
        return replace(outcome, gaps=(*outcome.gaps, *gaps))

    def _contexts(self, *, isolated: bool) -> dict[int, frozenset[str]]:
        """The rules of each template, by the line in which it stands in the stylesheet as compiled."""
        root = etree.fromstring(etree.tostring(self._built(isolated=isolated)[0], encoding="unicode"))
        found: dict[int, frozenset[str]] = {}
        for template in root.iterchildren(xsl("template")):
            numbers = [fired.get(FIRED, "") for fired in template.iter(in_svrl("fired-rule"))]
            rules = frozenset().union(*(self.catalogue.fired.get(number, frozenset()) for number in numbers))
            found[cast(int, template.sourceline)] = rules
        return found

    def _built(self, *, isolated: bool) -> tuple[etree._Element, Catalogue]:
        catalogue = catalogue_for(self.path)

        def each(module: etree._Element) -> None:
            catalogue.number(module)
            if isolated:
                isolate(module)

        return sandboxed(self._written(), self.path, self.bundle, each), catalogue

    def _written(self) -> etree._Element:
        root = read_xml(self.bundle, self.path)
        if namespace(root) == SCH:
            schema, prefixes = load(self.bundle, self.path)
            return transpile(expand(schema, self.phase), prefixes)
        if namespace(root) != XSL:
            raise RulesProblem("not_rules", f"{self.path}: {root.tag}")
        if is_message_form(root):
            to_svrl(root)
        return root

    @cached_property
    def _supply(self) -> Supply:
        return Supply(self.bundle, self.path)

    @cached_property
    def _plain(self) -> Stylesheet:
        """Raises `RulesProblem`, the same one each time: rules that do not compile are not compiled again."""
        if self._problem is None:
            try:
                assert self.catalogue is not None
                root, self._root = self._root, None
                return self._compiled(root if root is not None else self._built(isolated=False)[0])
            except RulesProblem as problem:
                self._problem = problem
        raise self._problem

    @cached_property
    def _isolated(self) -> Stylesheet:
        return self._compiled(self._built(isolated=True)[0])

    def _compiled(self, root: etree._Element) -> Stylesheet:
        try:
            return processor().compile(root)
        except SaxonError as error:
            raise RulesProblem("compile", f"{self.path}: {error}") from None


_kept: dict[tuple[str, str | None], Validator] = {}
_LIMIT = 32


def validator(bundle: Bundle, path: str, phase: str | None = None) -> Validator:
    """The validator for an artefact, kept for the life of the process under the digest of its standard."""
    key = (identity(bundle, path), phase)
    found = _kept.get(key)
    if found is None:
        while len(_kept) >= _LIMIT:
            _kept.pop(next(iter(_kept)))
        found = _kept[key] = Validator(bundle, path, phase)
    return found


def identity(bundle: Bundle, path: str) -> str:
    """A digest of where the file lies, of the file, and of all files that it could refer to."""
    state = hashlib.sha256(f"{bundle.folder}\n{path}".encode())
    for artefact in bundle.artefacts():
        state.update(f"\n{artefact.path} {artefact.sha256}".encode())
    return state.hexdigest()
