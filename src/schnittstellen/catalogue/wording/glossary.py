"""The specialist words, each explained for somebody who has never heard it. Keys are anchors and never change."""

from dataclasses import dataclass

from schnittstellen.domain.texts import N_


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means; `see` are keys of others that help."""

    word: str
    meaning: str
    see: tuple[str, ...] = ()


TERMS: dict[str, Term] = {
    "abweichung": Term(
        N_("Abweichung im Betrieb"),
        N_("Eine Kommune meldet, dass ein Programm im Alltag anders arbeitet, als der Standard es verlangt."),
        ("nachweisstufe",),
    ),
    "ags": Term(
        N_("AGS (Amtlicher Gemeindeschlüssel)"),
        N_("Die Nummer einer Kommune aus acht Ziffern. So wird sie auch dann gefunden, wenn zwei gleich heißen."),
    ),
    "anforderung": Term(
        N_("Anforderung"),
        N_("Ein einzelner Satz eines Standards, an den sich ein Programm halten muss, soll oder darf."),
        ("standard", "pruefsuite"),
    ),
    "ausgabe": Term(
        N_("Ausgabe (einer Prüfsuite)"),
        N_(
            "Der Stand einer Prüfung. Wird sie verbessert, gibt es eine neue Ausgabe; alte können zurückgezogen werden."
        ),
        ("pruefsuite",),
    ),
    "basiskomponente": Term(
        N_("Basiskomponente"),
        N_("Ein Programm, das viele andere mitbenutzen, zum Beispiel ein Nutzerkonto oder ein Postfach."),
    ),
    "befund": Term(
        N_("Befund"),
        N_("Etwas, das eine Prüfung gefunden hat: was, an welcher Stelle und wie es zu beheben ist."),
        ("pruefsuite", "widerspruch"),
    ),
    "beirat": Term(
        N_("IT-Digitalbeirat"),
        N_("Das Gremium, das Nachweise ansieht, Schnittstellen bestätigt und über Widersprüche entscheidet."),
        ("zertifikat", "widerspruch"),
    ),
    "codeliste": Term(
        N_("Codeliste"),
        N_("Eine Liste fester Werte, die in Nachrichten erlaubt sind, zum Beispiel alle Staaten mit ihren Kürzeln."),
    ),
    "eakte": Term(
        N_("E-Akte"),
        N_("Das Programm, in dem Akten und Vorgänge elektronisch liegen."),
    ),
    "endpunkt": Term(
        N_("Endpunkt"),
        N_("Eine Adresse im Netz, unter der ein Programm anderen Programmen antwortet."),
        ("schnittstelle",),
    ),
    "fachverfahren": Term(
        N_("Fachverfahren"),
        N_("Das Programm, mit dem ein Amt seine Aufgabe erledigt, zum Beispiel das für die Hundesteuer."),
        ("onlinedienst",),
    ),
    "kopplung": Term(
        N_("Kopplung"),
        N_("Zwei Programme sind so verbunden, dass Daten von selbst vom einen zum anderen kommen."),
        ("schnittstelle", "medienbruch"),
    ),
    "leika": Term(
        N_("LeiKa-Schlüssel"),
        N_("Die Nummer einer Leistung aus 14 Ziffern im Leistungskatalog der deutschen Verwaltung."),
        ("leistung",),
    ),
    "leistung": Term(
        N_("Leistung"),
        N_("Was die Verwaltung für Menschen und Unternehmen tut, zum Beispiel einen Hund zur Steuer anmelden."),
        ("leika", "ozg"),
    ),
    "medienbruch": Term(
        N_("Medienbruch"),
        N_("Eine Stelle, an der Daten nicht von selbst weiterkommen: Jemand druckt aus und tippt ab."),
        ("kopplung",),
    ),
    "nachricht": Term(
        N_("Nachricht"),
        N_("Die Daten, die ein Programm einem anderen schickt, zum Beispiel ein Antrag oder eine Rechnung."),
        ("standard",),
    ),
    "nachweis": Term(
        N_("Nachweis"),
        N_("Ein gespeichertes Ergebnis einer Prüfung. Nachweise werden ergänzt, aber nie geändert oder gelöscht."),
        ("nachweisstufe",),
    ),
    "nachweisstufe": Term(
        N_("Nachweisstufe"),
        N_(
            "Sagt auf einer Skala von 0 bis 5, wie gut belegt ist, dass eine Schnittstelle funktioniert. Niemand kann "
            "sie eintragen: Sie wird aus Prüfungen, Entscheidungen und Bestätigungen berechnet."
        ),
        ("nachweis", "beirat"),
    ),
    "onlinedienst": Term(
        N_("Online-Dienst"),
        N_("Die Seite im Internet, auf der Menschen und Unternehmen einen Antrag stellen."),
        ("fachverfahren",),
    ),
    "ozg": Term(
        N_("OZG (Onlinezugangsgesetz)"),
        N_("Das Gesetz, nach dem die Verwaltung ihre Leistungen auch im Internet anbieten muss."),
        ("leistung",),
    ),
    "pruefsuite": Term(
        N_("Prüfsuite"),
        N_("Alle Schritte, mit denen geprüft wird, ob ein Programm sich in einer Rolle an einen Standard hält."),
        ("rolle", "ausgabe", "befund"),
    ),
    "rolle": Term(
        N_("Rolle"),
        N_("Welchen Teil eines Austauschs ein Programm übernimmt: was es sendet und was es empfängt."),
        ("standard",),
    ),
    "schnittstelle": Term(
        N_("Schnittstelle"),
        N_("Der Weg, auf dem ein Programm Daten mit anderen austauscht."),
        ("standard", "endpunkt"),
    ),
    "standard": Term(
        N_("Standard"),
        N_(
            "Eine veröffentlichte Regel, wie Daten zwischen Programmen aussehen. Wer sich daran "
            "hält, versteht einander."
        ),
        ("xoev", "version"),
    ),
    "version": Term(
        N_("Version"),
        N_("Ein bestimmter Stand eines Programms oder Standards. Zwei Programme brauchen dieselbe des Standards."),
    ),
    "widerspruch": Term(
        N_("Widerspruch"),
        N_("Ein Hersteller bestreitet einen Befund. Bis der Beirat entscheidet, zählt die Prüfung nicht."),
        ("befund", "beirat"),
    ),
    "xoev": Term(
        N_("XÖV"),
        N_("Die Familie der XML-Standards der deutschen Verwaltung; ihre Namen beginnen mit X, etwa XMeld."),
        ("standard",),
    ),
    "zertifikat": Term(
        N_("Zertifikat"),
        N_("Eine Entscheidung des Beirats, dass eine Schnittstelle bestätigt ist. Jeder kann sie nachprüfen."),
        ("beirat", "nachweisstufe"),
    ),
}
