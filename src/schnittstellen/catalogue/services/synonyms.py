"""What people in offices say, and the words of the catalogue of services (LeiKa) for it."""

from functools import cache

from schnittstellen.catalogue.services.stems import stem

SAID = {
    "alg": "Arbeitslosengeld Grundsicherung",
    "anwohnerparkausweis": "Bewohnerparkausweis",
    "anwohnerparken": "Bewohnerparkausweis",
    "ausländeramt": "Aufenthaltserlaubnis Aufenthaltstitel Ausländerzentralregister",
    "ausländerbehörde": "Aufenthaltserlaubnis Aufenthaltstitel Ausländerzentralregister",
    "ausweis": "Personalausweis",
    "auto": "Kraftfahrzeug",
    "bafög": "Ausbildungsförderung",
    "bauamt": "Baugenehmigung Baulastenverzeichnis",
    "bauantrag": "Baugenehmigung",
    "bürgeramt": "Personalausweis Reisepass Wohnsitz Meldebestätigung Führungszeugnis",
    "bürgerbüro": "Personalausweis Reisepass Wohnsitz Meldebestätigung Führungszeugnis",
    "bürgergeld": "Arbeitslosengeld Grundsicherung",
    "dms": "Akte",
    "dokumentenmanagement": "Akte",
    "eakte": "Akte",
    "einwohnermeldeamt": "Melderegisterauskunft Meldebestätigung Wohnsitz Meldewesen",
    "epayment": "Bezahlung",
    "erechnung": "Rechnung",
    "ewo": "Melderegisterauskunft Meldebestätigung Wohnsitz Meldewesen",
    "feuerwerk": "pyrotechnisch",
    "friedhof": "Bestattung Bestattungsplatz",
    "führerscheinstelle": "Führerschein Fahrerlaubnis",
    "fundamt": "Fundsachen",
    "fundbüro": "Fundsachen",
    "gaststätte": "Gaststättengewerbe",
    "gewerbeamt": "Gewerbe",
    "gez": "Rundfunkbeitrag",
    "grundbuchamt": "Grundbuch",
    "hartz": "Arbeitslosengeld Grundsicherung",
    "heirat": "Eheschließung",
    "heiraten": "Eheschließung",
    "hochzeit": "Eheschließung",
    "hundemarke": "Hundesteuer",
    "jobcenter": "Arbeitslosengeld Grundsicherung",
    "katasteramt": "Liegenschaftskataster Flurstück",
    "kfz": "Kraftfahrzeug",
    "kindergarten": "Kindertagesstätte Kindertagespflege Kita",
    "kindergartenplatz": "Kindertagesstätte Kindertagespflege Kita",
    "kita": "Kindertagesstätte Kindertagespflege",
    "kitaplatz": "Kindertagesstätte Kindertagespflege Kita",
    "kneipe": "Gaststättengewerbe",
    "meldeamt": "Melderegisterauskunft Meldebestätigung Wohnsitz Meldewesen",
    "meldebescheinigung": "Meldebestätigung",
    "müllabfuhr": "Abfallgebühr Bioabfall Sperrmüll Restabfall",
    "müllgebühr": "Abfallgebühr",
    "pass": "Reisepass",
    "payment": "Bezahlung",
    "perso": "Personalausweis",
    "pkw": "Kraftfahrzeug",
    "ris": "Ratsinformationssystem",
    "sozialamt": "Grundsicherung",
    "sozialhilfe": "Grundsicherung",
    "standesamt": "Eheschließung Geburtsurkunde Sterbeurkunde",
    "straßenverkehrsamt": "Kraftfahrzeug Führerschein Fahrerlaubnis",
    "trauung": "Eheschließung",
    "ummelden": "Wohnsitz Ummeldung",
    "umzug": "Wohnsitz",
    "wahlamt": "Wahlschein Briefwahl Wahlhelfer",
    "wbs": "Wohnberechtigungsschein",
    "zulassungsstelle": "Kraftfahrzeug",
}
"""All words of an entry are meant, each for itself."""
_LEAST_BEGINNING = 8
"""From so many letters on the beginning of a word stands for it."""


def meant(word: str) -> frozenset[str]:
    """Stems that the stem `word` (or the word that it is the beginning of) may mean beside itself."""
    known = _by_stem()
    if word in known or len(word) < _LEAST_BEGINNING:
        return known.get(word, frozenset())
    return frozenset().union(*(words for key, words in known.items() if key.startswith(word)))


@cache
def _by_stem() -> dict[str, frozenset[str]]:
    return {stem(said): frozenset(map(stem, words.split())) for said, words in SAID.items()}
