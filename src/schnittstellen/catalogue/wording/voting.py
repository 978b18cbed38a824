"""Words for how the board votes, so that a page says what a vote against or an abstention does."""

from schnittstellen.domain.board_rules import Rules
from schnittstellen.domain.texts import N_
from schnittstellen.domain.voting import MAJORITIES, Abstentions, Majority, Reasons
from schnittstellen.i18n import _

NEEDED = N_("Zustimmen müssen mindestens {count} Mitglieder.")
QUORUM = N_("Abgestimmt haben müssen mindestens {count} Mitglieder.")
MAJORITY = N_("Verlangt ist: {majority}.")
NO_EFFECT = N_("Stimmen dagegen haben nach diesen Regeln keine Wirkung.")
ABSTENTION = {
    Abstentions.TAKE_PART: N_("Wer sich enthält, hat abgestimmt, ist aber weder dafür noch dagegen."),
    Abstentions.COUNT_NOT: N_("Wer sich enthält, wird nicht mitgezählt."),
}
REMARK_HINTS = {
    Reasons.OPTIONAL: N_("Nur für den Beirat. Sie können Ihre Stimme ändern, bis entschieden ist."),
    Reasons.BOARD: N_(
        "Nur für den Beirat; nötig, wenn Sie dagegen stimmen. Sie können Ihre Stimme ändern, bis entschieden ist."
    ),
    Reasons.APPLICANT: N_(
        "Nötig, wenn Sie dagegen stimmen. Stimmen Sie einer Ablehnung zu, liest auch der Hersteller, was Sie hier "
        "schreiben, ohne Ihren Namen. Sie können Ihre Stimme ändern, bis entschieden ist."
    ),
}
REASONS = {
    Reasons.BOARD: N_("Wer dagegen stimmt, sagt dem Beirat warum."),
    Reasons.APPLICANT: N_(
        "Wer dagegen stimmt, sagt warum. Bei einer Ablehnung liest der Hersteller ohne Namen, was die schrieben, die "
        "ihr zustimmten."
    ),
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
    if how.reasons in REASONS:
        lines.append(_(REASONS[how.reasons]))
    if not rules.applicant_may_vote:
        lines.append(_(EXCLUDED))
    return lines
