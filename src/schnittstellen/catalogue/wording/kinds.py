"""Names of kinds, states and forms, by the codes that the tables hold."""

from schnittstellen.domain.texts import N_

THINGS = {
    "product": N_("Programm"),
    "standard": N_("Standard"),
    "leistung": N_("Leistung"),
    "municipality": N_("Kommune"),
    "vendor": N_("Hersteller"),
    "provider": N_("IT-Dienstleister"),
}
FOUND = THINGS | {"finding": N_("Befund oder Regel")}
"""What a search finds: things, and what codes mean."""
MATCHES = {"all": "", "similar": N_("Ähnlich geschrieben"), "some": N_("Nur ein Teil der Wörter")}
"""What is said of finds by how they match what was asked for."""
PRODUCTS = {
    "fachverfahren": N_("Fachverfahren"),
    "online-dienst": N_("Online-Dienst"),
    "basiskomponente": N_("Basiskomponente"),
    "transport": N_("Transport"),
    "e-akte": N_("E-Akte"),
    "bezahlung": N_("Bezahlung"),
    "bescheid": N_("Bescheid und Zustellung"),
}
MEANINGS = {
    "fachverfahren": N_("damit erledigt ein Amt seine Aufgabe"),
    "online-dienst": N_("damit stellen Menschen und Unternehmen im Internet einen Antrag"),
    "basiskomponente": N_("das nutzen viele andere Programme mit"),
    "transport": N_("damit kommen Nachrichten vom einen Programm zum anderen"),
    "e-akte": N_("darin liegen Akten und Vorgänge"),
    "bezahlung": N_("damit wird im Internet bezahlt"),
    "bescheid": N_("damit kommt die Antwort der Verwaltung an"),
}
"""What each kind of product is, for those who do not know the word."""
OPERATION = {
    "eigenbetrieb": N_("im eigenen Haus"),
    "rechenzentrum": N_("im Rechenzentrum"),
    "cloud": N_("in der Cloud"),
}
STATES = {
    "draft": N_("Entwurf"),
    "in_force": N_("gilt"),
    "superseded": N_("abgelöst"),
    "withdrawn": N_("zurückgezogen"),
}
