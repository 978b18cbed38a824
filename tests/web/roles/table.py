"""Which route answers which role with what, asked by GET. One line a route; test_roles.py says which is missing."""

ROLES = ("visitor", "vendor", "other vendor", "town", "other town", "board", "operator")

OPEN = (200, 200, 200, 200, 200, 200, 200)
"""Anybody."""
QUESTION = (422, 422, 422, 422, 422, 422, 422)
"""Anybody, with the parameters of the question."""
UNKNOWN = (404, 404, 404, 404, 404, 404, 404)
"""Anybody; what the address names is not in the example world."""
SENT = (405, 405, 405, 405, 405, 405, 405)
"""Anybody, by POST only."""
ON = (302, 302, 302, 302, 302, 302, 302)
"""Leads on to another page."""
MOVED = (301, 301, 301, 301, 301, 301, 301)
"""An address of earlier."""
KNOWN = (302, 200, 200, 200, 200, 200, 200)
"""Whoever is logged in."""
VENDOR = (302, 200, 403, 403, 403, 403, 403)
"""The vendor whose page it is."""
TOWN = (302, 403, 403, 200, 403, 403, 403)
"""The municipality whose page it is."""
NO_SUCH = (302, 404, 404, 404, 404, 404, 404)
"""Whoever is logged in; the example world has none."""
BOARD = (302, 403, 403, 403, 403, 200, 403)
"""The board."""
OPERATOR = (302, 403, 403, 403, 403, 403, 200)
"""Who runs the catalogue."""
BOARD_OPERATOR = (302, 403, 403, 403, 403, 200, 200)
"""The board and who runs the catalogue."""
REPORT = (404, 200, 404, 404, 404, 200, 200)
"""The vendor of what was tested, the board and who runs the catalogue."""
BOARD_OPERATOR_NONE = (302, 403, 403, 403, 403, 404, 404)
"""The board and who runs the catalogue; the example world has none."""
TOWN_NONE = (302, 403, 403, 404, 403, 403, 403)
"""The municipality whose page it is; in the example world it does not run what the address names."""
BOARD_NONE = (302, 403, 403, 403, 403, 404, 403)
"""The board; the example world has none."""

TOKENS = (401, 401, 401, 401, 401, 401, 401)
"""Programmes with a token."""

