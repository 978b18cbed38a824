"""What stands where in a JSON document: JSON Pointer (RFC 6901) and the anchors of JSON Schema."""

from typing import Any
from urllib.parse import quote, unquote


def resolve_pointer(content: Any, pointer: str) -> Any:
    """RFC 6901, with or without a leading "#". Raises `KeyError`."""
    here = content
    first, *parts = pointer.removeprefix("#").split("/")
    if first:
        raise KeyError(pointer)
    for part in parts:
        key = unquote(part).replace("~1", "/").replace("~0", "~")
        try:
            here = here[int(key)] if isinstance(here, list) else here[key]
        except (KeyError, IndexError, ValueError, TypeError):
            raise KeyError(pointer) from None
    return here


def anchored(content: Any, name: str) -> Any:
    """The schema with that `$anchor` or `$dynamicAnchor`. Raises `KeyError`."""
    waiting = [content]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            if name in (here.get("$anchor"), here.get("$dynamicAnchor")):
                return here
            waiting += here.values()
        elif isinstance(here, list):
            waiting += here
    raise KeyError(name)


def written_pointer(place: tuple[str | int, ...]) -> str:
    """The pointer to `place`, for the fragment of a URI (RFC 6901, 6)."""
    return "".join("/" + quote(str(one).replace("~", "~0").replace("/", "~1"), safe="~") for one in place)
