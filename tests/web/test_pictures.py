"""Graphs are drawn whatever is written in them, and while many draw at once."""

import re
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from schnittstellen.web.pages.pictures import MOST_EDGES, MOST_NODES, Edge, Node, graph


def drawn(count: int) -> str:
    nodes = [Node(str(number), f"Muster {number} von {count}", f"/programme/{number}") for number in range(count)]
    return str(graph(nodes, [Edge("0", str(number)) for number in range(1, count)], told="Muster"))


def test_many_draw_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(drawn, [number % 40 + 1 for number in range(160)]))
    for number, picture in enumerate(found):
        assert len(re.findall("<a ", picture)) == number % 40 + 1


def test_the_largest_that_is_drawn() -> None:
    nodes = [Node(str(number), "x" * 60) for number in range(MOST_NODES)]
    edges = [Edge(str(n % MOST_NODES), str((n * 7 + 1) % MOST_NODES), "geprüft") for n in range(MOST_EDGES)]
    assert str(graph(nodes, edges, told="Muster")).startswith('<svg role="img" aria-label="Muster"')


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_becomes_markup(text: str, told: str) -> None:
    picture = str(graph([Node("a", text), Node("b", "y", '/p"><script>')], [Edge("a", "b", text)], told=told))
    assert "<script" not in picture
    root = etree.fromstring(picture.encode("utf-8", "replace"), etree.XMLParser(recover=False))
    assert {etree.QName(one).localname for one in root.iter(etree.Element)} <= {
        "svg",
        "g",
        "path",
        "polygon",
        "text",
        "a",
    }
