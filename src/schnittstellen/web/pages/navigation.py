"""What leads where: the main navigation and the lower one, as route names and German texts."""

from schnittstellen.domain.texts import N_

MAIN: tuple[tuple[str, str], ...] = (("home", N_("Start")),)
LEGAL: tuple[tuple[str, str], ...] = ()
