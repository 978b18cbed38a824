"""How the board votes: how many take part, how many agree, what a vote against and an abstention do (rules file)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from schnittstellen.domain.errors import Fault
from schnittstellen.domain.refusals import Refusal
from schnittstellen.domain.texts import N_, Line


class Majority(StrEnum):
    """What votes against do. None: nothing, as rules without the table `voting` have it."""

    NONE = "none"
    SIMPLE = "simple"
    TWO_THIRDS = "two_thirds"
    UNANIMOUS = "unanimous"


class Abstentions(StrEnum):
    """Whether who abstains takes part, as far as the quorum is concerned. An abstention is never for or against."""

    TAKE_PART = "take_part"
    COUNT_NOT = "count_not"


class Reasons(StrEnum):
    """Whether who votes against has to say why, for the board, or for the applicant too where it is refused."""

    OPTIONAL = "optional"
    BOARD = "board"
    APPLICANT = "applicant"


class Subject(StrEnum):
    """What members propose to each other beside applications. An objection that is upheld is an erratum, too."""

    OBJECTION = "objections"
    REVOCATION = "revocations"
    DEVIATION = "deviations"


@dataclass(frozen=True, slots=True)
class Voting:
    """`quorum` members must take part; so many must agree about each subject, and as `majority` says.

    `revocations` None: as many as for a decision about an application.
    """

    quorum: int = 0
    majority: Majority = Majority.NONE
    abstentions: Abstentions = Abstentions.TAKE_PART
    objections: int = 1
    revocations: int | None = None
    deviations: int = 1
    reasons: Reasons = Reasons.OPTIONAL

    def lacks_reason(self, agrees: bool | None, remark: str) -> bool:
        """Whether a vote has to say why, and does not."""
        return agrees is False and not remark.strip() and self.reasons is not Reasons.OPTIONAL

    def needed(self, subject: Subject, votes: int) -> int:
        """How many must agree about `subject`; `votes` is what an application needs."""
        wanted: int | None = getattr(self, subject.value)
        return votes if wanted is None else wanted


@dataclass(frozen=True, slots=True)
class Vote:
    """One member's word: for, against, or (None) neither, and the remark that the member made about it.

    `organisation` is whom the member belongs to beside the board.
    """

    member: str
    agrees: bool | None
    organisation: str = ""
    remark: str = ""


def _fault(code: str, title: str, hint: str) -> Fault:
    return Fault(code, title, hint, http=409)


TOO_FEW = _fault(
    "B002",
    N_("Stimmen dafür: {count}; nötig: {needed}."),
    N_("Holen Sie die Stimmen weiterer Mitglieder ein (Mehr-Augen-Prinzip)."),
)
VOTED_TWICE = _fault("B003", N_("{member} hat mehr als einmal abgestimmt."), N_("Jedes Mitglied hat eine Stimme."))
PARTIAL = _fault(
    "B004",
    N_("{member} gehört zum Antragsteller und darf nicht mitstimmen."),
    N_("Lassen Sie ein Mitglied abstimmen, das mit dem Programm nichts zu tun hat."),
)
NO_QUORUM = _fault(
    "B017",
    N_("Abgegebene Stimmen: {count}; nötig, damit der Beirat beschließen kann: {needed}."),
    N_("Bitten Sie weitere Mitglieder um ihre Stimme."),
)
OUTVOTED = _fault(
    "B018",
    N_("Die Stimmen reichen nicht: dafür {agree}, dagegen {disagree}. Verlangt ist {majority}."),
    N_("Wer dagegen ist, sagt in der Bemerkung warum. Ändern Sie den Vorschlag, oder schlagen Sie das Gegenteil vor."),
)
WHY_REFUSED = _fault(
    "B019",
    N_("Ein Mitglied schreibt dazu: {remark}"),
    N_("Der Hersteller kann mit neuen Nachweisen einen neuen Antrag stellen, oder einem Befund widersprechen."),
)
MAJORITIES = {
    Majority.SIMPLE: N_("mehr dafür als dagegen"),
    Majority.TWO_THIRDS: N_("mindestens zwei Drittel der Stimmen dafür, Enthaltungen nicht gerechnet"),
    Majority.UNANIMOUS: N_("keine Stimme dagegen"),
}


def against(votes: tuple[Vote, ...], needed: int, how: Voting, excluded: str = "") -> Iterator[Refusal]:
    """Every reason for which `votes` do not carry a proposal that `needed` members must agree to.

    `excluded` is the organisation whose people do not vote (empty: nobody is excluded).
    """
    members = [one.member for one in votes]
    for member in sorted({one for one in members if members.count(one) > 1}):
        yield Refusal(VOTED_TWICE, {"member": member})
    partial = {one.member for one in votes if excluded and one.organisation == excluded}
    for member in sorted(partial):
        yield Refusal(PARTIAL, {"member": member})
    yield from _carried({one.member: one.agrees for one in votes if one.member not in partial}, needed, how)


def told_with_refusal(votes: tuple[Vote, ...], how: Voting) -> Iterator[Refusal]:
    """What members wrote who agreed to refuse, without their names, where the rules tell the applicant."""
    if how.reasons is Reasons.APPLICANT:
        remarks = (one.remark.strip() for one in votes if one.agrees)
        yield from (Refusal(WHY_REFUSED, {"remark": one}) for one in dict.fromkeys(remarks) if one)


def _carried(said: dict[str, bool | None], needed: int, how: Voting) -> Iterator[Refusal]:
    agree, disagree = (sum(1 for one in said.values() if one is word) for word in (True, False))
    present = agree + disagree if how.abstentions is Abstentions.COUNT_NOT else len(said)
    if present < how.quorum:
        yield Refusal(NO_QUORUM, {"count": str(present), "needed": str(how.quorum)})
    if agree < needed:
        yield Refusal(TOO_FEW, {"count": str(agree), "needed": str(needed)})
    if not _outweighs(agree, disagree, how.majority):
        parameters = {"agree": str(agree), "disagree": str(disagree), "majority": Line(MAJORITIES[how.majority])}
        yield Refusal(OUTVOTED, parameters)


def _outweighs(agree: int, disagree: int, majority: Majority) -> bool:
    """Whether votes against do not stop it; where nobody voted against, nothing does."""
    if not disagree or majority is Majority.NONE:
        return True
    if majority is Majority.SIMPLE:
        return agree > disagree
    return majority is Majority.TWO_THIRDS and agree >= 2 * disagree
