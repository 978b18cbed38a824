"""What do I have to ask for? The interfaces that a tender must require, from what a municipality runs.

A requirement never names a product to buy: it names the standard, version and role that meet what the partner has
declared, and the suite whose report proves it. What the partner has not declared stands as an open point.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schnittstellen.artefacts.library import Library, NotKnown, version_key
from schnittstellen.catalogue.models import Declaration, Leistung, Meeting, Role
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.evidence import ALL, reach_of
from schnittstellen.catalogue.services.landscape import landscape
from schnittstellen.catalogue.services.needs import Basis, Needs, Task, alike, needs, said_by
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.words import Said
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.exchange import ANYTHING, Need, stand
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.texts import N_

NO_PARTNER = Fault(
    "F138",
    N_("Es ist nicht gesagt, womit das Gesuchte Daten austauschen soll."),
    N_(
        "Nennen Sie die Kommune (AGS) oder ein Programm mit Version (PROGRAMM@VERSION), "
        "mit dem Daten auszutauschen sind."
    ),
    http=422,
)
FAULTS = (NO_PARTNER,)


class Open(StrEnum):
    """What the asker must clear up before publishing."""

    NOTHING_DECLARED = "nothing_declared"
    NOT_THIS_STANDARD = "not_this_standard"
    NO_ROLE = "no_role"
    NOT_THESE_MESSAGES = "not_these_messages"
    NOT_CONFIRMED = "not_confirmed"
    VERSION_ENDED = "version_ended"
    NO_SUITE = "no_suite"


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something to clear up with a partner (`product@version`). `values` are standards, messages or suites."""

    partner: str
    open: Open
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One way to meet a requirement; `sends` and `receives` are told from what is to be bought, "*" is all.

    `edition` is that of the suite here, None where there is no suite; `ends` the last day of force of the version.
    """

    standard: str
    title: str
    version: str
    role: str
    partner_role: str
    sends: tuple[str, ...]
    receives: tuple[str, ...]
    options: tuple[str, ...]
    level: Nachweisstufe
    partner_level: Nachweisstufe
    kind: str
    edition: str | None
    ends: date | None
    obligation: str

    @property
    def suite(self) -> str:
        """The suite that proves it: `standard@version/role`."""
        return f"{self.standard}@{self.version}/{self.role}"


@dataclass(frozen=True, slots=True)
class Requirement:
    """The interface to one partner; one of `choices` must be met, the newest version first."""

    partner: str
    name: str
    choices: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Tender:
    """All that the tender must require of interfaces, and what must be cleared up first.

    `names` are what people call the partners (`product@version`).
    """

    day: date
    kind: str
    leistungen: tuple[tuple[str, str], ...]
    municipality: str | None
    basis: Basis
    requirements: tuple[Requirement, ...]
    open: tuple[OpenPoint, ...]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be bought: its kind and Leistungen (LeiKa keys), for whom (AGS), to work with what (releases)."""

    kind: str
    leistungen: tuple[str, ...]
    ags: str | None = None
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Partner:
    release: str
    name: str
    release_id: int
    needs: tuple[Need, ...]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What all options are made from: the counter-roles of each role (primary keys), and their messages."""

    roles: dict[int, Role]
    meets: dict[int, dict[int, tuple[frozenset[str], frozenset[str]]]]
    library: Library
    day: date


def tender(wanted: Wanted, viewer: Viewer, library: Library, day: date) -> Tender:
    """The interfaces to require on `day`. The number of queries does not grow with the landscape.

    Raises `SchnittstellenError` (F120–F123, F130, F138).
    """
    leistungen = tuple(finding.leistung(key) for key in wanted.leistungen)
    place, basis, partners = _partners(wanted, leistungen, viewer, day)
    words = said_by((one.release_id for one in partners), day)
    known = _known({each.role for one in words.values() for each in one}, wanted, library, day)
    found = [_required(one, words[one.release_id], known) for one in partners]
    return Tender(
        day,
        wanted.kind,
        tuple((one.key, one.title) for one in leistungen),
        place,
        basis,
        tuple(requirement for requirement, _ in found if requirement.choices),
        tuple(point for _, points in found for point in points),
        {one.release: f"{one.name} {one.release.partition('@')[2]}" for one in partners},
    )


def _partners(
    wanted: Wanted, leistungen: Sequence[Leistung], viewer: Viewer, day: date
) -> tuple[str | None, Basis, list[_Partner]]:
    named = [_named(one) for one in wanted.partners]
    if wanted.ags is None:
        if not named:
            raise SchnittstellenError(NO_PARTNER)
        return None, Basis.NAMED, named
    land = landscape(wanted.ags, viewer, day)
    task = Task(wanted.kind, frozenset(one.key for one in leistungen))
    needed, basis = needs(land, alike(land, task), task)
    there = {one.release for one in named}
    return land.name, basis, [*(one for one in _running(needed) if one.release not in there), *named]


def _running(needed: Needs) -> Iterator[_Partner]:
    for one, of in needed.items():
        yield _Partner(one.release, one.name, one.release_id, tuple(of), one.confirmed)


def _named(name: str) -> _Partner:
    found = finding.release(name)
    return _Partner(str(found), found.product.name, found.pk, (), confirmed=True)


def _known(partner_roles: set[int], wanted: Wanted, library: Library, day: date) -> _Known:
    meets = _meets(partner_roles)
    wide = {role for others in meets.values() for role in others}
    played = set(
        Declaration.objects.filter(role_id__in=wide, release__product__kind=wanted.kind)
        .values_list("role_id", flat=True)
        .distinct()
    )
    narrowed = {
        of: {role: flow for role, flow in others.items() if role in played} or others for of, others in meets.items()
    }
    roles = Role.objects.select_related("version__standard").in_bulk(partner_roles | wide)
    return _Known(roles, narrowed, library, day)


def _meets(roles: set[int]) -> dict[int, dict[int, tuple[frozenset[str], frozenset[str]]]]:
    """For each role, the roles that meet it, with what those send to it and receive from it."""
    sent: dict[tuple[int, int], frozenset[str]] = {}
    received: dict[tuple[int, int], frozenset[str]] = {}
    for sender, receiver, messages in Meeting.objects.filter(receiver_id__in=roles).values_list(
        "sender_id", "receiver_id", "messages"
    ):
        sent[receiver, sender] = frozenset(messages)
    for sender, receiver, messages in Meeting.objects.filter(sender_id__in=roles).values_list(
        "sender_id", "receiver_id", "messages"
    ):
        received[sender, receiver] = frozenset(messages)
    found: dict[int, dict[int, tuple[frozenset[str], frozenset[str]]]] = defaultdict(dict)
    for of, other in sorted({*sent, *received}):
        found[of][other] = sent.get((of, other), frozenset()), received.get((of, other), frozenset())
    return found


def _required(partner: _Partner, words: Sequence[Said], known: _Known) -> tuple[Requirement, list[OpenPoint]]:
    points = [] if partner.confirmed else [OpenPoint(partner.release, Open.NOT_CONFIRMED)]
    choices: dict[Option, None] = {}
    for need in partner.needs or (ANYTHING,):
        found, why = _choices(partner, need, words, known)
        choices.update(dict.fromkeys(found))
        points += why
    points += [OpenPoint(partner.release, Open.NO_SUITE, (one.suite,)) for one in choices if one.edition is None]
    return Requirement(partner.release, partner.name, tuple(choices)), points


def _choices(
    partner: _Partner, need: Need, words: Sequence[Said], known: _Known
) -> tuple[list[Option], list[OpenPoint]]:
    if not words:
        return [], [OpenPoint(partner.release, Open.NOTHING_DECLARED)]
    fitting = [one for one in words if need.standard in (None, one.word.part.standard)]
    if not fitting:
        return [], [OpenPoint(partner.release, Open.NOT_THIS_STANDARD, (str(need.standard),))]
    standing = [one for one in fitting if _in_force(one, known.day)]
    if not standing:
        ended = sorted({f"{one.word.part.standard} {one.word.part.version}" for one in fitting})
        return [], [OpenPoint(partner.release, Open.VERSION_ENDED, tuple(ended))]
    found = [option for one in standing for option in _options(one, need, known)]
    if not found:
        roles = sorted({str(known.roles[one.role]) for one in standing})
        return [], [OpenPoint(partner.release, Open.NO_ROLE, tuple(roles))]
    missing = _missing(need, found)
    points = [OpenPoint(partner.release, Open.NOT_THESE_MESSAGES, missing)] if missing else []
    by_version = sorted(found, key=lambda one: version_key(one.version), reverse=True)
    return sorted(by_version, key=lambda one: (one.standard, one.role)), points


def _in_force(one: Said, day: date) -> bool:
    part = one.word.part
    return not part.withdrawn and (part.ends is None or day <= part.ends)


def _missing(need: Need, found: Iterable[Option]) -> tuple[str, ...]:
    passing = {message for one in found for message in (*one.sends, *one.receives)}
    return () if ALL in passing else tuple(sorted(need.messages - passing))


def _options(said: Said, need: Need, known: _Known) -> Iterator[Option]:
    word = said.word
    for role_id, (to_partner, from_partner) in known.meets.get(said.role, {}).items():
        sends = _wanted(to_partner, word.messages, need.messages)
        receives = _wanted(from_partner, word.messages, need.messages)
        if sends or receives:
            yield _option(said, known, role_id, (sends, receives))


def _wanted(flow: frozenset[str], supported: frozenset[str], needed: frozenset[str]) -> tuple[str, ...]:
    for limit in (supported, needed):
        if limit and ALL not in limit:
            flow = limit if ALL in flow else flow & limit
    return tuple(sorted(flow))


def _option(said: Said, known: _Known, role_id: int, flows: tuple[tuple[str, ...], tuple[str, ...]]) -> Option:
    role = known.roles[role_id]
    version, standard = role.version, role.version.standard
    return Option(
        standard=standard.key,
        title=version.title or standard.title,
        version=version.version,
        role=role.key,
        partner_role=said.word.part.role,
        sends=flows[0],
        receives=flows[1],
        options=tuple(sorted(said.word.options)),
        level=reach_of(standard.kind, pair=False),
        partner_level=stand(said.word, known.day).level,
        kind=standard.kind,
        edition=_edition(str(role), known.library),
        ends=version.in_force_until,
        obligation=standard.obligation,
    )


def _edition(suite: str, library: Library) -> str | None:
    try:
        return library.suites_named(suite)[-1].edition
    except NotKnown:
        return None
