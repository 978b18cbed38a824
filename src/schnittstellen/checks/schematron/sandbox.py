"""Making a stylesheet harmless and talkative: files through the bundle only, plain output, rules numbered.

`xsl:include` and `xsl:import` become data: URIs of pinned files, so that Saxon fetches nothing. Calls of `doc()`,
`document()`, `doc-available()` and `environment-variable()` become calls of functions of ours that see pinned files
only; what else reaches outside is refused by Saxon (see `saxon`).
"""

import base64
from collections.abc import Callable

from lxml import etree

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.schematron.names import OWN, XML, XSL, namespace, own, xsl
from schnittstellen.checks.schematron.problem import RulesProblem
from schnittstellen.checks.schematron.trusted import read_xml
from schnittstellen.checks.schematron.xpath import in_braces, rename_calls

_P = "_l"
DOCUMENTS = own("documents")
"""Parameter: map from an address, as the stylesheet writes it, to its document."""
ASK = "schnittstellen-needs:"
"""How the error begins by which a stylesheet asks for a document; the address follows."""

_BASE = f"{{{XML}}}base"
_CALLS = {
    "doc": f"Q{{{OWN}}}document",
    "document": f"Q{{{OWN}}}document",
    "doc-available": f"Q{{{OWN}}}available",
    "environment-variable": f"Q{{{OWN}}}no-variable",
}
_FUNCTIONS = f"""<xsl:stylesheet version="3.0" xmlns:xsl="{XSL}" xmlns:{_P}="{OWN}" xmlns:_xs="http://www.w3.org/2001/XMLSchema"
    xmlns:_map="http://www.w3.org/2005/xpath-functions/map">
  <xsl:param name="{_P}:documents" as="_map:map(*)" select="map{{}}"/>
  <xsl:function name="{_P}:document" as="node()*">
    <xsl:param name="uri" as="item()*"/>
    <xsl:for-each select="$uri">
      <xsl:sequence select="{_P}:one(replace(string(.), '#.*$', ''), true())"/>
    </xsl:for-each>
  </xsl:function>
  <xsl:function name="{_P}:document" as="node()*">
    <xsl:param name="uri" as="item()*"/>
    <xsl:param name="base" as="node()?"/>
    <xsl:sequence select="{_P}:document($uri)"/>
  </xsl:function>
  <xsl:function name="{_P}:available" as="_xs:boolean">
    <xsl:param name="uri" as="item()?"/>
    <xsl:sequence select="exists($uri) and exists({_P}:one(string($uri), false()))"/>
  </xsl:function>
  <xsl:function name="{_P}:one" as="node()*">
    <xsl:param name="uri" as="_xs:string"/>
    <xsl:param name="needed" as="_xs:boolean"/>
    <xsl:choose>
      <xsl:when test="not(_map:contains(${_P}:documents, $uri))">
        <xsl:sequence select="error(QName('{OWN}', '{_P}:missing'), concat('{ASK}', $uri))"/>
      </xsl:when>
      <xsl:when test="$needed and empty(${_P}:documents($uri))">
        <xsl:sequence select="error(QName('http://www.w3.org/2005/xqt-errors', 'FODC0002'), $uri)"/>
      </xsl:when>
      <xsl:otherwise><xsl:sequence select="${_P}:documents($uri)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>
  <xsl:function name="{_P}:no-variable" as="_xs:string?">
    <xsl:param name="name" as="_xs:string"/>
  </xsl:function>
</xsl:stylesheet>
""".replace("_map:map(*)", "map(_xs:string, document-node()?)")
_OUTPUT = {"method": "xml", "encoding": "UTF-8", "indent": "no", "omit-xml-declaration": "yes"}


def sandboxed(
    stylesheet: etree._Element, path: str, bundle: Bundle, each: Callable[[etree._Element], None] | None = None
) -> etree._Element:
    """`stylesheet`, which came from the artefact `path`, changed in place and ready for Saxon.

    `each` is called with every stylesheet module before it is closed. Raises `RulesProblem`.
    """
    _Sandbox(bundle, each).close(stylesheet, path, ())
    return closed(stylesheet)


def closed(stylesheet: etree._Element) -> etree._Element:
    """`stylesheet`, changed in place: plain output, and the functions that stand in for those that reach outside."""
    for old in stylesheet.findall(xsl("output")):
        stylesheet.remove(old)
    stylesheet.append(etree.Element(xsl("output"), _OUTPUT))
    etree.SubElement(stylesheet, xsl("include"), href=_data_uri(_FUNCTIONS.encode()))
    return stylesheet


class _Sandbox:
    def __init__(self, bundle: Bundle, each: Callable[[etree._Element], None] | None) -> None:
        self._bundle = bundle
        self._each = each

    def close(self, module: etree._Element, path: str, stack: tuple[str, ...]) -> None:
        if module.tag not in (xsl("stylesheet"), xsl("transform"), xsl("package")):
            raise RulesProblem("not_rules", f"{path}: {module.tag}")
        if path in stack:
            raise RulesProblem("recursion", path)
        if self._each is not None:
            self._each(module)
        _forget_origin(module)
        for element in module.iter(etree.Element):
            _redirect_calls(element)
        for reference in module.iterchildren(xsl("import"), xsl("include")):
            reference.set("href", self._as_data(reference, path, stack))

    def _as_data(self, reference: etree._Element, path: str, stack: tuple[str, ...]) -> str:
        href = reference.get("href", "")
        found = self._bundle.resolve(href, path)
        if found is None:
            raise RulesProblem("unresolved", f"{path}:{reference.sourceline}: {href}")
        module = read_xml(self._bundle, found)
        self.close(module, found, (*stack, path))
        return _data_uri(etree.tostring(module, encoding="utf-8"))


def _data_uri(module: bytes) -> str:
    return "data:application/xml;base64," + base64.b64encode(module).decode()


def _forget_origin(module: etree._Element) -> None:
    for element in module.iter(etree.Element):
        if element.get(_BASE) is not None:
            del element.attrib[_BASE]


def _redirect_calls(element: etree._Element) -> None:
    for name, value in element.attrib.items():
        text = str(value)
        if "(" not in text or not any(call in text for call in ("doc", "environment")):
            continue
        new = _redirected(element, str(name), text)
        if new != text and name == "match":
            raise RulesProblem("forbidden", f'{element.sourceline}: match="{text}"')
        element.set(name, new)
    if element.tag == xsl("source-document") or element.tag == xsl("evaluate"):
        raise RulesProblem("forbidden", f"{element.sourceline}: {etree.QName(element).localname}")


def _redirected(element: etree._Element, name: str, text: str) -> str:
    def rewrite(expression: str) -> str:
        return rename_calls(expression, _CALLS)

    if namespace(element) == XSL and name not in ("href", "namespace", "name", "lang", "order"):
        return rewrite(text)
    return in_braces(text, rewrite)
