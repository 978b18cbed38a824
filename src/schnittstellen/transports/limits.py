"""How much a stranger's files may ask of this machine. Each limit can be raised by an option of the run."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

_MIB = 1024 * 1024
_GIB = 1024 * _MIB


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes. What goes beyond a limit is named and not tested.

    `max_ratio` is how many bytes one byte of an archive may become; it is looked at from `ratio_from` bytes on, because
    small members do no harm and XML packs well.
    """

    max_file_bytes: int = 2 * _GIB
    max_archive_entries: int = 100_000
    max_archive_bytes: int = 16 * _GIB
    max_directory_bytes: int = 64 * _MIB
    max_ratio: int = 250
    ratio_from: int = 8 * _MIB

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> "Limits":
        """The limits with those of `options` that bear the name of one in place of the default."""
        return cls(**{one.name: int(options[one.name]) for one in fields(cls) if one.name in options})
