"""How long the questions take, and whether their number of database queries grows with the rows.

Fill a catalogue first (benchmarks.catalogue.fill), then, with the same environment:
PYTHONPATH=. python -m benchmarks.catalogue.questions [--samples N] [--only QUESTION] [--day YYYY-MM-DD] [--json]

"cpu" is the time that this process computed, and the process of a PostgreSQL server on the same machine that serves
it; it says more than the clock where others use the machine as well. The column "to least" is the ratio to the least
query that the database can answer.
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

from benchmarks.catalogue.yardstick import computed, yardstick
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schnittstellen.catalogue.start import ready

Ask = Callable[[str], object]
HEADS = ("p50 ms", "p95 ms", "max ms", "cpu p50", "cpu p95", "queries", "to least")


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of one question over all samples; `queries` the most that any sample took."""

    question: str
    samples: int
    p50: float
    p95: float
    most: float
    cpu_p50: float
    cpu_p95: float
    queries: int
    to_least: float


def questions(day: date) -> Iterator[tuple[str, Ask, list[str]]]:
    """Each question with the keys it is asked for."""
    from schnittstellen import bootstrap
    from schnittstellen.catalogue.models import Deployment, Leistung, Municipality, Product, Standard
    from schnittstellen.catalogue.services import products, standards
    from schnittstellen.catalogue.services.alternatives import alternatives
    from schnittstellen.catalogue.services.chain import chain
    from schnittstellen.catalogue.services.couplings import judged
    from schnittstellen.catalogue.services.duplicates import candidates
    from schnittstellen.catalogue.services.ending import ending
    from schnittstellen.catalogue.services.funding import funding
    from schnittstellen.catalogue.services.landscape import landscape
    from schnittstellen.catalogue.services.merged import Of
    from schnittstellen.catalogue.services.neighbours import neighbours
    from schnittstellen.catalogue.services.pairs import pair
    from schnittstellen.catalogue.services.partners import matrix, partners
    from schnittstellen.catalogue.services.procurement import can_procure
    from schnittstellen.catalogue.services.search import search
    from schnittstellen.catalogue.services.tender import Wanted, tender
    from schnittstellen.catalogue.services.viewer import OPERATOR, PUBLIC

    library = bootstrap.library()
    every = list(Product.objects.values_list("key", flat=True))
    leistungen = list(Leistung.objects.filter(products__isnull=False).distinct().values_list("key", flat=True))
    places = list(Deployment.objects.values_list("municipality__key", flat=True).distinct())
    opened = list(Municipality.objects.filter(open=True).values_list("key", flat=True))
    words = [name.split()[0] for name in Product.objects.values_list("name", flat=True)[:500]]
    some = random.Random(5).choice

    def tenders(key: str) -> object:
        return tender(Wanted("fachverfahren", (key,), some(places)), OPERATOR, library, day)

    def product(key: str) -> object:
        return products.described(key, PUBLIC, day), products.users(key, PUBLIC, day)

    def municipality(key: str) -> object:
        land = landscape(key, PUBLIC, day)
        return judged(land, day), neighbours(key, day), ending(day, 365, PUBLIC, key)

    yield "partners", lambda key: partners(key, day), every
    yield "pair", lambda key: pair(key, some(every), day), every
    yield "matrix", lambda key: matrix(key, day), leistungen
    yield "can-procure", lambda key: can_procure(key, some(places), OPERATOR, day), every
    yield "tender", tenders, leistungen
    yield "alternatives", lambda key: alternatives(key, PUBLIC, day), every
    yield "funding", lambda key: funding(key, day), every
    yield "chain", lambda key: chain(key, PUBLIC, day), leistungen
    yield "chain, place", lambda key: chain(some(leistungen), OPERATOR, day, key), places
    yield "neighbours", lambda key: neighbours(key, day), places
    yield "neighbours, one", lambda key: neighbours(key, day, some(leistungen)), places
    yield "ending", lambda _key: ending(day, 365, PUBLIC), ["all"] * 20
    yield "ending, place", lambda key: ending(day, 365, OPERATOR, key), places
    yield "search", search, words
    yield "standard", lambda key: standards.laid_out(key, day), list(Standard.objects.values_list("key", flat=True))
    yield "standards", lambda _key: standards.supported(), ["all"] * 20
    yield "product", product, every
    yield "municipality", municipality, opened
    yield "duplicates", lambda _key: candidates(Of.PRODUCTS), ["all"] * 3


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
    ask(chosen[0])
    seconds, taken, most = [], [], 0
    for key in chosen:
        began, cpu = time.perf_counter(), computed()
        ask(key)
        seconds.append((time.perf_counter() - began) * 1000)
        taken.append((computed() - cpu) * 1000)
    for key in chosen[:10]:
        with CaptureQueriesContext(connection) as caught:
            ask(key)
        most = max(most, len(caught))
    (p50, p95, worst), (cpu, cpu_p95, _) = _told(seconds), _told(taken)
    return Measured(question, len(seconds), p50, p95, worst, cpu, cpu_p95, most, p95 / 1000 / bare)


def _told(taken: list[float]) -> tuple[float, float, float]:
    """Median, p95 and the most."""
    rising = sorted(taken)
    return statistics.median(rising), rising[max(0, int(len(rising) * 0.95) - 1)], rising[-1]


def naive(day: date, samples: int) -> tuple[float, float]:
    """Seconds of computing for a product by trying every other release, and by `partners`; means over `samples`."""
    from schnittstellen.catalogue.models import Declaration, Product
    from schnittstellen.catalogue.services.partners import partners
    from schnittstellen.catalogue.services.words import said
    from schnittstellen.domain.exchange import Word, encounter

    keys = random.Random(11).sample(list(Product.objects.values_list("key", flat=True)), samples)
    tried = asked = 0.0
    for key in keys:
        began = time.process_time()
        words: dict[str, list[Word]] = defaultdict(list)
        for one in said(Declaration.objects.all(), day):
            words[one.name].append(one.word)
        own = [name for name in words if name.startswith(f"{key}@")]
        for name, other in words.items():
            if own and name not in own:
                encounter(words[own[-1]], other, day)
        tried += time.process_time() - began
        began = time.process_time()
        partners(key, day)
        asked += time.process_time() - began
    return tried / samples, asked / samples


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--only", action="append", help="a question; may be said more than once")
    parser.add_argument("--day", type=date.fromisoformat, help="today in the zone of the catalogue, if none is said")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    ready()
    day = options.day or date.today()
    bare = least()
    asked = ((name, ask, keys) for name, ask, keys in questions(day) if name in (options.only or [name]))
    found = (measured(name, ask, keys, options.samples, bare) for name, ask, keys in asked)
    if options.json:
        print(json.dumps([asdict(one) for one in found], indent=2))
        return
    print(f"{connection.vendor}; least query {bare * 1000:.2f} ms; {yardstick()}")
    print(f"{'question':<16}" + "".join(f" {one:>8}" for one in HEADS))
    for one in found:
        print(
            f"{one.question:<16} {one.p50:8.1f} {one.p95:8.1f} {one.most:8.1f} {one.cpu_p50:8.1f} {one.cpu_p95:8.1f} "
            f"{one.queries:8} {one.to_least:8.0f}",
            flush=True,
        )
    if options.only and "naive" not in options.only:
        return
    tried, asked_for = naive(day, 3)
    print(
        f"partners of a product: by trying all pairs {tried:.2f} s, by looks {asked_for:.3f} s, "
        f"ratio {tried / asked_for:.0f} (cpu)"
    )


if __name__ == "__main__":
    main()
