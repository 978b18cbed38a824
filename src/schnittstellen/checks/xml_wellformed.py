"""`xml.wellformed`: can the message be read safely, and is it well-formed XML with namespaces?"""

from collections.abc import Iterator, Mapping
from typing import Any

from schnittstellen.checks import reading_codes as codes
from schnittstellen.checks.reading import finding_of, payload_of
from schnittstellen.domain.finding import Item
from schnittstellen.domain.standard import ArtefactKind
from schnittstellen.engine.ports import Context, Observation, Payload
from schnittstellen.formats.safe_xml import Feed, XmlProblem, document


class WellFormed:
    """XML 1.0 and Namespaces in XML 1.0, read by libxml2. No options. At most one finding: reading ends there."""

    name = "xml.wellformed"
    codes = (*codes.BY_REASON.values(), codes.NOT_A_PAYLOAD)
    reads: frozenset[ArtefactKind] = frozenset()

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterator[Item]:  # noqa: ARG002
        """Read the message; payloads from `STREAM_FROM` bytes on in bounded memory."""
        payload = payload_of(seen, self.name)
        try:
            if payload.large:
                _read(payload)
            else:
                document(payload)
        except XmlProblem as problem:
            yield finding_of(problem)


def _read(payload: Payload) -> None:
    with payload.open() as stream:
        for _ in Feed().blocks(stream):
            pass
