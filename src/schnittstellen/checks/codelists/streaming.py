"""The codes of a large message in memory that does not grow with it: elements are forgotten once they are read."""

from collections.abc import Iterator
from io import BufferedIOBase

from lxml import etree

from schnittstellen.checks.codelists.places import Coded, Finder, line_of
from schnittstellen.domain.finding import Place
from schnittstellen.formats.safe_xml import BLOCK, XmlProblem
from schnittstellen.formats.xml_prologue import refuse

_DEPTH = 256


def codes_in(stream: BufferedIOBase, finder: Finder) -> Iterator[tuple[Coded, Place]]:
    """Each code with its place, in the order of the message. Raises `XmlProblem`."""
    head = stream.read(BLOCK)
    refused = refuse(head, whole=False)
    if refused is not None:
        raise XmlProblem(*refused)
    wanted = _Wanted(finder)
    pull = etree.XMLPullParser(
        ("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    walk = _Walk()
    try:
        while head:
            pull.feed(head)
            yield from walk.codes(pull, finder, wanted)
            head = stream.read(BLOCK)
        pull.close()
    except etree.XMLSyntaxError as error:
        raise XmlProblem("syntax", *error.position) from None


class _Wanted:
    def __init__(self, finder: Finder) -> None:
        self._names = frozenset(finder.wanted)

    def __contains__(self, tag: object) -> bool:
        return tag in self._names or str(tag).rpartition("}")[2] == "code"


class _Walk:
    """Keeps names and numbers of the open elements, so that a place can be told after its siblings are forgotten."""

    def __init__(self) -> None:
        self._counts: list[dict[str, int]] = [{}]
        self._steps: list[str] = []

    def codes(self, pull: etree.XMLPullParser, finder: Finder, wanted: _Wanted) -> Iterator[tuple[Coded, Place]]:
        for event, element in pull.read_events():
            assert isinstance(element, etree._Element)
            if event == "start":
                self._enter(str(element.tag))
            else:
                if element.tag in wanted:
                    yield from ((one, self._place(one, element)) for one in finder.at(element))
                self._leave(element)

    def _enter(self, tag: str) -> None:
        if len(self._steps) >= _DEPTH:
            raise XmlProblem("too_deep")
        counts = self._counts[-1]
        name = tag.rpartition("}")[2]
        counts[name] = counts.get(name, 0) + 1
        self._steps.append(f"*[local-name()='{name}'][{counts[name]}]")
        self._counts.append({})

    def _leave(self, element: etree._Element) -> None:
        self._steps.pop()
        self._counts.pop()
        parent = element.getparent()
        element.clear()
        previous = element.getprevious()
        while parent is not None and previous is not None:
            parent.remove(previous)
            previous = element.getprevious()

    def _place(self, coded: Coded, element: etree._Element) -> Place:
        steps = self._steps if coded.element is element else self._steps[:-1]
        path = "/" + "/".join(steps)
        return Place(line_of(coded.element), xpath=f"{path}/@{coded.attribute}" if coded.attribute else path)
