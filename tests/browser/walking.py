"""A person who walks through pages, with or without JavaScript, and leaves screenshots behind."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

FOLDER = Path(os.environ.get("SCHNITTSTELLEN_SCREENSHOTS") or Path(__file__).parents[2] / "artefacts" / "screenshots")
PASSWORD = "ein langes Kennwort 7"


@dataclass
class Walker:
    """Uses the page as a reader does: by the names of links, buttons and fields."""

    page: Page
    name: str
    steps: int = 0

    def open(self, address: str) -> None:
        """Type the address."""
        self.page.goto(address)

    def follow(self, text: str) -> None:
        """Follow the first link of the content with that name."""
        self._main.get_by_role("link", name=text, exact=True).first.click()

    def press(self, text: str) -> None:
        """Press the button."""
        self._main.get_by_role("button", name=text, exact=True).first.click()

    def fill(self, label: str, text: str) -> None:
        """Fill the field."""
        self._main.get_by_label(label).first.fill(text)

    def choose(self, label: str, text: str) -> None:
        """Choose from a list."""
        self._main.get_by_label(label).first.select_option(label=text)

    def tick(self, label: str) -> None:
        """Tick a box."""
        self._main.get_by_label(label).first.check()

    def upload(self, label: str, file: Path) -> None:
        """Choose a file."""
        self._main.get_by_label(label).first.set_input_files(file)

    def reads(self, *texts: str) -> None:
        """Each of the texts stands on the page; a picture of it is kept."""
        for text in texts:
            expect(self._main).to_contain_text(re.compile(r"\s+".join(map(re.escape, text.split()))))
        self.shoot()

    def shoot(self) -> None:
        """Keep a picture of the whole page."""
        self.steps += 1
        self.page.screenshot(path=FOLDER / f"{self.name}-{self.steps:02}.png", full_page=True)

    def logs_in(self, mail: str) -> None:
        """By the form, with the password of these tests."""
        self.open("/konto/login/")
        self.fill("E-Mail-Adresse", mail)
        self.fill("Passwort", PASSWORD)
        self.shoot()
        self._main.locator("form button").first.click()

    @property
    def _main(self) -> Locator:
        return self.page.locator("main")


@contextmanager
def walker(browser: Browser, base: str, name: str, scripts: bool) -> Iterator[Walker]:
    """Somebody new, without cookies."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    how = "js" if scripts else "ohne-js"
    context = browser.new_context(
        base_url=base, java_script_enabled=scripts, viewport={"width": 1100, "height": 800}, locale="de-DE"
    )
    context.set_default_timeout(60_000)
    with context:
        yield Walker(context.new_page(), f"{name}-{how}")
