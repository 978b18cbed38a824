"""How long pages take while ten readers read at once: each for the first time, then again; and how heavy they are.

Fill a catalogue first (benchmarks.catalogue.fill), start `schnittstellen serve --port 8000` over it, then, with the
same environment: PYTHONPATH=. python -m benchmarks.catalogue.pages [--base URL] [--readers N] [--rounds N] [--pause S]

Readers wait for each answer before they ask for the next page. Twenty pages of each kind, which are not measured, are
read before. Then all other addresses are dealt out among the readers, so that no page was read by anybody before; then
each reads them as chance has it, so that the other process may have computed it.
Start the server anew for each run. Seconds are of this machine, readers included.
`--inside` needs no server: it says how long each kind of page computes the first time and again (where others use the
machine as well, that says more than the clock) and how many queries it takes.
"""

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from benchmarks.catalogue.yardstick import yardstick

from schnittstellen.catalogue.start import ready

if TYPE_CHECKING:
    from django.test import Client

SAMPLES = 40
ROUNDS = 40
WARMING = 20
"""Pages of each kind that are read before, and never measured: a server that runs has computed pages of its kinds."""
ALL = WARMING + SAMPLES
Read = tuple[str, float, int, int]
"""Kind, seconds, status and compressed bytes of a page that was read."""


def addresses() -> dict[str, list[str]]:
    """Addresses of each kind of page, chosen by a seed; no two are the same."""
    from schnittstellen.catalogue.models import Leistung, Municipality, Product, Standard

    some = random.Random(3)
    products = some.sample(list(Product.objects.filter(merged_into=None).values_list("key", flat=True)), ALL)
    standards = list(Standard.objects.values_list("key", flat=True))[:ALL]
    used = Leistung.objects.filter(products__isnull=False).distinct()
    leistungen = some.sample(list(used.values_list("key", flat=True)), ALL)
    places = some.sample(list(Municipality.objects.filter(open=True).values_list("key", flat=True)), ALL)
    names = [name.split()[0] for name in Product.objects.values_list("name", flat=True)[: 2 * ALL]]
    pairs = list(zip(products, places, strict=True))
    return {
        "home": [f"/?von={number}" for number in range(ALL)],
        "search": [f"/suche?q={quote(name)}" for name in list(dict.fromkeys(names))[:ALL]],
        "products": [f"/programme?seite={number}" for number in range(1, ALL + 1)],
        "product": [f"/programme/{key}" for key in products],
        "partners": [f"/programme/{key}/partner" for key in products],
        "standard": [f"/standards/{key}" for key in standards],
        "Leistung": [f"/leistungen/{key}" for key in leistungen],
        "municipality": [f"/kommunen/{key}" for key in places],
        "can I buy it": [f"/beschaffen?programm={product}&kommune={place}" for product, place in pairs],
        "comparison": [f"/vergleich?programm={one}&programm={two}" for one, two in pairwise(products)],
    }


def reader(base: str, seed: int, asked: Iterable[tuple[str, str]], pause: float = 0) -> Iterator[Read]:
    """One reader of pages (kind and address), by one connection."""
    own = random.Random(seed)
    place = urlsplit(base)
    line = HTTPConnection(place.hostname or "127.0.0.1", place.port)
    for kind, address in asked:
        time.sleep(own.uniform(0, 2 * pause))
        began = time.perf_counter()
        line.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        weight = len(answer.read())
        yield kind, time.perf_counter() - began, answer.status, weight


def at_once(base: str, asked: list[list[tuple[str, str]]], pause: float = 0) -> list[Read]:
    """What all readers read, each their own pages."""
    with ThreadPoolExecutor(len(asked)) as pool:
        reading = [pool.submit(lambda n: list(reader(base, n, asked[n], pause)), n) for n in range(len(asked))]
        return [one for some in reading for one in some.result()]


def inside(pages: dict[str, list[str]], samples: int) -> None:
    """Time computed for each kind of page, in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    print(f"{connection.vendor}; {yardstick()}\n{'page':<14} {'cpu p50':>8} {'cpu p95':>8} {'again':>8} {'queries':>8}")
    client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="gzip")
    for kind, some in pages.items():
        for address in some[: WARMING - 1]:
            client.get(address)
        first, again = ([_computed(client, one) for one in some[WARMING:][:samples]] for _ in range(2))
        with CaptureQueriesContext(connection) as caught:
            client.get(some[WARMING - 1])
        p50, p95, kept = _part(first, 0.5), _part(first, 0.95), _part(again, 0.5)
        print(f"{kind:<14} {p50:8.1f} {p95:8.1f} {kept:8.1f} {len(caught):8}", flush=True)


def _computed(client: "Client", address: str) -> float:
    began = time.process_time()
    client.get(address)
    return (time.process_time() - began) * 1000


def _part(taken: list[float], part: float) -> float:
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * part))]


def _told(title: str, read: list[Read]) -> None:
    seconds, weights = defaultdict(list), defaultdict(int)
    for kind, took, _, weight in read:
        seconds[kind].append(took * 1000)
        weights[kind] = max(weights[kind], weight)
    print(f"{title}: {len(read)} pages, {sum(status >= 500 for _, _, status, _ in read)} refused")
    print(f"{'page':<14} {'read':>6} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8} {'most kB':>8}")
    for kind, taken in [*seconds.items(), ("all", [one for some in seconds.values() for one in some])]:
        p50, p95, most = (_part(taken, part) for part in (0.5, 0.95, 1))
        print(f"{kind:<14} {len(taken):6} {p50:8.1f} {p95:8.1f} {most:8.1f} {weights[kind] / 1000:8.1f}")


def _dealt(pages: dict[str, list[str]], readers: int) -> list[list[tuple[str, str]]]:
    """Each address to one reader, mixed by a seed."""
    every = [(kind, address) for kind, some in pages.items() for address in some]
    random.Random(5).shuffle(every)
    return [every[number::readers] for number in range(readers)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="pages that each reads again")
    parser.add_argument("--pause", type=float, default=0, help="seconds that a reader looks at a page, on average")
    parser.add_argument("--inside", type=int, metavar="N", help="compute N pages of each kind without a server")
    options = parser.parse_args()
    ready()
    pages = addresses()
    if options.inside:
        inside(pages, options.inside)
        return
    at_once(options.base, _dealt({kind: some[:WARMING] for kind, some in pages.items()}, options.readers))
    dealt = _dealt({kind: some[WARMING:] for kind, some in pages.items()}, options.readers)
    every = [one for some in dealt for one in some]
    _told(f"{options.readers} readers, each page for the first time", at_once(options.base, dealt, options.pause))
    again = [random.Random(number).choices(every, k=options.rounds) for number in range(options.readers)]
    _told(f"{options.readers} readers, pages read before", at_once(options.base, again, options.pause))


if __name__ == "__main__":
    main()
