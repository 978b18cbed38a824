"""api.claims: is the endpoint what the user says, and does it claim the version that is to be tested?"""

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from schnittstellen.checks.hypermedia import reach_codes
from schnittstellen.checks.hypermedia.model import Model
from schnittstellen.checks.hypermedia.survey import UNREAD, Exhausted, Survey, cannot, survey_of
from schnittstellen.domain.finding import Code, Finding, Item, Place
from schnittstellen.engine.curl import curl_line
from schnittstellen.engine.endpoint import Endpoint, Request
from schnittstellen.engine.ports import Context, Observation

_CODES = (
    reach_codes.OTHER_VERSION,
    reach_codes.NO_ENTRY,
    reach_codes.NO_CLAIM,
    reach_codes.NO_ANSWER,
    reach_codes.NOT_FINISHED,
    reach_codes.NO_DESCRIPTION,
)


class Claims:
    """Options: `document`; `property` of the entry that names the version; `version`, its demanded value; `others`,
    which maps other values to the suites that fit them; `requirement`, the one that asks for the claim.

    Without `requirement` the check only sees to it that there is an entry, and that it does not claim another version.
    """

    name = "api.claims"
    codes: tuple[Code, ...] = _CODES

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterable[Item]:
        """Ask for the entry and look at what it says of itself. Raises `CannotJudge`."""
        if not isinstance(seen, Endpoint):
            raise TypeError("api.claims judges endpoints")
        survey = survey_of(seen, context, options["document"])
        entry = _entry(survey)
        claimed = entry.get(options["property"])
        place = Place(url=seen.url, pointer=f"/{options['property']}")
        self._other(survey, entry, claimed, options, place)
        if "requirement" in options and claimed != options["version"]:
            curl = curl_line(Request("GET", seen.url, seen.headers))
            fields = {"property": options["property"], "expected": options["version"], "curl": curl}
            yield Finding(reach_codes.NO_CLAIM.id, place, fields, rule=options["requirement"])

    def _other(
        self, survey: Survey, entry: Mapping[str, Any], claimed: object, options: Mapping[str, Any], place: Place
    ) -> None:
        others: Mapping[str, str] = options["others"]
        found = claimed if claimed in others else _by_type(survey.model, entry, others, claimed)
        if found is None:
            return
        elsewhere = next((url for url in _addresses(entry.get("otherOparlVersions"))), "–")
        fields = {"found": str(found), "expected": options["version"], "suite": others[str(found)], "other": elsewhere}
        cannot(reach_codes.OTHER_VERSION, place, **fields)


def _entry(survey: Survey) -> Mapping[str, Any]:
    """The entry object. Raises `CannotJudge` where the address holds none, whose fault that may be."""
    url = survey.seen.url
    place = Place(url=url)
    try:
        answer = survey.get(url)
    except Exhausted as end:
        cannot(
            reach_codes.NOT_FINISHED,
            place,
            problem=end.problem,
            curl=curl_line(Request("GET", url, survey.seen.headers)),
        )
    if answer.status is None:
        cannot(
            reach_codes.NO_ANSWER,
            place,
            problem=answer.call.problem or "?",
            curl=curl_line(Request("GET", url, survey.seen.headers)),
        )
    if answer.status != 200:
        _no_entry(survey, f"HTTP {answer.status}")
    if answer.content is UNREAD:
        _no_entry(survey, "kein JSON")
    if not isinstance(answer.content, dict):
        _no_entry(survey, "eine Liste" if isinstance(answer.content, list) else "ein einzelner Wert")
    if not _looks_like(survey.model, answer.content):
        _no_entry(survey, str(answer.content.get("type") or "ohne type")[:100])
    entry: Mapping[str, Any] = answer.content
    return entry


def _no_entry(survey: Survey, found: str) -> NoReturn:
    place = Place(url=survey.seen.url)
    curl = curl_line(Request("GET", survey.seen.url, survey.seen.headers))
    cannot(reach_codes.NO_ENTRY, place, entry=survey.model.entry, found=found, curl=curl)


def _looks_like(model: Model, entry: Mapping[str, Any]) -> bool:
    """Whether an object is the entry, by its type or, where that is missing, by what only an entry has."""
    kind = entry.get("type")
    named = model.type_of(kind) or model.other_type_of(kind)
    if named is not None:
        return named == model.entry
    links = model.types[model.entry].links("list")
    return any(own.name in entry for own in links) and "data" not in entry


def _by_type(model: Model, entry: Mapping[str, Any], others: Mapping[str, str], claimed: object) -> str | None:
    """Where the version itself is missing, what the type URL says of it."""
    if claimed is None and model.other_type_of(entry.get("type")) == model.entry:
        return next(iter(others), None)
    return None


def _addresses(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
