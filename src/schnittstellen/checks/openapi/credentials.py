"""Whether a request carries the credentials that its operation demands: that they are there, never whether valid."""

from collections.abc import Mapping
from typing import Any

from schnittstellen.checks.openapi.request_values import Carried
from schnittstellen.formats.openapi import Document, Operation


def authorised(document: Document, operation: Operation, sent: Carried) -> bool:
    """Whether one of the alternatives is met in full; what cannot be seen in a request counts as met."""
    demanded = operation.spec.get("security", document.content.get("security"))
    if not isinstance(demanded, list) or not demanded:
        return True
    return any(
        all(_met(document.known(_schemes(document).get(name)), sent) for name in one)
        for one in demanded
        if isinstance(one, Mapping)
    )


def query_names(document: Document, operation: Operation) -> set[str]:
    """Names under which the query may carry credentials."""
    demanded = operation.spec.get("security", document.content.get("security"))
    names = {name for one in demanded or () if isinstance(one, Mapping) for name in one}
    schemes = [document.known(_schemes(document).get(name)) for name in names]
    found = {str(one.get("name")) for one in schemes if isinstance(one, Mapping) and one.get("in") == "query"}
    return found | ({"access_token"} if any((one or {}).get("type") == "oauth2" for one in schemes) else set())


def _schemes(document: Document) -> Mapping[str, Any]:
    components = document.content.get("components") or {}
    return components.get("securitySchemes") or document.content.get("securityDefinitions") or {}


def _met(scheme: Any, sent: Carried) -> bool:
    kind = scheme.get("type") if isinstance(scheme, Mapping) else None
    if kind == "apiKey":
        return _has_key(scheme, sent)
    if kind in ("http", "basic"):
        return _has_scheme(str(scheme.get("scheme", "basic")), sent)
    if kind in ("oauth2", "openIdConnect"):
        return "authorization" in sent.headers or bool(sent.texts("access_token"))
    return True


def _has_key(scheme: Mapping[str, Any], sent: Carried) -> bool:
    name = str(scheme.get("name", ""))
    if scheme.get("in") == "query":
        return bool(sent.texts(name))
    return name in sent.cookies if scheme.get("in") == "cookie" else name.lower() in sent.headers


def _has_scheme(name: str, sent: Carried) -> bool:
    given, _, rest = sent.headers.get("authorization", "").strip().partition(" ")
    return given.lower() == name.lower() and bool(rest.strip())
