"""Content models matched exactly, and every departure of a list of children named."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from schnittstellen.checks.xsd import automaton
from schnittstellen.checks.xsd.automaton import Machine, Node, States, TooManyStates
from schnittstellen.checks.xsd.declarations import Complex, Element, Particle, Wildcard

_FURTHEST = 12
"""So many missing elements in a row are recognised; beyond, the next element counts as unexpected."""


@dataclass(frozen=True, slots=True)
class Departure:
    """Child number `index` is `unexpected`, or before it (or at the end) something is `missing`.

    `expected` are the names (Clark notation; "*" for a wildcard) of what could stand there.
    """

    kind: str
    index: int
    expected: tuple[str, ...]


class Model:
    """The content model of one complex type. Raises `TooManyStates`."""

    def __init__(self, type_: Complex, members: Mapping[str, Sequence[Element]]) -> None:
        self._members = members
        self._leaves = [self._node(replace(leaf, low=1, high=1)) for leaf in type_.particle.leaves()]
        self._every = type_.particle if type_.particle.kind == "all" else None
        self._machine = None if self._every else Machine(self._node(type_.particle))

    def accepts(self, tags: Sequence[str]) -> bool:
        """Whether these children may stand in this order."""
        return self._machine.matches(tags) if self._machine else not list(self.departures(tags))

    def knows(self, tag: str) -> bool:
        """Whether an element of this name may stand anywhere in it."""
        return any(leaf.accepts is not None and leaf.accepts(tag) for leaf in self._leaves)

    def departures(self, tags: Sequence[str]) -> Iterator[Departure]:
        """Every departure: reading goes on behind each."""
        if self._machine is None:
            yield from self._of_all(tags)
            return
        machine, states = self._machine, self._machine.start
        for index, tag in enumerate(tags):
            after = machine.step(states, tag)
            if not after:
                skipped = self._skipped(states, tag)
                if skipped is None:
                    yield Departure("unexpected", index, self._names(machine.labels(states)))
                    continue
                yield from (Departure("missing", index, names) for names in skipped[0])
                after = machine.step(skipped[1], tag)
            states = after
        for names in self._open(states):
            yield Departure("missing", len(tags), names)

    def _skipped(self, states: States, tag: str) -> tuple[list[tuple[str, ...]], States] | None:
        """What must be missing for `tag` to fit, and the states in front of it."""
        assert self._machine is not None
        layers = [states]
        while not self._machine.step(layers[-1], tag):
            further = self._machine.any_step(layers[-1])
            if not further or len(layers) > _FURTHEST:
                return None
            layers.append(further)
        ways = [self._ways(layer, len(layers) - 2 - depth, tag) for depth, layer in enumerate(layers[:-1])]
        return ways, layers[-1]

    def _open(self, states: States) -> list[tuple[str, ...]]:
        """What is missing at the end."""
        assert self._machine is not None
        layers = [states]
        while not self._machine.is_end(layers[-1]):
            further = self._machine.any_step(layers[-1])
            if not further or len(layers) > _FURTHEST:
                return [self._names(self._machine.labels(states))]
            layers.append(further)
        return [self._ways(layer, len(layers) - 2 - depth, None) for depth, layer in enumerate(layers[:-1])]

    def _ways(self, states: States, steps: int, tag: str | None) -> tuple[str, ...]:
        """The names that, read now, bring `tag` (or the end) within reach in `steps` more."""
        assert self._machine is not None
        fitting = []
        for label in self._machine.labels(states):
            for name in self._names([label]):
                after = self._machine.any_step(states) if name == "*" else self._machine.step(states, name)
                if after and self._within(after, steps, tag):
                    fitting.append(name)
        return tuple(fitting)

    def _within(self, states: States, steps: int, tag: str | None) -> bool:
        assert self._machine is not None
        for _ in range(steps):
            states = self._machine.any_step(states)
        return self._machine.is_end(states) if tag is None else bool(self._machine.step(states, tag))

    def _of_all(self, tags: Sequence[str]) -> Iterator[Departure]:
        every = self._every
        assert every is not None
        if not tags and every.low == 0:
            return
        seen = dict.fromkeys(every.parts, 0)
        for index, tag in enumerate(tags):
            part = next((one for one in seen if self._fits(one, tag)), None)
            if part is None or (part.high is not None and seen[part] >= part.high):
                left = [one for one in seen if one.high is None or seen[one] < one.high]
                yield Departure("unexpected", index, self._names([_label(one) for one in left]))
            else:
                seen[part] += 1
        for part, count in seen.items():
            if count < part.low:
                yield Departure("missing", len(tags), self._names([_label(part)]))

    def _fits(self, part: Particle, tag: str) -> bool:
        node = self._node(part)
        return node.accepts is not None and node.accepts(tag)

    def _node(self, particle: Particle) -> Node:
        if particle.element is not None:
            node = automaton.one(self._tags(particle.element).__contains__, particle.element)
        elif particle.wildcard is not None:
            node = automaton.one(particle.wildcard.allows, particle.wildcard)
        elif particle.kind == "choice":
            node = automaton.choice([self._node(part) for part in particle.parts])
        elif particle.kind == "all":
            raise TooManyStates
        else:
            node = automaton.sequence([self._node(part) for part in particle.parts])
        return automaton.repeated(node, particle.low, particle.high)

    def _tags(self, element: Element) -> frozenset[str]:
        return frozenset(self._standing_for(element))

    def _standing_for(self, element: Element) -> list[str]:
        """Names under which an element may appear: its own, and those of its substitution group."""
        others = [one for one in self._members.get(element.tag, ()) if element.admits(one)]
        return [one.tag for one in (element, *others) if not one.abstract]

    def _names(self, labels: Sequence[object]) -> tuple[str, ...]:
        names: list[str] = []
        for label in labels:
            names += self._standing_for(label) if isinstance(label, Element) else ["*"]
        return tuple(dict.fromkeys(names))


def _label(part: Particle) -> Element | Wildcard | None:
    return part.element or part.wildcard


def is_doubtful(type_: Complex, members: Mapping[str, Sequence[Element]]) -> bool:
    """Whether libxml2 may misjudge the children of such an element.

    It miscounts groups that are repeated a counted number of times, and does not see that a kind of derivation is
    blocked for members of a substitution group.
    """
    leaves = (one.element for one in type_.particle.leaves() if one.element is not None)
    return _is_counted(type_.particle) or any(
        not head.admits(member) for head in leaves for member in members.get(head.tag, ())
    )


def _is_counted(particle: Particle) -> bool:
    group = particle.kind not in ("element", "any")
    if group and (particle.low > 1 or particle.high not in (1, None)):
        return True
    return any(_is_counted(part) for part in particle.parts)
