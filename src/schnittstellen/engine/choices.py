"""The messages that a library's suites can judge, found by root element, and which of several is meant."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from schnittstellen.artefacts.library import Library, NotKnown, standing_key
from schnittstellen.domain.standard import Message, Role, Standard
from schnittstellen.domain.suite import Step, Suite

ALL = "*"
ANY_ROOT = "*"
"""The root of messages whose conditions alone tell what they are."""
Pair = tuple[Suite, Standard]


@dataclass(frozen=True, slots=True)
class Choice:
    """One message of a standard, as one suite tests it. `sent` says whether the suite's role sends that message."""

    suite: Suite
    standard: Standard
    message: Message
    sent: bool


class Choices:
    """All choices that some suites offer; `by_root` finds them by root element in Clark notation."""

    def __init__(self, suites: Iterable[Pair]) -> None:
        self.messages: list[Choice] = [
            Choice(suite, standard, message, sends(standard, suite.role, message.id))
            for suite, standard in suites
            for message in standard.messages
        ]
        self.by_root: dict[str, list[Choice]] = defaultdict(list)
        for choice in self.messages:
            self.by_root[choice.message.root].append(choice)

    def rooted(self, root: str) -> list[Choice]:
        """Choices for messages with this root element, and for those that are known by their conditions alone."""
        return [*self.by_root.get(root, ()), *self.by_root.get(ANY_ROOT, ())]

    def near(self, root: str) -> Iterator[Choice]:
        """Choices whose root element has the same local name (in another namespace), then the same namespace."""
        namespace, name = namespace_of(root), local_name(root)
        yield from (one for one in self.messages if local_name(one.message.root) == name)
        if namespace:
            yield from (one for one in self.messages if namespace_of(one.message.root) == namespace)


def pairs(library: Library, suites: Iterable[Suite]) -> tuple[Pair, ...]:
    """Each suite with its standard; suites whose standard is not there are left out."""
    found = []
    for suite in suites:
        try:
            found.append((suite, library.standard(f"{suite.standard}@{suite.version}")))
        except NotKnown:
            continue
    return tuple(found)


def sends(standard: Standard, role: str, message: str) -> bool:
    """Whether `role` sends `message`; a role of which the standard says nothing may send everything."""
    known: Role | None = next((one for one in standard.roles if one.id == role), None)
    return known is None or (not known.sends and not known.receives) or ALL in known.sends or message in known.sends


def narrowed(choices: Sequence[Choice], *, newest: bool) -> list[Choice]:
    """What remains when each suite keeps its most specific messages and each standard its versions in force.

    With `newest`, the newest version in force is meant. The order stays.
    """
    specific = [one for one in choices if len(one.message.match) == _most_conditions(choices, one.suite)]
    return [one for one in specific if _standing(one, newest) == _best_standing(specific, one.standard, newest)]


def equivalent(choices: Sequence[Choice]) -> bool:
    """Whether all choices would judge alike: the same version, the same rules, the same steps."""
    return len({choice.standard.name for choice in choices}) == 1 and all(
        _rules(one) == _rules(choices[0]) for one in choices[1:]
    )


def local_name(root: str) -> str:
    """The part of a name in Clark notation after its namespace."""
    return root.rpartition("}")[2]


def namespace_of(root: str) -> str:
    """The namespace of a name in Clark notation, or ""."""
    return root[1:].partition("}")[0] if root.startswith("{") else ""


def _most_conditions(choices: Sequence[Choice], suite: Suite) -> int:
    return max(len(one.message.match) for one in choices if one.suite is suite)


def _standing(choice: Choice, newest: bool) -> tuple[object, ...]:
    key = standing_key(choice.standard)
    return key if newest else key[:1]


def _best_standing(choices: Sequence[Choice], standard: Standard, newest: bool) -> tuple[object, ...]:
    return max(_standing(one, newest) for one in choices if one.standard.id == standard.id)


def _rules(choice: Choice) -> tuple[object, ...]:
    message = choice.message
    applicable = [_weight(step) for step in choice.suite.steps if not step.messages or message.id in step.messages]
    return message.schemas, message.schematron, applicable


def _weight(step: Step) -> tuple[object, ...]:
    return step.id, step.check, step.level, step.requirements, dict(step.options), step.needs
