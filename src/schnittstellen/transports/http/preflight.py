"""Pre-flight: whether an endpoint can be judged at all. What stands in the way is never the product's failure."""

import re
from collections.abc import Mapping

from schnittstellen.domain.finding import Code, Finding, Place
from schnittstellen.engine.endpoint import Call, Request, Response
from schnittstellen.transports.http import answer_codes, limit_codes, reach_codes

PURPOSE = "preflight"
_TLS: Mapping[str, Code] = {
    "expired": reach_codes.TLS_EXPIRED,
    "not_yet_valid": reach_codes.TLS_EXPIRED,
    "wrong_host": reach_codes.TLS_WRONG_HOST,
    "unknown_ca": reach_codes.TLS_UNKNOWN_CA,
    "too_old": reach_codes.TLS_TOO_OLD,
    "client_certificate": reach_codes.TLS_CLIENT,
}
_PROBLEMS: Mapping[str, Code] = {
    "dns": reach_codes.NO_NAME,
    "refused": reach_codes.NO_CONNECTION,
    "timeout": reach_codes.NO_ANSWER,
    "reset": reach_codes.CLOSED,
    "protocol": reach_codes.NOT_HTTP,
    "encoding": answer_codes.UNDECODABLE,
    "too_large": answer_codes.TOO_LARGE,
    "redirect_loop": answer_codes.REDIRECT_LOOP,
    "address": reach_codes.FORBIDDEN_ADDRESS,
    "budget": limit_codes.OUT_OF_BUDGET,
    "deadline": limit_codes.OUT_OF_TIME,
    "request": reach_codes.BAD_URL,
    "unrecorded": limit_codes.NOT_RECORDED,
}
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_REDIRECTS = range(300, 400)


def request_for(url: str) -> Request:
    """The first request of a run."""
    return Request("GET", url, purpose=PURPOSE)


def obstacle(call: Call, *, with_secret: bool, entry: bool, parameters: Mapping[str, str]) -> Finding | None:
    """Why nothing can be judged after the answer to the first request, or None where it can.

    `entry` says that the address itself must answer; otherwise operations lie below it, and it may be unknown.
    `parameters` are further ones that messages may use: origin, host, file, budget, deadline.
    """
    url, answer = call.request.url, call.response
    if answer is not None and answer.status in _REDIRECTS and call.problem is not None:
        return _led_away(call, url)
    if call.problem is not None or answer is None:
        return _unanswered(call, {**parameters, "url": url, "limit": parameters.get(call.problem or "", "")})
    return _answered(answer, url, with_secret, entry)


def _led_away(call: Call, url: str) -> Finding:
    if call.problem == "redirect_loop":
        return _finding(answer_codes.REDIRECT_LOOP, url, url=url)
    where = call.detail if call.problem in ("origin", "address") else "?"
    return _finding(answer_codes.ELSEWHERE, url, url=url, origin=where)


def _unanswered(call: Call, known: Mapping[str, str]) -> Finding:
    problem = call.problem or ""
    code = (
        _TLS.get(call.detail, reach_codes.TLS_OTHER)
        if problem == "tls"
        else _PROBLEMS.get(problem, reach_codes.NO_CONNECTION)
    )
    used = {name: value for name, value in known.items() if f"{{{name}}}" in code.message}
    return _finding(code, known["url"], **used, **({"reason": call.detail} if call.detail else {}))


def _answered(answer: Response, url: str, with_secret: bool, entry: bool) -> Finding | None:
    status = str(answer.status)
    if answer.status in (401, 403, 407):
        return _finding(
            answer_codes.BAD_CREDENTIALS if with_secret else answer_codes.NEEDS_CREDENTIALS, url, url=url, status=status
        )
    if answer.status == 429:
        return _finding(answer_codes.RATE_LIMITED, url, url=url)
    if answer.status in (502, 503, 504):
        return _finding(answer_codes.MAINTENANCE, url, url=url, status=status)
    if answer.status in (404, 410) and entry:
        return _finding(answer_codes.WRONG_PATH, url, url=url, status=status)
    if entry and answer.status < 400 and _HTML.match(answer.body[:4096]) is not None:
        return _finding(answer_codes.HTML_PAGE, url, url=url)
    return None


def _finding(code: Code, place: str, **parameters: str) -> Finding:
    return Finding(code.id, Place(url=place), parameters)
