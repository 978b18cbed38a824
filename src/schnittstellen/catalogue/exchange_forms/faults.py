"""Errors of imports and exports in the forms of others: F110 to F119."""

from schnittstellen.domain.errors import Fault
from schnittstellen.domain.texts import N_

NOT_OPEN = Fault(
    "F110",
    N_("Zu {product} lässt sich keine publiccode.yml schreiben: {why}"),
    N_("publiccode.yml beschreibt offenen Quelltext. Ergänzen Sie Adresse des Quelltextes und Lizenz am Programm."),
    http=422,
)
NO_PUBLICCODE = Fault(
    "F111",
    N_("{file} hält den Standard publiccode.yml nicht ein; es wurde nichts übernommen."),
    N_("Berichtigen Sie die genannten Stellen. Der Standard steht unter https://yml.publiccode.tools."),
    http=422,
    exit=1,
)
NOT_SAID = Fault(
    "F112",
    N_("{file} sagt nicht, {what}; es wurde nichts übernommen."),
    N_("Geben Sie es auf der Befehlszeile an: {option}."),
    http=422,
)
NO_EXPORT_PRODUCT = Fault(
    "F113",
    N_("Das Programm {name} steht nicht im Katalog."),
    N_("Ist der Katalog leer, füllen Sie ihn mit `schnittstellen registry import`."),
    http=404,
)
ALREADY_THERE = Fault(
    "F114",
    N_("{file} gibt es schon; es wurde nichts überschrieben."),
    N_("Mit --force wird die Datei ersetzt."),
    http=409,
)
NO_REGISTRY_FORM = Fault(
    "F115",
    N_("{file} lässt sich nicht in die Form des Registers bringen; es wurde nichts übernommen."),
    N_("Kürzen oder ergänzen Sie die genannten Angaben, oder geben Sie mit --vendor einen anderen Schlüssel an."),
    http=422,
)
FAULTS = (NOT_OPEN, NO_PUBLICCODE, NOT_SAID, NO_EXPORT_PRODUCT, ALREADY_THERE, NO_REGISTRY_FORM)
