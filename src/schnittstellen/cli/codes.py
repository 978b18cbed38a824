"""`schnittstellen codes`: every kind of finding that this installation can give."""

from schnittstellen import bootstrap
from schnittstellen.cli.base import Command, print_text
from schnittstellen.cli.listing import columns, json_option, print_json
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.reports.explaining import KINDS


def list_codes(as_json: bool) -> None:
    """All codes, in order."""
    codes = [code for _id, code in sorted(bootstrap.codes().items())]
    if as_json:
        print_json(codes)
        return
    for line in columns([(code.id, _(code.title), _(KINDS[code.kind])) for code in codes]):
        print_text(line)


command = Command(
    "codes",
    callback=list_codes,
    help=N_("Zeigt alle Arten von Befunden.\n\nWas einer bedeutet, erklärt `schnittstellen explain CODE`."),
    params=[json_option()],
)
