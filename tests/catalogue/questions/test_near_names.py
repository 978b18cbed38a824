"""Who mistypes a name on the command line is told which names come near."""

import pytest

from schnittstellen.catalogue.services.search import reindex_all
from tests.catalogue import making
from tests.cli.running import run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    making.standard("xm@1.0", {"a": (["m"], [])})
    making.leistung("99102013002000", title="Hundesteuer Festsetzung")
    making.product("muster-hund-online", name="Muster-Hund-Online", leistungen=("99102013002000",))
    making.municipality("05999001", name="Musterstadt, Stadt")
    reindex_all()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("partners", "muster-hund-onlin"), "Meinten Sie muster-hund-online (Muster-Hund-Online)?"),
        (("matrix", "Hundesteur"), "Meinten Sie 99102013002000 (Hundesteuer Festsetzung)?"),
        (("neighbours", "--for", "5999001"), "Meinten Sie 05999001 (Musterstadt, Stadt)?"),
        (("ending", "--for", "Musterstadt"), "Meinten Sie 05999001 (Musterstadt, Stadt)?"),
    ],
)
def test_the_near_name_is_told(arguments: tuple[str, ...], told: str) -> None:
    said = run(*arguments)
    assert said.exit_code == 2
    assert told in said.output


def test_nothing_is_told_where_nothing_comes_near() -> None:
    said = run("partners", "qqqqqqq")
    assert "F120" in said.output
    assert "Meinten" not in said.output
