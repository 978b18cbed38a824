"""Runtime expressions and simple conditions of Arazzo (1.0.1, 4.7, 4.6.11), with `$each` and `*` in pointers added."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from schnittstellen.domain.web_address import parts_of
from schnittstellen.engine.endpoint import Request, Response

_MISSING: Any = None
_EMBEDDED = re.compile(r"\{(\$[^{}]+)\}")
_TOKEN = re.compile(
    r"\s*(?:(?P<op>&&|\|\||==|!=|<=|>=|[<>!()])|'(?P<text>(?:[^'\\]|\\.)*)'|(?P<number>-?\d+(?:\.\d+)?)(?![\w.])"
    r"|(?P<word>true|false|null)\b|(?P<expr>\$[^\s()&|=!<>]+))"
)


class ExpressionError(ValueError):
    """An expression or condition that is not of the supported form."""


@dataclass(slots=True)
class Scope:
    """What expressions may refer to."""

    inputs: Mapping[str, Any]
    steps: dict[str, dict[str, Any]] = field(default_factory=dict)
    workflows: dict[str, dict[str, Any]] = field(default_factory=dict)
    request: Request | None = None
    response: Response | None = None
    each: Any = None

    def value(self, expression: str) -> Any:
        """The value of one runtime expression, None where there is none. Raises `ExpressionError`."""
        path, _, pointer = expression.removeprefix("$").partition("#")
        found = self._root(path, expression)
        return found if "#" not in expression else at(found, pointer)

    def text(self, template: Any) -> Any:
        """`template` with expressions replaced: as a whole, or embedded as {$...}; inside lists and objects, too."""
        if isinstance(template, Mapping):
            return {key: self.text(one) for key, one in template.items()}
        if isinstance(template, list):
            return [self.text(one) for one in template]
        if not isinstance(template, str):
            return template
        if template.startswith("$"):
            return self.value(template)
        return _EMBEDDED.sub(lambda found: str(self.value(found[1])), template)

    def holds(self, condition: str) -> bool:
        """Whether a simple condition is true. Raises `ExpressionError`."""
        return _Condition(condition, self).result()

    def _root(self, path: str, expression: str) -> Any:
        head, _, rest = path.partition(".")
        if head in ("url", "method") and not rest:
            return getattr(self.request, head, None)
        if head == "statusCode":
            return getattr(self.response, "status", None)
        if head in ("each", "inputs"):
            return _walk(self.each if head == "each" else self.inputs, rest)
        if head in ("steps", "workflows"):
            name, _, more = rest.partition(".outputs.")
            return _walk((self.steps if head == "steps" else self.workflows).get(name, {}), more)
        if head in ("request", "response"):
            return self._message(head, rest, expression)
        raise ExpressionError(expression)

    def _message(self, head: str, rest: str, expression: str) -> Any:
        kind, _, name = rest.partition(".")
        if kind == "header":
            return self._header(head, name)
        if kind == "body":
            return self._body(head)
        if kind == "query" and head == "request":
            values = parse_qs(parts_of(self.request.url).query).get(name) if self.request else None
            return values[0] if values else None
        raise ExpressionError(expression)

    def _header(self, head: str, name: str) -> str | None:
        if head == "response":
            return None if self.response is None else self.response.header(name)
        headers = {} if self.request is None else self.request.headers
        return next((value for key, value in headers.items() if key.lower() == name.lower()), None)

    def _body(self, head: str) -> Any:
        message = self.response if head == "response" else self.request
        body = None if message is None else message.body
        try:
            return None if body is None else json.loads(body)
        except (ValueError, RecursionError):
            return None


def at(value: Any, pointer: str) -> Any:
    """What a JSON Pointer leads to, None for nothing; a part `*` stands for every element, and gives a list."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    return _descend(value, parts)


def _descend(value: Any, parts: list[str]) -> Any:
    for index, part in enumerate(parts):
        if part == "*":
            inner = value if isinstance(value, list) else []
            found = [_descend(one, parts[index + 1 :]) for one in inner]
            return [one for one in found if one is not None]
        value = _member(value, part)
    return value


def _member(value: Any, part: str) -> Any:
    if isinstance(value, list):
        return value[int(part)] if part.isdigit() and int(part) < len(value) else _MISSING
    return value.get(part) if isinstance(value, Mapping) else _MISSING


def _walk(value: Any, path: str) -> Any:
    for part in re.split(r"\.|\[|\]\.?", path) if path else ():
        if part:
            value = _member(value, part)
    return value


class _Condition:
    """Recursive descent over a condition: or, and, not, comparison, operand."""

    def __init__(self, condition: str, scope: Scope) -> None:
        self._text = condition
        self._scope = scope
        self._tokens = list(self._split(condition))
        self._next = 0

    def result(self) -> bool:
        value = self._either()
        if self._next != len(self._tokens):
            raise ExpressionError(self._text)
        return bool(value)

    def _split(self, text: str) -> list[tuple[str, str]]:
        tokens, place = [], 0
        while text[place:].strip():
            found = _TOKEN.match(text, place)
            if found is None or found.lastgroup is None:
                raise ExpressionError(text)
            tokens.append((found.lastgroup, found[found.lastgroup]))
            place = found.end()
        return tokens

    def _is(self, *operators: str) -> str | None:
        if self._next < len(self._tokens):
            kind, text = self._tokens[self._next]
            if kind == "op" and text in operators:
                self._next += 1
                return text
        return None

    def _either(self) -> Any:
        value = self._both()
        while self._is("||"):
            other = self._both()
            value = bool(value) or bool(other)
        return value

    def _both(self) -> Any:
        value = self._not()
        while self._is("&&"):
            other = self._not()
            value = bool(value) and bool(other)
        return value

    def _not(self) -> Any:
        return not self._not() if self._is("!") else self._comparison()

    def _comparison(self) -> Any:
        left = self._operand()
        operator = self._is("==", "!=", "<=", ">=", "<", ">")
        return left if operator is None else compare(left, operator, self._operand())

    def _operand(self) -> Any:
        if self._is("("):
            value = self._either()
            if not self._is(")"):
                raise ExpressionError(self._text)
            return value
        if self._next >= len(self._tokens):
            raise ExpressionError(self._text)
        kind, text = self._tokens[self._next]
        self._next += 1
        return self._literal(kind, text)

    def _literal(self, kind: str, text: str) -> Any:
        if kind == "expr":
            return self._scope.value(text)
        if kind == "text":
            return re.sub(r"\\(.)", r"\1", text)
        if kind == "number":
            return float(text) if "." in text else int(text)
        if kind == "word":
            return {"true": True, "false": False, "null": None}[text]
        raise ExpressionError(self._text)


def compare(left: Any, operator: str, right: Any) -> bool:
    """One comparison; texts without regard to case (Arazzo 1.0.1, 4.6.11.2), what has no order is never smaller."""
    if isinstance(left, str) and isinstance(right, str):
        left, right = left.casefold(), right.casefold()
    if operator in ("==", "!="):
        same = left == right and isinstance(left, bool) == isinstance(right, bool)
        return same if operator == "==" else not same
    try:
        return bool({"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator])
    except TypeError:
        return False
