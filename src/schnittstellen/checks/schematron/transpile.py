"""From an expanded Schematron to one XSLT stylesheet that writes SVRL.

Each pattern is a mode, each rule a template; the first rule of a pattern whose context matches a node judges it
(ISO/IEC 19757-3, 6.5), so earlier rules have higher priority. A schema bound to `xslt` whose expressions are all XPath
1.0 runs with XPath 1.0 semantics; where one is not, authors relied on a newer processor, and so do we.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from schnittstellen.checks.schematron.content import add_content, as_data, instruction
from schnittstellen.checks.schematron.expand import Expanded, Pattern, language, unique
from schnittstellen.checks.schematron.names import LANG, OWN, SVRL, XSL, namespace, sch, svrl, xsl
from schnittstellen.checks.schematron.scope import Global, Scope, scopes
from schnittstellen.checks.schematron.xpath import escape_braces, is_xpath_1

_OWN_PREFIXES = {"xsl": XSL, "svrl": SVRL, "_l": OWN}
_CUSTOMARY = {"xs": "http://www.w3.org/2001/XMLSchema"}
"""Prefixes that the usual processors declare in what they make, so that published rules use them without sch:ns."""

_DYNAMIC = re.compile(r"\$[^\W\d][\w.\-]*\Z|.*\{[^{}]+\}", re.DOTALL)
_TRAVERSED = "@*|node()"


def transpile(schema: Expanded, prefixes: Mapping[str, str]) -> etree._Element:
    """The stylesheet. `prefixes` are declared beside those of sch:ns, which win. Raises `RulesProblem`."""
    return _Transpiler(schema, prefixes).stylesheet()


class _Transpiler:
    def __init__(self, schema: Expanded, prefixes: Mapping[str, str]) -> None:
        self._schema = schema
        self._beside = prefixes
        self._scopes, self._globals = scopes(schema)

    def stylesheet(self) -> etree._Element:
        root = etree.Element(xsl("stylesheet"), nsmap=self._prefixes(), version=self._version())
        if "" in self._schema.namespaces:
            root.set("xpath-default-namespace", self._schema.namespaces[""])
        for element in self._foreign():
            root.append(instruction(element, Scope()))
        for variable in self._globals:
            _add_variable(root, variable, tree=self._schema.binding == 1)
        self._add_main(root)
        root[-1].tail = "\n"
        for number, pattern in enumerate(self._schema.patterns):
            self._add_rules(root, number, pattern)
        return root

    def _prefixes(self) -> dict[str, str]:
        declared = {prefix: uri for prefix, uri in self._schema.namespaces.items() if prefix not in ("", "xml")}
        return {**_CUSTOMARY, **self._beside, **_OWN_PREFIXES, **declared}

    def _version(self) -> str:
        if self._schema.binding == 1 and all(map(is_xpath_1, self._expressions())):
            return "1.0"
        return "3.0"

    def _expressions(self) -> Iterator[str]:
        for variable in self._globals:
            yield from filter(None, [variable.let.get("value")])
        for pattern in self._schema.patterns:
            for rule in pattern.rules:
                for element in rule.iter(etree.Element):
                    yield from filter(None, map(element.get, ("context", "test", "select", "path", "subject")))
                    if element.tag == sch("let"):
                        yield from filter(None, [element.get("value")])

    def _foreign(self) -> Iterator[etree._Element]:
        """Declarations in XSLT: keys, functions and the like of the schema and of its active patterns (Annex C, H)."""
        for owner in (self._schema.root, *(pattern.element for pattern in self._schema.patterns)):
            yield from (child for child in owner.iterchildren(etree.Element) if namespace(child) == XSL)

    def _add_main(self, root: etree._Element) -> None:
        main = etree.SubElement(root, xsl("template"), match="/", priority="1000000")
        output = etree.SubElement(main, svrl("schematron-output"))
        _set(output, self._schema.root, {"schemaVersion": "schemaVersion"})
        _put(output, "title", _plain(self._schema.root.find(sch("title"))))
        _put(output, "phase", None if self._schema.phase is None else self._schema.phase.get("id"))
        for paragraph in self._schema.root.iterchildren(sch("p")):
            text = etree.SubElement(output, svrl("text"))
            _set(text, paragraph, {"icon": "icon", LANG: LANG})
            add_content(text, paragraph, Scope())
        for prefix, uri in self._schema.namespaces.items():
            etree.SubElement(output, svrl("ns-prefix-in-attribute-values"), prefix=prefix, uri=escape_braces(uri))
        for number, pattern in enumerate(self._schema.patterns):
            self._add_pattern(output, number, pattern)

    def _add_pattern(self, output: etree._Element, number: int, pattern: Pattern) -> None:
        kind = "active-pattern" if pattern.first_match_only else "active-group"
        active = etree.SubElement(output, svrl(kind))
        _set(active, pattern.element, {"id": "id", "role": "role", "documents": "documents"})
        _put(active, "name", _plain(pattern.element.find(sch("title"))))
        documents = pattern.element.get("documents")
        for mode in _modes(number, pattern):
            if documents is None:
                etree.SubElement(output, xsl("apply-templates"), select=self._start(), mode=mode)
            else:
                _add_documents(output, self._scopes[number].expression(documents), mode)

    def _start(self) -> str:
        """What is walked through: the document, or what `phase/@from` selects (2025)."""
        begin = None if self._schema.phase is None else self._schema.phase.get("from")
        if not begin:
            return "/"
        return f"outermost({begin if begin.lstrip().startswith('/') else f'//({begin})'})"

    def _add_rules(self, root: etree._Element, number: int, pattern: Pattern) -> None:
        modes = list(_modes(number, pattern))
        for mode in modes:
            etree.SubElement(root, xsl("mode"), {"name": mode, "on-no-match": "shallow-skip", "version": "3.0"})
        for place, rule in enumerate(pattern.rules):
            mode = modes[0] if pattern.first_match_only else modes[place]
            self._add_rule(root, rule, self._scopes[number], mode, len(pattern.rules) - place)

    def _add_rule(self, root: etree._Element, rule: etree._Element, scope: Scope, mode: str, priority: int) -> None:
        context = rule.get("context", "")
        template = etree.SubElement(root, xsl("template"), match=scope.expression(context), mode=mode)
        template.set("priority", str(priority))
        template.tail = "\n"
        etree.SubElement(template, xsl("param"), name="_l:uri", select="''", tunnel="yes", version="3.0")
        fired = etree.SubElement(template, svrl("fired-rule"), context=escape_braces(context))
        _set(fired, rule, {"id": "id"})
        _set_dynamic(fired, rule, scope, ("role", "flag"))
        document = etree.SubElement(fired, xsl("if"), test="$_l:uri != ''")
        etree.SubElement(document, xsl("attribute"), name="document", select="$_l:uri", version="3.0")
        body = template
        if rule.get("visit-each"):
            etree.SubElement(template, xsl("variable"), name="_l:node", select=".")
            body = etree.SubElement(template, xsl("for-each"), select=scope.expression(rule.get("visit-each", "")))
        self._add_body(body, rule, scope)
        etree.SubElement(template, xsl("apply-templates"), select=_TRAVERSED, mode=mode)

    def _add_body(self, body: etree._Element, rule: etree._Element, scope: Scope) -> None:
        unique(rule.iterchildren(sch("let")))
        for child in rule.iterchildren(etree.Element):
            if namespace(child) == XSL:
                body.append(instruction(child, scope))
            elif child.tag == sch("let"):
                variable = Global(child.get("name", "").strip(), child, scope)
                _add_variable(body, variable, tree=self._schema.binding == 1)
            elif child.tag in (sch("assert"), sch("report")):
                self._add_test(body, child, rule, scope)

    def _add_test(self, body: etree._Element, test: etree._Element, rule: etree._Element, scope: Scope) -> None:
        expression = scope.expression(test.get("test", ""))
        if test.tag == sch("report"):
            place = etree.SubElement(body, xsl("if"), test=expression)
            hit = etree.SubElement(place, svrl("successful-report"))
        else:
            choose = etree.SubElement(body, xsl("choose"))
            etree.SubElement(choose, xsl("when"), test=expression)
            hit = etree.SubElement(etree.SubElement(choose, xsl("otherwise")), svrl("failed-assert"))
        hit.set("test", escape_braces(test.get("test", "")))
        _set(hit, test, {"id": "id", "see": "see", "icon": "icon", "fpi": "fpi"})
        _put(hit, LANG, language(test) or language(rule) or self._language())
        _set_dynamic(hit, test, scope, ("role", "flag", "severity"))
        self._add_location(hit, test.get("subject") or rule.get("subject"), rule, scope)
        add_content(etree.SubElement(hit, svrl("text")), test, scope)
        self._add_references(hit, test, scope)

    def _language(self) -> str | None:
        return self._schema.root.get(LANG)

    def _add_location(self, hit: etree._Element, subject: str | None, rule: etree._Element, scope: Scope) -> None:
        node = "($_l:node, .)[1]" if rule.get("visit-each") else "."
        if subject:
            node = f"(({scope.expression(subject)}), {node})[1]"
        etree.SubElement(hit, xsl("attribute"), name="location", select=f"path({node})", version="3.0")

    def _add_references(self, hit: etree._Element, test: etree._Element, scope: Scope) -> None:
        for name in test.get("diagnostics", "").split():
            if name in self._schema.diagnostics:
                reference = etree.SubElement(hit, svrl("diagnostic-reference"), diagnostic=name)
                _add_reference(reference, self._schema.diagnostics[name], scope)
        for name in test.get("properties", "").split():
            if name in self._schema.properties:
                written = self._schema.properties[name]
                reference = etree.SubElement(hit, svrl("property-reference"), property=name)
                _set(reference, written, {"role": "role", "scheme": "scheme"})
                _add_reference(reference, written, scope)


def _modes(number: int, pattern: Pattern) -> Iterator[str]:
    if pattern.first_match_only:
        yield f"_l:m{number}"
    else:
        yield from (f"_l:m{number}-{place}" for place in range(len(pattern.rules)))


def _add_documents(output: etree._Element, expression: str, mode: str) -> None:
    each = etree.SubElement(output, xsl("for-each"), select=expression, version="3.0")
    etree.SubElement(each, xsl("variable"), name="_l:each", select="string(.)")
    apply = etree.SubElement(each, xsl("apply-templates"), select="document($_l:each)", mode=mode)
    etree.SubElement(apply, xsl("with-param"), name="_l:uri", select="$_l:each", tunnel="yes")


def _add_variable(parent: etree._Element, variable: Global, *, tree: bool) -> None:
    made = etree.SubElement(parent, xsl("variable"), name=variable.name)
    kind = variable.let.get("as")
    if kind:
        made.set("as", kind)
    value = variable.let.get("value")
    if value is not None:
        made.set("select", variable.scope.expression(value))
        return
    if not kind and not tree:
        made.set("as", "node()*")
    as_data(made, variable.let, trim=not tree)


def _add_reference(reference: etree._Element, written: etree._Element, scope: Scope) -> None:
    text = etree.SubElement(reference, svrl("text"))
    _set(text, written, {name: name for name in ("see", "icon", "fpi", LANG)})
    add_content(text, written, scope)


def _set(target: etree._Element, source: etree._Element, names: dict[str, str]) -> None:
    for name, as_name in names.items():
        _put(target, as_name, source.get(name))


def _put(target: etree._Element, name: str, value: str | None) -> None:
    if value is not None:
        target.set(name, escape_braces(value))


def _set_dynamic(target: etree._Element, source: etree._Element, scope: Scope, names: tuple[str, ...]) -> None:
    """Attributes that may hold `$variable` or `{expression}`."""
    for name in names:
        value = source.get(name)
        if value is None or not _DYNAMIC.match(value):
            _put(target, name, value)
        else:
            target.set(name, scope.expression(f"{{{value}}}" if value.startswith("$") else value))


def _plain(element: etree._Element | None) -> str | None:
    return None if element is None else " ".join("".join(map(str, element.itertext())).split())
