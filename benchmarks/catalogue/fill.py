"""Fill the catalogue that the environment names with a made-up country.

SCHNITTSTELLEN_HOME=DIR PYTHONPATH=. python -m benchmarks.catalogue.fill [--scale F]
pg_virtualenv sh -c 'DATABASE_URL=postgresql:/// PYTHONPATH=. python -m benchmarks.catalogue.fill'
"""

import argparse
import sys
import time

from schnittstellen.catalogue.start import ready


def main() -> None:
    """Fill and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args()
    ready()
    from benchmarks.catalogue.world import Size, make

    began = time.perf_counter()
    make(
        Size().times(options.scale), say=lambda line: print(f"{time.perf_counter() - began:6.1f} s  {line}", flush=True)
    )
    print(f"{time.perf_counter() - began:6.1f} s  fertig", file=sys.stderr)


if __name__ == "__main__":
    main()
