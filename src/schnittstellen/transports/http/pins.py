"""Name resolution, once per host and run: a second answer cannot move the target (DNS rebinding)."""

import socket
import threading
from collections.abc import Callable, Sequence

from schnittstellen.transports.http.address import IPAddress, Reach, literal, reach

Resolver = Callable[[str], Sequence[str]]


class Refused(Exception):
    """A host that must not or cannot be reached: `problem` is `dns`, `timeout` or `address`."""

    def __init__(self, problem: str, detail: str) -> None:
        super().__init__(detail)
        self.problem = problem
        self.detail = detail


def system_resolver(host: str) -> Sequence[str]:
    """All addresses of `host` that the system knows, IPv4 first where it says so. Raises `OSError`."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class Pins:
    """Keeps the first resolution of each host. `private` allows loopback, private and link-local addresses."""

    def __init__(self, *, private: bool, resolver: Resolver = system_resolver, timeout: float = 10.0) -> None:
        self._private = private
        self._resolver = resolver
        self._timeout = timeout
        self._lock = threading.Lock()
        self._pinned: dict[str, tuple[IPAddress, ...]] = {}

    def addresses(self, host: str) -> tuple[IPAddress, ...]:
        """The addresses that `host` may be reached under in this run, at least one. Raises `Refused`."""
        with self._lock:
            if host not in self._pinned:
                self._pinned[host] = self._allowed(self._resolved(host))
            return self._pinned[host]

    def _resolved(self, host: str) -> list[IPAddress]:
        own = literal(host)
        if own is not None:
            return [own]
        found = [literal(text.partition("%")[0]) for text in self._asked(host)]
        return [address for address in dict.fromkeys(found) if address is not None]

    def _asked(self, host: str) -> Sequence[str]:
        """Ask in a thread of its own, because the system's resolver cannot be told how long to wait."""
        answers: list[Sequence[str]] = []
        failures: list[BaseException] = []

        def ask() -> None:
            try:
                answers.append(self._resolver(host))
            except (OSError, UnicodeError) as error:
                failures.append(error)

        thread = threading.Thread(target=ask, daemon=True, name="resolve")
        thread.start()
        thread.join(self._timeout)
        if answers:
            return answers[0]
        if failures:
            raise Refused("dns", "name not known")
        raise Refused("dns", "no answer from the resolver")

    def _allowed(self, found: list[IPAddress]) -> tuple[IPAddress, ...]:
        """Public addresses, where there are any; else private ones, where those are allowed."""
        if not found:
            raise Refused("dns", "name has no address")
        best = min(reach(address) for address in found)
        worst = max(reach(address) for address in found)
        if best is Reach.NEVER:
            raise Refused("address", "not an address that can be called")
        if worst is not Reach.PUBLIC and not self._private:
            raise Refused("address", "leads into a private network")
        return tuple(address for address in found if reach(address) is best)
