"""A request as a line that anyone can run again."""

import re
import shlex

from schnittstellen.engine.endpoint import Request

_MARK = re.compile(r"\*\*\*([A-Za-z_][A-Za-z0-9_]*)\*\*\*")
_UNPRINTABLE = re.compile(rb"[^\x20-\x7e\n\t\x80-\xff]")


def curl_line(request: Request) -> str:
    """The request as a `curl` command for a POSIX shell.

    The mark of a secret that came from an environment variable becomes that variable; other marks stay as they are, to
    be replaced by hand. A body that is no text is fed through `printf`.
    """
    parts = ["curl", "--globoff"]
    if request.method == "HEAD":
        parts.append("--head")
    elif request.method != "GET":
        parts += ["-X", request.method]
    for name, value in request.headers.items():
        parts += ["-H", f"{name};" if not value else f"{name}: {value}"]
    feed = ""
    if request.body is not None:
        feed, text = _body(request.body)
        parts += ["--data-binary", text]
    return feed + " ".join(map(_quoted, [*parts, request.url]))


def _body(body: bytes) -> tuple[str, str]:
    """What comes before the command, and the value of `--data-binary`."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = ""
    if not text or text.startswith("@") or _UNPRINTABLE.search(body):
        octets = "".join(f"\\{octet:03o}" for octet in body)
        return (f"printf '{octets}' | ", "@-") if body else ("", "")
    return "", text


def _quoted(part: str) -> str:
    """`part` quoted for the shell, with variables in the place of marks."""
    pieces = _MARK.split(part)
    if len(pieces) == 1:
        return shlex.quote(part)
    return "".join(f'"${piece}"' if at % 2 else shlex.quote(piece) if piece else "" for at, piece in enumerate(pieces))
