"""No secret appears anywhere, in whatever dress it comes back."""

import base64
import html
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schnittstellen.engine.curl import curl_line
from schnittstellen.engine.endpoint import Request
from schnittstellen.transports.http.har import HarWriter
from schnittstellen.transports.http.redaction import Redactor, Secret, mark_of
from tests.evil_servers.raw import Talk, raw_server
from tests.http.making import gateway

SECRETS = st.text(
    st.characters(codec="utf-8", exclude_characters="*", exclude_categories=["Cc", "Cs", "Z"]), min_size=6
)
DRESSES: list[Callable[[str], str]] = [
    str,
    lambda value: quote(value, safe=""),
    quote_plus,
    lambda value: re.sub("%..", lambda octet: octet[0].lower(), quote(value, safe="")),
    lambda value: json.dumps(value)[1:-1],
    html.escape,
    lambda value: base64.b64encode(value.encode()).decode(),
    lambda value: base64.b64encode(b"name:" + value.encode()).decode(),
    lambda value: base64.b64encode(b"na:" + value.encode() + b"!").decode(),
    lambda value: base64.urlsafe_b64encode(b"n:" + value.encode()).decode().rstrip("="),
]


@given(secret=SECRETS, dress=st.sampled_from(DRESSES), before=st.text(), after=st.text())
@example(secret="Straße&Brücke", dress=DRESSES[4], before="", after="")
def test_a_secret_is_found_in_every_dress(secret: str, dress: Callable[[str], str], before: str, after: str) -> None:
    worn = dress(secret)
    shown = Redactor([Secret(secret)]).text(f"{before} {worn} {after}")
    assert secret not in shown
    assert f" {worn} " not in shown


@given(secret=SECRETS, before=st.binary(), after=st.binary())
def test_what_holds_no_secret_stays_as_it_is(secret: str, before: bytes, after: bytes) -> None:
    redactor = Redactor([Secret(secret)])
    once = redactor.data(before + after)
    assert redactor.data(once) == once
    if mark_of(1).encode() not in once:
        assert once == before + after


@given(secret=SECRETS)
def test_a_mark_stands_for_its_secret_on_the_way_out(secret: str) -> None:
    redactor = Redactor([Secret("another one"), Secret(secret)])
    assert redactor.revealed(f"Bearer {mark_of(2)}") == f"Bearer {secret}"
    assert redactor.revealed_in_url(f"?key={mark_of(2)}") == f"?key={quote(secret, safe='')}"


@settings(max_examples=25, deadline=None)
@given(secret=st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="*"), min_size=6))
def test_a_server_that_repeats_secrets_everywhere_gets_none_into_the_evidence(secret: str) -> None:
    def script(talk: Talk) -> None:
        while talk.request():
            body = json.dumps({"next": f"{talk.base}/?key={quote(secret, safe='')}", "auth": secret}).encode()
            talk.answer(body, f"X-Echo: {secret}", f"Location: /{quote(secret, safe='')}", "Content-Type: text/plain")

    with tempfile.TemporaryDirectory() as folder, raw_server(script) as server:
        path = Path(folder, "run.har")
        with HarWriter(path, with_content=True) as writer:
            sender = gateway(
                server.base,
                headers={"Authorization": f"Bearer {mark_of(1)}"},
                secrets=[Secret(secret)],
                listeners=[writer],
            )
            call = sender.send(Request("GET", f"{server.base}/"))
            assert call.response is not None
            link = json.loads(call.response.body)["next"]
            second = sender.send(Request("GET", link))
            own = sender.send(Request("GET", f"{server.base}/?k={quote(secret, safe='')}", {"X-Key": secret}))
            lines = [curl_line(one.request) for one in (call, second, own)]
        everything = [path.read_text(), repr(sender.calls), repr(call), repr(own), repr(second), *lines]
        sent = server.requests
    assert call.problem is None
    for text in everything:
        for worn in {secret, quote(secret, safe=""), json.dumps(secret)[1:-1]}:
            assert worn not in text
    assert all(f"Authorization: Bearer {secret}".encode() in request for request in sent)
    assert f"GET /?key={quote(secret, safe='')} ".encode() in sent[1]


@pytest.mark.parametrize("name", ["value", "repr"])
def test_a_secret_does_not_show_itself(name: str) -> None:
    secret = Secret("topsecret", "TOKEN")
    assert "topsecret" not in repr(secret)
    assert "topsecret" not in repr(Redactor([secret]))


def shell(line: str, **environment: str) -> list[str]:
    """The arguments that a shell gives to `curl`, and what it feeds it, one per line of output."""
    script = 'curl() { for one in "$@"; do printf "%s\\n" "$one"; done; [ -t 0 ] || cat; }\n' + line
    done = subprocess.run(
        ["/bin/sh", "-c", script], env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=True
    )
    return done.stdout.decode("latin-1").splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell")
def test_a_curl_line_repeats_the_request_with_the_secret_in_its_variable() -> None:
    def script(talk: Talk) -> None:
        while talk.request():
            talk.answer(b"{}")

    secret = Secret("ganz'geheim$1", "TOKEN")
    with raw_server(script) as server:
        headers = {"Authorization": f"Bearer {mark_of(1, 'TOKEN')}"}
        sender = gateway(server.base, headers=headers, secrets=[secret], may_write=True)
        call = sender.send(Request("POST", f"{server.base}/a?b='c'&d=$HOME", {"X-A": "it's `x`"}, b'{"a": "$b"}'))
    line = curl_line(call.request)
    assert secret.value not in line
    url = f"{server.base}/a?b='c'&d=$HOME"
    assert shell(line, TOKEN=secret.value) == [
        *("--globoff", "-X", "POST"),
        *("-H", f"Authorization: Bearer {secret.value}"),
        *("-H", "X-A: it's `x`"),
        *("--data-binary", '{"a": "$b"}'),
        url,
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell")
@pytest.mark.parametrize("body", [b"\xff\xfeabc", b"@/etc/passwd", b"a\x01b", b"%s\\n'"])
def test_a_curl_line_repeats_any_body(body: bytes) -> None:
    told = shell(curl_line(Request("POST", "http://x/", body=body)))
    *_, option, value, url = told[:6] if told[4] == "@-" else told
    assert option == "--data-binary"
    assert url == "http://x/"
    assert (told[6:] if value == "@-" else [value]) == [body.decode("latin-1")]
