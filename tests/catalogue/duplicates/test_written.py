"""What was merged is written and read back like everything else."""

from pathlib import Path

import pytest

from schnittstellen.catalogue.models import Product
from schnittstellen.catalogue.services import merging
from tests.cli.running import run
from tests.worlds import load_world

pytestmark = pytest.mark.django_db


def test_what_was_merged_survives_export_and_import(tmp_path: Path) -> None:
    load_world()
    goes = Product.objects.filter(releases__declarations__evidence__isnull=False).order_by("-key").first()
    assert goes is not None
    versions = goes.releases.values_list("version", flat=True)
    stays = Product.objects.exclude(releases__version__in=list(versions)).filter(releases__isnull=False).first()
    assert stays is not None
    merging.merge(goes.key, stays.key)
    first, second = tmp_path / "first", tmp_path / "second"
    assert run("registry", "export", first).exit_code == 0
    assert run("registry", "import", first).exit_code == 0
    assert run("registry", "export", second).exit_code == 0
    assert _texts(first) == _texts(second)


def _texts(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
