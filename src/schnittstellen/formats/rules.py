"""The rules of the board as TOML -> domain.board_rules."""

from pathlib import Path
from typing import Any

from schnittstellen.domain.board_rules import NOTICE_DAYS, VALID_DAYS, Rules, Waivable
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.standing import Terms
from schnittstellen.domain.voting import Abstentions, Majority, Reasons, Voting
from schnittstellen.formats.written import WrittenFormError, read_toml

SCHEMA = "schnittstellen.rules/1"


def read_rules(path: Path) -> Rules:
    """Read one file of rules. Raises `WrittenFormError`."""
    written = read_toml(path, SCHEMA)
    board = written["board"]
    levels = [one["level"] for one in written["levels"]]
    if len(set(levels)) != len(levels):
        raise WrittenFormError(path, ("levels: the same level twice",))
    terms = Terms(
        most_days={Nachweisstufe(one["level"]): one["most_days"] for one in written["levels"]},
        votes=board["votes"],
        votes_with_waiver=max(board.get("votes_with_waiver", board["votes"]), board["votes"]),
        least_level=Nachweisstufe(board.get("least_level", int(Nachweisstufe.MESSAGES))),
        after_next_release_days=board.get("after_next_release_days"),
    )
    return Rules(
        edition=written["edition"],
        in_force_from=written["in_force_from"],
        terms=terms,
        applicant_may_vote=board.get("applicant_may_vote", False),
        valid_days=board.get("valid_days", VALID_DAYS),
        notice_days=tuple(sorted(board.get("notice_days", NOTICE_DAYS), reverse=True)),
        waivable=tuple(
            Waivable(one["code"], one.get("suite", ""), one.get("reason_needed", True))
            for one in written.get("waivers", ())
        ),
        voting=_voting(written.get("voting", {})),
    )


def _voting(written: dict[str, Any]) -> Voting:
    """Without the table, votes against do nothing, and one member decides on objections and deviations."""
    if not written:
        return Voting()
    return Voting(
        quorum=written["quorum"],
        majority=Majority(written["majority"]),
        abstentions=Abstentions(written["abstentions"]),
        objections=written["objections"],
        revocations=written["revocations"],
        deviations=written["deviations"],
        reasons=Reasons(written.get("reasons", Reasons.OPTIONAL)),
    )
