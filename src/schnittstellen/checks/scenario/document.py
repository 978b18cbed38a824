"""Arazzo documents as the suite's own data: read, checked for what is used, and made into plain objects."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schnittstellen.formats.openapi import OpenApiProblem, read

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class ScenarioProblem(Exception):
    """A document that is no Arazzo 1.0 document or uses what is not supported."""


@dataclass(frozen=True, slots=True)
class Demand:
    """The requirement (`x-requirement`) behind a workflow, step or criterion."""

    id: str | None = None
    level: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One success criterion; `kind` is simple, regex or jsonpath."""

    condition: str
    kind: str = "simple"
    context: str | None = None
    demand: Demand = Demand()


@dataclass(frozen=True, slots=True)
class ScenarioStep:
    """One step: `url` is a template, `follow` leads to the next address, `each` to a list to repeat for."""

    id: str
    method: str
    url: str
    headers: Mapping[str, Any]
    query: Mapping[str, Any]
    body: Any
    media: str
    criteria: tuple[Criterion, ...]
    outputs: Mapping[str, str]
    checks: tuple[str, ...]
    demand: Demand
    follow: str | None = None
    each: str | None = None
    when: str | None = None
    unsafe: bool = False
    limit: int = 1000


@dataclass(frozen=True, slots=True)
class Workflow:
    """One workflow with the defaults of its inputs."""

    id: str
    title: str
    steps: tuple[ScenarioStep, ...]
    inputs: Mapping[str, Any]
    outputs: Mapping[str, str]
    demand: Demand


def read_workflows(path: Path, operations: Mapping[str, tuple[str, str]]) -> tuple[Workflow, ...]:
    """The workflows of an Arazzo document; `operations` maps operationIds to method and path template.

    Raises `ScenarioProblem`.
    """
    try:
        content = read(path.read_bytes())
    except (OSError, OpenApiProblem) as problem:
        raise ScenarioProblem(f"{path.name}: {problem}") from problem
    if not str(content.get("arazzo", "")).startswith("1."):
        raise ScenarioProblem(f"{path.name}: arazzo")
    try:
        return tuple(_workflow(one, operations) for one in content["workflows"])
    except (KeyError, TypeError, AttributeError) as problem:
        raise ScenarioProblem(f"{path.name}: {problem}") from problem


def _workflow(written: Mapping[str, Any], operations: Mapping[str, tuple[str, str]]) -> Workflow:
    demand = _demand(written, Demand())
    properties = (written.get("inputs") or {}).get("properties", {})
    return Workflow(
        written["workflowId"],
        written.get("summary", written["workflowId"]),
        tuple(_step(one, demand, operations) for one in written["steps"]),
        {name: one.get("default") for name, one in properties.items()},
        written.get("outputs", {}),
        demand,
    )


def _step(written: Mapping[str, Any], outer: Demand, operations: Mapping[str, tuple[str, str]]) -> ScenarioStep:
    for field in ("onSuccess", "onFailure", "workflowId", "operationPath"):
        if field in written:
            raise ScenarioProblem(f"{written['stepId']}: {field}")
    demand = _demand(written, outer)
    parameters = written.get("parameters", ())
    method, url = _operation(
        written, operations, {one["name"]: one["value"] for one in parameters if one["in"] == "path"}
    )
    for check in written.get("x-check", ()):
        if check.split()[:1] not in (["unique"], ["nonempty"], ["equal"]):
            raise ScenarioProblem(f"{written['stepId']}: {check}")
    unsafe = bool(written.get("x-unsafe"))
    if method not in SAFE and not unsafe:
        raise ScenarioProblem(f"{written['stepId']}: {method} without x-unsafe")
    body = written.get("requestBody") or {}
    return ScenarioStep(
        id=written["stepId"],
        method=method,
        url=url,
        headers={one["name"]: one["value"] for one in parameters if one["in"] == "header"},
        query={one["name"]: one["value"] for one in parameters if one["in"] == "query"},
        body=body.get("payload"),
        media=body.get("contentType", "application/json"),
        criteria=tuple(_criterion(one, demand) for one in written.get("successCriteria", ())),
        outputs=written.get("outputs", {}),
        checks=tuple(written.get("x-check", ())),
        demand=demand,
        follow=written.get("x-follow"),
        each=written.get("x-each"),
        when=written.get("x-when"),
        unsafe=unsafe,
        limit=int(written.get("x-limit", 1000)),
    )


def _operation(
    written: Mapping[str, Any], operations: Mapping[str, tuple[str, str]], path: Mapping[str, Any]
) -> tuple[str, str]:
    own = written.get("x-operation")
    if own is not None:
        return str(own.get("method", "GET")).upper(), own["url"]
    name = str(written["operationId"]).rpartition(".")[2]
    if name not in operations:
        raise ScenarioProblem(f"{written['stepId']}: {name}")
    method, template = operations[name]
    for key, value in path.items():
        text = f"{{{value}}}" if isinstance(value, str) and value.startswith("$") else str(value)
        template = template.replace(f"{{{key}}}", text)
    return method, "{$inputs.base}" + template


def _criterion(written: Mapping[str, Any], outer: Demand) -> Criterion:
    kind = written.get("type", "simple")
    kind = kind["type"] if isinstance(kind, Mapping) else kind
    if kind not in ("simple", "regex", "jsonpath"):
        raise ScenarioProblem(f"type {kind}")
    return Criterion(written["condition"], kind, written.get("context"), _demand(written, outer))


def _demand(written: Mapping[str, Any], outer: Demand) -> Demand:
    own = written.get("x-requirement")
    if own is None:
        return outer
    level = own.get("level")
    return Demand(own.get("id", outer.id), None if level is None else str(level).lower(), own.get("text", outer.text))
