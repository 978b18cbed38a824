"""Writes the first migration of the catalogue anew. Allowed until the first release; after it, migrations are added."""

import os
import tempfile
from pathlib import Path

MIGRATIONS = Path(__file__).parent.parent / "src" / "schnittstellen" / "catalogue" / "migrations"


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["SCHNITTSTELLEN_HOME"] = home
        os.environ.pop("DATABASE_URL", None)
        for old in MIGRATIONS.glob("0*.py"):
            old.unlink()
        from schnittstellen.catalogue.start import set_up

        set_up()
        from django.core.management import call_command

        call_command("makemigrations", "catalogue", verbosity=0)


if __name__ == "__main__":
    main()
