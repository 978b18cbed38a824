"""Written forms of what is signed: keys, withdrawals, test orders, certificates <-> domain objects.

Reading demands the JSON Schema of each kind; writing gives plain values, whose canonical form is signed.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from schnittstellen.domain.canonical import NotCanonical, canonical
from schnittstellen.domain.certificate import Certificate, Condition, Requirements, Support
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.naming import NotAName, ReleaseName
from schnittstellen.domain.orders import Order
from schnittstellen.domain.trust import PublicKey, Purpose, Why, Withdrawal, WithdrawalList
from schnittstellen.domain.verdict import Verdict
from schnittstellen.formats.written import departures

KEYS = "schnittstellen.keys/1"
WITHDRAWALS = "schnittstellen.withdrawals/1"
ORDER = "schnittstellen.order/1"
CERTIFICATE = "schnittstellen.certificate/1"

_Made = TypeVar("_Made")


class NotAttested(ValueError):
    """A text is not JSON, or not of its schema; the message says where."""


def parsed(data: bytes) -> Any:
    """JSON that every reader reads alike: no name twice, no number that some cannot hold. Raises `NotAttested`."""
    value = unambiguous(data)
    try:
        canonical(value)
    except (ValueError, RecursionError) as error:
        raise NotAttested(str(error) if isinstance(error, NotCanonical) else "JSON") from None
    return value


def unambiguous(data: bytes) -> Any:
    """JSON with no name twice in one object and nothing that is not JSON, such as NaN. Raises `NotAttested`."""
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except NotAttested:
        raise
    except (ValueError, RecursionError):
        raise NotAttested("JSON") from None


def keys_from(written: Any) -> tuple[PublicKey, ...]:
    """The keys of a list. Raises `NotAttested`."""
    return _checked(written, KEYS, lambda it: tuple(_key(one) for one in it["keys"]))


def keys_written(keys: tuple[PublicKey, ...]) -> dict[str, Any]:
    """A list of keys as plain values."""
    return {"schema": KEYS, "keys": [_key_written(key) for key in keys]}


def withdrawals_from(written: Any) -> WithdrawalList:
    """A list of withdrawals. Raises `NotAttested`."""
    return _checked(written, WITHDRAWALS, _withdrawals)


def withdrawals_written(one: WithdrawalList) -> dict[str, Any]:
    """A list of withdrawals as plain values."""
    return {
        "schema": WITHDRAWALS,
        "issuer": one.issuer,
        "number": one.number,
        "issued": one.issued.isoformat(),
        "next_by": one.next_by.isoformat(),
        "withdrawn": [
            {"what": it.what, "since": it.since.isoformat(), "why": it.why.value} | _filled(text=it.text)
            for it in one.withdrawn
        ],
    }


def order_from(written: Any, sha256: str) -> Order:
    """A test order, with the digest of the bytes that were signed. Raises `NotAttested`."""
    return _checked(written, ORDER, lambda it: _order(it, sha256))


def order_written(order: Order) -> dict[str, Any]:
    """A test order as plain values."""
    return {
        "schema": ORDER,
        "id": order.id,
        "issuer": order.issuer,
        "release": str(order.release),
        "suite": order.suite,
        "seed": str(order.seed),
        "issued": order.issued.isoformat(),
        "lapses_on": order.lapses_on.isoformat(),
    }


def certificate_from(written: Any) -> Certificate:
    """A certificate. Raises `NotAttested`."""
    made = _checked(written, CERTIFICATE, _certificate)
    if int(made.tested) != written["tested"]:
        raise NotAttested("tested")
    return made


def certificate_written(one: Certificate) -> dict[str, Any]:
    """A certificate as plain values."""
    fixed = {
        "schema": CERTIFICATE,
        "serial": one.serial,
        "issuer": one.issuer,
        "vendor": one.vendor,
        "release": str(one.release),
        "product_name": one.product_name,
        "standard": one.standard,
        "version": one.version,
        "role": one.role,
        "edition": one.edition,
        "level": int(one.level),
        "tested": int(one.tested),
        "issued": one.issued.isoformat(),
        "lapses_on": one.lapses_on.isoformat(),
        "evidence": [_support_written(support) for support in one.evidence],
    }
    return fixed | _filled(
        messages=list(one.messages),
        confirmations=list(one.confirmations),
        conditions=[_condition_written(condition) for condition in one.conditions],
        deviations=list(one.deviations),
        url=one.url,
        requirements=_requirements_written(one.requirements),
    )


def _checked(written: Any, schema: str, make: Callable[[Any], _Made]) -> _Made:
    problems = departures(written, schema)
    if problems:
        raise NotAttested(problems[0])
    try:
        return make(written)
    except (ValueError, NotAName) as error:
        raise NotAttested(str(error)) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotAttested("JSON: the same name twice")
    return found


def _no_constant(name: str) -> Any:
    raise NotAttested(f"JSON: {name}")


def _filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _day(written: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(written[name]) if name in written else None


def _key(it: Mapping[str, Any]) -> PublicKey:
    start, end = date.fromisoformat(it["valid_from"]), _day(it, "lapses_on")
    return PublicKey(it["id"], it["pem"], it["owner"], Purpose(it["purpose"]), start, end, it.get("proof", ""))


def _key_written(key: PublicKey) -> dict[str, Any]:
    fixed = {"id": key.id, "pem": key.pem, "owner": key.owner, "purpose": key.purpose.value}
    end = None if key.lapses_on is None else key.lapses_on.isoformat()
    return fixed | {"valid_from": key.valid_from.isoformat()} | _filled(lapses_on=end, proof=key.proof)


def _withdrawals(it: Mapping[str, Any]) -> WithdrawalList:
    withdrawn = (
        Withdrawal(one["what"], date.fromisoformat(one["since"]), Why(one["why"]), one.get("text", ""))
        for one in it["withdrawn"]
    )
    issued, next_by = date.fromisoformat(it["issued"]), date.fromisoformat(it["next_by"])
    return WithdrawalList(it["issuer"], it["number"], issued, next_by, tuple(withdrawn))


def _order(it: Mapping[str, Any], sha256: str) -> Order:
    return Order(
        id=it["id"],
        issuer=it["issuer"],
        release=ReleaseName.of(it["release"]),
        suite=it["suite"],
        seed=int(it["seed"]),
        issued=date.fromisoformat(it["issued"]),
        lapses_on=date.fromisoformat(it["lapses_on"]),
        sha256=sha256,
    )


def _support_written(one: Support) -> dict[str, Any]:
    return {
        "report_sha256": one.report_sha256,
        "suite": one.suite,
        "edition": one.edition,
        "suite_sha256": one.suite_sha256,
        "reach": int(one.reach),
        "verdict": one.verdict.value,
        "run_on": one.run_on.isoformat(),
    } | _filled(messages=list(one.messages), failing=list(one.failing), order=one.order, against=one.against)


def _condition_written(one: Condition) -> dict[str, Any]:
    return {"text": one.text} | _filled(due=None if one.due is None else one.due.isoformat())


def _requirements_written(one: Requirements | None) -> dict[str, int] | None:
    return None if one is None else {"tested": one.tested, "total": one.total}


def _support(it: Mapping[str, Any]) -> Support:
    return Support(
        report_sha256=it["report_sha256"],
        suite=it["suite"],
        edition=it["edition"],
        suite_sha256=it["suite_sha256"],
        reach=Nachweisstufe(it["reach"]),
        verdict=Verdict(it["verdict"]),
        run_on=date.fromisoformat(it["run_on"]),
        messages=tuple(it.get("messages", ())),
        failing=tuple(it.get("failing", ())),
        order=it.get("order", ""),
        against=it.get("against", ""),
    )


def _certificate(it: Mapping[str, Any]) -> Certificate:
    return Certificate(
        serial=it["serial"],
        issuer=it["issuer"],
        vendor=it["vendor"],
        release=ReleaseName.of(it["release"]),
        product_name=it["product_name"],
        standard=it["standard"],
        version=it["version"],
        role=it["role"],
        edition=it["edition"],
        level=Nachweisstufe(it["level"]),
        issued=date.fromisoformat(it["issued"]),
        lapses_on=date.fromisoformat(it["lapses_on"]),
        evidence=tuple(_support(one) for one in it["evidence"]),
        messages=tuple(it.get("messages", ())),
        confirmations=tuple(it.get("confirmations", ())),
        conditions=tuple(Condition(one["text"], _day(one, "due")) for one in it.get("conditions", ())),
        deviations=tuple(it.get("deviations", ())),
        url=it.get("url", ""),
        requirements=Requirements(**it["requirements"]) if "requirements" in it else None,
    )
