"""A pair: a client and a server that exchanged data through our gateway. Each vendor signs a report that names both."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from schnittstellen.domain.canonical import canonical
from schnittstellen.domain.judged_again import RECORDING
from schnittstellen.domain.naming import ReleaseName

PARTNER = "pair_partner"
PAIR = "pair_sha256"
SERVER = "pair_server"
BROKEN = "pair_broken"
"""Under this note the client's report tells how many requests for addresses that the server named came to nothing."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Who met whom, at which address of the server. `session` is the digest of what passed between them, `tested` of
    the run of the server's own suite before it.
    """

    client: ReleaseName
    server: ReleaseName
    address: str
    session: str
    tested: str

    @property
    def sha256(self) -> str:
        """What both reports name, so that each signature is about the same meeting."""
        parts = (str(self.client), str(self.server), self.address, self.session, self.tested)
        return sha256(canonical(list(parts))).hexdigest()

    def notes_of_client(self, broken: int) -> Mapping[str, str]:
        """What the report about the client says of the pair."""
        return {**self._notes(self.server, self.session), BROKEN: str(broken)}

    def notes_of_server(self) -> Mapping[str, str]:
        """What the report about the server says of the pair."""
        return self._notes(self.client, self.tested)

    def _notes(self, partner: ReleaseName, recording: str) -> dict[str, str]:
        return {PARTNER: str(partner), PAIR: self.sha256, SERVER: self.address, RECORDING: recording}
