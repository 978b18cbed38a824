"""All or nothing, as often as one likes with the same outcome, and out again byte for byte."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import built_in
from schnittstellen.catalogue.models import (
    Coupling,
    Declaration,
    Deployment,
    Meeting,
    OldKey,
    Product,
    Standard,
    Vendor,
)
from schnittstellen.catalogue.registry.loading import Loading, load
from schnittstellen.catalogue.registry.writing import write
from schnittstellen.domain.errors import SchnittstellenError
from tests.catalogue import making
from tests.catalogue.registry.folders import changed, make
from tests.homes import empty_home

pytestmark = pytest.mark.django_db


def loaded(folder: Path, *, prune: bool = False) -> Loading:
    return load(folder, bootstrap.library(), prune=prune)


def texts(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.toml"))}


def outcome(loading: Loading, kind: str) -> int:
    return sum(tally[kind] for tally in loading.tallies.values())


def test_everything_arrives(tmp_path: Path) -> None:
    loaded(make(tmp_path))
    product = Product.objects.get(key="muster-antrag")
    assert product.vendor.key == "musterhaus"
    assert product.publicly_funded is False
    assert OldKey.objects.get().product == product
    assert Declaration.objects.get(role__key="sender").messages == ["antrag"]
    assert Coupling.objects.get().second == Deployment.objects.get(key="05999001-akte")
    meeting = Meeting.objects.get(sender__version__standard__key="xmuster")
    assert (meeting.sender.key, meeting.receiver.key, meeting.messages) == ("sender", "empfaenger", ["antrag"])


def test_standards_of_the_installation_come_along(tmp_path: Path) -> None:
    loaded(make(tmp_path))
    assert set(Standard.objects.values_list("key", flat=True)) >= {"xmuster", "oparl", "en16931"}
    assert Meeting.objects.filter(sender__version__standard__key="oparl").exists()


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    loaded(make(tmp_path))
    before = list(Product.objects.values_list("key", "revision", "changed"))
    again = loaded(tmp_path)
    assert (outcome(again, "created"), outcome(again, "changed"), outcome(again, "missing")) == (0, 0, 0)
    assert list(Product.objects.values_list("key", "revision", "changed")) == before


def test_a_change_counts_the_revision_up(tmp_path: Path) -> None:
    loaded(make(tmp_path))
    changed(tmp_path, "products/muster-antrag.toml", '"Musterantrag"', '"Musterantrag Neu"')
    again = loaded(tmp_path)
    assert (outcome(again, "created"), outcome(again, "changed")) == (0, 1)
    product = Product.objects.get(key="muster-antrag")
    assert (product.name, product.revision) == ("Musterantrag Neu", 2)


def test_the_same_bytes_come_out(tmp_path: Path) -> None:
    folder = make(tmp_path / "in")
    loaded(folder)
    write(tmp_path / "once", bootstrap.library())
    Product.objects.all().update(revision=7)
    loaded(tmp_path / "once")
    write(tmp_path / "twice", bootstrap.library())
    assert texts(tmp_path / "once") == texts(tmp_path / "twice")
    assert texts(tmp_path / "once").keys() == texts(folder).keys()


def test_places_with_like_or_long_names_have_files_of_their_own(tmp_path: Path) -> None:
    folder = make(tmp_path / "in")
    text = (folder / "municipalities" / "musterkreis.toml").read_text(encoding="utf-8")
    for number, kreis in enumerate(("Muster-Kreis", "Muster Kreis", "Ä" * 300), start=2):
        own = (
            text.replace("Musterkreis", kreis)
            .replace("999001", f"99900{number}")
            .replace("990001001", f"99000100{number}")
        )
        (folder / "municipalities" / f"{number}.toml").write_text(own, encoding="utf-8")
    loaded(folder)
    write(tmp_path / "out", bootstrap.library())
    files = sorted(path.name for path in (tmp_path / "out" / "municipalities").iterdir())
    assert files == [f"{'ae' * 45}.toml", "muster-kreis-2.toml", "muster-kreis.toml", "musterkreis.toml"]
    loaded(tmp_path / "out")
    write(tmp_path / "twice", bootstrap.library())
    assert texts(tmp_path / "out") == texts(tmp_path / "twice")


def test_the_shipped_registry_is_whole_and_comes_out_as_it_is(tmp_path: Path) -> None:
    shipped = built_in() / "registry"
    loaded(shipped)
    write(tmp_path / "out", bootstrap.library())
    here = {name: text for name, text in texts(shipped).items() if not name.startswith("rules/")}
    assert texts(tmp_path / "out") == here


def test_nothing_of_a_broken_registry_is_loaded(tmp_path: Path) -> None:
    changed(tmp_path, "deployments/05999001.toml", "muster-akte@1.0", "muster-akte@3.0")
    with pytest.raises(SchnittstellenError, match="F100") as caught:
        loaded(tmp_path)
    assert "deployments/05999001.toml:6" in caught.value.details[0]
    assert not Vendor.objects.exists()


def test_what_is_gone_is_told_and_removed_on_request_only(tmp_path: Path) -> None:
    loaded(make(tmp_path))
    (tmp_path / "deployments" / "05999001.toml").unlink()
    (tmp_path / "products" / "muster-akte.toml").unlink()
    told = loaded(tmp_path)
    assert told.gone["product"] == ["muster-akte"]
    assert Deployment.objects.count() == 2
    loaded(tmp_path, prune=True)
    assert not Deployment.objects.exists()
    assert not Product.objects.filter(key="muster-akte").exists()


def test_what_is_proven_is_never_removed(tmp_path: Path) -> None:
    loaded(make(tmp_path))
    making.prove(Declaration.objects.get(role__key="sender"))
    (tmp_path / "deployments" / "05999001.toml").unlink()
    (tmp_path / "products" / "muster-antrag.toml").unlink()
    loaded(tmp_path, prune=True)
    assert Declaration.objects.filter(role__key="sender").exists()


def test_a_registry_may_build_on_what_is_known(tmp_path: Path) -> None:
    loaded(make(tmp_path / "first"))
    more = tmp_path / "more" / "products" / "muster-neu.toml"
    more.parent.mkdir(parents=True)
    more.write_text(
        'schema = "schnittstellen.product/1"\nid = "muster-neu"\nvendor = "musterhaus"\nname = "Neu"\n'
        'kind = "transport"\nleistungen = ["99000000000001"]\n'
    )
    loaded(tmp_path / "more")
    assert Product.objects.get(key="muster-neu").leistungen.count() == 1


def test_the_number_of_queries_does_not_grow(tmp_path: Path, django_assert_max_num_queries: object) -> None:
    make(tmp_path)
    vendor = (tmp_path / "vendors" / "musterhaus.toml").read_text()
    for number in range(150):
        text = vendor.replace('"musterhaus"', f'"muster-{number}"')
        (tmp_path / "vendors" / f"muster-{number}.toml").write_text(text)
    with django_assert_max_num_queries(120):  # type: ignore[operator]
        loaded(tmp_path)


KILLED = """
import os, signal, sys
from pathlib import Path
from schnittstellen.catalogue.start import ready
ready()
from schnittstellen import bootstrap
from schnittstellen.catalogue.registry import load_landscapes, loading
if sys.argv[2] == "die":
    from schnittstellen.catalogue.registry import forms, loaders
    loaders.LOADERS[forms.DEPLOYMENTS] = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
loading.load(Path(sys.argv[1]), bootstrap.library())
"""
COUNT = """
from schnittstellen.catalogue.start import ready
ready()
from schnittstellen.catalogue.models import Vendor, Municipality
print(Vendor.objects.count(), Municipality.objects.count())
"""


def test_killed_in_the_middle_nothing_is_left_behind(tmp_path: Path) -> None:
    folder = make(tmp_path / "registry")
    there = {**os.environ, "SCHNITTSTELLEN_HOME": str(empty_home(tmp_path / "home")), "DATABASE_URL": ""}

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-c", *command], env=there, capture_output=True, text=True, check=False)

    assert run(KILLED, str(folder), "die").returncode == -9
    assert run(COUNT).stdout.strip() == "0 0"
    assert run(KILLED, str(folder), "live").returncode == 0
    assert run(COUNT).stdout.strip() == "1 1"
