"""Careful changes to XPath expressions: only outside string literals and comments."""

import re
from collections.abc import Callable, Mapping

from lxml import etree

_QUIET = r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|\(:.*?:\)"
_VARIABLE = re.compile(rf"(?P<quiet>{_QUIET})|\$\s*(?P<name>[^\W\d][\w.\-]*)(?![\w.\-]*:)", re.DOTALL)
_CALL = re.compile(rf"(?P<quiet>{_QUIET})|(?<![\w.\-:$@/])(?:fn:)?(?P<name>[a-z][a-z\-]*)(?=\s*\()", re.DOTALL)
_FUNCTION = re.compile(rf"(?P<quiet>{_QUIET})|(?P<name>[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)(?=\s*\()", re.DOTALL)
_XPATH_1 = frozenset(
    re.findall(
        r"[\w-]+",
        "last position count id local-name namespace-uri name string concat starts-with contains substring-before "
        "substring-after substring string-length normalize-space translate boolean not true false lang number sum "
        "floor ceiling round node text comment processing-instruction document key format-number current generate-id "
        "unparsed-entity-uri system-property element-available function-available and or div mod",
    )
)


def rename_variables(expression: str, names: Mapping[str, str]) -> str:
    """`expression` with each `$name` replaced by the name it maps to."""

    def renamed(found: re.Match[str]) -> str:
        name = found["name"]
        return f"${names[name]}" if name in names else found[0]

    return _VARIABLE.sub(renamed, expression) if names else expression


def variables(expression: str) -> set[str]:
    """Names of the variables without prefix that occur in `expression`."""
    return {found["name"] for found in _VARIABLE.finditer(expression) if found["name"]}


def rename_calls(expression: str, names: Mapping[str, str]) -> str:
    """`expression` with each call of a standard function replaced by a call of the function it maps to."""

    def renamed(found: re.Match[str]) -> str:
        return names.get(found["name"] or "", found[0])

    return _CALL.sub(renamed, expression)


def substitute(text: str, parameters: Mapping[str, str]) -> str:
    """`text` with the parameters of an abstract pattern put in, anywhere, as text (ISO/IEC 19757-3, 6.3)."""
    if not parameters or "$" not in text:
        return text
    names = "|".join(re.escape(name) for name in sorted(parameters, key=len, reverse=True))
    pattern = re.compile(rf"\$({names})(?![\w\-])")
    return pattern.sub(lambda found: parameters[found[1]], text)


def is_xpath_1(expression: str) -> bool:
    """Whether an XPath 1.0 processor with the functions of XSLT 1.0 would accept `expression`."""
    called = {found["name"] for found in _FUNCTION.finditer(expression) if found["name"]}
    if not called <= _XPATH_1:
        return False
    try:
        etree.XPath(expression)
    except etree.XPathError:
        return False
    return True


Rewrite = Callable[[str], str]


def in_braces(template: str, rewrite: Rewrite) -> str:
    """An attribute value template with `rewrite` applied to its expressions."""
    if "{" not in template:
        return template
    return re.sub(r"\{\{|\}\}|\{([^{}]*)\}", lambda found: _brace(found, rewrite), template)


def _brace(found: re.Match[str], rewrite: Rewrite) -> str:
    return found[0] if found[1] is None else "{" + rewrite(found[1]) + "}"


def escape_braces(text: str) -> str:
    """`text` as an attribute value template that stands for itself."""
    return text.replace("{", "{{").replace("}", "}}")
