"""Writes the document of our own interface standard from the routes, and pins it in its standard.toml.

python tools/make_openapi.py            write
python tools/make_openapi.py --check    exit status 1 where it is not up to date
"""

import json
import re
import sys
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "standards" / "referenzkatalog" / "1.0"


def document() -> bytes:
    """The OpenAPI document as it is kept."""
    from schnittstellen.catalogue.start import set_up

    set_up()
    from schnittstellen.web.api.api import api

    return (json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1) + "\n").encode()


def main() -> int:
    """Write or check; say what differs."""
    made, kept, standard = document(), FOLDER / "openapi.json", FOLDER / "standard.toml"
    pinned = re.sub(r'sha256 = "[0-9a-f]*"', f'sha256 = "{sha256(made).hexdigest()}"', standard.read_text("utf-8"))
    if kept.is_file() and kept.read_bytes() == made and standard.read_text("utf-8") == pinned:
        return 0
    if "--check" in sys.argv:
        print("not up to date: standards/referenzkatalog/1.0")
        return 1
    kept.write_bytes(made)
    standard.write_text(pinned, "utf-8")
    print("written: standards/referenzkatalog/1.0")
    return 0


if __name__ == "__main__":
    sys.exit(main())
