"""The codes of a large message in memory that does not grow with it: elements are forgotten once they are read."""

from collections.abc import Iterator
from io import BufferedIOBase

from lxml import etree

from schnittstellen.checks.codelists.places import Coded, Finder, Placer, line_of
from schnittstellen.domain.finding import Place
from schnittstellen.formats.safe_xml import BLOCK, XmlProblem, pull_parser
from schnittstellen.formats.xml_prologue import refuse

_DEPTH = 256


def codes_in(stream: BufferedIOBase, finder: Finder) -> Iterator[tuple[Coded, Placer]]:
    """Each code, in the order of the message, with what tells its place until the next is asked for.

    Raises `XmlProblem`.
    """
    head = stream.read(BLOCK)
    refused = refuse(head, whole=False)
    if refused is not None:
        raise XmlProblem(*refused)
    wanted = _Wanted(finder)
    pull = pull_parser(("start", "end"))
    walk = _Walk()
    try:
        while head:
            pull.feed(head)
            yield from walk.codes(pull, finder, wanted)
            head = stream.read(BLOCK)
        pull.close()
    except etree.XMLSyntaxError as error:
        raise XmlProblem("syntax", *error.position) from None


class _Wanted(dict[str, bool]):
    """Whether an element of that name is worth a look; worked out once for each name."""

    def __init__(self, finder: Finder) -> None:
        super().__init__(dict.fromkeys(finder.wanted, True))

    def __missing__(self, tag: str) -> bool:
        self[tag] = tag.rpartition("}")[2] == "code"
        return self[tag]


class _Walk:
    """Keeps names and numbers of the open elements, so that a place can be told after its siblings are forgotten."""

    def __init__(self) -> None:
        self._counts: list[dict[str, int]] = [{}]
        self._names: list[str] = []

    def codes(self, pull: etree.XMLPullParser, finder: Finder, wanted: _Wanted) -> Iterator[tuple[Coded, Placer]]:
        for event, element in pull.read_events():
            assert isinstance(element, etree._Element)
            tag = str(element.tag)
            if event == "start":
                self._enter(tag)
            else:
                if wanted[tag]:
                    yield from ((one, self._placer(element)) for one in finder.at(element))
                self._leave(element)

    def _enter(self, tag: str) -> None:
        if len(self._names) >= _DEPTH:
            raise XmlProblem("too_deep")
        counts = self._counts[-1]
        counts[tag] = counts.get(tag, 0) + 1
        self._names.append(tag)
        self._counts.append({})

    def _leave(self, element: etree._Element) -> None:
        self._names.pop()
        self._counts.pop()
        parent = element.getparent()
        element.clear()
        if parent is not None:
            while parent[0] is not element:
                del parent[0]

    def _placer(self, element: etree._Element) -> Placer:
        """Tells the place of a code while its element is the innermost open one."""

        def place(coded: Coded) -> Place:
            depth = len(self._names) - (coded.element is not element)
            path = "".join(self._step(level) for level in range(depth))
            return Place(line_of(coded.element), xpath=f"{path}/@{coded.attribute}" if coded.attribute else path)

        return place

    def _step(self, level: int) -> str:
        tag = self._names[level]
        namespace, _, name = tag.rpartition("}")
        own = f" and namespace-uri()='{namespace[1:]}'" if namespace else ""
        return f"/*[local-name()='{name}'{own}][{self._counts[level][tag]}]"
