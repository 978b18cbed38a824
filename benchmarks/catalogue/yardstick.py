"""How fast the machine computes just now: the same program takes twice the time where neighbours share the core."""

import time


def yardstick() -> str:
    """Time computed for two million additions."""
    began, total = time.process_time(), 0
    for number in range(2_000_000):
        total += number
    return f"yardstick: two million additions {(time.process_time() - began) * 1000:.0f} ms"
