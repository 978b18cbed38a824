"""What leads where: the main navigation and the lower one, as route names and German texts."""

from schnittstellen.domain.texts import N_

MAIN: tuple[tuple[str, str], ...] = (
    ("home", N_("Start")),
    ("product", N_("Programme")),
    ("standard", N_("Standards")),
    ("leistung", N_("Leistungen")),
    ("municipality", N_("Kommunen")),
    ("procure", N_("Kann ich beschaffen?")),
)
LEGAL: tuple[tuple[str, str], ...] = (
    ("help", N_("Hilfe")),
    ("glossary", N_("Wörterbuch")),
    ("news", N_("Was ist neu?")),
    ("test", N_("Nachricht testen")),
    ("code", N_("Was die Befunde bedeuten")),
    ("endings", N_("Was demnächst endet")),
    ("certificate", N_("Zertifikate")),
    ("case", N_("Abweichungen im Betrieb")),
    ("contest", N_("Widersprüche")),
    ("data", N_("Offene Daten")),
    ("interface", N_("Schnittstelle für Programme")),
    ("imprint", N_("Impressum")),
    ("privacy", N_("Datenschutz")),
    ("accessibility", N_("Barrierefreiheit")),
)
