"""What a tender must require: the counterpart of what the partners have declared, and never a product."""

import json
from datetime import date, timedelta

import pytest

from schnittstellen import bootstrap
from schnittstellen.catalogue.models import Product, Role, Standard
from schnittstellen.catalogue.services.needs import Basis
from schnittstellen.catalogue.services.tender import Open, Tender, Wanted, tender
from schnittstellen.catalogue.services.tender_text import text
from schnittstellen.catalogue.services.viewer import OPERATOR, PUBLIC
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.levels import Nachweisstufe
from tests.catalogue.exchange.test_commands import DAY, run, world  # noqa: F401
from tests.catalogue.making import couple, declare, deploy, leistung, product, prove, standard

pytestmark = pytest.mark.django_db
AGS = "05999099"
TAX = "99102013000000"
TODAY = date.today()


@pytest.fixture(autouse=True)
def landscape() -> None:
    standard("xm@1.0", {"author": (["antrag", "storno"], []), "reader": ([], ["antrag", "storno"])})
    standard("xm@0.9", {"author": (["antrag"], []), "reader": ([], ["antrag"])}, in_force_until=TODAY - timedelta(1))
    standard("api@1.0", {"server": ([], ["*"]), "client": (["*"], [])})
    leistung(TAX)
    product("online", kind="online-dienst", leistungen=(TAX,))
    product("alt", leistungen=(TAX,))


def ask(*partners: str, ags: str | None = None, kind: str = "fachverfahren") -> Tender:
    return tender(Wanted(kind, (TAX,), ags, partners), OPERATOR, bootstrap.library(), TODAY)


def points(found: Tender) -> list[tuple[Open, tuple[str, ...]]]:
    return [(one.open, one.values) for one in found.open if one.open is not Open.NO_SUITE]


def test_the_counterpart_of_what_the_partner_declares() -> None:
    prove(declare("online@3", "xm@1.0", "author"), messages=["antrag"])
    found = ask("online@3")
    (required,) = found.requirements
    (option,) = required.choices
    assert (required.partner, option.standard, option.version, option.role) == ("online@3", "xm", "1.0", "reader")
    assert (option.receives, option.sends) == (("antrag", "storno"), ())
    assert (option.level, option.partner_level) == (Nachweisstufe.MESSAGES, Nachweisstufe.MESSAGES)
    assert found.basis is Basis.NAMED


def test_only_messages_that_the_partner_supports() -> None:
    declare("online@3", "xm@1.0", "author", messages=["antrag"])
    assert ask("online@3").requirements[0].choices[0].receives == ("antrag",)


def test_recorded_couplings_limit_what_is_required() -> None:
    declare("online@3", "xm@1.0", "author")
    version = declare("online@3", "api@1.0", "client").role.version
    couple(deploy("alt@1", AGS, leistungen=(TAX,)), deploy("online@3", AGS, leistungen=(TAX,)), version)
    found = ask(ags=AGS)
    assert found.basis is Basis.RECORDED
    assert [one.suite for one in found.requirements[0].choices] == ["api@1.0/server"]


def test_without_couplings_all_that_serves_the_leistung() -> None:
    declare("online@3", "xm@1.0", "author")
    deploy("online@3", AGS, leistungen=(TAX,))
    deploy("alt@1", AGS, leistungen=(TAX,))
    found = ask(ags=AGS)
    assert (found.basis, [one.partner for one in found.requirements]) == (Basis.LEISTUNG, ["online@3"])


def test_what_cannot_be_required_is_an_open_point() -> None:
    declare("online@1", "xm@0.9", "author")
    assert points(ask("online@1")) == [(Open.VERSION_ENDED, ("xm 0.9",))]
    assert points(ask("alt@1" if deploy("alt@1") else "")) == [(Open.NOTHING_DECLARED, ())]
    standard("einsam@1.0", {"nur": (["a"], [])})
    declare("online@5", "einsam@1.0", "nur")
    assert points(ask("online@5")) == [(Open.NO_ROLE, ("einsam@1.0/nur",))]


def test_messages_in_use_that_nobody_declares() -> None:
    version = declare("online@3", "xm@1.0", "author", messages=["antrag"]).role.version
    old, online = deploy("alt@1", AGS, leistungen=(TAX,)), deploy("online@3", AGS, leistungen=(TAX,))
    coupling = couple(old, online, version, messages=["antrag", "storno"])
    assert points(ask(ags=AGS)) == [(Open.NOT_THESE_MESSAGES, ("storno",))]
    coupling.messages = ["antrag"]
    coupling.save()
    assert points(ask(ags=AGS)) == []


