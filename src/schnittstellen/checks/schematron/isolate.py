"""A variant of a stylesheet in which a rule that cannot be evaluated does not take the others with it.

It is slower to compile (not to run), so it is made only for messages on which the plain stylesheet gives up.
"""

from lxml import etree

from schnittstellen.checks.schematron.names import FIRED, RULE, XSL, local, own, svrl, xsl
from schnittstellen.checks.schematron.sandbox import ASK

_TESTS = (svrl("failed-assert"), svrl("successful-report"))
_CODE = "Q{http://www.w3.org/2005/xqt-errors}code"
_DESCRIPTION = "Q{http://www.w3.org/2005/xqt-errors}description"
_DECLARATIONS = (xsl("param"), xsl("variable"), xsl("context-item"))
_CONDITIONS = (xsl("if"), xsl("choose"))

UNTESTED = own("untested")
"""Element in the SVRL: the test in its RULE attribute, or all tests of the rule in FIRED, could not be evaluated."""
TERMINATED = own("terminated")
"""Element in the SVRL: the stylesheet wanted to stop here."""


def isolate(module: etree._Element) -> None:
    """Wrap each test and each rule of a stylesheet module whose tests carry RULE, in place."""
    for test in list(module.iter(*_TESTS)):
        condition = _condition(test)
        if condition is not None and condition.getparent() is not None:
            inner = wrap([condition], {RULE: test.get(RULE, "")})
            wrap([inner], {RULE: test.get(RULE, "")})
    for fired in list(module.iter(svrl("fired-rule"))):
        _wrap_rule(fired)
    for message in list(module.iter(xsl("message"))):
        _dont_stop(message)


def _condition(test: etree._Element) -> etree._Element | None:
    """The outermost condition around `test` that holds no other test and no rule."""
    found: etree._Element | None = None
    for ancestor in test.iterancestors():
        if ancestor.tag in (xsl("template"), xsl("function")):
            break
        if sum(1 for _ in ancestor.iter(*_TESTS, svrl("fired-rule"))) > 1:
            break
        if ancestor.tag in _CONDITIONS:
            found = ancestor
    return found


def _wrap_rule(fired: etree._Element) -> None:
    parent = fired.getparent()
    if parent is None:
        return
    following = list(fired.itersiblings(etree.Element))
    body = [one for one in following if not _goes_on(one)]
    before = [one for one in fired.itersiblings(etree.Element, preceding=True) if one.tag == xsl("variable")]
    if body and not before:
        wrap(body, {FIRED: fired.get(FIRED, "")})


def _goes_on(element: etree._Element) -> bool:
    return local(element) in ("apply-templates", "next-match", "apply-imports") or any(
        local(inner) in ("apply-templates", "next-match") and inner.get("mode") != "schematron-select-full-path"
        for inner in element.iterchildren(etree.Element)
        if inner.tag != xsl("attribute")
    )


def wrap(elements: list[etree._Element], mark: dict[str, str]) -> etree._Element:
    """Put neighbouring instructions into one xsl:try that says UNTESTED, marked with `mark`, where they fail.

    An error in a global variable passes the innermost xsl:try (Saxon takes it for one of the whole stylesheet) and
    stays in the next: whoever wants to hold it needs two.
    """
    parent = elements[0].getparent()
    assert parent is not None
    attempt = etree.Element(xsl("try"), nsmap={"xsl": XSL})
    parent.insert(parent.index(elements[0]), attempt)
    for element in elements:
        element.tail = None
        attempt.append(element)
    caught = etree.SubElement(attempt, xsl("catch"))
    asks = etree.SubElement(caught, xsl("if"), test=f"starts-with(${_DESCRIPTION}, '{ASK}')")
    etree.SubElement(asks, xsl("sequence"), select=f"error(${_CODE}, ${_DESCRIPTION})")
    failed = etree.SubElement(caught, UNTESTED, mark)
    failed.set("code", f"{{local-name-from-QName(${_CODE})}}")
    failed.set("description", f"{{${_DESCRIPTION}}}")
    etree.SubElement(failed, xsl("attribute"), name="location", select="if (. instance of node()) then path(.) else ''")
    return attempt


def _dont_stop(message: etree._Element) -> None:
    """A rule that wants to end everything only says so; whoever reads the SVRL knows that it is not complete."""
    stop = message.get("terminate", "no")
    if stop.strip() in ("no", "false", "0"):
        return
    message.set("terminate", "no")
    parent = message.getparent()
    if parent is not None:
        parent.insert(parent.index(message) + 1, etree.Element(TERMINATED))
