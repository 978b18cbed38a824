"""Names of kinds, states and forms, by the codes that the tables hold."""

from schnittstellen.domain.texts import N_

THINGS = {
    "product": N_("Produkt"),
    "standard": N_("Standard"),
    "leistung": N_("Leistung"),
    "municipality": N_("Kommune"),
    "vendor": N_("Hersteller"),
    "provider": N_("IT-Dienstleister"),
}
PRODUCTS = {
    "fachverfahren": N_("Fachverfahren"),
    "online-dienst": N_("Online-Dienst"),
    "basiskomponente": N_("Basiskomponente"),
    "transport": N_("Transport"),
    "e-akte": N_("E-Akte"),
    "bezahlung": N_("Bezahlung"),
    "bescheid": N_("Bescheid und Zustellung"),
}
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
