"""A request as a line that anyone can run again."""

import shlex

from schnittstellen.engine.endpoint import Request


def curl_line(request: Request) -> str:
    """The request as a `curl` command; secrets are added by the sender and never stand in a request of ours."""
    parts = ["curl", "--globoff"]
    if request.method == "HEAD":
        parts.append("--head")
    elif request.method != "GET":
        parts += ["-X", request.method]
    for name, value in request.headers.items():
        parts += ["-H", f"{name}: {value}"]
    if request.body is not None:
        parts += ["--data-binary", request.body.decode("utf-8", "backslashreplace")]
    return shlex.join([*parts, request.url])
