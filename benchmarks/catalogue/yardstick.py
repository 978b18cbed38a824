"""How fast the machine computes just now: the same program takes twice the time where neighbours share the core."""

import time
from pathlib import Path


def yardstick() -> str:
    """Time computed for two million additions."""
    began, total = time.process_time(), 0
    for number in range(2_000_000):
        total += number
    return f"yardstick: two million additions {(time.process_time() - began) * 1000:.0f} ms"


def computed() -> float:
    """Seconds that this process has computed, and with it the PostgreSQL process that serves it on this machine."""
    return time.process_time() + _served()


def _served() -> float:
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
    except OSError:
        return 0.0
