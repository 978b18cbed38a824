"""Kann ich beschaffen? Each answer with its reason; a wrong yes costs somebody a procurement."""

import json
from datetime import date

import pytest

from schnittstellen.catalogue.services.needs import Basis
from schnittstellen.catalogue.services.procurement import Wishes, can_procure
from schnittstellen.catalogue.services.viewer import OPERATOR, PUBLIC, Viewer
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.procurement import Answer, Fit
from tests.catalogue.exchange.test_commands import run, world  # noqa: F401
from tests.catalogue.making import couple, declare, deploy, municipality, product, prove, standard

pytestmark = pytest.mark.django_db
AGS = "05999099"
TAX = "99102013000000"
TODAY = date.today()


@pytest.fixture(autouse=True)
def landscape() -> None:
    """An old procedure coupled with an online service; the standard has two versions."""
    for version in ("1.0", "2.0"):
        standard(f"xm@{version}", {"author": (["antrag", "storno"], []), "reader": ([], ["antrag", "storno"])})
    product("neu", leistungen=(TAX,))
    product("alt", leistungen=(TAX,))
    product("online", kind="online-dienst", leistungen=(TAX,))
    proven("neu@1", "2.0", "reader")
    proven("online@3", "2.0", "author")
    declare("online@2", "xm@1.0", "author")


def proven(release: str, version: str, role: str) -> None:
    prove(declare(release, f"xm@{version}", role), messages=["antrag", "storno"])


def ask(name: str = "neu", viewer: Viewer = OPERATOR, **wishes: object):
    return can_procure(name, AGS, viewer, TODAY, Wishes(**wishes))  # type: ignore[arg-type]


def test_all_that_is_coupled_is_verified():
    couple(deploy("alt@1", AGS), deploy("online@3", AGS))
    found = ask()
    assert (found.answer, found.basis, found.replaced) == (Answer.YES, Basis.RECORDED, ("alt@1",))
    assert [one.fit for one in found.couplings] == [Fit.VERIFIED]


def test_two_installed_versions_of_one_partner_and_only_one_verified_means_no():
    couple(deploy("alt@1", AGS), deploy("online@3", AGS))
    proven_by_word_only = declare("online@4", "xm@2.0", "author")
    deploy("online@4", AGS)
    found = ask()
    assert found.answer is Answer.NO
    assert found.couplings[0].split
    prove(proven_by_word_only, messages=["antrag", "storno"])
    assert ask().answer is Answer.YES


def test_what_is_only_declared_is_not_known():
    declare("online@4", "xm@2.0", "author")
    couple(deploy("alt@1", AGS), deploy("online@4", AGS))
    found = ask()
    assert (found.answer, found.couplings[0].fit) == (Answer.UNKNOWN, Fit.DECLARED)


def test_another_version_of_the_standard_means_no():
    couple(deploy("alt@1", AGS), deploy("online@2", AGS))
    found = ask()
    assert (found.answer, found.couplings[0].fit) == (Answer.NO, Fit.INCOMPATIBLE)


def test_a_message_that_the_coupling_needs_and_nobody_showed_is_not_verified():
    xm = standard("xn@1.0", {"author": (["a", "b"], []), "reader": ([], ["a", "b"])})
    prove(declare("neu@1", "xn@1.0", "reader"), messages=["a"])
    prove(declare("online@3", "xn@1.0", "author"), messages=["a", "b"])
    old, online = deploy("alt@1", AGS), deploy("online@3", AGS)
    coupling = couple(old, online, xm, messages=["a"])
    assert ask().answer is Answer.YES
    coupling.messages = ["a", "b"]
    coupling.save()
    assert (ask().answer, ask().couplings[0].fit) == (Answer.UNKNOWN, Fit.DECLARED)


def test_nothing_recorded_is_not_known():
    municipality(AGS)
    found = ask()
    assert (found.answer, found.basis, found.couplings) == (Answer.UNKNOWN, Basis.NOTHING, ())


def test_without_couplings_what_serves_the_same_leistung_counts():
    deploy("online@3", AGS)
    assert (ask().answer, ask().basis) == (Answer.YES, Basis.LEISTUNG)
    deploy("online@2", AGS)
    assert ask().answer is Answer.NO


def test_a_claim_of_the_vendor_is_not_known_until_the_municipality_confirms_it():
    couple(deploy("alt@1", AGS), deploy("online@3", AGS))
    claimed = deploy("online@2", AGS, confirmed=False)
    found = ask()
    assert (found.answer, found.couplings[0].split) == (Answer.UNKNOWN, False)
    claimed.confirmed = True
    claimed.save()
    assert ask().answer is Answer.NO


