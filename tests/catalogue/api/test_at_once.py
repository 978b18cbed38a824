"""Many who write at the same moment, against a server of its own with a database of its own."""

import http.client
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from tests.catalogue.api.serving import command, serving

WRITERS = 8
PATH = "/api/v1/products/muster-akte"


def asked(address: str, method: str, headers: dict[str, str], body: object = None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request(method, PATH, None if body is None else json.dumps(body), headers)
    response = connection.getresponse()
    response.body = response.read()  # type: ignore[attr-defined]
    connection.close()
    return response


def test_of_many_who_saw_the_same_state_one_writes(tmp_path: Path) -> None:
    with serving(tmp_path) as address:
        made = command(
            tmp_path, "token", "create", "--for", "vendor:musterarchiv", "--scope", "read", "--scope", "products"
        )
        headers = {"Authorization": f"Bearer {made.stdout.strip()}", "Content-Type": "application/json"}
        state = {**headers, "If-Match": str(asked(address, "GET", headers).getheader("ETag"))}

        def write(number: int) -> int:
            return asked(address, "PUT", state, {"name": f"Name {number}", "kind": "e-akte"}).status

        with ThreadPoolExecutor(WRITERS) as pool:
            outcomes = Counter(pool.map(write, range(WRITERS)))
        after = json.loads(asked(address, "GET", headers).body)  # type: ignore[attr-defined]
    assert outcomes == {200: 1, 412: WRITERS - 1}
    assert after["revision"] == 2
