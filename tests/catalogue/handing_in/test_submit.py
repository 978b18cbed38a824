"""`schnittstellen submit`, against the interface without a network between."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from schnittstellen.catalogue.models import HandIn, QueuedHandIn
from schnittstellen.catalogue.services import access
from schnittstellen.catalogue.services.handing_in.sent import Sent
from schnittstellen.cli import submitting
from tests.catalogue.handing_in import making
from tests.catalogue.handing_in.making import BAD, GOOD, files, honest
from tests.catalogue.handing_in.test_forgeries import (
    FORGERIES,
    changed_payload,
    not_declared,
    other_product,
    other_release,
    other_role,
)
from tests.cli.running import run

pytestmark = pytest.mark.django_db
TO = "https://katalog.muster.example/"
NOT_BY_COMMAND = (changed_payload, other_product, other_release, other_role, not_declared)


class Wire:
    """Takes the place of httpx2: what is posted goes to Django's test client."""

    HTTPError, InvalidURL = OSError, ValueError

    def __init__(self, *, broken: bool = False, answer: Any = None) -> None:
        self.asked = list[str]()
        self.working = True
        self._broken, self._answer = broken, answer

    def Client(self, **_settings: Any) -> "Wire":
        return self

    def Timeout(self, *_: Any, **_more: Any) -> None:
        return None

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def post(self, url: str, json: Any, headers: dict[str, str]) -> Any:
        self.asked.append(url)
        if self._broken:
            raise OSError
        path = url.removeprefix(TO.rstrip("/"))
        return self._answer or Client().post(path, json, content_type="application/json", headers=headers)

    def get(self, url: str, headers: dict[str, str]) -> Any:
        """The first question is answered before, the next after a worker was there."""
        answer = Client().get(url.removeprefix(TO.rstrip("/")), headers=headers)
        if self.working:
            making.settle()
        return answer


@pytest.fixture(autouse=True)
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    making.world()
    made = Wire()
    monkeypatch.setattr(submitting, "_client_library", lambda: made)
    monkeypatch.setattr(submitting, "PAUSE", 0)
    return made


def written(folder: Path, one: Sent) -> Path:
    (folder / "nachrichten").mkdir()
    (folder / "bericht.json").write_bytes(one.report)
    (folder / "bericht.json.dsse").write_bytes(one.envelope)
    for it in one.inputs:
        (folder / "nachrichten" / it.name).write_bytes(it.data)
    (folder / "nachrichten" / "gehalt.xml").write_text("<geheim/>")
    return folder


def submit(folder: Path, *more: object, payloads: bool = True, to: str = TO, **environ: str) -> Any:
    token = access.create("t", f"vendor:{making.VENDOR}", ("read", "evidence"))
    given = ("--with-payloads", folder / "nachrichten") if payloads else ()
    environ = {"SCHNITTSTELLEN_TOKEN": token, **environ}
    return run("submit", folder / "bericht.json", "--to", to, *given, *more, **environ)


def test_an_honest_report_is_accepted_and_what_was_not_tested_stays(tmp_path: Path, wire: Wire) -> None:
    done = submit(written(tmp_path, honest()))
    made = HandIn.objects.get()
    assert done.exit_code == 0, done.output
    assert f"Angenommen: Einreichung {made.key}" in done.output
    assert "noch einmal bewertet: 1 von 1" in done.output
    assert "sobald er dazu kommt" in done.output
    assert [one.name for one in made.inputs.all()] == [GOOD]
    again = submit(tmp_path, "--lang", "en")
    assert (again.exit_code, "Handed in already" in again.output) == (0, True)
    assert wire.asked == ["https://katalog.muster.example/api/v1/hand-ins"] * 2


def test_nothing_travels_that_was_not_named(tmp_path: Path) -> None:
    done = submit(written(tmp_path, honest()), payloads=False)
    assert (done.exit_code, HandIn.objects.get().judged) == (0, 0)
    assert "zählt nicht für das Programm" in done.output


def test_a_dry_run_sends_nothing(tmp_path: Path, wire: Wire) -> None:
    done = submit(written(tmp_path, honest()), "--dry-run", SCHNITTSTELLEN_TOKEN="")
    assert (done.exit_code, wire.asked) == (0, [])
    assert GOOD in done.output
    assert "gehalt.xml" not in done.output
    assert "1 Dateien bleiben hier" in done.output


