"""The shapes that values of publiccode.yml take, and how a value is judged against its shape."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from schnittstellen.domain.texts import N_, Line
from schnittstellen.formats.publiccode.texts import TextRule, language
from schnittstellen.formats.yaml_tree import Node


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of one place. `key` is written like "maintenance.contacts[0].email"."""

    key: str
    line: int
    column: int
    text: Line
    grave: bool = True
    """Whether the file is refused for it; otherwise it is advice."""


Judged = Iterator[Remark]
Judge = Callable[[Node, str], Judged]
WRONG_TYPE = N_("hat die falsche Form: erwartet wird {form}")
REQUIRED = N_("fehlt")


@dataclass(frozen=True, slots=True)
class Text:
    """A text; `rule` says more of it."""

    rule: TextRule | None = None
    empty_is_fine: bool = True

    def judge(self, node: Node, key: str) -> Judged:
        """Remarks about `node`, which is at `key`."""
        if node.kind != "text":
            yield wrong_type(node, key, N_("ein Text"))
        elif not node.text and self.empty_is_fine:
            return
        elif self.rule and (wrong := self.rule(node.text)):
            yield remark(node, key, wrong)


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    def judge(self, node: Node, key: str) -> Judged:
        """Remarks about `node`, which is at `key`."""
        if node.truth is None:
            yield wrong_type(node, key, N_("true oder false"))


@dataclass(frozen=True, slots=True)
class Many:
    """A list; with `single` one value may stand for a list of one."""

    each: "Shape"
    least: int = 0
    single: bool = False

    def judge(self, node: Node, key: str) -> Judged:
        """Remarks about `node`, which is at `key`."""
        if node.kind == "list":
            if len(node.items) < self.least:
                yield remark(node, key, Line(N_("ist leer")))
            for number, item in enumerate(node.items):
                yield from self.each.judge(item, f"{key}[{number}]")
        elif self.single and node.kind == "text":
            yield from self.each.judge(node, key)
        else:
            yield wrong_type(node, key, N_("eine Liste"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a record. `deprecated` says in German what to do instead of writing it."""

    shape: "Shape"
    required: bool = False
    deprecated: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A map with known entries; `more` judges what concerns several of them."""

    entries: Mapping[str, Entry]
    more: Judge | None = field(default=None, compare=False)

    def judge(self, node: Node, key: str) -> Judged:
        """Remarks about `node`, which is at `key`."""
        if node.kind != "map":
            yield wrong_type(node, key, N_("eine Gruppe von Schlüsseln"))
            return
        for name, value in node.entries:
            yield from self._entry(name, value, _below(key, name))
        yield from self.missing(node, key)
        if self.more:
            yield from self.more(node, key)

    def missing(self, node: Node, key: str) -> Judged:
        """What is required and not there; in a group that is not there at all, too."""
        for name, entry in self.entries.items():
            value = node.get(name)
            absent = value is None or value.kind == "nothing"
            if absent and isinstance(entry.shape, Record) and entry.required:
                yield from entry.shape.missing(_empty(value or node), _below(key, name))
            elif entry.required and (absent or (value is not None and value.kind == "text" and not value.text)):
                yield remark(value or node, _below(key, name), Line(REQUIRED))

    def _entry(self, name: str, value: Node, key: str) -> Judged:
        entry = self.entries.get(name)
        if entry is None:
            yield remark(value, key, Line(N_("diesen Schlüssel kennt der Standard nicht")))
        elif value.kind != "nothing":
            yield from entry.shape.judge(value, key)
            if entry.deprecated and not (value.kind == "text" and not value.text):
                yield remark(value, key, Line(entry.deprecated), grave=False)


@dataclass(frozen=True, slots=True)
class ByLanguage:
    """A map from language tags to records."""

    each: Record

    def judge(self, node: Node, key: str) -> Judged:
        """Remarks about `node`, which is at `key`."""
        if node.kind != "map":
            yield wrong_type(node, key, N_("eine Gruppe je Sprache"))
            return
        if not node.entries:
            yield remark(node, key, Line(N_("ist leer")))
        for tag, value in node.entries:
            if wrong := language(tag):
                yield remark(value, _below(key, tag), wrong)
            yield from self.each.judge(value, _below(key, tag))


Shape = Text | Flag | Many | Record | ByLanguage


def remark(node: Node, key: str, text: Line, grave: bool = True) -> Remark:
    """`text` at the place of `node`."""
    return Remark(key, node.line, node.column, text, grave)


def wrong_type(node: Node, key: str, form: str) -> Remark:
    """The value is of another form than `form`, a German text of the catalogue."""
    return remark(node, key, Line(WRONG_TYPE, form=form))


def _below(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _empty(node: Node) -> Node:
    return Node("map", node.line, node.column)
