"""The transport `http`: pre-flight, then the endpoint behind its gateway, then what limits kept untested."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from schnittstellen.domain.finding import CannotJudge
from schnittstellen.engine.ports import Observation, Unreadable
from schnittstellen.transports.http import codes


class Http:
    """Shows a running API. Options: see `HttpOptions.of`.

    Yields the endpoint, and once that has been judged, what limits cut off (never green). The connection is closed and
    the evidence is complete when the iterator ends or is closed, also after an interrupt.
    """

    name = "http"
    codes: ClassVar = codes.CODES
    live = True

    def accepts(self, target: str) -> bool:
        """Addresses with http or https."""
        return target.lower().startswith(("http://", "https://"))

    def shown(self, target: str) -> str:
        """The target without user name, password and keys."""
        from schnittstellen.transports.http.sensitive import hidden

        return hidden(target)

    def observe(self, target: str, options: Mapping[str, Any]) -> Iterator[Observation]:
        """The endpoint at `target`, or the finding that says why it cannot be judged."""
        from schnittstellen.transports.http.session import opened

        try:
            with opened(target, options) as session:
                yield session.endpoint
        except CannotJudge as reason:
            yield Unreadable(name=self.shown(target), finding=reason.finding)
        else:
            yield from session.remains()
