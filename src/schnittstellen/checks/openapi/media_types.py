"""Media types as documents and messages name them: which of several descriptions fits (OpenAPI 3.1.1, 4.8.14.1)."""

from collections.abc import Iterable
from email.message import Message


def plain(media_type: str) -> str:
    """A media type without its parameters, in lower case."""
    return media_type.split(";", maxsplit=1)[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether a media type (without parameters) is JSON or ends in +json (RFC 6839); text/json is used for it too."""
    return media_type in ("application/json", "text/json") or media_type.endswith("+json")


def is_xml(media_type: str) -> bool:
    """Whether a media type (without parameters) is XML or ends in +xml (RFC 7303)."""
    return media_type in ("application/xml", "text/xml") or media_type.endswith("+xml")


def fitting(declared: str, offered: Iterable[str]) -> str | None:
    """The most specific of the offered names that the declared media type falls under, or None.

    Parameters count where several names differ in nothing else; a name is never refused for its charset alone.
    """
    ranked = [(rank, -at, name) for at, name in enumerate(offered) if (rank := _rank(declared, name)) is not None]
    return max(ranked)[2] if ranked else None


def _rank(declared: str, name: str) -> tuple[int, int] | None:
    """How well a name fits: by type first, then by the number of equal less the number of different parameters."""
    given, wanted = plain(declared), plain(name)
    exact = ("*/*", f"{given.split('/', maxsplit=1)[0]}/*", given)
    if wanted not in exact:
        return None
    mine, asked = _parameters(declared), _parameters(name)
    equal = sum(mine.get(key) == value for key, value in asked.items())
    return exact.index(wanted), 2 * equal - len(asked)


def _parameters(media_type: str) -> dict[str, str]:
    holder = Message()
    holder["Content-Type"] = media_type
    return {key.lower(): value.lower() for key, value in holder.get_params(failobj=[])[1:]}
