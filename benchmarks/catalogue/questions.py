"""How long the questions take, and whether their number of database queries grows with the rows.

Fill a catalogue first (benchmarks.catalogue.fill), then, with the same environment:
PYTHONPATH=. python -m benchmarks.catalogue.questions [--samples N] [--day YYYY-MM-DD] [--json]

Seconds are of this machine; the column "to least" is the ratio to the least query that the database can answer.
"""

import argparse
import json
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from schnittstellen.catalogue.start import ready

Ask = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of one question over all samples; `queries` the most that any sample took."""

    question: str
    samples: int
    p50: float
    p95: float
    most: float
    queries: int
    to_least: float


def questions(day: date) -> Iterator[tuple[str, Ask, list[str]]]:
    """Each question with the keys it is asked for."""
    from schnittstellen import bootstrap
    from schnittstellen.catalogue.models import Deployment, Leistung, Product
    from schnittstellen.catalogue.services.partners import matrix, partners
    from schnittstellen.catalogue.services.procurement import can_procure
    from schnittstellen.catalogue.services.search import search
    from schnittstellen.catalogue.services.tender import Wanted, tender
    from schnittstellen.catalogue.services.viewer import OPERATOR

    library = bootstrap.library()
    products = list(Product.objects.values_list("key", flat=True))
    leistungen = list(Leistung.objects.filter(products__isnull=False).distinct().values_list("key", flat=True))
    places = list(Deployment.objects.values_list("municipality__key", flat=True).distinct())
    words = [name.split()[0] for name in Product.objects.values_list("name", flat=True)[:500]]
    place = random.Random(5).choice

    def buys(key: str) -> object:
        return can_procure(key, place(places), OPERATOR, day)

    def tenders(key: str) -> object:
        return tender(Wanted("fachverfahren", (key,), place(places)), OPERATOR, library, day)

    yield "partners", lambda key: partners(key, day), products
    yield "matrix", lambda key: matrix(key, day), leistungen
    yield "can-procure", buys, products
    yield "tender", tenders, leistungen
    yield "search", search, words


def least() -> float:
    """Seconds of the least that any answer needs: one row by its key."""
    from schnittstellen.catalogue.models import Product

    key = Product.objects.values_list("key", flat=True)[0]
    began = time.perf_counter()
    for _ in range(200):
        Product.objects.get(key=key)
    return (time.perf_counter() - began) / 200


def measured(question: str, ask: Ask, keys: list[str], samples: int, bare: float) -> Measured:
    """Ask for `samples` keys, chosen by a seed."""
    chosen = random.Random(7).sample(keys, min(samples, len(keys)))
    seconds, most = [], 0
    for key in chosen:
        began = time.perf_counter()
        ask(key)
        seconds.append(time.perf_counter() - began)
    for key in chosen[:10]:
        with CaptureQueriesContext(connection) as caught:
            ask(key)
        most = max(most, len(caught))
    told = [one * 1000 for one in sorted(seconds)]
    p95 = told[int(len(told) * 0.95) - 1]
    return Measured(question, len(told), statistics.median(told), p95, told[-1], most, p95 / 1000 / bare)


def naive(day: date, samples: int) -> tuple[float, float]:
    """Seconds for a product by trying it with every other release, and by `partners`; means over `samples`."""
    from schnittstellen.catalogue.models import Declaration, Product
    from schnittstellen.catalogue.services.partners import partners
    from schnittstellen.catalogue.services.words import said
    from schnittstellen.domain.exchange import Word, encounter

    keys = random.Random(11).sample(list(Product.objects.values_list("key", flat=True)), samples)
    tried = asked = 0.0
    for key in keys:
        began = time.perf_counter()
        words: dict[str, list[Word]] = defaultdict(list)
        for one in said(Declaration.objects.all(), day):
            words[one.name].append(one.word)
        own = [name for name in words if name.startswith(f"{key}@")]
        for name, other in words.items():
            if own and name not in own:
                encounter(words[own[-1]], other, day)
        tried += time.perf_counter() - began
        began = time.perf_counter()
        partners(key, day)
        asked += time.perf_counter() - began
    return tried / samples, asked / samples


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--day", type=date.fromisoformat, default=date.today())
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    ready()
    bare = least()
    found = [measured(name, ask, keys, options.samples, bare) for name, ask, keys in questions(options.day)]
    if options.json:
        print(json.dumps([asdict(one) for one in found], indent=2))
        return
    print(f"{connection.vendor}; least query {bare * 1000:.2f} ms")
    print(f"{'question':<14} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8} {'queries':>8} {'to least':>9}")
    for one in found:
        print(
            f"{one.question:<14} {one.p50:8.1f} {one.p95:8.1f} {one.most:8.1f} {one.queries:8} {one.to_least:9.0f}",
            flush=True,
        )
    tried, asked = naive(options.day, 5)
    print(
        f"partners of a product: by trying all pairs {tried:.2f} s, by index {asked:.2f} s, ratio {tried / asked:.0f}"
    )


if __name__ == "__main__":
    main()
