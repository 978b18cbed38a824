"""Words for what municipalities of like size run."""

from schnittstellen.domain.counting import SizeClass
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _, grouped

RULE = N_(
    "Genannt werden nur Kommunen, die das möchten. Die anderen sind in Fünferschritten gezählt (Stand {day}) und erst "
    "ab sechs, damit niemand auf eine einzelne schließen kann."
)
BETWEEN = N_("{least} bis unter {below} Einwohnern")
BELOW = N_("weniger als {below} Einwohnern")
FROM = N_("{least} und mehr Einwohnern")
OTHERS = N_("mindestens {count} weitere, die nicht genannt werden")


def size(of: SizeClass) -> str:
    """The group in words, after "with"."""
    below = "" if of.below is None else grouped(of.below)
    least = grouped(of.least)
    return _(FROM if of.below is None else BETWEEN if of.least else BELOW).format(least=least, below=below)


def others(count: int | None) -> str:
    """How many more, in words; empty where they are too few."""
    return "" if count is None else _(OTHERS).format(count=count)
