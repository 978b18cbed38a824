"""Forty more municipalities of the Musterkreis, eight of each size, so that counts of neighbours can be told at all.

Seven of eight keep to themselves what they run; of what six of them share, "at least five" is told.
"""

from collections.abc import Iterator

_NAMES = (
    *("beck", "born", "brunn", "busch", "damm", "eck", "furt", "garten", "hafen", "hagen", "heim", "hof", "holz"),
    *("horst", "kamp", "kirchen", "loh", "mark", "moor", "münde", "rath", "ried", "rode", "scheid", "siel", "stein"),
    *("tann", "wald", "wede", "weiler", "werth", "winkel", "wiese", "zell", "quelle", "bruch", "koog", "sand"),
    *("fels", "höhe"),
)
_SIZES = ((6_100, 350), (13_000, 1_400), (28_000, 2_500), (52_000, 5_500), (105_000, 14_000))
"""The smallest of each size, and by how much the next is larger."""
_OF_A_SIZE, _OPEN = 8, 7
_CITY = 20_000

_ALL, _FIRST_SIX, _LAST_SIX = range(8), (0, 1, 2, 3, 4, 5, 7), (1, 2, 3, 4, 5, 6, 7)
_RUN: tuple[tuple[str, tuple[int, ...] | range], ...] = (
    ("muster-hundesteuer@4.8", _ALL),
    ("muster-hund-formular@1.2", _FIRST_SIX),
    ("muster-akte@9.0", _LAST_SIX),
    ("muster-meldewesen@12.1", _FIRST_SIX),
    ("muster-finanzen@8.0", _LAST_SIX),
    ("muster-antrag@4.2", _ALL),
    ("muster-bote@2.0", _ALL),
    ("muster-gewerbe@7.1", _ALL),
    ("muster-epay@3.1", (0, 2, 4, 6, 7)),
    ("muster-zustellung@2.3", (1, 3, 5, 7)),
    ("muster-bau@5.5", (3, 4)),
    ("muster-wohngeld@6.0", (2, 5)),
    ("muster-kita@2.2", (0, 1)),
)
"""Which of the eight run it."""
_LARGE = (("muster-ratsinfo@4.0", _FIRST_SIX),)
"""From the third size on."""
_EXCHANGE = (
    ("muster-hund-formular@1.2", "muster-hundesteuer@4.8", "xhundesteuer@1.1"),
    ("muster-antrag@4.2", "muster-bote@2.0", "xmuster-vorgang@2.0"),
    ("muster-bote@2.0", "muster-gewerbe@7.1", "xmuster-vorgang@2.0"),
    ("muster-gewerbe@7.1", "muster-akte@9.0", "xmuster-vorgang@2.0"),
    ("muster-gewerbe@7.1", "muster-epay@3.1", "xmuster-vorgang@2.0"),
    ("muster-gewerbe@7.1", "muster-zustellung@2.3", "xmuster-vorgang@2.0"),
)


def _places() -> Iterator[tuple[str, int, int]]:
    """AGS, number of the size, number among the eight."""
    for number in range(len(_NAMES)):
        yield f"05999{13 + number:03}", number // _OF_A_SIZE, number % _OF_A_SIZE


def _municipality(ags: str, size: int, number: int) -> tuple[str, str, int, bool]:
    least, more = _SIZES[size]
    people, name = least + more * number, f"Muster{_NAMES[int(ags[-3:]) - 13]}"
    city = people > _CITY
    return f"{name}, Stadt" if city else name, "Stadt" if city else "Gemeinde", people, number == _OPEN


def _runs(size: int, number: int) -> tuple[str, ...]:
    return tuple(release for release, of in (*_RUN, *(_LARGE if size > 1 else ())) if number in of)


MUNICIPALITIES = {ags: _municipality(ags, size, number) for ags, size, number in _places()}
LANDSCAPES = {ags: _runs(size, number) for ags, size, number in _places()}
COUPLINGS = {ags: tuple(one for one in _EXCHANGE if {*one[:2]} <= {*runs}) for ags, runs in LANDSCAPES.items()}
