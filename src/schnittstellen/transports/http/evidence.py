"""What the gateway tells its listeners about each exchange that was tried on the wire, free of secrets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from schnittstellen.engine.endpoint import Call

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange. `sent` are the headers as they left (redacted); `body` is the decoded body of the answer."""

    call: Call
    sent: Pairs
    started: datetime
    seconds: float
    version: str = ""


Listener = Callable[[Exchange], None]
"""Called once for each exchange, in the order in which they end, never at the same time."""
