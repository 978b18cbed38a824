"""What texts in publiccode.yml must be: each rule says why a text is refused, or None."""

import re
from collections.abc import Callable, Collection
from datetime import date
from urllib.parse import SplitResult, urlsplit

import langcodes
import regex

from schnittstellen.domain.texts import N_, Line
from schnittstellen.formats.licences import is_licence
from schnittstellen.formats.publiccode.words import ALIASES, COUNTRIES, VIDEO_HOSTS

TextRule = Callable[[str], Line | None]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_EMAIL = re.compile(r"[^\s@\"<>(),:;\[\]\\]+@(?:[\w](?:[\w-]*[\w])?\.)+[^\W\d_][\w-]*[\w]")
_MIME = re.compile(r" *[A-Za-z0-9][A-Za-z0-9!#$&^_-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126} *")
_URN = re.compile(r"(?i)urn:[a-z0-9][a-z0-9-]{1,31}:[a-z0-9()+,\-.:=@;$_!*'%/?#]+")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_ITALIAN_PA = "urn:x-italian-pa:"
_IPA = re.compile(r"[A-Za-z0-9_]+")


def one_of(*words: str) -> TextRule:
    """One of a few words."""
    told = ", ".join(words)
    return lambda text: None if text in words else Line(N_("erlaubt ist nur: {words}"), words=told)


def among(words: Collection[str], list_name: str) -> TextRule:
    """A word of a long list."""
    told = N_("„{word}“ steht nicht in der Liste {list}")
    return lambda text: None if text in words else Line(told, word=_short(text), list=list_name)


def url(text: str) -> Line | None:
    """An absolute URL of any scheme."""
    parts = _split(text)
    good = parts is not None and parts.scheme and (parts.netloc or parts.path.strip("/"))
    return None if good and not re.search(r"\s", text) else Line(N_("ist keine Webadresse (URL)"))


def web_url(text: str) -> Line | None:
    """An absolute HTTP URL."""
    parts = _split(text)
    good = parts is not None and parts.scheme.lower() in ("http", "https") and parts.hostname
    return None if good and not re.search(r"\s", text) else Line(N_("ist keine Webadresse mit http:// oder https://"))


def video(text: str) -> Line | None:
    """The address of a video at a host that is known for oEmbed."""
    if wrong := web_url(text):
        return wrong
    host = urlsplit(text).hostname or ""
    known = any(host == one or host.endswith("." + one) for one in VIDEO_HOSTS)
    return None if known else Line(N_("{host} ist nicht als Videoplattform mit oEmbed bekannt"), host=host)


def uri(text: str) -> Line | None:
    """Who somebody is: a URN, or a URL with a host. Of Italian codes the form is checked, not the register."""
    wrong = Line(N_("ist keine URI (URL mit Rechnername oder URN)"))
    if text.lower().startswith("urn:"):
        if text.lower().startswith(_ITALIAN_PA) and not _IPA.fullmatch(text[len(_ITALIAN_PA) :]):
            return wrong
        return None if _URN.fullmatch(text) else wrong
    parts = _split(text)
    return None if parts is not None and parts.scheme and parts.netloc else wrong


def supported(text: str) -> Line | None:
    """What `supports` names: an alias of the list or a URI."""
    if text.startswith("alias:"):
        name = text.removeprefix("alias:")
        told = N_("der Alias „{name}“ ist nicht bekannt; bekannt sind: {aliases}")
        return None if name in ALIASES else Line(told, name=_short(name), aliases=", ".join(sorted(ALIASES)))
    return None if _URI.fullmatch(text) else Line(N_("ist weder eine URI noch ein Alias („alias:…“)"))


def day(text: str) -> Line | None:
    """A date as YYYY-MM-DD and nothing else."""
    try:
        good = bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        good = False
    return None if good else Line(N_("ist kein Datum der Form JJJJ-MM-TT"))


def email(text: str) -> Line | None:
    """An address of electronic mail, or nothing."""
    return None if not text or _EMAIL.fullmatch(text) else Line(N_("ist keine E-Mail-Adresse"))


def mime(text: str) -> Line | None:
    """A media type by RFC 6838."""
    return None if _MIME.fullmatch(text) else Line(N_("„{word}“ ist kein Medientyp (MIME)"), word=_short(text))


def country(text: str) -> Line | None:
    """An ISO 3166-1 alpha-2 code, in upper or lower case."""
    good = text.upper() in COUNTRIES and text in (text.upper(), text.lower())
    return None if good else Line(N_("„{word}“ ist kein Länderkürzel nach ISO 3166-1"), word=_short(text))


def language(text: str) -> Line | None:
    """A language tag by BCP 47, with the shortest code of the language ("de", not "deu")."""
    wrong = Line(N_("„{word}“ ist kein Sprachkürzel nach BCP 47"), word=_short(text))
    if not _TAG.fullmatch(text) or not langcodes.tag_is_valid(text):
        return wrong
    primary = text.partition("-")[0].lower()
    shortest = langcodes.standardize_tag(primary).partition("-")[0]
    return wrong if len(primary) == 3 and len(shortest) == 2 else None


def licence(text: str) -> Line | None:
    """An SPDX licence expression."""
    told = N_("„{word}“ ist kein SPDX-Lizenzausdruck (siehe spdx.org/licenses)")
    return None if is_licence(text) else Line(told, word=_short(text))


def ipa_code(text: str) -> Line | None:
    """The form of an Italian code; the register itself is not at hand."""
    return None if _IPA.fullmatch(text) else Line(N_("ist kein Kürzel einer italienischen Verwaltung"))


def at_most(most: int) -> TextRule:
    """At most so many characters, counted as readers see them (grapheme clusters)."""
    told = N_("ist länger als {most} Zeichen")
    return lambda text: Line(told, most=str(most)) if length(text) > most else None


def between(least: int, most: int) -> TextRule:
    """So many characters, counted as readers see them."""
    told = N_("ist kürzer als {least} Zeichen")
    return lambda text: Line(told, least=str(least)) if length(text) < least else at_most(most)(text)


def length(text: str) -> int:
    """The number of grapheme clusters."""
    return len(text) if text.isascii() else sum(1 for _ in regex.finditer(r"\X", text))


def _split(text: str) -> SplitResult | None:
    try:
        return urlsplit(text)
    except ValueError:
        return None


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
