"""From one Schematron tree to what is to be run: phases chosen, abstract patterns and rules put in place.

Follows ISO/IEC 19757-3:2016 and 2020; of the 2025 edition `group`, `rules`, `library`, `severity`, default values of
parameters, `rule/@visit-each` and `phase/@from`.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from schnittstellen.checks.schematron.include import hand_down_language
from schnittstellen.checks.schematron.names import LANG, SCH, local, namespace, sch
from schnittstellen.checks.schematron.problem import RulesProblem
from schnittstellen.checks.schematron.xpath import substitute

_TEXTS = {"title", "p", "include", "extends"}
_CHILDREN = {
    "schema": _TEXTS | {"ns", "let", "phase", "pattern", "group", "rules", "diagnostics", "properties", "param"},
    "library": _TEXTS | {"ns", "let", "phase", "pattern", "group", "rules", "diagnostics", "properties", "param"},
    "pattern": _TEXTS | {"let", "rule", "param"},
    "group": _TEXTS | {"let", "rule", "param"},
    "rules": _TEXTS | {"rule"},
    "phase": _TEXTS | {"let", "active"},
    "rule": _TEXTS | {"let", "assert", "report"},
    "diagnostics": _TEXTS | {"diagnostic"},
    "properties": _TEXTS | {"property"},
}
_REQUIRED = {
    "ns": ("prefix", "uri"),
    "let": ("name",),
    "phase": ("id",),
    "active": ("pattern",),
    "assert": ("test",),
    "report": ("test",),
    "param": ("name",),
    "diagnostic": ("id",),
    "property": ("id",),
}
_BINDINGS = {"xslt": 1, "xpath": 1, "xslt2": 2, "xpath2": 2, "xslt3": 3, "xpath3": 3, "xpath31": 3, "xslt1": 1}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern to be run. `parameters` are those of the abstract pattern that it instantiates."""

    element: etree._Element
    rules: tuple[etree._Element, ...]
    lets: tuple[etree._Element, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def first_match_only(self) -> bool:
        """Whether a node is judged by the first rule alone whose context it matches; in a group every rule judges."""
        return self.element.tag == sch("pattern")


@dataclass(frozen=True, slots=True)
class Expanded:
    """A Schematron ready to be compiled, without anything abstract and with only the patterns of the chosen phase."""

    root: etree._Element
    phase: etree._Element | None
    binding: int
    namespaces: Mapping[str, str]
    lets: tuple[etree._Element, ...]
    patterns: tuple[Pattern, ...]
    diagnostics: Mapping[str, etree._Element]
    properties: Mapping[str, etree._Element]


def expand(schema: etree._Element, phase: str | None = None) -> Expanded:
    """Choose `phase` (None: the schema's default) and resolve what is abstract. Raises `RulesProblem`."""
    _check_structure(schema)
    chosen = _phase(schema, phase)
    return Expanded(
        root=schema,
        phase=chosen,
        binding=_binding(schema),
        namespaces=_namespaces(schema),
        lets=_lets(schema, chosen),
        patterns=tuple(_patterns(schema, chosen)),
        diagnostics=_by_id(schema.iterfind(f"{sch('diagnostics')}/{sch('diagnostic')}")),
        properties=_by_id(schema.iterfind(f"{sch('properties')}/{sch('property')}")),
    )


def _check_structure(parent: etree._Element) -> None:
    allowed = _CHILDREN.get(local(parent))
    for child in parent.iterchildren(etree.Element):
        if namespace(child) != SCH:
            continue
        if allowed is not None and local(child) not in allowed:
            raise RulesProblem("misplaced", f"{local(child)} in {local(parent)}")
        for name in _REQUIRED.get(local(child), ()):
            if child.get(name) is None:
                raise RulesProblem("attribute", f"{local(child)}/@{name}")
        _check_structure(child)


def _binding(schema: etree._Element) -> int:
    named = schema.get("queryBinding", "xslt").strip().lower()
    if named not in _BINDINGS:
        raise RulesProblem("query_binding", named)
    return _BINDINGS[named]


def _namespaces(schema: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in schema.iterchildren(sch("ns")):
        prefix, uri = element.get("prefix", "").strip(), element.get("uri", "").strip()
        if found.setdefault(prefix, uri) != uri:
            raise RulesProblem("attribute", f"ns/@prefix={prefix}")
    return found


def _phase(schema: etree._Element, wanted: str | None) -> etree._Element | None:
    if wanted in (None, "", "#DEFAULT"):
        wanted = schema.get("defaultPhase", "#ALL")
    if wanted == "#ALL":
        return None
    for element in schema.iterchildren(sch("phase")):
        if element.get("id") == wanted:
            return element
    raise RulesProblem("phase", str(wanted))


def _lets(schema: etree._Element, phase: etree._Element | None) -> tuple[etree._Element, ...]:
    """Variables of schema and phase; a phase's variable hides the schema's of the same name (3.26)."""
    of_schema = unique(schema.iterchildren(sch("let")))
    of_phase = {} if phase is None else unique(phase.iterchildren(sch("let")))
    return tuple({**of_schema, **of_phase}.values())


def unique(lets: Iterable[etree._Element]) -> dict[str, etree._Element]:
    """Variables by name. Raises `RulesProblem` where one scope defines a name twice (5.4.5)."""
    found: dict[str, etree._Element] = {}
    for element in lets:
        name = element.get("name", "").strip()
        if name in found:
            raise RulesProblem("variable_twice", f"${name}")
        found[name] = element
    return found


def _patterns(schema: etree._Element, phase: etree._Element | None) -> Iterator[Pattern]:
    written = list(schema.iterchildren(sch("pattern"), sch("group")))
    abstract = _by_id(one for one in written if one.get("abstract") == "true")
    active = _active(phase, written)
    shared = _shared_rules(schema)
    for element in written:
        if element.get("abstract") == "true" or (active is not None and element.get("id") not in active):
            continue
        yield _pattern(element, abstract, shared, strict=_edition(schema) >= 2025)


def _shared_rules(schema: etree._Element) -> list[etree._Element]:
    """Abstract rules that every pattern may extend.

    Strictly (5.4.12) those of sch:rules alone: a rule may extend one of its own pattern only. The processors for XSLT 2
    look in the whole schema, and published XÖV rules rely on it (XHochschule 1.0 keeps its abstract rules in a pattern
    of their own), so a schema that declares a newer binding gets that.
    """
    shared = list(schema.iterfind(f"{sch('rules')}/{sch('rule')}"))
    if _binding(schema) == 1:
        return shared
    everywhere = schema.iterfind(f"{sch('pattern')}/{sch('rule')}")
    return [*shared, *(rule for rule in everywhere if rule.get("abstract") == "true")]


def _edition(schema: etree._Element) -> int:
    text = schema.get("schematronEdition", "0").strip()
    return int(text) if text.isdigit() else 0


def _active(phase: etree._Element | None, written: list[etree._Element]) -> set[str] | None:
    if phase is None:
        return None
    known = {element.get("id") for element in written}
    active = {element.get("pattern", "").strip() for element in phase.iterchildren(sch("active"))}
    missing = sorted(active - {name for name in known if name})
    if missing:
        raise RulesProblem("phase", f"active/@pattern={missing[0]}")
    return active


def _pattern(
    element: etree._Element, abstract: Mapping[str, etree._Element], shared: list[etree._Element], *, strict: bool
) -> Pattern:
    parameters: dict[str, str] = {}
    if element.get("is-a") is not None:
        element, parameters = _instance(element, abstract, strict=strict)
    library = [rule for rule in element.iterchildren(sch("rule")) if rule.get("abstract") == "true"]
    names = {**_by_id(shared), **_by_id(library)}
    rules = tuple(
        _with_extensions(rule, names, ())
        for rule in element.iterchildren(sch("rule"))
        if rule.get("abstract") != "true"
    )
    for rule in rules:
        if rule.get("context") is None:
            raise RulesProblem("attribute", "rule/@context")
    return Pattern(element, rules, tuple(unique(element.iterchildren(sch("let"))).values()), parameters)


def _instance(
    element: etree._Element, abstract: Mapping[str, etree._Element], *, strict: bool
) -> tuple[etree._Element, dict[str, str]]:
    name = element.get("is-a", "").strip()
    if name not in abstract:
        raise RulesProblem("abstract", f"pattern/@is-a={name}")
    template = abstract[name]
    given = {one.get("name", "").strip(): one.get("value") or "" for one in element.iterchildren(sch("param"))}
    declared = {one.get("name", "").strip(): one.get("value") for one in template.iterchildren(sch("param"))}
    if strict:
        _check_parameters(given, declared)
    parameters = {**{key: value for key, value in declared.items() if value is not None}, **given}
    made = deepcopy(template)
    _put_in(made, parameters)
    _take_over(made, element)
    return made, parameters


def _check_parameters(given: Mapping[str, str], declared: Mapping[str, str | None]) -> None:
    """From the 2025 edition on parameters are declared, and each needs a value."""
    wrong = sorted(set(given) - set(declared)) + [
        name for name, value in declared.items() if value is None and name not in given
    ]
    if wrong:
        raise RulesProblem("parameter", f"${wrong[0]}")


def _put_in(element: etree._Element, parameters: Mapping[str, str]) -> None:
    for part in element.iter(etree.Element):
        for name, value in part.attrib.items():
            part.set(name, substitute(str(value), parameters))


def _take_over(made: etree._Element, instance: etree._Element) -> None:
    _drop(made, "abstract")
    _drop(made, "id")
    for name, value in instance.attrib.items():
        if name != "is-a":
            made.set(name, value)
    for child in instance.iterchildren(sch("title"), sch("p")):
        for old in made.findall(sch("title")) if child.tag == sch("title") else ():
            made.remove(old)
        made.insert(0, deepcopy(child))
    own_rules = list(instance.iterchildren(sch("let"), sch("rule")))
    made.extend(deepcopy(own_rules))


def _drop(element: etree._Element, name: str) -> None:
    if element.get(name) is not None:
        del element.attrib[name]


def _with_extensions(
    rule: etree._Element, abstract: Mapping[str, etree._Element], stack: tuple[str, ...]
) -> etree._Element:
    """A copy of `rule` in which each sch:extends is replaced by the content of the abstract rule it names (5.4.12)."""
    made = deepcopy(rule)
    for extends in made.findall(sch("extends")):
        name = extends.get("rule", "").strip()
        if name in stack:
            raise RulesProblem("recursion", f"extends/@rule={name}")
        if name not in abstract:
            raise RulesProblem("abstract", f"extends/@rule={name}")
        _splice(made, extends, _with_extensions(abstract[name], abstract, (*stack, name)))
    return made


def _splice(made: etree._Element, extends: etree._Element, base: etree._Element) -> None:
    hand_down_language(base)
    place = made.index(extends)
    made.remove(extends)
    for offset, child in enumerate(list(base)):
        made.insert(place + offset, child)


def language(element: etree._Element) -> str | None:
    """The language of an element, its own or that of what it stands in."""
    current: etree._Element | None = element
    while current is not None:
        if current.get(LANG) is not None:
            return current.get(LANG)
        current = current.getparent()
    return None


def _by_id(elements: Iterable[etree._Element]) -> dict[str, etree._Element]:
    return {str(element.get("id")): element for element in elements if element.get("id")}
