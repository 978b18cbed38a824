"""Decompression that stops at a limit, and that notices a stream which breaks off (RFC 9110, 8.4)."""

import zlib

_STEP = 256 * 1024
_WBITS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}
_MAX_CODINGS = 3

ACCEPTED = "gzip, deflate"
"""What the gateway asks for in `Accept-Encoding`."""


class Undecodable(Exception):
    """A body that is not what its Content-Encoding says, or in a coding that nobody asked for."""


class TooMuch(Exception):
    """A body larger than the limit; `kept` holds what came before the limit."""

    def __init__(self, kept: bytes) -> None:
        super().__init__(len(kept))
        self.kept = kept


def codings_of(header: str | None) -> tuple[str, ...]:
    """The codings of a body in the order they were applied. Raises `Undecodable` for those that nobody asked for."""
    names = [name.strip().lower() for name in (header or "").split(",")]
    names = [name for name in names if name not in ("", "identity")]
    unknown = [name for name in names if name not in _WBITS]
    if unknown:
        raise Undecodable("content coding that was not asked for")
    if len(names) > _MAX_CODINGS:
        raise Undecodable("too many content codings")
    return tuple(names)


def within(body: bytes, limit: int) -> bytes:
    """`body` itself. Raises `TooMuch` where it is larger than `limit` bytes."""
    if len(body) > limit:
        raise TooMuch(body[:limit])
    return body


def decoded(body: bytes, codings: tuple[str, ...], limit: int) -> bytes:
    """Undo `codings`, last applied first. Raises `Undecodable`, and `TooMuch` beyond `limit` bytes at any stage."""
    for coding in reversed(codings):
        body = _inflated(body, coding, limit)
    return body


def _inflated(body: bytes, coding: str, limit: int) -> bytes:
    if not body:
        raise Undecodable("empty body with a content coding")
    try:
        return _whole(body, _WBITS[coding], limit)
    except zlib.error:
        if coding != "deflate":
            raise Undecodable(f"not {coding}") from None
    try:
        return _whole(body, -zlib.MAX_WBITS, limit)
    except zlib.error:
        raise Undecodable("not deflate") from None


def _whole(body: bytes, wbits: int, limit: int) -> bytes:
    """Inflate all members of `body`; what follows the last one must be a new member."""
    kept = bytearray()
    rest = body
    while rest:
        engine = zlib.decompressobj(wbits)
        rest = _member(engine, rest, kept, limit)
        if wbits != _WBITS["gzip"] and rest:
            raise Undecodable("bytes after the end of the compressed stream")
    return bytes(kept)


def _member(engine: "zlib._Decompress", data: bytes, kept: bytearray, limit: int) -> bytes:
    while not engine.eof:
        piece = engine.decompress(data, _STEP)
        kept += piece
        if len(kept) > limit:
            raise TooMuch(bytes(memoryview(kept)[:limit]))
        data = engine.unconsumed_tail
        if not piece and not data and not engine.eof:
            raise Undecodable("compressed stream breaks off")
    return engine.unused_data
