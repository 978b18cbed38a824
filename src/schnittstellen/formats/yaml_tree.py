"""YAML by strangers: every scalar stays the text that was written, every node knows its place, size is limited."""

from dataclasses import dataclass
from typing import Any, Literal

import yaml

from schnittstellen.domain.texts import N_

MOST_BYTES = 1_048_576
MOST_NODES = 20_000
MOST_LEVELS = 40
_NOTHING = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Node:
    """One value. `line` and `column` count from 1; for an entry of a map they are those of its key."""

    kind: Literal["text", "list", "map", "nothing"]
    line: int
    column: int
    text: str = ""
    plain: bool = False
    """Whether the text was written without quotes."""
    items: tuple["Node", ...] = ()
    entries: tuple[tuple[str, "Node"], ...] = ()

    def get(self, name: str) -> "Node | None":
        """The entry of that name, if there is one."""
        return next((node for key, node in self.entries if key == name), None)

    @property
    def truth(self) -> bool | None:
        """The truth value by YAML 1.2; None where it is none ("yes" and "on" are text)."""
        return {"true": True, "false": False}.get(self.text.lower()) if self.plain and self.kind == "text" else None


class UnreadableYaml(Exception):
    """No YAML, or YAML that is refused. `template` is German and holds `parameters`; the place counts from 1."""

    def __init__(self, template: str, line: int = 1, column: int = 1, **parameters: str) -> None:
        super().__init__(template)
        self.template = template
        self.line = line
        self.column = column
        self.parameters = parameters


def read_yaml(raw: bytes) -> Node:
    """The one document in `raw` (UTF-8). Raises `UnreadableYaml`.

    Refused are more than `MOST_BYTES`, `MOST_NODES` after resolving aliases or `MOST_LEVELS`, nodes that contain
    themselves, a key written twice, and more than one document. Nothing is turned into numbers, dates or objects.
    """
    if len(raw) > MOST_BYTES:
        raise UnreadableYaml(N_("Die Datei ist größer als {most} Byte."), most=str(MOST_BYTES))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableYaml(N_("Die Datei ist nicht in UTF-8 geschrieben."), line) from None
    try:
        _limit(text)
        composed = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise UnreadableYaml(N_("Das ist kein gültiges YAML: {why}"), *place, why=error.problem or "") from None
    except yaml.YAMLError as error:
        raise UnreadableYaml(N_("Das ist kein gültiges YAML: {why}"), why=str(error).splitlines()[0]) from None
    if composed is None:
        raise UnreadableYaml(N_("Die Datei ist leer."))
    return _Reader().node(composed)


_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _limit(text: str) -> None:
    """Refuse depth and mass before anything is built of it."""
    depth = documents = 0
    for events, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if depth > MOST_LEVELS:
            raise UnreadableYaml(N_("Tiefer als {most} Ebenen verschachtelt."), line, column, most=str(MOST_LEVELS))
        if events > 2 * MOST_NODES:
            raise _too_many(line, column)
        if documents > 1:
            raise UnreadableYaml(N_("Die Datei enthält mehr als ein Dokument."), line, column)


def _too_many(line: int, column: int) -> UnreadableYaml:
    return UnreadableYaml(
        N_("Mehr als {most} Werte, Verweise (Aliase) mitgezählt."), line, column, most=str(MOST_NODES)
    )


class _Reader:
    def __init__(self) -> None:
        self._seen = 0
        self._open: list[int] = []

    def node(self, one: Any) -> Node:
        self._seen += 1
        line, column = one.start_mark.line + 1, one.start_mark.column + 1
        if self._seen > MOST_NODES:
            raise _too_many(line, column)
        if id(one) in self._open:
            raise UnreadableYaml(N_("Ein Verweis (Alias) zeigt auf sich selbst."), line, column)
        self._open.append(id(one))
        try:
            return self._built(one, line, column)
        finally:
            self._open.pop()

    def _built(self, one: Any, line: int, column: int) -> Node:
        if isinstance(one, yaml.SequenceNode):
            return Node("list", line, column, items=tuple(self.node(item) for item in one.value))
        if isinstance(one, yaml.MappingNode):
            return Node("map", line, column, entries=tuple(self._entries(one)))
        plain = not one.style
        if plain and one.value in _NOTHING:
            return Node("nothing", line, column)
        return Node("text", line, column, text=one.value, plain=plain)

    def _entries(self, one: Any) -> list[tuple[str, Node]]:
        found: dict[str, Node] = {}
        for key, value in one.value:
            place = key.start_mark.line + 1, key.start_mark.column + 1
            if not isinstance(key, yaml.ScalarNode):
                raise UnreadableYaml(N_("Ein Schlüssel ist kein einfacher Text."), *place)
            if key.value in found:
                raise UnreadableYaml(N_("Der Schlüssel {key} steht zweimal."), *place, key=key.value)
            found[key.value] = _at(self.node(value), place)
        return list(found.items())


def _at(node: Node, place: tuple[int, int]) -> Node:
    return Node(node.kind, *place, text=node.text, plain=node.plain, items=node.items, entries=node.entries)
