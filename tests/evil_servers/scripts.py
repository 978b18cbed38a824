"""What evil servers do: one function per trick, with the problem that the gateway must call it by."""

import gzip
import zlib
from collections.abc import Callable
from functools import cache, wraps

from tests.evil_servers.raw import Script, Talk

GZIP = zlib.MAX_WBITS | 16
JSON = "Content-Type: application/json"
EVIL: dict[str, tuple[Script, str | None]] = {}


def evil(problem: str | None) -> Callable[[Script], Script]:
    """Register a script that is run for every request on a connection."""

    def register(script: Script) -> Script:
        @wraps(script)
        def serve(talk: Talk) -> None:
            while talk.request():
                script(talk)

        EVIL[script.__name__] = (serve, problem)
        return serve

    return register


@evil("timeout")
def hangs(talk: Talk) -> None:
    talk.stopping.wait(10)


@evil("timeout")
def hangs_in_headers(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\nContent-")
    talk.stopping.wait(10)


@evil("timeout")
def hangs_in_body(talk: Talk) -> None:
    talk.answer(b"{", JSON, length=100)
    talk.stopping.wait(10)


@evil("timeout")
def drips_headers(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\n")
    talk.drip(b"X-Slow: 1\r\n" * 1000)


@evil("timeout")
def drips_body(talk: Talk) -> None:
    talk.answer(b"", JSON, length=100_000)
    talk.drip(b" " * 100_000)


@evil("timeout")
def drips_chunks(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    talk.drip(b"1\r\nx\r\n" * 10_000)


@evil("timeout")
def floods_with_1xx(talk: Talk) -> None:
    while not talk.stopping.wait(0.005):
        talk.say(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")


@evil("too_large")
def floods_with_1xx_at_full_speed(talk: Talk) -> None:
    while not talk.stopping.is_set():
        talk.say(b"HTTP/1.1 100 Continue\r\n\r\n" * 4000)


@evil("reset")
def resets(talk: Talk) -> None:
    talk.reset()


@evil("reset")
def resets_in_body(talk: Talk) -> None:
    talk.answer(b"{", JSON, length=100)
    talk.reset()


@evil("reset")
def closes_without_an_answer(talk: Talk) -> None:
    talk.connection.close()


@evil("protocol")
def closes_in_headers(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\nContent-Le")
    talk.connection.close()


@evil("protocol")
def promises_more(talk: Talk) -> None:
    talk.answer(b"{}", JSON, length=100)
    talk.connection.close()


@evil("protocol")
def sends_more_than_promised(talk: Talk) -> None:
    talk.answer(b'{"a": 1}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}', JSON, length=8)


@evil("protocol")
def body_after_head(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 204 No Content\r\n\r\n{}")


@evil("protocol")
def two_lengths(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}")


@evil("protocol")
def negative_length(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}")


@evil("too_large")
def endless_body(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\n\r\n")
    while not talk.stopping.is_set():
        talk.say(b" " * 65536)


@evil("too_large")
def endless_chunks(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not talk.stopping.is_set():
        talk.say(b"10000\r\n" + b" " * 65536 + b"\r\n")


@evil("protocol")
def chunks_of_garbage(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")
    talk.connection.close()


@evil("protocol")
def chunks_break_off(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}")
    talk.connection.close()


@evil("protocol")
def http_0_9(talk: Talk) -> None:
    talk.say(b"<html>Guten Tag</html>")
    talk.connection.close()


@evil("protocol")
def another_protocol(talk: Talk) -> None:
    talk.say(b"SSH-2.0-OpenSSH_9.9\r\n")
    talk.connection.close()


@evil("protocol")
def status_of_letters(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n")


@evil("protocol")
def header_without_colon(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 200 OK\r\nno colon here\r\nContent-Length: 0\r\n\r\n")


@evil("protocol")
def upgrades_unasked(talk: Talk) -> None:
    talk.say(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\x81\x05hello")
    talk.stopping.wait(0.2)


@evil("too_large")
def huge_header(talk: Talk) -> None:
    talk.answer(b"{}", JSON, f"X-Huge: {'x' * 400_000}")


@evil("too_large")
def thousand_headers(talk: Talk) -> None:
    talk.answer(b"{}", JSON, *(f"X-{number}: 1" for number in range(1000)))


@evil("too_large")
def gzip_bomb(talk: Talk) -> None:
    talk.answer(bomb(GZIP), JSON, "Content-Encoding: gzip")


@evil("too_large")
def deflate_bomb(talk: Talk) -> None:
    talk.answer(bomb(zlib.MAX_WBITS), JSON, "Content-Encoding: deflate")


@evil("too_large")
def raw_deflate_bomb(talk: Talk) -> None:
    talk.answer(bomb(-zlib.MAX_WBITS), JSON, "Content-Encoding: deflate")


@evil("too_large")
def gzip_in_gzip_bomb(talk: Talk) -> None:
    talk.answer(gzip.compress(bomb(GZIP)), JSON, "Content-Encoding: gzip, gzip")


@evil("too_large")
def gzip_bomb_of_many_members(talk: Talk) -> None:
    talk.answer(gzip.compress(b" " * 1_000_000) * 200, JSON, "Content-Encoding: gzip")


@evil("encoding")
def brotli_unasked(talk: Talk) -> None:
    talk.answer(b"\x0b\x02\x80{}\n\x03", JSON, "Content-Encoding: br")


@evil("encoding")
def codings_without_end(talk: Talk) -> None:
    talk.answer(gzip.compress(b"{}"), JSON, "Content-Encoding: " + ", ".join(["gzip"] * 20))


@evil("encoding")
def gzip_in_name_only(talk: Talk) -> None:
    talk.answer(b"{}", JSON, "Content-Encoding: gzip")


@evil("encoding")
def gzip_breaks_off(talk: Talk) -> None:
    talk.answer(gzip.compress(b'{"a": 1}' * 1000)[:-9], JSON, "Content-Encoding: gzip")


@evil("encoding")
def garbage_after_gzip(talk: Talk) -> None:
    talk.answer(gzip.compress(b"{}") + b"garbage", JSON, "Content-Encoding: gzip")


@evil("redirect_loop")
def redirects_to_itself(talk: Talk) -> None:
    talk.answer(b"", f"Location: {talk.base}/", status="302 Found")


@evil("address")
def redirects_into_a_private_network(talk: Talk) -> None:
    talk.answer(b"", "Location: http://10.0.0.1/admin", status="302 Found")


@evil("address")
def redirects_to_metadata(talk: Talk) -> None:
    talk.answer(b"", "Location: http://169.254.169.254/latest/meta-data/", status="307 Temporary Redirect")


@evil("origin")
def redirects_elsewhere(talk: Talk) -> None:
    talk.answer(b"", "Location: https://anderswo.example/", status="301 Moved Permanently")


@evil("origin")
def redirects_to_a_file(talk: Talk) -> None:
    talk.answer(b"", "Location: file:///etc/passwd", status="302 Found")


@evil("request")
def redirects_to_nonsense(talk: Talk) -> None:
    talk.answer(b"", "Location: http://[::1", status="302 Found")


@evil("request")
def redirects_with_a_name(talk: Talk) -> None:
    talk.answer(b"", f"Location: {talk.base.replace('//', '//admin:admin@')}/", status="302 Found")


@evil(None)
def invalid_json(talk: Talk) -> None:
    talk.answer(b'{"a": ', JSON)


@evil(None)
def invalid_utf8(talk: Talk) -> None:
    talk.answer(b'{"a": "\xff\xfe"}', JSON)


@evil(None)
def redirect_without_a_place(talk: Talk) -> None:
    talk.answer(b"", status="302 Found")


@evil(None)
def headers_of_another_alphabet(talk: Talk) -> None:
    talk.answer(b"{}", JSON, "X-Name: Stra\xdfe")


@cache
def bomb(wbits: int) -> bytes:
    """A stream of about a thousandth of the 200 MB that it unpacks to."""
    packer = zlib.compressobj(1, wbits=wbits)
    piece = b" " * 1_000_000
    return b"".join([*(packer.compress(piece) for _ in range(200)), packer.flush()])


def pack_bombs() -> None:
    """To be called before a client waits: packing takes longer than it does."""
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS, GZIP):
        bomb(wbits)
