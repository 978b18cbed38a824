"""pygeoapi, a product written by others: its defects are told, what is right about it is not, nothing crashes.

Its document refers to schemas on the servers of the OGC. They are left out here on purpose, as on a machine without
a network: what they describe is not tested, and never passes.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pygeoapi", reason="uv pip install pygeoapi==0.21.0")

from schnittstellen.checks.openapi.survey import Survey
from schnittstellen.checks.openapi_probe import probed
from schnittstellen.domain.finding import Finding
from schnittstellen.engine.endpoint import Endpoint
from schnittstellen.engine.folding import fold
from schnittstellen.formats.openapi import bundled
from tests.openapi.senders import PlainSender

START = 40
KNOWN = {"A101", "A102", "A105", "A108", "A124", "A127", "A202", "A203"}


def configuration(folder: Path, port: int) -> str:
    base, own = f"http://127.0.0.1:{port}", "https://example.org/"
    person = {"name": "Muster", "url": own}
    words = {"title": "Muster", "description": "Muster", "keywords": ["muster"]}
    provider = {"type": "feature", "name": "GeoJSON", "data": str(folder / "orte.geojson"), "id_field": "id"}
    return json.dumps(
        {
            "server": {
                "bind": {"host": "127.0.0.1", "port": port},
                "url": base,
                "mimetype": "application/json; charset=UTF-8",
                "encoding": "utf-8",
                "languages": ["en-US"],
                "limits": {"default_items": 10, "max_items": 50},
                "map": {"url": f"{own}{{z}}/{{x}}/{{y}}.png", "attribution": "Muster"},
            },
            "logging": {"level": "ERROR"},
            "metadata": {
                "identification": {**words, "keywords_type": "theme", "terms_of_service": own, "url": own},
                "license": person,
                "provider": person,
                "contact": {**person, "email": "muster@example.org"},
            },
            "resources": {
                "orte": {
                    **words,
                    "type": "collection",
                    "links": [],
                    "extents": {"spatial": {"bbox": [-180, -90, 180, 90]}},
                    "providers": [provider],
                }
            },
        }
    )


def towns() -> str:
    one = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [7, 51]}}
    features = [{**one, "id": number, "properties": {"name": f"Musterort {number}"}} for number in range(1, 24)]
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, bytes]]:
    """Address and document of a running pygeoapi."""
    folder = tmp_path_factory.mktemp("pygeoapi")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "config.yml").write_text(configuration(folder, port), encoding="utf-8")
    (folder / "orte.geojson").write_text(towns(), encoding="utf-8")
    places = {"PYGEOAPI_CONFIG": str(folder / "config.yml"), "PYGEOAPI_OPENAPI": str(folder / "openapi.yml")}
    call = [sys.executable, "-c", "from pygeoapi import cli; cli()"]
    made = [*call, "openapi", "generate", places["PYGEOAPI_CONFIG"], "--output-file", places["PYGEOAPI_OPENAPI"]]
    subprocess.run(made, env={**os.environ, **places}, check=True, capture_output=True)
    server = subprocess.Popen(
        [*call, "serve"],
        env={**os.environ, **places},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}", (folder / "openapi.yml").read_bytes()
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def wait_for(port: int) -> None:
    end = time.monotonic() + START
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def test_its_defects_are_told_and_nothing_else(product: tuple[str, bytes]) -> None:
    base, data = product
    document = bundled(data, "openapi.yml", lambda _location, _base: None)
    endpoint = Endpoint(name="pygeoapi", url=base, sender=PlainSender(2000))
    found = list(fold(one for one in Survey(document, endpoint, {}).run() if isinstance(one, Finding)))
    told = {(one.code, one.rule) for one in found}
    assert ("A102", "getOrteQueryables") in told  # application/schema+json, documented is application/json
    assert ("A105", "getOrteQueryables") in told  # what it sends has "properties", documented is "queryables"
    assert ("A124", "getOrteFeatures") in told  # the schema of the OGC is missing: not tested
    assert {one.code for one in found} <= KNOWN


def test_probing_it_ends_without_trouble_of_the_tool(product: tuple[str, bytes]) -> None:
    base, data = product
    document = bundled(data, "openapi.yml", lambda _location, _base: None)
    sender = PlainSender(2000)
    found = list(probed(document, Endpoint(name="pygeoapi", url=base, sender=sender), {}))
    assert {one.code for one in found} <= KNOWN
    assert {call.request.method for call in sender.calls} <= {"GET", "HEAD", "OPTIONS"}
