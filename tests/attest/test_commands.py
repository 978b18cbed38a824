"""The commands: keys, signing a run, running by an order, verifying as a clerk does."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from schnittstellen.attest import documents, keys
from schnittstellen.attest.paper import paper
from schnittstellen.attest.trusting import read_keys
from schnittstellen.attest.verifying import Claim, Demands, verify_report
from schnittstellen.cli.files import today
from schnittstellen.domain.naming import ReleaseName
from schnittstellen.domain.trust import Purpose, Trust, Why, Withdrawal
from tests.attest.making import certificate, order
from tests.cli.running import GOOD, SUITE, environment, run

TODAY = today()
EARLY = date(2026, 1, 1)


@pytest.fixture
def board(tmp_path: Path) -> Any:
    """A board whose key was made long ago, with a certificate that it signed."""
    private, public = keys.create("muster-beirat", Purpose.BOARD, EARLY)
    keys.write_private(tmp_path / "beirat.key", private)
    from schnittstellen.formats.attested import keys_written

    (tmp_path / "beirat.pub").write_text(json.dumps(keys_written((public,))))
    (tmp_path / "zertifikat.json").write_bytes(documents.sign_certificate(certificate(), keys.signer(private)))
    return keys.signer(private)


def verify(
    folder: Path, *more: object, file: str = "zertifikat.json", on: str = "2026-12-01", **environ: str
) -> Result:
    return run("verify", folder / file, "--trust", folder / "beirat.pub", "--on", on, *more, **environ)


def test_a_key_pair_is_made_and_shown(tmp_path: Path) -> None:
    made = run("key", "create", tmp_path / "m.key", "--owner", "muster", "--until", "2030-12-31")
    assert made.exit_code == 0, made.output
    assert (tmp_path / "m.key").stat().st_mode & 0o777 == 0o600
    assert "PRIVATE" not in made.output
    shown = run("key", "show", tmp_path / "m.pub")
    assert "31.12.2030" in shown.stdout
    (written,) = json.loads(run("key", "show", tmp_path / "m.pub", "--json").stdout)["keys"]
    assert (written["owner"], written["purpose"], written["lapses_on"]) == ("muster", "organisation", "2031-01-01")
    assert run("key", "show", tmp_path / "m.pub", "--pem").stdout == written["pem"]
    assert run("key", "create", tmp_path / "m.key", "--owner", "muster").exit_code == 2


def test_a_private_key_is_never_shown(tmp_path: Path) -> None:
    run("key", "create", tmp_path / "m.key", "--owner", "muster")
    shown = run("key", "show", tmp_path / "m.key")
    assert shown.exit_code == 2
    secret = (tmp_path / "m.key").read_text().splitlines()[1]
    assert secret not in shown.output


def test_a_passphrase_comes_from_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "m.key"
    made = run("key", "create", file, "--owner", "muster", "--passphrase-env", "GEHEIM", GEHEIM="sehr geheim")
    assert made.exit_code == 0
    assert "sehr geheim" not in made.output
    command = ("test", SUITE, GOOD, "--sign", file, "--product", "hund@1", "-r", f"json={tmp_path / 'r.json'}", "-q")
    assert run(*command, "--passphrase-env", "GEHEIM", GEHEIM="sehr geheim").exit_code == 0
    for environ, code in (({"GEHEIM": "falsch"}, "K004"), ({"GEHEIM": ""}, "K014")):
        refused = run(*command, "--passphrase-env", "GEHEIM", **environ)
        assert refused.exit_code == 2
        assert code in refused.output


def test_a_passphrase_is_asked_and_not_echoed(tmp_path: Path) -> None:
    file = tmp_path / "m.key"
    made = run("key", "create", file, "--owner", "muster", "--passphrase", stdin=b"xyzzy\nxyzzy\n")
    assert made.exit_code == 0
    command = ("test", SUITE, GOOD, "--sign", file, "--product", "hund@1", "-r", f"json={tmp_path / 'r.json'}", "-q")
    signed = run(*command, stdin=b"xyzzy\n")
    assert signed.exit_code == 0
    assert "xyzzy" not in made.output + signed.output


def test_a_signed_run_verifies(tmp_path: Path) -> None:
    run("key", "create", tmp_path / "m.key", "--owner", "muster-software")
    report = tmp_path / "bericht.json"
    command = ("test", SUITE, GOOD, "-r", f"json={report}", "--sign", tmp_path / "m.key")
    assert run(*command, "--product", "muster-hund@1.0").exit_code == 0
    trust = Trust(read_keys((tmp_path / "m.pub").read_bytes(), "m.pub", Purpose.ORGANISATION))
    used = json.loads(report.read_text())["suites"][0]
    claim = Claim("muster-software", ReleaseName("muster-hund", "1.0"), SUITE)
    demands = Demands(TODAY, {SUITE: {used["edition"]: used["sha256"]}})
    envelope = (tmp_path / "bericht.json.dsse").read_bytes()
    assert verify_report(envelope, report.read_bytes(), claim, demands, trust).report.targets == (GOOD.name,)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--product", "hund@1"], "K008"),
        (["-r", "json=r.json"], "K009"),
        (["-r", "json=r.json", "--product", "hund"], "K015"),
    ],
)
def test_what_signing_needs(tmp_path: Path, more: list[str], code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("key", "create", "m.key", "--owner", "muster")
    refused = run("test", SUITE, GOOD, "--sign", "m.key", *more)
    assert refused.exit_code == 2
    assert code in refused.output
    assert not Path("r.json").exists()


def test_a_run_by_order(tmp_path: Path, board: Any) -> None:
    made = order(suite=SUITE, issued=EARLY, lapses_on=date(9999, 1, 1))
    (tmp_path / "auftrag.json").write_bytes(documents.sign_order(made, board))
    report = tmp_path / "r.json"
    command = ("test", GOOD, "--order", tmp_path / "auftrag.json", "--trust", tmp_path / "beirat.pub", "-q")
    assert run(*command, "-r", f"json={report}").exit_code == 0
    notes = json.loads(report.read_text())["notes"]
    assert (notes["order"], notes["order_seed"]) == (made.id, str(made.seed))
    assert len(notes["order_sha256"]) == 64


@pytest.mark.parametrize(
    ("changes", "more", "code"),
    [
        ({"lapses_on": date(2026, 2, 1)}, (), "V032"),
        ({"suite": "oparl@1.1/server"}, (SUITE,), "V036"),
        ({}, ("--product", "anderes@1"), "V036"),
        ({}, ("--seed", "1"), "K016"),
    ],
)
def test_an_order_that_cannot_be_used_is_no_departure_of_the_product(
    tmp_path: Path, board: Any, changes: dict[str, Any], more: tuple[str, ...], code: str
) -> None:
    made = order(**{"suite": SUITE, "issued": EARLY, "lapses_on": date(9999, 1, 1), **changes})
    (tmp_path / "auftrag.json").write_bytes(documents.sign_order(made, board))
    arguments = [*more, GOOD] if not more or more[0] == SUITE else [GOOD, *more]
    refused = run("test", *arguments, "--order", tmp_path / "auftrag.json")
    assert refused.exit_code == 2
    assert code in refused.output


def test_a_forged_order_is_refused_where_the_board_is_known(tmp_path: Path, board: Any) -> None:
    forger, _ = keys.create("muster-beirat", Purpose.BOARD, EARLY)
    (tmp_path / "auftrag.json").write_bytes(documents.sign_order(order(suite=SUITE), keys.signer(forger)))
    refused = run("test", GOOD, "--order", tmp_path / "auftrag.json", "--trust", tmp_path / "beirat.pub")
    assert (refused.exit_code, "V010" in refused.output) == (2, True)


# --- verify


@pytest.mark.usefixtures("board")
def test_a_clerk_reads_what_holds_and_what_was_not_checked(tmp_path: Path) -> None:
    told = verify(tmp_path)
    assert told.exit_code == 0
    assert "Das Zertifikat ist echt und gilt am 01.12.2026" in told.stdout
    assert "Stufe 4: vom Beirat bestätigt" in told.stdout
    assert "Nicht geprüft: ob es widerrufen wurde." in told.stdout
    assert "The certificate is genuine" in verify(tmp_path, SCHNITTSTELLEN_LANG="en").stdout


@pytest.mark.usefixtures("board")
def test_the_pdf_verifies_too(tmp_path: Path) -> None:
    data = (tmp_path / "zertifikat.json").read_bytes()
    (tmp_path / "zertifikat.pdf").write_bytes(paper(certificate(), data, "00" * 32))
    assert verify(tmp_path, file="zertifikat.pdf").exit_code == 0


@pytest.mark.usefixtures("board")
def test_plain_pem_is_trusted_too(tmp_path: Path) -> None:
    (tmp_path / "pem").write_text(run("key", "show", tmp_path / "beirat.pub", "--pem").stdout)
    told = run("verify", tmp_path / "zertifikat.json", "--trust", tmp_path / "pem", "--on", "2026-12-01")
    assert told.exit_code == 0


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize(
    ("on", "more", "code"),
    [("2026-11-19", (), "V040"), ("2027-11-20", (), "V041"), ("2026-12-01", ("--product", "muster-ris@5"), "V044")],
)
def test_what_does_not_hold_ends_with_1(tmp_path: Path, on: str, more: tuple[str, ...], code: str) -> None:
    told = verify(tmp_path, *more, on=on)
    assert told.exit_code == 1
    assert code in told.stdout
    assert "gilt am" not in told.stdout
    assert [one["code"] for one in json.loads(verify(tmp_path, *more, "--json", on=on).stdout)["refusals"]] == [code]


@pytest.mark.usefixtures("board")
def test_a_changed_certificate_ends_with_1(tmp_path: Path) -> None:
    file = tmp_path / "zertifikat.json"
    outer = json.loads(file.read_text())
    file.write_text(json.dumps({**outer, "payload": outer["payload"][:-8] + "AAAAfQ=="}))
    assert (verify(tmp_path).exit_code, "V004" in verify(tmp_path).stdout) == (1, True)


def test_a_withdrawal_counts_from_its_day_on(tmp_path: Path, board: Any) -> None:
    entry = Withdrawal("2026-0017", date(2027, 1, 1), Why.RULES_BROKEN, "Abweichung im Betrieb")
    listed = documents.withdraw(None, [entry], "muster-beirat", EARLY, date(9999, 1, 1))
    (tmp_path / "w.json").write_bytes(documents.sign_withdrawals(listed, board))
    before = verify(tmp_path, "--withdrawn", tmp_path / "w.json")
    assert before.exit_code == 0
    assert "Zum 01.01.2027 nennt die Liste einen Widerruf. Abweichung im Betrieb" in " ".join(before.stdout.split())
    after = verify(tmp_path, "--withdrawn", tmp_path / "w.json", on="2027-01-01")
    assert (after.exit_code, "V042" in after.stdout) == (1, True)


def test_a_list_that_cannot_be_trusted_ends_with_3(tmp_path: Path, board: Any) -> None:
    outdated = documents.withdraw(None, [], "muster-beirat", EARLY, date(2026, 2, 1))
    (tmp_path / "w.json").write_bytes(documents.sign_withdrawals(outdated, board))
    told = verify(tmp_path, "--withdrawn", tmp_path / "w.json")
    assert (told.exit_code, "V050" in told.stdout) == (3, True)
    ended = verify(tmp_path, "--withdrawn", tmp_path / "w.json", on="2028-01-01")
    assert ended.exit_code == 1


@pytest.mark.usefixtures("board")
def test_wrong_usage_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "leer").write_text("{}")
    for arguments in (
        [tmp_path / "fehlt", "--trust", tmp_path / "beirat.pub"],
        [tmp_path / "zertifikat.json", "--trust", tmp_path / "leer"],
        [tmp_path / "zertifikat.json", "--trust", tmp_path / "beirat.pub", "--on", "morgen"],
        [tmp_path / "zertifikat.json"],
    ):
        assert run("verify", *arguments).exit_code == 2


def test_the_board_withdraws(tmp_path: Path) -> None:
    run("key", "create", tmp_path / "b.key", "--owner", "muster-beirat", "--board")
    command = ("key", "withdraw")
    options = ("--list", tmp_path / "w.json", "--sign", tmp_path / "b.key", "--trust", tmp_path / "b.pub")
    assert run(*command, *options).exit_code == 0
    assert run(*command, "2026-0017", "--why", "error", "--text", "Versehen", *options).exit_code == 0
    assert "K011" in run(*command, "2026-0018", *options).output
    trust = Trust(read_keys((tmp_path / "b.pub").read_bytes(), "b.pub", Purpose.BOARD))
    listed = documents.read_withdrawals((tmp_path / "w.json").read_bytes(), trust, TODAY)
    assert listed.number == 2
    assert [(one.what, one.text) for one in listed.withdrawn] == [("2026-0017", "Versehen")]


def test_a_key_is_withdrawn_by_another_one(tmp_path: Path) -> None:
    for name in ("alt", "neu"):
        run("key", "create", tmp_path / f"{name}.key", "--owner", "muster-beirat", "--board")
    old, new = (json.loads((tmp_path / f"{name}.pub").read_text()) for name in ("alt", "neu"))
    (tmp_path / "b.pub").write_text(json.dumps({**old, "keys": [*old["keys"], *new["keys"]]}))
    options = ("--why", "superseded", "--list", tmp_path / "w.json", "--trust", tmp_path / "b.pub")
    id = old["keys"][0]["id"]
    by_itself = run("key", "withdraw", id[:12], *options, "--sign", tmp_path / "alt.key")
    assert (by_itself.exit_code, (tmp_path / "w.json").exists()) == (3, False)
    assert run("key", "withdraw", id[:12], *options, "--sign", tmp_path / "neu.key").exit_code == 0
    trust = Trust(read_keys((tmp_path / "b.pub").read_bytes(), "b.pub", Purpose.BOARD))
    listed = documents.read_withdrawals((tmp_path / "w.json").read_bytes(), trust, TODAY)
    assert [one.what for one in listed.withdrawn] == [id]


@pytest.mark.parametrize("code", ["V013", "V033", "V043", "K005"])
def test_each_refusal_is_explained(code: str) -> None:
    assert run("explain", code).stdout.startswith(code)


def test_a_run_without_signature_imports_nothing_of_the_cryptography(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom schnittstellen.cli.main import main\n"
        f"try: main(['test', {SUITE!r}, {str(GOOD)!r}, '-q'])\nexcept SystemExit: pass\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('securesystemslib', 'cryptography', 'typst')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment(), check=True, timeout=120
    )
    assert done.stdout.splitlines()[-1] == "[]"
