"""`python -m schnittstellen`."""

from schnittstellen.cli.main import main

main(prog_name="schnittstellen")
