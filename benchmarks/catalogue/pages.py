"""How long pages take while ten readers read at once, and how heavy a first visit is.

Fill a catalogue first (benchmarks.catalogue.fill), start `schnittstellen serve --port 8000` over it, then, with the
same environment: PYTHONPATH=. python -m benchmarks.catalogue.pages [--base URL] [--readers N] [--rounds N] [--pause S]

Readers wait for each answer before they ask for the next page. Seconds are of this machine, readers included.
`--inside` needs no server: it says how long each kind of page computes (where others use the machine as well, that says
more than the clock) and how many queries it takes.
"""

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import pairwise
from urllib.parse import quote, urlsplit

from benchmarks.catalogue.yardstick import yardstick

from schnittstellen.catalogue.start import ready

SAMPLES = 40


def addresses() -> dict[str, list[str]]:
    """Addresses of each kind of page, chosen by a seed."""
    from schnittstellen.catalogue.models import Leistung, Municipality, Product, Standard

    some = random.Random(3)
    products = some.sample(list(Product.objects.filter(merged_into=None).values_list("key", flat=True)), SAMPLES)
    standards = list(Standard.objects.values_list("key", flat=True))[:SAMPLES]
    used = Leistung.objects.filter(products__isnull=False).distinct()
    leistungen = some.sample(list(used.values_list("key", flat=True)), SAMPLES)
    places = some.sample(list(Municipality.objects.filter(open=True).values_list("key", flat=True)), SAMPLES)
    names = [name.split()[0] for name in Product.objects.values_list("name", flat=True)[:SAMPLES]]
    pairs = list(zip(products, places, strict=True))
    return {
        "home": ["/"],
        "search": [f"/suche?q={quote(name)}" for name in names],
        "products": [f"/programme?seite={number}" for number in range(1, SAMPLES)],
        "product": [f"/programme/{key}" for key in products],
        "partners": [f"/programme/{key}/partner" for key in products],
        "standard": [f"/standards/{key}" for key in standards],
        "Leistung": [f"/leistungen/{key}" for key in leistungen],
        "municipality": [f"/kommunen/{key}" for key in places],
        "can I buy it": [f"/beschaffen?programm={product}&kommune={place}" for product, place in pairs],
        "comparison": [f"/vergleich?programm={one}&programm={two}" for one, two in pairwise(products)],
    }


def reader(
    base: str, seed: int, rounds: int, pages: dict[str, list[str]], pause: float = 0
) -> Iterator[tuple[str, float, int, int]]:
    """One reader: kind, seconds, status and compressed bytes of each page read."""
    own = random.Random(seed)
    place = urlsplit(base)
    line = HTTPConnection(place.hostname or "127.0.0.1", place.port)
    for _ in range(rounds):
        time.sleep(own.uniform(0, 2 * pause))
        kind = own.choice(list(pages))
        began = time.perf_counter()
        line.request("GET", own.choice(pages[kind]), headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        weight = len(answer.read())
        yield kind, time.perf_counter() - began, answer.status, weight


def inside(pages: dict[str, list[str]], samples: int) -> None:
    """Time computed for each kind of page, in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    print(f"{connection.vendor}; {yardstick()}\n{'page':<14} {'cpu p50':>8} {'cpu p95':>8} {'queries':>8}")
    client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="gzip")
    for kind, some in pages.items():
        client.get(some[0])
        computed = []
        for address in (some * samples)[:samples]:
            began = time.process_time()
            client.get(address)
            computed.append((time.process_time() - began) * 1000)
        with CaptureQueriesContext(connection) as caught:
            client.get(some[-1])
        computed.sort()
        p50, p95 = computed[len(computed) // 2], computed[int(len(computed) * 0.95) - 1]
        print(f"{kind:<14} {p50:8.1f} {p95:8.1f} {len(caught):8}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--pause", type=float, default=0, help="seconds that a reader looks at a page, on average")
    parser.add_argument("--inside", type=int, metavar="N", help="compute N pages of each kind without a server")
    options = parser.parse_args()
    ready()
    pages = addresses()
    if options.inside:
        inside(pages, options.inside)
        return
    warm = {kind: some[:1] for kind, some in pages.items()}
    list(reader(options.base, 0, 200, warm))
    seconds, weights, refused = defaultdict(list), defaultdict(int), 0
    with ThreadPoolExecutor(options.readers) as pool:
        readers = [
            pool.submit(lambda seed: list(reader(options.base, seed, options.rounds, pages, options.pause)), seed)
            for seed in range(options.readers)
        ]
        for kind, took, status, weight in (row for one in readers for row in one.result()):
            seconds[kind].append(took)
            weights[kind] = max(weights[kind], weight)
            refused += status >= 500
    print(f"{options.readers} readers, {options.rounds} pages each, {refused} refused")
    print(f"{'page':<14} {'read':>6} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8} {'most kB':>8}")
    for kind, taken in [*seconds.items(), ("all", [one for some in seconds.values() for one in some])]:
        taken.sort()
        p50, p95, most = (taken[min(len(taken) - 1, int(len(taken) * part))] * 1000 for part in (0.5, 0.95, 1))
        print(f"{kind:<14} {len(taken):6} {p50:8.1f} {p95:8.1f} {most:8.1f} {weights[kind] / 1000:8.1f}")


if __name__ == "__main__":
    main()
