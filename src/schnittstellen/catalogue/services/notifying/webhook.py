"""Webhooks as Standard Webhooks writes them: id, time and HMAC-SHA-256 over both and the body."""

import base64
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings

from schnittstellen.engine.endpoint import Call
from schnittstellen.transports.http.once import post

SECONDS = 15.0
GONE = 410
Post = Callable[..., Call]


def signed(secret: str, id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers of a message; `secret` is `whsec_` and base64."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    stamp = str(int(at.timestamp()))
    content = b".".join((id.encode(), stamp.encode(), body))
    signature = base64.b64encode(hmac.new(key, content, sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature}",
    }


def written(data: Mapping[str, Any]) -> bytes:
    """The body of a message."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def send(url: str, body: bytes, headers: Mapping[str, str], ask: Post = post) -> str:
    """Post it; returns why it did not arrive, empty where it did, `gone` where nobody wants it any more."""
    call = ask(url, body, headers, private=settings.PRIVATE_ENDPOINTS, seconds=SECONDS)
    if call.problem is not None or call.response is None:
        return call.problem or "request"
    status = call.response.status
    if status == GONE:
        return "gone"
    return "" if 200 <= status < 300 else f"status {status}"
