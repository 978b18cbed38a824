"""Words for applications, questions and who is next."""

from schnittstellen.catalogue.models import Application, Question
from schnittstellen.catalogue.services.board.desk import Waits
from schnittstellen.domain.texts import N_

STATES = {
    Application.State.OPEN: N_("in Prüfung"),
    Application.State.WITHDRAWN: N_("zurückgezogen"),
    Application.State.GRANTED: N_("zertifiziert"),
    Application.State.REFUSED: N_("abgelehnt"),
}
QUESTIONS = {
    Question.State.ASKED: N_("wartet auf den Hersteller"),
    Question.State.ANSWERED: N_("beantwortet, wartet auf den Beirat"),
    Question.State.SETTLED: N_("erledigt"),
}
WAITS = {
    Waits.VENDOR: N_("Der Hersteller ist am Zug: Eine Rückfrage ist offen."),
    Waits.ANSWER_READ: N_("Der Beirat ist am Zug: Der Hersteller hat geantwortet."),
    Waits.PROPOSAL: N_("Der Beirat ist am Zug: Er prüft und macht einen Vorschlag."),
    Waits.VOTES: N_("Der Beirat ist am Zug: Über den Vorschlag wird abgestimmt."),
}
