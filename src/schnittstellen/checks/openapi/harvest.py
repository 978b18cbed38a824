"""Values that an endpoint itself names: what its lists contain becomes the path parameters of its details."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from schnittstellen.domain.web_address import parts_of
from schnittstellen.formats.openapi import Operation

_PARAMETER = re.compile(r"\{([^{}]+)\}")
_USUAL = ("id", "uuid", "identifier", "identificatie", "kennung", "key", "slug", "code", "name")
_MOST = 200


@dataclass(frozen=True, slots=True)
class Binding:
    """Values for the path parameters of an operation; `field` names the property that the last one came from."""

    values: Mapping[str, str]
    field: str | None = None


@dataclass(slots=True)
class _Seen:
    bound: Mapping[str, str]
    items: list[dict[str, Any]] = field(default_factory=list)


class Harvest:
    """Remembers the objects in the answers of each path template."""

    def __init__(self, base: str) -> None:
        self._base = parts_of(base).path.rstrip("/")
        self._seen: dict[str, list[_Seen]] = {}

    def take(self, operation: Operation, bound: Mapping[str, str], content: Any) -> None:
        """Remember the objects in an answer that came for `bound` path parameters."""
        seen = _Seen(bound)
        for one in _objects(content):
            seen.items.append(one)
            if len(seen.items) >= _MOST:
                break
        self._seen.setdefault(operation.path, []).append(seen)

    def bindings(self, operation: Operation) -> Iterator[Binding]:
        """Values for all path parameters that earlier answers named, best first, none twice."""
        names = path_parameters(operation.path)
        made: set[tuple[tuple[str, str], ...]] = set()
        for binding in (*self._from_parent(operation.path, names), *self._from_links(operation.path, names)):
            key = tuple(sorted(binding.values.items()))
            if key not in made:
                made.add(key)
                yield binding

    def _from_parent(self, path: str, names: list[str]) -> Iterator[Binding]:
        parent, last = _parent(path)
        for seen in self._seen.get(parent, ()):
            if set(names) - {last} <= set(seen.bound):
                for item in seen.items:
                    key = _identifying(item, last)
                    if key is not None:
                        values = {name: seen.bound[name] for name in names if name != last}
                        yield Binding({**values, last: str(item[key])}, key)

    def _from_links(self, path: str, names: list[str]) -> Iterator[Binding]:
        pattern = path_pattern(path, self._base)
        for seen in (one for many in self._seen.values() for one in many):
            for item in seen.items:
                for key, value in item.items():
                    found = pattern.match(parts_of(value).path) if _is_link(value) else None
                    if found:
                        yield Binding(dict(zip(names, map(unquote, found.groups()), strict=True)), key)


def path_parameters(path: str) -> list[str]:
    """Names of the parameters in a path template, in order."""
    return _PARAMETER.findall(path)


def shape(path: str) -> str:
    """A path template without the names of its parameters, so that two documents can be compared."""
    return _PARAMETER.sub("{}", path).rstrip("/")


def path_pattern(path: str, base: str = "") -> re.Pattern[str]:
    """Matches the paths that a template stands for below `base`; one group for each parameter."""
    parts = _PARAMETER.split(path)
    form = "".join("([^/]+)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
    return re.compile(re.escape(base) + form + r"/?\Z")


def filled(path: str, values: Mapping[str, str]) -> str:
    """A path template with its parameters filled in, percent-encoded."""
    return _PARAMETER.sub(lambda found: quote(values[found[1]], safe=""), path)


def lists_in(content: Any) -> list[dict[str, Any]]:
    """The objects of the outermost list in an answer: the answer itself, or the first list of objects in it."""
    if isinstance(content, list):
        return [one for one in content if isinstance(one, dict)]
    if isinstance(content, dict):
        for value in content.values():
            if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
                return value
    return []


def same_value(content: Any, key: str | None) -> str | None:
    """What a detail answer says under the property that identified it in its list."""
    value = content.get(key) if isinstance(content, dict) and key is not None else None
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None


def _objects(content: Any) -> Iterator[dict[str, Any]]:
    found = lists_in(content)
    yield from found
    if isinstance(content, dict):
        yield content
        for value in content.values():
            if isinstance(value, list) and value is not found:
                yield from (one for one in value if isinstance(one, dict))


def _parent(path: str) -> tuple[str, str]:
    names = path_parameters(path)
    last = names[-1]
    return path[: path.rindex("{" + last + "}")].rstrip("/") or "/", last


def _identifying(item: Mapping[str, Any], parameter: str) -> str | None:
    plain = {_plain(key): key for key, value in item.items() if isinstance(value, str | int)}
    wanted = _plain(parameter)
    for name in (wanted, *(one for one in _USUAL if wanted.endswith(one)), *_USUAL):
        if name in plain and item[plain[name]] != "":
            return plain[name]
    return None


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _is_link(value: Any) -> bool:
    return isinstance(value, str) and (value.startswith(("http://", "https://", "/")))
