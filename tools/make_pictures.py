"""Takes the pictures of the tours (`web/pages/tours.py`) from the example world, in both languages, as WebP files.

python tools/make_pictures.py [FOLDER]       serves the example world below a new folder, in Debian's Chromium

With Debian's chromium-l10n the words of the browser itself (to choose a file) are German, too.
"""

import base64
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "src" / "schnittstellen" / "web" / "static" / "hilfe"
PORT, PASSWORD = 8797, "ein langes Kennwort 7"
SIZE = {"width": 900, "height": 600}
QUALITY = 35
ANSWERED = {"beschaffen": "/beschaffen?programm=muster-hundesteuer&kommune=05999001"}
"""Pages that are shown with an answer."""
SCROLLED = {
    "programm": "#schnittstellen",
    "kommune": "#einsatz",
    "eigene-kommune": "h2",
    "hersteller": "h2",
    "angeben": "h2",
    "ergebnis": ".partner",
    "testen": "main form",
}
"""What stands on top of a picture that does not show the beginning of its page."""


def prepare(home: str) -> dict[str, str]:
    """The example world below `home`, with a person for each role; gives what addresses of steps name."""
    os.environ["SCHNITTSTELLEN_HOME"] = home
    from schnittstellen.catalogue import start

    start.ready()
    start.filled()
    from django.contrib.auth.models import User

    from schnittstellen.catalogue.models import Member, Municipality, Vendor
    from schnittstellen.web.pages.tours import AGS, BOARD, COMPANY, TOWN, VENDOR
    from schnittstellen.web.pages.views.assistance import example

    acts: dict[str, dict[str, Any]] = {
        VENDOR: {"role": "vendor", "vendor": Vendor.objects.get(key=COMPANY)},
        TOWN: {"role": "municipality", "municipality": Municipality.objects.get(key=AGS)},
        BOARD: {"role": "board"},
    }
    for role, member in acts.items():
        user = User.objects.create_user(role, f"{role}@muster.example", PASSWORD)
        Member.objects.create(user=user, **member)
    return example()


@contextmanager
def served() -> Iterator[str]:
    """The catalogue on loopback, until it was seen."""
    command = [sys.executable, "-m", "schnittstellen", "serve", "--port", str(PORT), "--workers", "1", "--no-work"]
    server = subprocess.Popen(command)  # noqa: S603
    address = f"http://127.0.0.1:{PORT}"
    try:
        _wait(f"{address}/health")
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait(address: str) -> None:
    for _attempt in range(240):
        try:
            urlopen(address).close()  # noqa: S310
        except (URLError, ConnectionError):
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(address)


def take(address: str, known: dict[str, str], folder: Path) -> None:
    """Every picture of every tour, in both languages."""
    from playwright.sync_api import sync_playwright

    from schnittstellen.i18n import LANGUAGES
    from schnittstellen.web.pages import tours

    with sync_playwright() as playwright:
        for lang in LANGUAGES:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium",
                args=["--no-sandbox", f"--lang={lang}"],
                env={**os.environ, "LANGUAGE": lang},
            )
            for role in (tours.VISITOR, tours.VENDOR, tours.TOWN, tours.BOARD):
                page = browser.new_context(viewport=SIZE, color_scheme="light").new_page()  # type: ignore[arg-type]
                if role != tours.VISITOR:
                    _log_in(page, address, role)
                page.context.add_cookies([{"name": "sprache", "value": lang, "url": address}])
                for step, picture in tours.pictures():
                    if step.role == role:
                        path = ANSWERED.get(picture.file) or step.path.format(**known)
                        page.goto(f"{address}{path}")
                        _shoot(page, SCROLLED.get(picture.file, "body"), folder / f"{picture.file}.{lang}.webp")
            browser.close()


def _log_in(page: Any, address: str, role: str) -> None:
    page.goto(f"{address}/konto")
    page.fill("input[name=login]", f"{role}@muster.example")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/konto")


def _shoot(page: Any, top: str, file: Path) -> None:
    """What the window shows from `top` on, as WebP, which Chromium's protocol knows and Playwright does not offer."""
    page.evaluate("document.fonts.ready")
    page.locator(top).first.evaluate("one => one.scrollIntoView({behavior: 'instant', block: 'start'})")
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    session.detach()
    file.write_bytes(base64.b64decode(taken["data"]))


def main() -> int:
    """Take them, say how large they are."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="schnittstellen-bilder-") as home:
        known = prepare(home)
        with served() as address:
            take(address, known, folder)
    sizes = {one.name: one.stat().st_size for one in sorted(folder.glob("*.webp"))}
    for name, size in sizes.items():
        print(f"{size:8,} {name}")
    print(f"{sum(sizes.values()):8,} bytes in {len(sizes)} pictures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
