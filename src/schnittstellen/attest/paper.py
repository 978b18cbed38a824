"""The certificate on paper: PDF made by typst, tagged, PDF/UA-1 and PDF/A-3a declared, the same bytes on repeat.

The signed certificate is embedded, so that the paper can be verified: `schnittstellen verify` reads it out of the PDF.
"""

import json
import re
from datetime import UTC, date, datetime
from importlib import resources
from io import BytesIO

import segno
import typst

from schnittstellen.attest.embedded import ATTACHED
from schnittstellen.attest.words import clean, condition, evidence, rows
from schnittstellen.domain.certificate import Certificate
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import filled, translations

TITLE = N_("Zertifikat {serial}")
LEAD = N_(
    "{issuer} bescheinigt, dass das genannte Programm den genannten Standard in der genannten Rolle einhält, "
    "soweit es geprüft wurde."
)
LIMIT = N_(
    "Dieses Zertifikat sagt nichts über andere Versionen, Rollen oder Standards, nichts über Funktionen, die hier "
    "nicht genannt sind, und nichts über die Zeit nach seinem Ende."
)
VERIFY = N_(
    "Speichern Sie diese PDF-Datei und rufen Sie „schnittstellen verify DATEI --trust board.pub“ auf. Das geht ohne "
    "Anmeldung und ohne Netz; ein Ausdruck allein beweist nichts."
)
QR = N_("QR-Code mit der Adresse {url}")
QR_DIGEST = N_("QR-Code mit der Prüfsumme {sha256}")
_BEYOND = re.compile("[^\x00-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20ac]")
"""Characters beyond those of DIN 91379: where a font lacks one, the paper shows a mark; the embedded file has it."""


def paper(certificate: Certificate, signed: bytes, sha256: str, lang: str = "de", notice: str = "") -> bytes:
    """The PDF of a certificate; `signed` is its envelope, `sha256` the digest of what was signed.

    `notice` says why it is not to be relied upon, and stands above everything else.

    The QR code leads to the page of the certificate; where it has none, it holds the digest.
    """
    data = json.dumps({**_data(certificate, signed, sha256, lang), "notice": clean(notice)}, ensure_ascii=False)
    try:
        return _compiled(data, certificate.issued)
    except typst.TypstError:
        return _compiled(_BEYOND.sub("\ufffd", data), certificate.issued)


def _compiled(data: str, issued: date) -> bytes:
    template = resources.files("schnittstellen.attest").joinpath("templates", "certificate.typ").read_bytes()
    made = typst.compile(
        template,
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards=["a-3a", "ua-1"],
        timestamp=int(datetime(issued.year, issued.month, issued.day, tzinfo=UTC).timestamp()),
        ignore_system_fonts=True,
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made).__name__)
    return made


def _data(one: Certificate, signed: bytes, sha256: str, lang: str) -> dict[str, object]:
    say = translations(lang).gettext
    target, alt = (one.url, QR) if one.url else (f"sha256:{sha256}", QR_DIGEST)
    return {
        "lang": lang,
        "title": clean(filled(TITLE, {"serial": one.serial}, lang)),
        "issuer": clean(one.issuer),
        "issued": [one.issued.year, one.issued.month, one.issued.day],
        "lead": clean(filled(LEAD, {"issuer": one.issuer}, lang)),
        "rows": list(rows(one, lang)),
        "conditions_title": say(N_("Auflagen")),
        "conditions": [condition(it, lang) for it in one.conditions],
        "evidence_title": say(N_("Nachweise")),
        "evidence_head": [say(N_("Lauf vom")), say(N_("belegt")), say(N_("Urteil")), say(N_("SHA-256 des Berichts"))],
        "evidence": [evidence(it, lang) for it in one.evidence],
        "limit_title": say(N_("Was dieses Zertifikat nicht sagt")),
        "limit": say(LIMIT),
        "verify_title": say(N_("Wie Sie es prüfen")),
        "verify": say(VERIFY),
        "digest": f"SHA-256: {sha256}",
        "url": one.url,
        "qr": _qr(target),
        "qr_alt": filled(alt, {"url": one.url, "sha256": sha256}, lang),
        "attached": signed.decode("ascii"),
        "attached_name": ATTACHED,
        "attached_text": say(N_("Das unterschriebene Zertifikat (DSSE, JSON)")),
    }


def _qr(text: str) -> str:
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", scale=4, xmldecl=False)
    return out.getvalue().decode("utf-8")
