"""Two declarations meet: whether two products can exchange data, how well that is proven, and why not.

Pure and the same from both ends. Unknown is never green: a message counts as proven only where evidence of its sender
shows it and the receiver is proven too (see `meeting`).
"""

from schnittstellen.domain.exchange.encounters import encounter
from schnittstellen.domain.exchange.meeting import meet
from schnittstellen.domain.exchange.stands import settled, stand, telling
from schnittstellen.domain.exchange.terms import (
    ALL,
    ANYTHING,
    Encounter,
    Exchange,
    Flow,
    Ids,
    Need,
    Part,
    Reason,
    Shown,
    Stand,
    Status,
    Who,
    Why,
    Word,
    greenness,
    of_greenness,
)

__all__ = [
    "ALL",
    "ANYTHING",
    "Encounter",
    "Exchange",
    "Flow",
    "Ids",
    "Need",
    "Part",
    "Reason",
    "Shown",
    "Stand",
    "Status",
    "Who",
    "Why",
    "Word",
    "encounter",
    "greenness",
    "meet",
    "of_greenness",
    "settled",
    "stand",
    "telling",
]
