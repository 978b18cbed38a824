"""From the locations that SVRL writers give to elements of the tree that lxml parsed, hence to lines.

Understood are the forms of the ISO skeletons (`/*:x[namespace-uri()='n'][1]`, `/*[local-name()='x']…`, `/p:x[2]`), of
SchXslt (`/Q{n}x[1]`) and of `fn:path()`; attributes, texts, comments and processing instructions lead to their element.
"""

import re
from collections.abc import Iterator, Mapping
from typing import cast

from lxml import etree

from schnittstellen.domain.finding import Place

_STEP = re.compile(
    r"/(?P<attribute>@)?"
    r"(?:Q\{(?P<uri>[^}]*)\}(?P<qlocal>[^\[/@]+)|(?P<prefix>\*|[^\W\d][\w.\-]*):(?P<plocal>[^\[/@]+)"
    r"|(?P<kind>text|comment|node|processing-instruction)\([^)]*\)|(?P<name>\*|[^\W\d][\w.\-]*))"
    r"(?P<predicates>(?:\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\])*)"
)
_LOCAL = re.compile(r"local-name\(\)\s*=\s*(?:'([^']*)'|\"([^\"]*)\")")
_URI = re.compile(r"namespace-uri\(\)\s*=\s*(?:'([^']*)'|\"([^\"]*)\")")
_NUMBER = re.compile(r"\[\s*(?:position\(\)\s*=\s*)?(\d+)\s*\]")
_ANY = "{*}"


def locate(tree: etree._ElementTree, location: str, prefixes: Mapping[str, str]) -> Place:
    """The place of `location`; without line where the tree has no such node.

    `prefixes` are those of the SVRL; others are taken from the document.
    """
    node: etree._Element | None = None
    rest = ""
    for step in _steps(location):
        if step is None:
            return Place(xpath=location)
        if step["attribute"] or step["kind"]:
            rest = _last(step)
            break
        found = _child(tree, node, step, prefixes)
        if found is None:
            return Place(xpath=location)
        node = found
    if node is None:
        return Place(line=1, xpath="/" + rest.lstrip("/"))
    return Place(line=cast(int | None, node.sourceline), xpath=readable(node) + rest)


def _steps(location: str) -> Iterator[re.Match[str] | None]:
    text = re.sub(
        r"\ARoot\(\)|\Aroot\(\)|\AQ\{http://www\.w3\.org/2005/xpath-functions\}root\(\)", "", location.strip()
    )
    place = 0
    while place < len(text) and text != "/":
        found = _STEP.match(text, place)
        yield found
        if found is None:
            return
        place = found.end()


def _child(
    tree: etree._ElementTree, node: etree._Element | None, step: re.Match[str], prefixes: Mapping[str, str]
) -> etree._Element | None:
    number = _NUMBER.search(step["predicates"])
    wanted = int(number[1]) if number else 1
    candidates = [tree.getroot()] if node is None else node
    tag = _tag(step, prefixes, tree.getroot() if node is None else node)
    matching = [child for child in candidates if isinstance(child.tag, str) and _fits(child.tag, tag)]
    return matching[wanted - 1] if 0 < wanted <= len(matching) else None


def _tag(step: re.Match[str], prefixes: Mapping[str, str], near: etree._Element) -> str:
    """Name in Clark notation; the namespace `*` stands for any."""
    if step["uri"] is not None:
        return f"{{{step['uri']}}}{step['qlocal'].strip()}" if step["uri"] else step["qlocal"].strip()
    written, local_name = _URI.search(step["predicates"]), _LOCAL.search(step["predicates"])
    name = (local_name[1] or local_name[2]) if local_name else (step["plocal"] or step["name"]).strip()
    if written:
        uri = written[1] or written[2] or ""
        return f"{{{uri}}}{name}" if uri else name
    if step["prefix"] and step["prefix"] != "*":
        uri = prefixes.get(step["prefix"]) or near.nsmap.get(step["prefix"])
        return f"{{{uri}}}{name}" if uri else _ANY + name
    if step["prefix"] == "*" or local_name:
        return _ANY + name
    default = near.nsmap.get(None)
    return f"{{{default}}}{name}" if default and near.getroottree().getroot().prefix is None else name


def _fits(tag: str, wanted: str) -> bool:
    if wanted in (_ANY + "*", "*"):
        return True
    if wanted.startswith(_ANY):
        return tag.rpartition("}")[2] == wanted.removeprefix(_ANY)
    return tag == wanted


def _last(step: re.Match[str]) -> str:
    if not step["attribute"]:
        return f"/{step['kind']}()"
    named = _LOCAL.search(step["predicates"])
    name = (named[1] or named[2]) if named else step["qlocal"] or step["plocal"] or step["name"]
    prefix = f"{step['prefix']}:" if step["prefix"] and step["prefix"] != "*" else ""
    return f"/@{prefix}{name}"


def readable(node: etree._Element) -> str:
    """An XPath for people: the document's own prefixes, and a number where siblings share the name."""
    steps: list[str] = []
    current: etree._Element | None = node
    while current is not None:
        parent = current.getparent()
        name = etree.QName(current).localname
        label = f"{current.prefix}:{name}" if current.prefix else name
        steps.append(label + _number(current, parent))
        current = parent
    return "/" + "/".join(reversed(steps))


def _number(node: etree._Element, parent: etree._Element | None) -> str:
    if parent is None:
        return ""
    before = sum(1 for _ in node.itersiblings(str(node.tag), preceding=True))
    if before == 0 and next(node.itersiblings(str(node.tag)), None) is None:
        return ""
    return f"[{before + 1}]"
