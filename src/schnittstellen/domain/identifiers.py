"""Numbers that name a person, told from other numbers by their check digits, and from test numbers that name nobody."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What kind of personal data something is."""

    IBAN = "iban"
    STEUER_ID = "steuer_id"
    RENTENVERSICHERUNG = "rentenversicherung"
    KRANKENVERSICHERUNG = "krankenversicherung"
    AUSWEIS = "ausweis"
    BIRTH_DATE = "birth_date"
    ADDRESS = "address"


IBAN_LENGTHS = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
    "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27, "TR": 26, "UA": 29,
}  # fmt: skip
_TEST_NUMBERS = frozenset(
    """DE89370400440532013000 DE02120300000000202051 DE02500105170137075030 DE02100500000054540402
    DE02300209000106531065 DE02200505501015871393 DE02100100100006820101 DE02300606010002474689
    DE02600501010002034304 DE02700202700010108669 DE02701500000000594937 DE02370502990000684712
    DE12500105170648489890 DE75512108001245126199 DE27100777770209299700 GB29NWBK60161331926819
    86095742719 47036892816 65929970489 57549285017 25768131411 36574261809
    15070649C103 65170839J003 A000500015 T220001293 L01X00T471 LZ6311T475 C01X00T478 1220001297""".split()  # noqa: SIM905
)
"""Numbers from specifications and specimens of documents, printed so often that they name nobody."""
_BUSINESS = re.compile("invoice|rechnung|order|bestell|artikel|vorgang|akte", re.IGNORECASE)
"""Where such fields are named, letters with digits number something else."""
_RUNS = ("12345678", "23456789", "98765432", "87654321")
_WEIGHTS_RVNR = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
_WEIGHTS_AUSWEIS = (7, 3, 1) * 3


def in_text(text: str, hint: str = "") -> Iterator[tuple[Kind, int]]:
    """Kind and offset of each number in `text` that names a person and is no test number.

    Check digits alone tell an insurance number or the number of an identity card from other numbers in one case of
    ten: those count where they are all of a value that numbers no business, or where `hint` (names of fields) or
    `text` speaks of them.
    """
    upper = text.upper()
    taken: set[int] = set()
    for kind, find in _FINDERS.items():
        for start, number in find(upper, hint):
            if start not in taken and not is_test(number):
                taken.update(range(start, start + len(number)))
                yield kind, start


def is_test(number: str) -> bool:
    """Whether a number is known from specifications, or so regular that somebody made it up."""
    digits = re.sub("[^0-9]", "", number)
    made_up = any(run in digits for run in _RUNS) or re.search(r"(\d)\1{6}", digits) is not None
    return number in _TEST_NUMBERS or made_up


def is_iban(number: str) -> bool:
    """ISO 13616: length of the country, and 1 modulo 97."""
    if IBAN_LENGTHS.get(number[:2]) != len(number) or not re.fullmatch("[A-Z]{2}[0-9]{2}[A-Z0-9]+", number):
        return False
    return int("".join(str(int(one, 36)) for one in number[4:] + number[:4])) % 97 == 1


def is_steuer_id(number: str) -> bool:
    """The identification number of § 139b AO: digits, one of them twice or thrice, check digit ISO 7064 MOD 11,10.

    Numbers that begin with 0 are given to nobody: they are for tests.
    """
    if not re.fullmatch("[1-9][0-9]{10}", number) or not _repeats(number[:10]):
        return False
    product = 10
    for digit in map(int, number[:10]):
        product = (((digit + product) % 10) or 10) * 2 % 11
    return (11 - product) % 10 == int(number[10])


def is_rvnr(number: str) -> bool:
    """The number of pension insurance (§ 147 SGB VI, VKVV): area, birth date, letter, serial number, check digit."""
    if not re.fullmatch("[0-9]{8}[A-Z][0-9]{3}", number) or not _may_be_date(number[2:4], number[4:6]):
        return False
    digits = number[:8] + _letter(number[8]) + number[9:11]
    return _weighed(digits, _WEIGHTS_RVNR) % 10 == int(number[11])


