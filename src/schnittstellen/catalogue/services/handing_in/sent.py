"""What a vendor hands in: a signed report, and the inputs of the run as far as the vendor gives them."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

MOST_BYTES = 7 * 1024 * 1024
MOST_FILES = 500
TOO_LARGE = Fault(
    "F411",
    N_("Das ist zu viel auf einmal: erlaubt sind {files} Dateien und zusammen {most} MB."),
    N_("Prüfen Sie weniger Nachrichten in einem Lauf und reichen Sie mehrere Berichte ein."),
    http=413,
)


class Keep(StrEnum):
    """What becomes of the inputs after judging: deleted at once, kept privately for a time, or published."""

    DISCARD = "discard"
    PRIVATE = "private"
    PUBLISH = "publish"


@dataclass(frozen=True)
class Input:
    """A file: a payload that was tested, or a recording of exchanges (HAR)."""

    name: str
    data: bytes = field(repr=False)
    recording: bool = False

    @cached_property
    def sha256(self) -> str:
        """Its digest."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Sent:
    """`report` is signed by `envelope` and about `release` (`product@version`) in `suite` (`standard@version/role`).

    `order` is the id of the test order that it fulfils; empty: the one that the report names, if we know it. `partner`
    is the report about the other product, signed by its vendor, where two products were tested together.
    """

    envelope: bytes = field(repr=False)
    report: bytes = field(repr=False)
    release: str
    suite: str
    inputs: tuple[Input, ...] = ()
    order: str = ""
    keep: Keep = Keep.PRIVATE
    partner: "Sent | None" = None

    def __post_init__(self) -> None:
        """No name holds NUL, and PostgreSQL takes none."""
        for name in ("release", "suite", "order"):
            object.__setattr__(self, name, getattr(self, name).replace("\0", "\N{REPLACEMENT CHARACTER}"))

    @property
    def sha256(self) -> str:
        """Digest of the report."""
        return sha256(self.report).hexdigest()

    @property
    def payloads(self) -> dict[str, str]:
        """Digests of the payloads, by name."""
        return {one.name: one.sha256 for one in self.inputs if not one.recording}


def demand_sizes(sent: Sent) -> None:
    """Raises `SchnittstellenError` (F411)."""
    both = [sent, *([sent.partner] if sent.partner else [])]
    size = sum(len(it.envelope) + len(it.report) + sum(len(one.data) for one in it.inputs) for it in both)
    if size > MOST_BYTES or len(sent.inputs) > MOST_FILES:
        raise SchnittstellenError(TOO_LARGE, files=str(MOST_FILES), most=str(MOST_BYTES // 1024**2))
