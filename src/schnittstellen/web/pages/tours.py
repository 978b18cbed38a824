"""A tour of ten minutes for each group of users: real pages, in the order in which somebody needs them.

What stands in „quotes“ in a step is written on its page; a test opens each page and looks for it.
"""

from dataclasses import dataclass

from schnittstellen.domain.texts import N_

VISITOR, VENDOR, TOWN, BOARD = "visitor", "vendor", "town", "board"
AGS, COMPANY, PROGRAMME = "05999001", "musterhaus", "muster-hundesteuer"
"""Of the example world."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the example world: a file below static/hilfe (without language and ending), and what it shows."""

    file: str
    alt: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `path` is the page in the example world, opened by `role`; `shared` says that any catalogue has it."""

    title: str
    text: str
    path: str
    role: str = VISITOR
    shared: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Tour:
    """`key` is its address."""

    key: str
    title: str
    for_whom: str
    steps: tuple[Step, ...]


TOURS: tuple[Tour, ...] = (
    Tour(
        "kommune",
        N_("Rundgang für Kommunen"),
        N_("Sie arbeiten in einer Stadt, einer Gemeinde oder einem Kreis und wollen wissen, was zusammenpasst."),
        (
            Step(
                N_("Suchen"),
                N_("Schreiben Sie auf der Startseite in das Suchfeld, worum es geht, zum Beispiel „Hundesteuer“."),
                "/",
                shared=True,
                picture=Picture("start", N_("Die Startseite: ein Suchfeld mit drei Beispielen darunter.")),
            ),
            Step(
                N_("Ein Programm ansehen"),
                N_(
                    "Die Seite eines Programms sagt, wozu es dient und welche „Schnittstellen“ es hat. Die Stufe "
                    "zeigt, wie gut das nachgewiesen ist. Unter „Was bedeuten die Stufen?“ steht, was jede heißt."
                ),
                f"/programme/{PROGRAMME}",
                picture=Picture(
                    "programm", N_("Die Seite eines Programms mit einer Tabelle seiner Schnittstellen und Stufen.")
                ),
            ),
            Step(
                N_("Partner finden"),
                N_(
                    "„Womit tauscht es Daten aus?“ führt zur Liste aller Programme, die dazu passen, die besten zuerst."
                ),
                f"/programme/{PROGRAMME}",
            ),
            Step(
                N_("Kann ich beschaffen?"),
                N_(
                    "Nennen Sie das Programm, das Sie kaufen wollen, und Ihre Kommune; „Antwort zeigen“ sagt ja, nein "
                    "oder unbekannt, mit allen Gründen. Von dort kommen Sie auch zum Text für eine Ausschreibung."
                ),
                "/beschaffen",
                shared=True,
                picture=Picture(
                    "beschaffen", N_("Die Antwort auf die Frage „Kann ich beschaffen?“: Ja, und worauf sie beruht.")
                ),
            ),
            Step(
                N_("Ihre eigene Seite"),
                N_(
                    "Die Seite Ihrer Kommune zeigt unter „Was hier im Einsatz ist“ alle Programme und unter „Was "
                    "demnächst endet“ die Termine, die Sie im Blick haben sollten."
                ),
                f"/kommunen/{AGS}",
                picture=Picture("kommune", N_("Die Seite der Kommune Musterstadt mit der Tabelle ihrer Programme.")),
            ),
            Step(
                N_("Eintragen, was Sie einsetzen"),
                N_(
                    "Nach dem Anmelden tragen Sie unter „Was Sie einsetzen“ Ihre Programme ein. Meldet ein Hersteller "
                    "einen Einsatz bei Ihnen, bestätigen Sie ihn dort oder weisen ihn zurück. Andere sehen das nur, "
                    "wenn Sie es erlauben."
                ),
                f"/mein/kommunen/{AGS}",
                TOWN,
                picture=Picture(
                    "eigene-kommune", N_("Der eigene Bereich einer Kommune mit den eingetragenen Programmen.")
                ),
            ),
            Step(
                N_("Sagen, wenn etwas nicht geht"),
                N_("„Abweichung im Betrieb melden“: Der Hersteller muss dann sagen, was er tut und bis wann."),
                f"/mein/kommunen/{AGS}",
                TOWN,
            ),
            Step(
                N_("Auf dem Laufenden bleiben"),
                N_("„Abonnieren“ erklärt, wie Neues von selbst in Ihr Mail- oder Kalenderprogramm kommt."),
                "/neues/abonnieren",
                shared=True,
            ),
        ),
    ),
    Tour(
        "hersteller",
        N_("Rundgang für Hersteller"),
        N_("Sie stellen Programme für die Verwaltung her und wollen zeigen, dass sie sich an Standards halten."),
        (
            Step(
                N_("Den Standard lesen"),
                N_(
                    "Die Seite eines Standards sagt unter „Wer sendet was an wen?“, welche Rollen es gibt, und unter "
                    "„Was geprüft wird“ jede Anforderung mit dem Befehl, der sie prüft."
                ),
                "/standards/xhundesteuer",
                picture=Picture("standard", N_("Die Seite eines Standards mit Herausgeber und Versionen.")),
            ),
            Step(
                N_("Eine Nachricht ausprobieren"),
                N_(
                    "Auf der Seite „Nachricht testen“ laden Sie eine Datei hoch; „Jetzt prüfen“ sagt sofort, was "
                    "auffällt. Das ist eine Auskunft, kein Nachweis. Jeder Befund führt zu einer Erklärung."
                ),
                "/testen",
                shared=True,
                picture=Picture("testen", N_("Das Formular, mit dem eine Datei hochgeladen und geprüft wird.")),
            ),
            Step(
                N_("Einen Befund verstehen"),
                N_("„Was die Befunde bedeuten“ erklärt jeden: was er heißt, warum er zählt und was Sie tun können."),
                "/befunde",
                shared=True,
            ),
            Step(
                N_("Bei sich prüfen"),
                N_(
                    "Installieren Sie das Werkzeug mit pip install schnittstellen und prüfen Sie Ihre Nachrichten auf "
                    "Ihrem eigenen Rechner: schnittstellen test --suite NAME DATEI. Nichts verlässt dabei Ihr Haus."
                ),
                "/standards/xhundesteuer",
            ),
            Step(
                N_("Ihr Bereich"),
                N_(
                    "Nach dem Anmelden sehen Sie „Ihre Programme“. Ein Konto bekommen Sie durch eine Einladung; unter "
                    "„Mitglieder und Einladungen“ laden Sie selbst Kolleginnen und Kollegen ein."
                ),
                f"/mein/hersteller/{COMPANY}",
                VENDOR,
                picture=Picture("hersteller", N_("Der eigene Bereich eines Herstellers mit seinen Programmen.")),
            ),
            Step(
                N_("Version und Schnittstellen angeben"),
                N_(
                    "Auf der Seite Ihres Programms legen Sie mit „Neue Version eintragen“ eine Version an und geben "
                    "mit „Standard eintragen“ an, welchen Standard sie in welcher Rolle unterstützt. Das ist Stufe 0: "
                    "Ihr Wort, noch nicht geprüft."
                ),
                "/mein/programme/{own}",
                VENDOR,
                picture=Picture("angeben", N_("Versionen eines Programms mit den Standards, die sie unterstützen.")),
            ),
            Step(
                N_("Den Prüfbericht einreichen"),
                N_(
                    "Unter „Prüfberichte einreichen“ laden Sie den unterschriebenen Bericht und die geprüften Dateien "
                    "hoch. Erst was der Katalog selbst noch einmal bewertet hat, wird zum Nachweis."
                ),
                f"/mein/hersteller/{COMPANY}/einreichungen",
                VENDOR,
            ),
            Step(
                N_("Vom Katalog prüfen lassen"),
                N_(
                    "Antwortet Ihr Programm unter einer Adresse im Netz, prüft der Katalog sie für Sie: "
                    "„Endpunkte prüfen lassen“."
                ),
                f"/mein/hersteller/{COMPANY}",
                VENDOR,
            ),
            Step(
                N_("Ein Zertifikat beantragen"),
                N_(
                    "Sind die Prüfungen bestanden, stellen Sie mit „Antrag stellen“ einen Antrag an den Beirat. Er "
                    "fragt zurück oder entscheidet; beides lesen Sie auf der Seite des Antrags."
                ),
                f"/mein/hersteller/{COMPANY}/antraege",
                VENDOR,
            ),
            Step(
                N_("Einem Befund widersprechen"),
                N_(
                    "Sie halten einen Befund für falsch? Auf der Seite des Prüfergebnisses widersprechen Sie ihm. Bis "
                    "der Beirat entscheidet, zählt die Prüfung nicht. Alle Fälle stehen unter „Widersprüche“."
                ),
                "/widersprueche",
                shared=True,
            ),
            Step(
                N_("Automatisieren"),
                N_(
                    "Unter „Schlüssel und was sie erlauben“ steht, wie Ihr eigenes Programm Angaben liest und schreibt."
                ),
                "/schnittstelle",
                shared=True,
            ),
        ),
    ),
    Tour(
        "beirat",
        N_("Rundgang für den Beirat"),
        N_("Sie entscheiden mit, welche Schnittstelle als bestätigt gilt, und wollen wissen, worauf Sie sich stützen."),
        (
            Step(
                N_("Was neu ist"),
                N_("„Entscheidungen des Beirats“ und „Prüfungen und Stufen“ filtern die Liste des Neuen."),
                "/neues",
                shared=True,
                picture=Picture("neues", N_("Die Seite „Was ist neu?“ mit Filtern und den letzten Prüfungen.")),
            ),
            Step(
                N_("Ein Prüfergebnis lesen"),
                N_(
                    "Die Seite nennt das „Ergebnis“, was geprüft wurde und bis wann es gilt. Die Prüfsumme "
                    "macht das Ergebnis nachprüfbar: Mit demselben Bericht kommt überall dasselbe heraus."
                ),
                "/nachweise/{report}",
                picture=Picture("ergebnis", N_("Ein Prüfergebnis mit Standard, Rolle, Ergebnis und Gültigkeit.")),
            ),
            Step(
                N_("Ihr Schreibtisch"),
                N_(
                    "„Anträge in Prüfung“ zeigt, was zu entscheiden ist und wer am Zug ist, und „Auflagen, die noch zu "
                    "erfüllen sind“, was offen blieb. Sie finden ihn unter „Mein Bereich“."
                ),
                "/mein/beirat/schreibtisch",
                BOARD,
                picture=Picture("beirat", N_("Der Schreibtisch des Beirats mit Anträgen und Auflagen.")),
            ),
            Step(
                N_("Über einen Antrag entscheiden"),
                N_(
                    "Öffnen Sie einen Antrag vom „Schreibtisch“ aus: Sie fragen zurück, machen einen Vorschlag und "
                    "stimmen ab. Erst der Beschluss ergibt ein Zertifikat; die Stufe folgt daraus von selbst."
                ),
                "/mein/beirat/schreibtisch",
                BOARD,
            ),
            Step(
                N_("Über Widersprüche entscheiden"),
                N_(
                    "Öffnen Sie unter „Widersprüche“ einen Fall und entscheiden Sie mit einer Begründung. Hat er "
                    "Erfolg, zählt der Befund für kein Programm mehr. Wer für den Hersteller handelt, kann nicht "
                    "entscheiden."
                ),
                "/widersprueche",
                BOARD,
                shared=True,
            ),
            Step(
                N_("Sehen, was eine neue Prüfung ändern würde"),
                N_("„Vorschauen“ zeigen, welche Nachweise kippen würden, bevor eine neue Prüfsuite gilt."),
                "/mein/beirat/vorschauen",
                BOARD,
            ),
            Step(
                N_("Abweichungen aus dem Betrieb"),
                N_("„Abweichungen im Betrieb“ zeigt, was Kommunen melden, und was die Hersteller tun."),
                "/abweichungen",
                shared=True,
            ),
            Step(
                N_("Nachprüfen, dass nichts geändert wurde"),
                N_(
                    "„Wurde nachträglich etwas geändert?“ erklärt die Kette aller Nachweise und Entscheidungen und den "
                    "Befehl, mit dem jeder sie nachprüft."
                ),
                "/daten",
                shared=True,
            ),
        ),
    ),
)


def pictures() -> list[tuple[Step, Picture]]:
    """All pictures of all tours, each with its step."""
    return [(step, step.picture) for tour in TOURS for step in tour.steps if step.picture]