ROUTES: dict[str, tuple[str, tuple[int, ...]]] = {
    "health": ("/health", OPEN),
    "api/v1": ("/api/v1", OPEN),
    "api/v1/": ("/api/v1/", OPEN),
    "api/v1/openapi.json": ("/api/v1/openapi.json", OPEN),
    "api/v1/standards": ("/api/v1/standards", OPEN),
    "api/v1/standards/<id>": ("/api/v1/standards/{standard}", OPEN),
    "api/v1/versions": ("/api/v1/versions", OPEN),
    "api/v1/versions/<id>": ("/api/v1/versions/{standard_version}", OPEN),
    "api/v1/roles": ("/api/v1/roles", OPEN),
    "api/v1/roles/<version>/<role>": ("/api/v1/roles/{declared}", OPEN),
    "api/v1/vendors": ("/api/v1/vendors", OPEN),
    "api/v1/vendors/<id>": ("/api/v1/vendors/{vendor}", OPEN),
    "api/v1/products": ("/api/v1/products", OPEN),
    "api/v1/products/<id>": ("/api/v1/products/{programme}", OPEN),
    "api/v1/releases": ("/api/v1/releases", OPEN),
    "api/v1/releases/<id>": ("/api/v1/releases/{release}", OPEN),
    "api/v1/declarations": ("/api/v1/declarations", OPEN),
    "api/v1/declarations/<release>/<standard>/<role>": ("/api/v1/declarations/{release}/{declared}", OPEN),
    "api/v1/evidence": ("/api/v1/evidence", OPEN),
    "api/v1/evidence/<id>": ("/api/v1/evidence/{sha256}", OPEN),
    "api/v1/leistungen": ("/api/v1/leistungen", OPEN),
    "api/v1/leistungen/<id>": ("/api/v1/leistungen/{leistung}", OPEN),
    "api/v1/municipalities": ("/api/v1/municipalities", OPEN),
    "api/v1/municipalities/<id>": ("/api/v1/municipalities/{ags}", OPEN),
    "api/v1/providers": ("/api/v1/providers", OPEN),
    "api/v1/providers/<id>": ("/api/v1/providers/{provider}", OPEN),
    "api/v1/deployments": ("/api/v1/deployments", OPEN),
    "api/v1/deployments/<id>": ("/api/v1/deployments/{deployment}", OPEN),
    "api/v1/couplings": ("/api/v1/couplings", OPEN),
    "api/v1/couplings/<id>": ("/api/v1/couplings/{coupling}", OPEN),
    "api/v1/products/<id>/partners": ("/api/v1/products/{programme}/partners", OPEN),
    "api/v1/leistungen/<id>/matrix": ("/api/v1/leistungen/{leistung}/matrix", OPEN),
    "api/v1/municipalities/<id>/can-procure": ("/api/v1/municipalities/{ags}/can-procure", QUESTION),
    "api/v1/tender": ("/api/v1/tender", QUESTION),
    "api/v1/products/<id>/alternatives": ("/api/v1/products/{programme}/alternatives", OPEN),
    "api/v1/leistungen/<id>/products": ("/api/v1/leistungen/{leistung}/products", OPEN),
    "api/v1/products/<id>/funding": ("/api/v1/products/{programme}/funding", OPEN),
    "api/v1/municipalities/<id>/neighbours": ("/api/v1/municipalities/{ags}/neighbours", OPEN),
    "api/v1/leistungen/<id>/chain": ("/api/v1/leistungen/{leistung}/chain", OPEN),
    "api/v1/ending": ("/api/v1/ending", OPEN),
    "api/v1/ending.ics": ("/api/v1/ending.ics", OPEN),
    "api/v1/search": ("/api/v1/search", QUESTION),
    "api/v1/reports/<id>": ("/api/v1/reports/{sha256}", UNKNOWN),
    "api/v1/objections": ("/api/v1/objections", OPEN),
    "api/v1/deviations": ("/api/v1/deviations", OPEN),
    "api/v1/hand-ins": ("/api/v1/hand-ins", TOKENS),
    "api/v1/hand-ins/<id>": ("/api/v1/hand-ins/gibt-es-nicht", TOKENS),
    "api/v1/orders": ("/api/v1/orders", TOKENS),
    "api/v1/orders/<id>": ("/api/v1/orders/gibt-es-nicht", TOKENS),
    "api/v1/certificates": ("/api/v1/certificates", OPEN),
    "api/v1/certificates/<id>": ("/api/v1/certificates/2026-99999", UNKNOWN),
    "api/v1/confirmations": ("/api/v1/confirmations", SENT),
    "api/v1/applications": ("/api/v1/applications", OPEN),
    "api/v1/applications/<id>/withdraw": ("/api/v1/applications/0123456789abcdef01234567/withdraw", SENT),
    "api/v1/questions": ("/api/v1/questions", OPEN),
    "api/v1/applications/<id>/questions": ("/api/v1/applications/0123456789abcdef01234567/questions", SENT),
    "api/v1/questions/<id>/posts": ("/api/v1/questions/0123456789abcdef01234567/posts", SENT),
    "api/v1/duplicates": ("/api/v1/duplicates", TOKENS),
    "api/v1/merges": ("/api/v1/merges", SENT),
    "api/v1/distinctions/<kind>/<first>/<second>": ("/api/v1/distinctions/products/{programme}/muster-akte", SENT),
    "api/": ("/api/", UNKNOWN),
    "konto": ("/konto", KNOWN),
    "konto/fuer": ("/konto/fuer", SENT),
    "konto/einladung/<str:secret>": ("/konto/einladung/gibt-es-nicht", UNKNOWN),
    "": ("/", OPEN),
    "sprache": ("/sprache", SENT),
    "mein": ("/mein", ON),
    "mein/hersteller/<str:key>": ("/mein/hersteller/{vendor}", VENDOR),
    "mein/hersteller/<str:key>/angaben": ("/mein/hersteller/{vendor}/angaben", VENDOR),
    "mein/hersteller/<str:key>/mitglieder": ("/mein/hersteller/{vendor}/mitglieder", VENDOR),
    "mein/hersteller/<str:key>/einsatz": ("/mein/hersteller/{vendor}/einsatz", VENDOR),
    "mein/hersteller/<str:key>/programme/neu": ("/mein/hersteller/{vendor}/programme/neu", VENDOR),
    "mein/programme/<str:key>": ("/mein/programme/{programme}", VENDOR),
    "mein/programme/<str:key>/angaben": ("/mein/programme/{programme}/angaben", VENDOR),
    "mein/programme/<str:key>/neue-version": ("/mein/programme/{programme}/neue-version", VENDOR),
    "mein/programme/<str:key>/versionen/<str:version>": ("/mein/programme/{programme}/versionen/{version}", VENDOR),
    "mein/programme/<str:key>/versionen/<str:version>/entfernen": (
        "/mein/programme/{programme}/versionen/{version}/entfernen",
        VENDOR,
    ),
    "mein/programme/<str:key>/versionen/<str:version>/neuer-standard": (
        "/mein/programme/{programme}/versionen/{version}/neuer-standard",
        VENDOR,
    ),
    "mein/programme/<str:key>/versionen/<str:version>/standards/<str:standard>/<str:role>": (
        "/mein/programme/{programme}/versionen/{version}/standards/{declared}",
        VENDOR,
    ),
    "mein/programme/<str:key>/versionen/<str:version>/standards/<str:standard>/<str:role>/entfernen": (
        "/mein/programme/{programme}/versionen/{version}/standards/{declared}/entfernen",
        VENDOR,
    ),
    "mein/kommunen/<str:ags>": ("/mein/kommunen/{ags}", TOWN),
    "mein/kommunen/<str:ags>/offen": ("/mein/kommunen/{ags}/offen", TOWN),
    "mein/kommunen/<str:ags>/mitglieder": ("/mein/kommunen/{ags}/mitglieder", TOWN),
    "mein/kommunen/<str:ags>/neues-programm": ("/mein/kommunen/{ags}/neues-programm", TOWN),
    "mein/kommunen/<str:ags>/neue-verbindung": ("/mein/kommunen/{ags}/neue-verbindung", TOWN),
    "mein/kommunen/<str:ags>/einsatz/<str:local>": ("/mein/kommunen/{ags}/einsatz/{local}", TOWN),
    "mein/kommunen/<str:ags>/einsatz/<str:local>/bestaetigen": (
        "/mein/kommunen/{ags}/einsatz/{local}/bestaetigen",
        TOWN,
    ),
    "mein/kommunen/<str:ags>/einsatz/<str:local>/entfernen": ("/mein/kommunen/{ags}/einsatz/{local}/entfernen", TOWN),
    "mein/kommunen/<str:ags>/verbindungen/<str:local>": ("/mein/kommunen/{ags}/verbindungen/{local_coupling}", TOWN),
    "mein/kommunen/<str:ags>/verbindungen/<str:local>/entfernen": (
        "/mein/kommunen/{ags}/verbindungen/{local_coupling}/entfernen",
        TOWN,
    ),
    "mein/hersteller/<str:key>/endpunkte": ("/mein/hersteller/{vendor}/endpunkte", VENDOR),
    "mein/endpunkte/<str:key>": ("/mein/endpunkte/gibt-es-nicht", NO_SUCH),
    "mein/laeufe/<str:key>": ("/mein/laeufe/gibt-es-nicht", NO_SUCH),
    "mein/laeufe/<str:key>/ereignisse": ("/mein/laeufe/gibt-es-nicht/ereignisse", NO_SUCH),
    "mein/hersteller/<str:key>/schluessel": ("/mein/hersteller/{vendor}/schluessel", VENDOR),
    "mein/hersteller/<str:key>/unterschriften": ("/mein/hersteller/{vendor}/unterschriften", VENDOR),
    "mein/hersteller/<str:key>/einreichungen": ("/mein/hersteller/{vendor}/einreichungen", VENDOR),
    "mein/einreichungen/<str:key>": ("/mein/einreichungen/gibt-es-nicht", NO_SUCH),
    "mein/beirat/pruefauftraege": ("/mein/beirat/pruefauftraege", BOARD),
    "mein/pruefauftraege/<str:key>": ("/mein/pruefauftraege/gibt-es-nicht", NO_SUCH),
    "mein/pruefauftraege/<str:key>/auftrag.json": ("/mein/pruefauftraege/gibt-es-nicht/auftrag.json", NO_SUCH),
    "mein/kommunen/<str:ags>/schluessel": ("/mein/kommunen/{ags}/schluessel", TOWN),
    "mein/beirat/schluessel": ("/mein/beirat/schluessel", BOARD),
    "mein/hersteller/<str:key>/aenderungen": ("/mein/hersteller/{vendor}/aenderungen", VENDOR),
    "mein/kommunen/<str:ags>/aenderungen": ("/mein/kommunen/{ags}/aenderungen", TOWN),
    "mein/beirat/aenderungen": ("/mein/beirat/aenderungen", BOARD),
    "mein/betrieb/aenderungen": ("/mein/betrieb/aenderungen", OPERATOR),
    "mein/beirat/schreibtisch": ("/mein/beirat/schreibtisch", BOARD),
    "mein/beirat/dubletten": ("/mein/beirat/dubletten", BOARD_OPERATOR),
    "mein/beirat/dubletten/<str:kind>/<str:first>/<str:second>": (
        "/mein/beirat/dubletten/products/{programme}/muster-akte",
        BOARD_OPERATOR,
    ),
    "mein/hersteller/<str:key>/antraege": ("/mein/hersteller/{vendor}/antraege", VENDOR),
    "mein/hersteller/<str:key>/antraege/neu": ("/mein/hersteller/{vendor}/antraege/neu", VENDOR),
    "mein/antraege/<str:key>": ("/mein/antraege/gibt-es-nicht", NO_SUCH),
    "mein/antraege/<str:key>/nachweise": ("/mein/antraege/gibt-es-nicht/nachweise", NO_SUCH),
    "mein/antraege/<str:key>/zurueckziehen": ("/mein/antraege/gibt-es-nicht/zurueckziehen", NO_SUCH),
    "mein/antraege/<str:key>/rueckfrage": ("/mein/antraege/gibt-es-nicht/rueckfrage", NO_SUCH),
    "mein/antraege/<str:key>/vorschlag": ("/mein/antraege/gibt-es-nicht/vorschlag", NO_SUCH),
    "mein/antraege/<str:key>/beschluss": ("/mein/antraege/gibt-es-nicht/beschluss", NO_SUCH),
    "mein/antraege/<str:key>/auflagen/<int:number>": ("/mein/antraege/gibt-es-nicht/auflagen/0", NO_SUCH),
    "mein/rueckfragen/<str:key>": ("/mein/rueckfragen/gibt-es-nicht", NO_SUCH),
    "mein/rueckfragen/<str:key>/anlagen/<int:number>": ("/mein/rueckfragen/gibt-es-nicht/anlagen/1", NO_SUCH),
    "widersprueche": ("/widersprueche", OPEN),
    "widersprueche/<str:key>": ("/widersprueche/gibt-es-nicht", UNKNOWN),
    "mein/nachweise/<int:number>/widerspruch": ("/mein/nachweise/{number}/widerspruch", VENDOR),
    "abweichungen": ("/abweichungen", OPEN),
    "abweichungen/<str:key>": ("/abweichungen/gibt-es-nicht", UNKNOWN),
    "abweichungen/<str:key>/anlage": ("/abweichungen/gibt-es-nicht/anlage", UNKNOWN),
    "mein/kommunen/<str:ags>/abweichung": ("/mein/kommunen/{ags}/abweichung", TOWN),
    "mein/kommunen/<str:ags>/betrieb/<str:release>": ("/mein/kommunen/{ags}/betrieb/{release}", TOWN_NONE),
    "mein/hersteller/<str:key>/benachrichtigungen": ("/mein/hersteller/{vendor}/benachrichtigungen", VENDOR),
    "mein/kommunen/<str:ags>/benachrichtigungen": ("/mein/kommunen/{ags}/benachrichtigungen", TOWN),
    "mein/beirat/benachrichtigungen": ("/mein/beirat/benachrichtigungen", BOARD),
    "mein/beirat/vorschauen": ("/mein/beirat/vorschauen", BOARD_OPERATOR),
    "mein/beirat/vorschauen/<str:key>": ("/mein/beirat/vorschauen/gibt-es-nicht", BOARD_OPERATOR_NONE),
    "mein/beirat/bescheinigungen/<str:serial>/widerruf": (
        "/mein/beirat/bescheinigungen/2026-99999/widerruf",
        BOARD_NONE,
    ),
    "mein/beirat/bescheinigungen/<str:serial>/neu": (
        "/mein/beirat/bescheinigungen/2026-99999/neu",
        BOARD_NONE,
    ),
    "bescheinigungen": ("/bescheinigungen", OPEN),
    "bescheinigungen/<str:serial>": ("/bescheinigungen/2026-99999", UNKNOWN),
    "bescheinigungen/<str:serial>/zertifikat.json": ("/bescheinigungen/2026-99999/zertifikat.json", UNKNOWN),
    "bescheinigungen/<str:serial>/zertifikat.pdf": ("/bescheinigungen/2026-99999/zertifikat.pdf", UNKNOWN),
    "bescheinigungen/<str:serial>/plakette.svg": ("/bescheinigungen/2026-99999/plakette.svg", UNKNOWN),
    ".well-known/schnittstellen-withdrawals.json": ("/.well-known/schnittstellen-withdrawals.json", UNKNOWN),
    "suche": ("/suche", OPEN),
    "programme": ("/programme", OPEN),
    "programme/<str:key>": ("/programme/{programme}", OPEN),
    "programme/<str:key>/partner": ("/programme/{programme}/partner", OPEN),
    "programme/<str:first>/mit/<str:second>": ("/programme/{programme}/mit/muster-akte", OPEN),
    "programme/<str:key>/verlauf": ("/programme/{programme}/verlauf", OPEN),
    "vergleich": ("/vergleich", OPEN),
    "products/<str:key>": ("/products/{programme}", MOVED),
    "standards": ("/standards", OPEN),
    "standards/<str:key>": ("/standards/{standard}", OPEN),
    "leistungen": ("/leistungen", OPEN),
    "leistungen/<str:key>": ("/leistungen/{leistung}", OPEN),
    "leistungen/<str:key>/kette": ("/leistungen/{leistung}/kette", OPEN),
    "kommunen": ("/kommunen", OPEN),
    "kommunen/<str:ags>": ("/kommunen/{ags}", OPEN),
    "kommunen/<str:ags>/termine.ics": ("/kommunen/{ags}/termine.ics", OPEN),
    "neues": ("/neues", OPEN),
    "neues.atom": ("/neues.atom", OPEN),
    "neues/abonnieren": ("/neues/abonnieren", OPEN),
    "termine": ("/termine", OPEN),
    "termine.ics": ("/termine.ics", OPEN),
    "hersteller/<str:key>": ("/hersteller/{vendor}", OPEN),
    "dienstleister/<str:key>": ("/dienstleister/{provider}", OPEN),
    ".well-known/schnittstellen-keys.json": ("/.well-known/schnittstellen-keys.json", OPEN),
    "beschaffen": ("/beschaffen", OPEN),
    "beschaffen/ausschreibung": ("/beschaffen/ausschreibung", OPEN),
    "schnittstelle": ("/schnittstelle", OPEN),
    "hilfe": ("/hilfe", OPEN),
    "hilfe/<str:key>": ("/hilfe/kommune", OPEN),
    "woerterbuch": ("/woerterbuch", OPEN),
    "impressum": ("/impressum", OPEN),
    "datenschutz": ("/datenschutz", OPEN),
    "barrierefreiheit": ("/barrierefreiheit", OPEN),
    "daten": ("/daten", OPEN),
    "export/nachweiskette.jsonl": ("/export/nachweiskette.jsonl", OPEN),
    "export/<str:name>": ("/export/products.csv", UNKNOWN),
    "nachweise/<str:sha256>": ("/nachweise/{sha256}", OPEN),
    "nachweise/<str:sha256>/dateien/<str:digest>": ("/nachweise/{sha256}/dateien/gibt-es-nicht", UNKNOWN),
    "nachweise/<str:sha256>/bericht.json": ("/nachweise/{sha256}/bericht.json", REPORT),
    "testen": ("/testen", OPEN),
    "testen/ergebnis/<str:key>": ("/testen/ergebnis/unbekannt", UNKNOWN),
    "testen/ergebnis/<str:key>/<str:form>": ("/testen/ergebnis/unbekannt/json", UNKNOWN),
    "testen/berichte/<str:key>": ("/testen/berichte/unbekannt", UNKNOWN),
    "testen/berichte/<str:key>/<str:form>": ("/testen/berichte/unbekannt/json", UNKNOWN),
    "befunde": ("/befunde", OPEN),
    "befunde/<path:name>": ("/befunde/X102", OPEN),
    "programme/<str:key>/alternativen": ("/programme/{programme}/alternativen", OPEN),
    "programme/<str:key>/foerderung": ("/programme/{programme}/foerderung", OPEN),
}
