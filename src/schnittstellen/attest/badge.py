"""The badge of a certificate: an SVG that screen readers can read, and that says no more than the certificate."""

import hashlib
from html import escape

from schnittstellen.attest.words import clean, day, level, rows
from schnittstellen.domain.certificate import Certificate
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import filled, translations

TITLE = N_("Zertifikat {serial}: {product} {version}, {standard}, Rolle {role}, {level}")
SUITE_UNTIL = N_("Suite {edition}, bis {day}")
_LINE, _PAD, _CHARACTER = 18, 10, 7.4
_MOST = 60
_DARK, _LIGHT, _OVER = "#0b3a6f", "#ffffff", "#4a4a4a"


def badge(certificate: Certificate, lang: str = "de", notice: str = "") -> str:
    """The SVG. Product, release, standard, version, role, level, edition and end stand in it, and in full in `desc`.

    `notice` says why it is not to be relied upon: it comes first, and the badge is grey.
    """
    lines = [*([clean(notice)] if notice else []), *_lines(certificate, lang)]
    width = round(max(len(line) for line in lines) * _CHARACTER) + 2 * _PAD
    height = len(lines) * _LINE + 2 * _PAD - 4
    title = escape(": ".join(part for part in (clean(notice), _title(certificate, lang)) if part))
    description = escape("; ".join(f"{label}: {value}" for label, value in rows(certificate, lang)))
    id = "z" + hashlib.sha256(f"{certificate.serial} {lang}".encode()).hexdigest()[:12]
    texts = "".join(_text(line, number) for number, line in enumerate(lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" lang="{lang}" aria-labelledby="{id}t {id}d">'
        f'<title id="{id}t">{title}</title><desc id="{id}d">{description}</desc>'
        f'<rect width="{width}" height="{height}" rx="4" fill="{_OVER if notice else _DARK}"/>'
        f'<g fill="{_LIGHT}" font-family="DejaVu Sans,Verdana,Arial,sans-serif" font-size="12">{texts}</g></svg>\n'
    )


def _lines(one: Certificate, lang: str) -> list[str]:
    until = filled(SUITE_UNTIL, {"edition": one.edition, "day": day(one.last_day, lang)}, lang)
    role = f"{translations(lang).gettext(N_('Rolle'))} {one.role}"
    lines = (
        f"{one.product_name} {one.release.version}",
        f"{one.standard} {one.version}, {role}",
        level(one.level, lang),
        until,
    )
    return [_short(clean(line)) for line in lines]


def _title(one: Certificate, lang: str) -> str:
    said = {
        "serial": one.serial,
        "product": one.product_name,
        "version": one.release.version,
        "standard": f"{one.standard} {one.version}",
        "role": one.role,
        "level": level(one.level, lang),
    }
    return clean(filled(TITLE, said, lang))


def _text(line: str, number: int) -> str:
    weight = ' font-weight="bold"' if number == 0 else ""
    return f'<text x="{_PAD}" y="{_PAD + 10 + number * _LINE}"{weight}>{escape(line)}</text>'


def _short(line: str) -> str:
    """What is too long for a badge is cut and shows it; the whole stands in `desc`."""
    return line if len(line) <= _MOST else line[: _MOST - 1].rstrip() + "…"
