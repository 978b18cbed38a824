"""What the states of a run are called."""

from schnittstellen.domain.texts import N_

STATES = {
    "queued": N_("wartet, bis ein Prüfprogramm frei ist"),
    "running": N_("wird gerade geprüft"),
    "done": N_("fertig geprüft"),
    "failed": N_("nicht zu Ende geprüft"),
    "cancelled": N_("abgebrochen"),
}
