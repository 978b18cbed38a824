"""Which pages a browser has to open: those with something on them that no page before had.

What a browser measures follows from how a page is built (elements inside elements, their classes and states, pictures
included), from the order of its headings and from words that are too long for their place. A page that is made of what
pages before were made of, with no longer word, shows it nothing new; what its text alone can tell is checked here.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.test import Client
from lxml import html

LONG, STEP = 24, 8
"""Letters from which a word may be too long for 320 pixels, and by how many more a longer one is new."""
OF_MODELS = re.compile(r"(field|column|model|app)-|row\d+$|action-")
"""Classes of Django's administration that name a table or a column and carry no style."""
_WORDS = re.compile(r"[\s\-/\u00ad\u200b]+")
_STATES = ("type", "role", "scope", "aria-current", "aria-invalid")
"""Attributes whose values matter."""
_WITHOUT = re.compile(
    "id|class|href|src|value|name|action|title|datetime|lang|for|data-.*|hx-.*"
    "|d|[xy][12]?|[cr][xy]?|points|transform|width|height|viewBox"
)
"""Attributes of which not even the name matters."""
_NAMED = ["a", "button", "input", "select", "textarea", "th", "label", "legend", "summary", "h1", "h2", "h3", "img"]
"""Elements of which it matters whether they are called something."""
_ROWS = 12
"""As many rows of a list are measured (`shorten` in measures.js)."""


def page_of(client: Client, address: str) -> Any | None:
    """What a browser gets there, after redirections; None where it is no page."""
    answer = client.get(address, follow=True)
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return None
    return html.document_fromstring(answer.content.decode())


def worth(document: Any, seen: set[str]) -> bool:
    """Whether the page has something new; it is in `seen` from then on."""
    pieces = set(_pieces(document))
    new = not pieces <= seen
    seen |= pieces
    return new


def alike(document: Any, address: str, titles: dict[str, tuple[str, str]]) -> list[str]:
    """Which other page has the same title (WCAG 2.4.2); `titles` holds the address and the text of each so far."""
    path, text = address.partition("?")[0], " ".join(document.find("body//main").itertext())
    other, its_text = titles.setdefault(f"{document.get('lang')} {document.findtext('.//title')}", (path, text))
    return [] if other == path or its_text == text else [f"has the title of {other}"]


def unsound(document: Any) -> list[str]:
    """What the text of a page tells: doubled identifiers, references to nothing, headings that leave a level out."""
    ids = Counter(document.xpath("//@id"))
    doubled = [f"id {one} is there {count} times" for one, count in ids.items() if count > 1]
    told = " ".join(document.xpath("//@for | //@aria-labelledby | //@aria-describedby | //@aria-controls")).split()
    levels = [int(one.tag[1]) for one in document.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")]
    left_out = [f"h{one} then h{other}" for one, other in zip([0, *levels], levels, strict=False) if other > one + 1]
    first = [] if levels.count(1) == 1 else [f"{levels.count(1)} headings of the first level"]
    return [*doubled, *(f"nothing is called {one}" for one in told if one not in ids), *left_out, *first]


def _pieces(document: Any) -> Iterator[str]:
    yield f"language {document.get('lang')}"
    heading = ""
    body = document.find("body")
    for row in body.xpath(f".//tbody/tr[position() >= {_ROWS}] | .//main//li[position() >= {_ROWS}]"):
        row.drop_tree()
    for one in body.iter(html.etree.Element):
        kind = _kind(one)
        yield f"{_kind(one.getparent())} > {kind}"
        yield from (f"{kind} {length} letters" for length in range(LONG, _longest(one) + 1, STEP))
        if re.fullmatch("h[1-6]", one.tag):
            yield f"{heading} then {one.tag}"
            heading = one.tag


def _kind(element: Any) -> str:
    classes = sorted(one for one in element.get("class", "").split() if not OF_MODELS.match(one))
    states = [f"{name}={element.get(name)}" for name in _STATES if element.get(name) is not None]
    others = sorted(one for one in element.keys() if one not in _STATES and not _WITHOUT.fullmatch(one))  # noqa: SIM118
    nameless = ["nameless"] if element.tag in _NAMED and not _has_name(element) else []
    return ".".join([element.tag, *states, *others, *nameless, *classes])


def _has_name(element: Any) -> bool:
    of = element.get("id")
    return bool(
        any(element.get(one) for one in ("aria-label", "aria-labelledby", "alt"))
        or "".join(element.itertext()).strip()
        or element.xpath("ancestor::label")
        or (of and element.xpath("//label[@for=$of]", of=of))
    )


def _longest(element: Any) -> int:
    texts = (element.text, *(one.tail for one in element))
    return max((len(word) for text in texts for word in _WORDS.split(text or "")), default=0)
