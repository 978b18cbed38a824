"""Where the mock of a test order lies: below a path, and with addresses, that depend on the seed of the order.

Whoever wants to record a session before the order is issued does not know them.
"""

import hmac
from dataclasses import dataclass
from hashlib import sha256

DIGITS = 12


@dataclass(frozen=True, slots=True)
class Places:
    """The addresses of one seed. Where `opaque`, each address but the entry ends in something of its own."""

    seed: int
    opaque: bool = False

    @property
    def mount(self) -> str:
        """The path below which everything lies."""
        return f"/lauf-{self.token('mount')}"

    def moved(self, path: str) -> str:
        """`path` as this seed shows it."""
        return f"{path.rstrip('/')}-{self.token(path)}" if self.opaque and path.strip("/") else path

    def token(self, text: str) -> str:
        """Something of its own for `text`, that the seed gives."""
        return hmac.new(str(self.seed).encode(), text.encode(), sha256).hexdigest()[:DIGITS]


def inside(mount: str, url: str) -> str | None:
    """`url` (path and query) below `mount`; None for one beside it."""
    if not mount:
        return url
    rest = url.removeprefix(mount)
    return rest if rest != url and rest[:1] in ("/", "?", "") else None
