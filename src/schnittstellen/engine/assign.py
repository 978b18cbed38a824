"""Which suite judges which observation: named by the user, or recognised from the payload; never guessed."""

from collections.abc import Iterable, Iterator, Sequence

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.artefacts.library import Library, split_name, standing_key
from schnittstellen.domain.finding import CannotJudge, Finding
from schnittstellen.domain.standard import Message, Standard, StandardKind
from schnittstellen.domain.suite import Suite
from schnittstellen.engine import codes
from schnittstellen.engine.choices import Choice, Choices, equivalent, narrowed, pairs
from schnittstellen.engine.ports import Check, Context, Observation, Payload, Unreadable
from schnittstellen.engine.recognise import XmlProblem, failed_condition, root_element
from schnittstellen.engine.run import Assigned
from schnittstellen.formats.safe_xml import document

NEAR = 5
"""At most so many similar suites are named."""

_NONE = "–"
_SHOWN = 200


class Assigner:
    """Assigns observations to the suites of a library, or to those that `name` may mean.

    `name` is `STANDARD[@VERSION][/ROLE]`; raises `NotKnown` where no suite may be meant. `wellformed` says what is
    wrong with a payload that is no XML at all. What was decided for one root element is remembered for the next one.
    """

    def __init__(
        self, library: Library, name: str | None = None, *, wellformed: Check | None = None, with_content: bool = False
    ) -> None:
        self._library = library
        self.name = name
        self._wellformed = wellformed
        self._with_content = with_content
        self._bundles: dict[str, Bundle] = {}
        self._contexts: dict[tuple[str, str | None], Context] = {}
        self._suites = pairs(library, library.suites() if name is None else library.suites_named(name))
        self._by_name = {suite.name: (suite, standard) for suite, standard in self._suites}
        self._choices = Choices(self._suites)
        self._everything = self._choices if name is None else None
        self._decided: dict[tuple[str, tuple[int, ...]], Assigned] = {}

    def __call__(self, seen: Observation) -> Assigned:
        """The suite for one observation, or the finding that says why there is none. Raises `CannotJudge`."""
        if isinstance(seen, Unreadable):
            return Assigned(seen)
        if not isinstance(seen, Payload):
            return self._endpoint(seen)
        try:
            return self._payload(seen)
        except XmlProblem as problem:
            return self._no_xml(seen, problem)

    def used(self, name: str) -> tuple[Suite, Context] | None:
        """The suite called `name` in full, with a context for no message, if it is among those that may be assigned."""
        found = self._by_name.get(name)
        return None if found is None else (found[0], self._context(*found, None))

    def only(self) -> tuple[Suite, Context] | None:
        """The one suite that was named, or None where several may be meant."""
        if self.name is None or len(self._suites) != 1:
            return None
        suite, standard = self._suites[0]
        return suite, self._context(suite, standard, None)

    # --- payloads

    def _payload(self, seen: Payload) -> Assigned:
        if not self._choices.messages:
            return self._wrong_kind(seen, StandardKind.XML)
        root = root_element(seen)
        by_root = self._choices.rooted(root)
        if not by_root and not seen.large:
            document(seen)
        fitting = [at for at, one in enumerate(by_root) if failed_condition(seen, one.message) is None]
        if by_root and not fitting:
            return self._no_condition(seen, root, by_root)
        key = (root, tuple(fitting))
        if key not in self._decided:
            self._decided[key] = self._decide(seen, root, [by_root[at] for at in fitting])
        kept = self._decided[key]
        return Assigned(seen, kept.suite, kept.context, kept.finding)

    def _decide(self, seen: Payload, root: str, fitting: list[Choice]) -> Assigned:
        if not fitting:
            return self._unknown(seen, root)
        sent = [one for one in fitting if one.sent]
        if not sent:
            return self._wrong_role(seen, fitting[0])
        found = narrowed(sent, newest=self.name is not None)
        if equivalent(found):
            return self._found(seen, found[0])
        return self._ambiguous(seen, found)

    def _found(self, seen: Observation, choice: Choice) -> Assigned:
        return Assigned(seen, choice.suite, self._context(choice.suite, choice.standard, choice.message))

    # --- why there is none

    def _no_xml(self, seen: Payload, problem: XmlProblem) -> Assigned:
        finding = self._reason(seen) or Finding(
            codes.NO_XML.id, parameters={"reason": problem.reason}, content={"detail": problem.detail}
        )
        return self._refused(seen, finding)

    def _refused(self, seen: Payload, finding: Finding) -> Assigned:
        suite, context = self.only() or (None, None)
        return Assigned(seen, suite, context, finding)

    def _reason(self, seen: Payload) -> Finding | None:
        if self._wellformed is None:
            return None
        context = Context(_NO_STANDARD, Bundle(_NO_STANDARD, self._library.roots[0]), None, self._with_content)
        try:
            items = list(self._wellformed.run(seen, {}, context))
        except CannotJudge as reason:
            return reason.finding
        return next((item for item in items if isinstance(item, Finding)), None)

    def _unknown(self, seen: Payload, root: str) -> Assigned:
        parameters = {"root": root[:_SHOWN], "candidates": self._near(root)}
        if self.name is None:
            return Assigned(seen, finding=Finding(codes.NOT_RECOGNISED.id, parameters=parameters))
        finding = Finding(codes.NOT_OF_STANDARD.id, parameters={**parameters, "standard": self._standard()})
        return self._refused(seen, finding)

    def _no_condition(self, seen: Payload, root: str, fitting: list[Choice]) -> Assigned:
        nearest = fitting[-1]
        if self.name is None:
            names = _listed(fitting)
            parameters = {"root": root[:_SHOWN], "candidates": names}
            return Assigned(seen, finding=Finding(codes.NOT_RECOGNISED.id, parameters=parameters))
        condition = failed_condition(seen, nearest.message) or ""
        parameters = {"root": root[:_SHOWN], "standard": self._standard(), "condition": condition}
        finding = Finding(codes.CONDITIONS.id, parameters=parameters)
        return self._refused(seen, finding)

    def _wrong_role(self, seen: Payload, choice: Choice) -> Assigned:
        senders = [one for one in self._known().by_root.get(choice.message.root, []) if one.sent]
        same = [one for one in senders if one.standard.id == choice.standard.id] or senders
        parameters = {"role": choice.suite.role, "message": choice.message.id, "candidates": _listed(same)}
        return Assigned(seen, finding=Finding(codes.WRONG_ROLE.id, parameters=parameters))

    def _ambiguous(self, seen: Observation, found: Sequence[Choice]) -> Assigned:
        parameters = {"candidates": _listed(found), "first": found[0].suite.name}
        return Assigned(seen, finding=Finding(codes.AMBIGUOUS.id, parameters=parameters))

    def _wrong_kind(self, seen: Observation, meant: StandardKind) -> Assigned:
        if self.name is None:
            code = codes.NOT_RECOGNISED if meant is StandardKind.XML else codes.SUITE_NEEDED
            return Assigned(seen, finding=Finding(code.id, parameters={**_BLANK, "target": seen.name}))
        parameters = {"standard": self._standard(), "target": seen.name}
        return Assigned(seen, finding=Finding(codes.WRONG_KIND.id, parameters=parameters))

    # --- endpoints

    def _endpoint(self, seen: Observation) -> Assigned:
        suites = [pair for pair in self._suites if pair[1].kind is StandardKind.OPENAPI]
        if self.name is None or not suites:
            return self._wrong_kind(seen, StandardKind.OPENAPI)
        best = max(standing_key(standard) for _, standard in suites)
        newest = [pair for pair in suites if standing_key(pair[1]) == best]
        if len(newest) > 1:
            names = [suite.name for suite, _ in newest]
            parameters = {"candidates": ", ".join(names), "first": names[0]}
            return Assigned(seen, finding=Finding(codes.AMBIGUOUS.id, parameters=parameters))
        return Assigned(seen, newest[0][0], self._context(*newest[0], None))

    # --- what is known

    def _context(self, suite: Suite, standard: Standard, message: Message | None) -> Context:
        key = suite.name, None if message is None else message.id
        if key not in self._contexts:
            if standard.name not in self._bundles:
                self._bundles[standard.name] = self._library.bundle(standard)
            bundle, folder = self._bundles[standard.name], self._library.folder(suite)
            self._contexts[key] = Context(standard, bundle, message, self._with_content, folder)
        return self._contexts[key]

    def _known(self) -> Choices:
        if self._everything is None:
            self._everything = Choices(pairs(self._library, self._library.suites()))
        return self._everything

    def _near(self, root: str) -> str:
        return _listed(self._known().near(root))

    def _standard(self) -> str:
        only = self.only()
        if only is not None:
            return only[1].standard.name
        standard, version, _ = split_name(self.name or "")
        return standard if version is None else f"{standard}@{version}"


_NO_STANDARD = Standard(id="xml", version="1.0", title="XML", kind=StandardKind.XML)
_BLANK = {"root": _NONE, "candidates": _NONE}


def _listed(choices: Iterable[Choice]) -> str:
    names = list(dict.fromkeys(one.suite.name for one in choices))
    return ", ".join(names[:NEAR]) or _NONE


def assign(observations: Iterable[Observation], assigner: Assigner) -> Iterator[Assigned]:
    """Each observation with what judges it, in their order, lazily."""
    return map(assigner, observations)
