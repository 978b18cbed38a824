"""What a broken JSON Schema says: which error tells most, where it is, and what was demanded."""

from collections.abc import Iterator

import jsonschema_rs

MOST = 50
"""So many errors of one answer are told."""


def pointer_of(error: jsonschema_rs.ValidationError) -> str:
    """JSON Pointer (RFC 6901) of the place in the content."""
    return "".join(f"/{_escaped(part)}" for part in error.instance_path)


def shape_of(error: jsonschema_rs.ValidationError) -> str:
    """The place in the content with * for every position in a list, so that equal errors are one."""
    return "".join(f"/{'*' if isinstance(part, int) else _escaped(part)}" for part in error.instance_path) or "/"


def deepest(error: jsonschema_rs.ValidationError) -> jsonschema_rs.ValidationError:
    """Of a failed anyOf or oneOf the one error that says most: from the branch that came furthest into the content."""
    branches = getattr(error.kind, "context", None)
    errors = [one for branch in branches or () for one in branch]
    if not errors:
        return error
    best = max(errors, key=lambda one: (len(one.instance_path), one.kind.name != "type"))
    return deepest(best) if len(best.instance_path) > len(error.instance_path) or len(errors) == 1 else error


def rule(error: jsonschema_rs.ValidationError) -> tuple[str, str]:
    """The broken keyword, and what it demands: from the schema only, never from the instance."""
    kind = error.kind
    keyword = str(error.schema_path[-1]) if error.schema_path else kind.name
    for attribute in ("property", "types", "format", "limit", "pattern", "options", "expected_value", "unexpected"):
        value = getattr(kind, attribute, None)
        if value is not None:
            return kind.name, str(value)[:200]
    return kind.name, keyword


def first(errors: Iterator[jsonschema_rs.ValidationError]) -> Iterator[jsonschema_rs.ValidationError]:
    """The first errors, no more than `MOST`."""
    for _, error in zip(range(MOST), errors, strict=False):
        yield error


def _escaped(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")