@pytest.mark.parametrize(("forge", "code"), FORGERIES.items(), ids=lambda one: getattr(one, "__name__", one))
def test_a_forgery_ends_with_1_and_its_code(tmp_path: Path, forge: Any, code: str) -> None:
    if forge in NOT_BY_COMMAND:
        pytest.skip("the command takes the name from the document itself, or sends no file that was not tested")
    done = submit(written(tmp_path, forge()))
    assert done.exit_code == 1
    assert "Abgelehnt" in done.output
    assert code in done.output
    told = json.loads(submit(tmp_path, "--json").output)
    assert {one["code"] for one in told.get("errors") or told["reasons"]} == {code}


def test_who_does_not_wait_learns_later_by_the_same_command(tmp_path: Path, wire: Wire) -> None:
    wire.working = False
    done = submit(written(tmp_path, honest()), "--wait", "0")
    assert (done.exit_code, "Noch nicht bewertet" in done.output) == (3, True)
    assert QueuedHandIn.objects.get().state == "waiting"
    wire.working = True
    assert submit(tmp_path).exit_code == 0
    assert HandIn.objects.count() == 1


def test_what_we_could_not_judge_is_no_departure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making.Here, "__call__", lambda *_: 1 / 0)
    done = submit(written(tmp_path, honest()))
    assert (done.exit_code, "V073" in done.output, "Nicht bewertet" in done.output) == (3, True, True)


def test_by_an_order(tmp_path: Path) -> None:
    from tests.catalogue.handing_in.test_orders import by, issue

    order = issue()
    (tmp_path / "auftrag.json").write_bytes(bytes(order.document))
    folder = written(tmp_path, by(order))
    assert submit(folder, "--order", tmp_path / "auftrag.json", "--keep", "discard").exit_code == 0
    made = HandIn.objects.get()
    assert (made.order, made.inputs.count()) == (order, 0)


@pytest.mark.parametrize(
    ("more", "environ", "to", "code"),
    [
        ((), {"SCHNITTSTELLEN_TOKEN": ""}, TO, "F418"),
        ((), {"SCHNITTSTELLEN_TOKEN": "sst_falsch"}, TO, "F419"),
        ((), {}, "http://katalog.muster.example", "F417"),
        (("--order", "PA-gibt-es-nicht"), {}, "ftp://localhost", "F417"),
        (("--with-recording", "gibt-es-nicht.har"), {}, TO, "K012"),
    ],
)
def test_wrong_usage_ends_with_2(
    tmp_path: Path, more: tuple[str, ...], environ: dict[str, str], to: str, code: str
) -> None:
    done = submit(written(tmp_path, honest()), *more, to=to, **environ)
    assert (done.exit_code, code in done.output) == (2, True)
    assert not HandIn.objects.exists()


def test_without_signature_or_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(tmp_path, making.sent(making.run_of(BAD), files(BAD)))
    for wire in (Wire(broken=True), Wire(answer=SimpleNamespace(status_code=502, json=lambda: json.loads("<")))):
        monkeypatch.setattr(submitting, "_client_library", lambda wire=wire: wire)
        assert submit(folder).exit_code == 2
    (folder / "bericht.json.dsse").unlink()
    assert "K012" in submit(folder).output


@pytest.mark.parametrize("to", ["http://localhost:8000", "http://127.0.0.1/api/v1", "http://[::1]:1/"])
def test_on_the_same_machine_https_is_not_needed(to: str) -> None:
    assert submitting.address(to).endswith("/api/v1/hand-ins")


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_zip_is_unpacked_and_only_what_was_tested_travels(tmp_path: Path) -> None:
    one = honest()
    archive = zipped(tmp_path / "lauf.zip", {"a/gut.xml": one.inputs[0].data, "gehalt.xml": b"<geheim/>"})
    folder = written(tmp_path, replace(one, inputs=()))
    done = submit(folder, "--with-payloads", archive, payloads=False)
    assert done.exit_code == 0, done.output
    assert [it.name for it in HandIn.objects.get().inputs.all()] == ["lauf.zip/a/gut.xml"]
    planned = submit(folder, "--with-payloads", archive, "--dry-run", payloads=False)
    assert "1 Dateien bleiben hier" in planned.output


def test_a_zip_in_the_folder_is_unpacked_too(tmp_path: Path) -> None:
    one = honest()
    folder = written(tmp_path, replace(one, inputs=()))
    zipped(folder / "nachrichten" / "lauf.zip", {"gut.xml": one.inputs[0].data})
    assert submit(folder).exit_code == 0
    assert [it.name for it in HandIn.objects.get().inputs.all()] == ["lauf.zip/gut.xml"]


def test_too_much_is_said_before_anything_travels(tmp_path: Path, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submitting, "MOST_INPUTS", 0)
    done = submit(written(tmp_path, honest()))
    assert (done.exit_code, wire.asked) == (2, [])
    assert "F411" in done.output
    assert "erlaubt sind 0 Dateien und zusammen 7 MB" in " ".join(done.output.split())
