"""Stylesheets that tell their findings by xsl:message (the ISO skeleton's message form, which oXygen writes).

They are changed into ones that write SVRL: each message inside the condition of a test becomes a failed assert or a
successful report, each template that holds one gets its svrl:fired-rule. A last line `ID:…` of a message is
the rule's id.
"""

import re

from lxml import etree

from schnittstellen.checks.schematron.names import SVRL, svrl, xsl
from schnittstellen.checks.schematron.xpath import escape_braces

_ID = re.compile(r"\s*\bID:(?P<id>\S+)\s*\Z")


def is_message_form(stylesheet: etree._Element) -> bool:
    """Whether a ready stylesheet knows no SVRL but has tests that end in messages."""
    if next(stylesheet.iter(f"{{{SVRL}}}*"), None) is not None or SVRL in stylesheet.nsmap.values():
        return False
    return any(True for _ in _tests(stylesheet)) and _main(stylesheet) is not None


def to_svrl(stylesheet: etree._Element) -> None:
    """Change such a stylesheet in place."""
    main = _main(stylesheet)
    assert main is not None
    for template in {id(one): one for one in (_template(message) for message in _tests(stylesheet))}.values():
        _announce(template)
    for message in list(_tests(stylesheet)):
        _replace(message)
    output = etree.Element(svrl("schematron-output"))
    output.extend(list(main))
    main.append(output)


def _main(stylesheet: etree._Element) -> etree._Element | None:
    for template in stylesheet.iterchildren(xsl("template")):
        if template.get("match") == "/" and template.get("mode") is None:
            return template
    return None


def _tests(stylesheet: etree._Element) -> list[etree._Element]:
    return [
        message
        for message in stylesheet.iterfind(f"{xsl('template')}[@mode]//{xsl('message')}")
        if _condition(message) is not None
    ]


def _condition(message: etree._Element) -> etree._Element | None:
    """The xsl:when that an assert's message stands against, or the xsl:if that a report's stands in."""
    parent = message.getparent()
    if parent is not None and parent.tag == xsl("if"):
        return parent
    if parent is not None and parent.tag == xsl("otherwise"):
        choose = parent.getparent()
        whens = [] if choose is None else choose.findall(xsl("when"))
        return whens[0] if len(whens) == 1 and len(whens[0]) == 0 else None
    return None


def _template(message: etree._Element) -> etree._Element:
    return next(message.iterancestors(xsl("template")))


def _announce(template: etree._Element) -> None:
    fired = etree.Element(svrl("fired-rule"), context=escape_braces(template.get("match", "")))
    template.insert(len(template.findall(xsl("param"))), fired)


def _replace(message: etree._Element) -> None:
    condition, parent = _condition(message), message.getparent()
    assert condition is not None
    assert parent is not None
    hit = etree.Element(svrl("successful-report" if condition.tag == xsl("if") else "failed-assert"))
    hit.set("test", escape_braces(condition.get("test", "")))
    hit.tail = message.tail
    rule = _take_id(message)
    if rule:
        hit.set("id", escape_braces(rule))
    parent.replace(message, hit)
    etree.SubElement(hit, xsl("attribute"), name="location", select="path(.)")
    text = etree.SubElement(hit, svrl("text"))
    text.text = message.text
    text.extend(list(message))


def _take_id(message: etree._Element) -> str:
    """The id that the last text of the message tells, which is taken out of it."""
    for element in reversed(list(message.iter(xsl("text")))):
        found = _ID.search(element.text or "")
        if found:
            element.text = (element.text or "")[: found.start()]
            return found["id"]
    return ""