def test_a_coupling_by_a_standard_that_the_partner_does_not_declare() -> None:
    version = declare("alt@1", "xm@1.0", "reader").role.version
    declare("online@3", "api@1.0", "client")
    couple(deploy("alt@1", AGS, leistungen=(TAX,)), deploy("online@3", AGS, leistungen=(TAX,)), version)
    assert points(ask(ags=AGS)) == [(Open.NOT_THIS_STANDARD, ("xm",))]


def test_an_unconfirmed_deployment_is_an_open_point() -> None:
    declare("online@3", "xm@1.0", "author")
    deploy("online@3", AGS, leistungen=(TAX,), confirmed=False)
    assert points(ask(ags=AGS)) == [(Open.NOT_CONFIRMED, ())]


def test_roles_that_the_wanted_kind_plays_come_before_others() -> None:
    roles = {"fach": (["a"], []), "akte": (["a"], []), "dienst": ([], ["a"])}
    standard("xv@1.0", roles)
    declare("online@7", "xv@1.0", "dienst")
    assert {one.role for one in ask("online@7").requirements[0].choices} == {"fach", "akte"}
    declare("alt@7", "xv@1.0", "fach")
    assert {one.role for one in ask("online@7").requirements[0].choices} == {"fach"}


def test_somebody_must_say_with_what() -> None:
    with pytest.raises(SchnittstellenError) as caught:
        ask()
    assert caught.value.fault.code == "F138"
    deploy("online@3", AGS, leistungen=(TAX,))
    with pytest.raises(SchnittstellenError) as closed:
        tender(Wanted("fachverfahren", (TAX,), AGS), PUBLIC, bootstrap.library(), TODAY)
    assert closed.value.fault.code == "F130"


def test_queries_do_not_grow(django_assert_max_num_queries: object) -> None:
    for number in range(12):
        declare(f"online@{number}", "xm@1.0", "author")
        deploy(f"online@{number}", AGS, leistungen=(TAX,))
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        assert len(ask(ags=AGS).requirements) == 12


def test_the_text_calls_products_roles_and_standards_by_their_names() -> None:
    declare("online@3", "xm@1.0", "author")
    Product.objects.filter(key="online").update(name="Muster-Online")
    Standard.objects.filter(key="xm").update(title="XMuster 1.0 – Anträge")
    Role.objects.filter(version__standard__key="xm", key="reader").update(title="Fachverfahren des Amtes")
    told = "\n".join(text(ask("online@3")))
    assert "## 1 Schnittstelle zu Muster-Online 3" in told
    assert "Rolle „Fachverfahren des Amtes“" in told
    assert f"Stand: {TODAY:%d.%m.%Y}" in told
    assert "online@3" not in told


def test_open_points_use_names_too() -> None:
    declare("online@1", "xm@0.9", "author")
    Standard.objects.filter(key="xm").update(title="XMuster 0.9 – Anträge")
    told = "\n".join(text(ask("online@1")))
    assert "XMuster 0.9 ist nicht mehr in Kraft" in told
    assert "online@1" not in told


def test_no_suite_is_told() -> None:
    declare("online@3", "xm@1.0", "author")
    found = ask("online@3")
    assert [one.values for one in found.open if one.open is Open.NO_SUITE] == [("xm@1.0/reader",)]
    assert "xm@1.0/reader" in "\n".join(text(found))


@pytest.mark.usefixtures("world")
def test_the_text_to_copy() -> None:
    result = run("tender", "--leistung", TAX, "--with", "muster-hund-online@3.0", *DAY)
    assert result.exit_code in (0, 3), result.output
    assert "# Anforderungen an Schnittstellen" in result.output
    assert "schnittstellen test xhundesteuer@2.0/fachverfahren NACHRICHTEN" in result.output
    english = run("--lang", "en", "tender", "--leistung", TAX, "--with", "muster-hund-online@3.0", *DAY).output
    assert "# Requirements on interfaces" in english
    assert "Nachweis" not in english
    machine = json.loads(run("tender", "--leistung", TAX, "--with", "muster-hund-online@3.0", "--json", *DAY).output)
    assert machine["requirements"][0]["choices"][0]["role"] == "fachverfahren"


@pytest.mark.usefixtures("world")
def test_a_leistung_that_is_not_there() -> None:
    assert "F122" in run("tender", "--leistung", "1", "--with", "muster-hund-online@3.0").stderr
