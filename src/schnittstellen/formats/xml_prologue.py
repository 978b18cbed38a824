"""The first bytes of XML: which encoding it is in, whether it says so truly, and whether a DOCTYPE follows."""

import re

_UTF8 = b"\xef\xbb\xbf"
_BOM_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_BARE_16 = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_UNREADABLE = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"<\x00\x00\x00": "UTF-32",
    b"\x00\x00\x00<": "UTF-32",
    b"\x4c\x6f\xa7\x94": "EBCDIC",
}
_ARCHIVES = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf")
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x7fELF", b"MZ")
_DECLARED = re.compile(r"<\?xml\s[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]{0,40})[\"']")
_BEFORE_ROOT = re.compile(rb"(?:[ \t\r\n]++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_BEFORE_ROOT_TEXT = re.compile(_BEFORE_ROOT.pattern.decode(), re.DOTALL)
_WIDE = {"utf-16-le": {"utf-16", "utf-16le"}, "utf-16-be": {"utf-16", "utf-16be"}}
_SINGLE = re.compile(r"utf-?(16|32|7)|ucs-?[24]|iso-10646-ucs|unicode|ebcdic|cp037|ibm037", re.IGNORECASE)

Refusal = tuple[str, int | None, int | None, str]
"""Reason, line, column, detail, as in `safe_xml.XmlProblem`."""


def refuse(data: bytes, *, whole: bool) -> Refusal | None:
    """Why `data` (all of it where `whole`, else its beginning) is not handed to a parser, or None."""
    if not data.strip(b" \t\r\n" + _UTF8):
        return "empty", None, None, ""
    if data.startswith(_ARCHIVES):
        return "compressed", None, None, ""
    for mark, name in _UNREADABLE.items():
        if data.startswith(mark):
            return "encoding", 1, 1, name
    wide = wide_encoding(data)
    return _refuse_wide(data, wide) if wide else _refuse_narrow(data, whole=whole)


def wide_encoding(data: bytes) -> str | None:
    """The UTF-16 form (a Python codec) that `data` begins in, or None."""
    return _BOM_16.get(data[:2]) or _BARE_16.get(data[:2])


def _refuse_wide(data: bytes, encoding: str) -> Refusal | None:
    marked = data[:2] in _BOM_16
    text = data[2 if marked else 0 :].decode(encoding, "replace")
    if not text.strip(" \t\r\n"):
        return "empty", None, None, ""
    declared = _declared(text)
    if declared is None and not marked:
        return "encoding", 1, 1, "UTF-16"
    if declared is not None and declared.lower() not in _WIDE[encoding]:
        return "encoding", 1, 1, declared
    if not marked and declared is not None and declared.lower() == "utf-16":
        return "encoding", 1, 1, "UTF-16"
    return _doctype_in(text)


def _refuse_narrow(data: bytes, *, whole: bool) -> Refusal | None:
    marked = data.startswith(_UTF8)
    nul = data.find(b"\x00", 0, len(data) if whole else 4096)
    if nul >= 0 or data.startswith(_BINARY):
        return ("binary", *_position(data, max(nul, 0)), "")
    declared = _declared(data[:300].decode("latin-1").removeprefix("ï»¿"))
    if declared is not None and (_SINGLE.match(declared) or (marked and declared.lower() not in ("utf-8", "utf8"))):
        return "encoding", 1, 1, declared
    before = _BEFORE_ROOT.match(data, 3 if marked else 0)
    end = before.end() if before else 0
    if data.startswith(b"<!DOCTYPE", end):
        return ("doctype", *_position(data, end), "")
    return None


def _declared(text: str) -> str | None:
    found = _DECLARED.match(text)
    return found[1] if found else None


def _doctype_in(text: str) -> Refusal | None:
    before = _BEFORE_ROOT_TEXT.match(text)
    end = before.end() if before else 0
    if not text.startswith("<!DOCTYPE", end):
        return None
    return "doctype", text.count("\n", 0, end) + 1, end - text.rfind("\n", 0, end), ""


def _position(data: bytes, at: int) -> tuple[int, int]:
    return data.count(b"\n", 0, at) + 1, at - data.rfind(b"\n", 0, at)
