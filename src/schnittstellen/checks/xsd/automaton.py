"""Regular languages over any symbols (characters, names of elements), matched in time linear in the word's length.

A Thompson automaton, made deterministic as far as words need it. Counted repetitions are written out, which is what
libxml2 avoids and gets wrong.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

STATES: Final = 20_000
"""Expressions that need more states than this are not matched."""
_KEPT: Final = 5_000

Accepts = Callable[[str], bool]
States = frozenset[int]


class TooManyStates(ValueError):
    """The expression cannot be matched within `STATES`."""


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression. `kind` is one (a symbol), seq, alt or rep; `high` is None for unbounded.

    `label` is handed out where the machine is asked what it would read next.
    """

    kind: str
    parts: tuple["Node", ...] = ()
    accepts: Accepts | None = None
    low: int = 1
    high: int | None = 1
    label: object = None


def one(accepts: Accepts, label: object = None) -> Node:
    """A single symbol."""
    return Node("one", accepts=accepts, label=label)


def sequence(parts: Sequence[Node]) -> Node:
    """One part after the other."""
    return Node("seq", tuple(parts))


def choice(parts: Sequence[Node]) -> Node:
    """One of the parts; of none, nothing is accepted, not even the empty word."""
    return Node("alt", tuple(parts))


def repeated(part: Node, low: int, high: int | None) -> Node:
    """`part` at least `low` and at most `high` times."""
    return part if (low, high) == (1, 1) else Node("rep", (part,), low=low, high=high)


@dataclass(slots=True)
class _Automaton:
    """States are numbers. `free` are moves that read nothing, `moves` the one reading move of a state."""

    free: list[list[int]] = field(default_factory=list)
    moves: list[tuple[Node, int] | None] = field(default_factory=list)

    def state(self) -> int:
        if len(self.free) >= STATES:
            raise TooManyStates
        self.free.append([])
        self.moves.append(None)
        return len(self.free) - 1

    def add(self, node: Node, start: int) -> int:
        """Add `node` behind state `start`; returns the state in which it ends."""
        if node.kind == "one":
            before, end = self._behind(start), self.state()
            self.moves[before] = (node, end)
            return end
        if node.kind == "seq":
            for part in node.parts:
                start = self.add(part, start)
            return start
        if node.kind == "alt":
            return self._joined([self.add(part, self._behind(start)) for part in node.parts])
        return self._repetition(node.parts[0], node.low, node.high, start)

    def closure(self, states: Iterable[int]) -> States:
        """`states` and all that is reached from them without reading."""
        found = set(states)
        waiting = list(found)
        while waiting:
            for state in self.free[waiting.pop()]:
                if state not in found:
                    found.add(state)
                    waiting.append(state)
        return frozenset(found)

    def _behind(self, start: int) -> int:
        state = self.state()
        self.free[start].append(state)
        return state

    def _joined(self, ends: list[int]) -> int:
        end = self.state()
        for state in ends:
            self.free[state].append(end)
        return end

    def _repetition(self, part: Node, low: int, high: int | None, start: int) -> int:
        for _ in range(low):
            start = self.add(part, self._behind(start))
        ends = [start]
        if high is None:
            loop = self._behind(start)
            last = self.add(part, loop)
            self.free[last].append(loop)
            ends.append(last)
        else:
            for _ in range(high - low):
                start = self.add(part, self._behind(start))
                ends.append(start)
        return self._joined(ends)


class Machine:
    """Reads words symbol by symbol."""

    def __init__(self, node: Node) -> None:
        """Raises `TooManyStates`."""
        self._automaton = _Automaton()
        start = self._automaton.state()
        self._end = self._automaton.add(node, start)
        self.start = self._automaton.closure((start,))
        self._known: dict[tuple[States, str], States] = {}

    def step(self, states: States, symbol: str) -> States:
        """Where `symbol` leads; empty where it leads nowhere."""
        after = self._known.get((states, symbol))
        if after is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            after = self._known[states, symbol] = self._moved(states, lambda node: bool(node.accepts(symbol)))  # type: ignore[misc]
        return after

    def any_step(self, states: States) -> States:
        """Where any symbol at all leads."""
        return self._moved(states, lambda _: True)

    def is_end(self, states: States) -> bool:
        """Whether the word may end here."""
        return self._end in states

    def labels(self, states: States) -> list[object]:
        """Labels of what could be read next, in the order of the expression, each once."""
        moves = (self._automaton.moves[state] for state in sorted(states))
        return list(dict.fromkeys(move[0].label for move in moves if move is not None))

    def matches(self, word: Iterable[str]) -> bool:
        """Whether the whole of `word` is accepted."""
        states = self.start
        for symbol in word:
            states = self.step(states, symbol)
            if not states:
                return False
        return self.is_end(states)

    def _moved(self, states: States, fits: Callable[[Node], bool]) -> States:
        moves = (self._automaton.moves[state] for state in states)
        return self._automaton.closure(move[1] for move in moves if move is not None and fits(move[0]))
