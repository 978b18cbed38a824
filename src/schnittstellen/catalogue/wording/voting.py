"""Words for how the board votes, so that a page says what a vote against or an abstention does."""

from schnittstellen.domain.board_rules import Rules
from schnittstellen.domain.texts import N_
from schnittstellen.domain.voting import MAJORITIES, Abstentions, Majority
from schnittstellen.i18n import _

NEEDED = N_("Zustimmen müssen mindestens {count} Mitglieder.")
QUORUM = N_("Abgestimmt haben müssen mindestens {count} Mitglieder.")
MAJORITY = N_("Verlangt ist: {majority}.")
NO_EFFECT = N_("Stimmen dagegen haben nach diesen Regeln keine Wirkung.")
ABSTENTION = {
    Abstentions.TAKE_PART: N_("Wer sich enthält, hat abgestimmt, ist aber weder dafür noch dagegen."),
    Abstentions.COUNT_NOT: N_("Wer sich enthält, wird nicht mitgezählt."),
}
EXCLUDED = N_("Wer auch für den Hersteller handelt, stimmt nicht mit.")


def explained(rules: Rules, needed: int) -> list[str]:
    """The rules of voting in sentences; `needed` is how many must agree."""
    how = rules.voting
    lines = [_(NEEDED).format(count=needed)]
    if how.quorum:
        lines.append(_(QUORUM).format(count=how.quorum))
    if how.majority is Majority.NONE:
        lines.append(_(NO_EFFECT))
    else:
        lines.append(_(MAJORITY).format(majority=_(MAJORITIES[how.majority])))
    lines.append(_(ABSTENTION[how.abstentions]))
    if not rules.applicant_may_vote:
        lines.append(_(EXCLUDED))
    return lines