def is_kvnr(number: str) -> bool:
    """The part of a health insurance number that never changes (§ 290 SGB V): letter, eight digits, check digit."""
    if not re.fullmatch("[A-Z][0-9]{9}", number):
        return False
    return _weighed(_letter(number[0]) + number[1:9], (1, 2) * 5) % 10 == int(number[9])


def is_ausweis(number: str) -> bool:
    """The number of a German identity card or passport with its check digit (ICAO 9303: weights 7, 3, 1)."""
    if not re.fullmatch("[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}[0-9]", number):
        return False
    return sum(int(one, 36) * by for one, by in zip(number[:9], _WEIGHTS_AUSWEIS, strict=True)) % 10 == int(number[9])


def _repeats(ten: str) -> bool:
    """One digit twice or thrice, but never three in a row, every other at most once."""
    counts = sorted((ten.count(digit) for digit in set(ten)), reverse=True)
    return counts[0] in (2, 3) and counts[1] == 1 and not re.search(r"(\d)\1\1", ten)


def _may_be_date(day: str, month: str) -> bool:
    """Day and month of a birth; in the leap year 2000 every day there is."""
    try:
        date(2000, int(month), int(day))
    except ValueError:
        return False
    return True


def _letter(one: str) -> str:
    return f"{ord(one) - 64:02d}"


def _weighed(digits: str, weights: tuple[int, ...]) -> int:
    """Sum of the cross sums of the weighed digits."""
    return sum(sum(divmod(int(one) * by, 10)) for one, by in zip(digits, weights, strict=False))


def _ibans(text: str, _hint: str) -> Iterator[tuple[int, str]]:
    for match in re.finditer(r"(?<![A-Z0-9])[A-Z]{2}[0-9]{2}(?=[ ]?[A-Z0-9])", text):
        length, number, at = IBAN_LENGTHS.get(match[0][:2], 0), "", match.start()
        while at < len(text) and len(number) < length and (text[at].isalnum() or text[at] == " "):
            number += text[at].strip()
            at += 1
        if is_iban(number) and not text[at : at + 1].isalnum():
            yield match.start(), number


def _matching(
    pattern: str, holds: Callable[[str], bool], context: str = ""
) -> Callable[[str, str], Iterator[tuple[int, str]]]:
    compiled, about = re.compile(pattern), re.compile(context, re.IGNORECASE)

    def find(text: str, hint: str) -> Iterator[tuple[int, str]]:
        known = not context or bool(about.search(hint) or about.search(text))
        for match in compiled.finditer(text):
            number = match[0].replace(" ", "")
            if holds(number) and (known or (match[0] == text.strip() and not _BUSINESS.search(hint))):
                yield match.start(), number

    return find


_ALONE = r"(?<![A-Z0-9.,/-]){}(?![A-Z0-9/-]|[.,][0-9])"
_FINDERS: dict[Kind, Callable[[str, str], Iterator[tuple[int, str]]]] = {
    Kind.IBAN: _ibans,
    Kind.STEUER_ID: _matching(_ALONE.format(r"[0-9]{2} ?[0-9]{3} ?[0-9]{3} ?[0-9]{3}"), is_steuer_id),
    Kind.RENTENVERSICHERUNG: _matching(_ALONE.format(r"[0-9]{2} ?[0-9]{6} ?[A-Z] ?[0-9]{3}"), is_rvnr),
    Kind.KRANKENVERSICHERUNG: _matching(_ALONE.format(r"[A-Z] ?[0-9]{9}"), is_kvnr, "kranken|versich|kvnr|egk"),
    Kind.AUSWEIS: _matching(
        _ALONE.format(r"[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8} ?[0-9]"),
        is_ausweis,
        "ausweis|pass|dokumentennummer",
    ),
}