def test_what_is_no_longer_in_use_does_not_matter():
    couple(deploy("alt@1", AGS), deploy("online@3", AGS))
    deploy("online@2", AGS, until=date(2020, 1, 1))
    assert ask().answer is Answer.YES


def test_what_is_planned_is_a_remark_with_its_day_and_changes_no_answer():
    old = deploy("alt@1", AGS)
    couple(old, deploy("online@3", AGS, replacement="Neues Verfahren", replacement_on=date(2099, 3, 1)))
    deploy("online@2", AGS, since=date(2099, 2, 1))
    found = ask()
    assert (found.answer, [one.release for one in found.couplings[0].installed]) == (Answer.YES, ["online@3"])
    said = [(str(one.change), one.release, one.on, one.by, one.fit) for one in found.planned]
    assert said == [
        ("comes", "online@2", date(2099, 2, 1), "", Fit.INCOMPATIBLE),
        ("replaced", "online@3", date(2099, 3, 1), "Neues Verfahren", None),
    ]


def test_a_planned_version_counts_from_its_day():
    couple(deploy("alt@1", AGS), deploy("online@3", AGS))
    declare("online@4", "xm@2.0", "author")
    deploy("online@4", AGS, since=date(2099, 2, 1))
    later = can_procure("neu", AGS, OPERATOR, date(2099, 2, 1))
    assert (ask().answer, ask().planned[0].fit) == (Answer.YES, Fit.DECLARED)
    assert (later.answer, later.planned) == (Answer.NO, ())
    assert len(later.couplings[0].installed) == 2


def test_what_ends_and_what_has_no_day_stands_at_its_place():
    couple(deploy("alt@1", AGS, replacement="Etwas"), deploy("online@3", AGS, until=date(2099, 1, 1)))
    assert [(str(one.change), one.on) for one in ask().planned] == [("ends", date(2099, 1, 1)), ("replaced", None)]


def test_what_was_planned_and_what_others_do_is_no_remark():
    municipality(AGS)
    deploy("online@2", AGS, since=date(2099, 2, 1), until=date(2000, 1, 1))
    product("fremd", kind="online-dienst", leistungen=("99102013000099",))
    deploy("fremd@1", AGS, since=date(2099, 2, 1))
    assert ask().planned == ()


def test_on_page_and_command_the_plan_is_told(client):
    couple(
        deploy("alt@1", AGS), deploy("online@3", AGS, replacement="Neues Verfahren", replacement_on=date(2099, 3, 1))
    )
    municipality(AGS).__class__.objects.filter(key=AGS).update(open=True)
    told = "online 3 soll am {} ersetzt werden durch: Neues Verfahren."
    assert told.format("01.03.2099") in client.get(f"/beschaffen?programm=neu&kommune={AGS}").content.decode()
    assert told.format("01.03.2099") in run("can-procure", "neu", "--for", AGS).output
    (one,) = client.get(f"/api/v1/municipalities/{AGS}/can-procure?product=neu").json()["planned"]
    assert (one["change"], one["on"], one["by"]) == ("replaced", "2099-03-01", "Neues Verfahren")


def test_a_product_that_is_not_installed_cannot_be_replaced():
    deploy("online@3", AGS)
    with pytest.raises(SchnittstellenError) as error:
        ask(replaces="alt")
    assert error.value.fault.code == "F131"


def test_a_landscape_is_shown_to_its_municipality_only():
    deploy("online@3", AGS)
    with pytest.raises(SchnittstellenError) as error:
        ask(viewer=PUBLIC)
    assert error.value.fault.code == "F130"
    assert ask(viewer=Viewer(municipalities=frozenset({AGS}))).answer is Answer.YES


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    for number in range(12):
        proven(f"online@9.{number}", "2.0", "author")
        deploy(f"online@9.{number}", AGS)
    with django_assert_max_num_queries(14):
        assert len(ask().couplings[0].installed) == 12


@pytest.mark.usefixtures("world")
def test_the_command_ends_with_the_answer():
    result = run("can-procure", "muster-steueramt@2.1", "--for", "05999003", "--on", "2026-11-24")
    assert result.exit_code == 1, result.output
    assert result.output.startswith("Nein: muster-steueramt@2.1")
    english = run("--lang", "en", "can-procure", "muster-steueramt@2.1", "--for", "05999003", "--on", "2026-11-24")
    assert english.output.startswith("No: ")
    found = json.loads(run("can-procure", "muster-gewerbe", "--for", "05999001", "--on", "2026-11-24", "--json").output)
    assert found["answer"] == "yes", found
