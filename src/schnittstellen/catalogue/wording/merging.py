"""Why two entries may be one, in words."""

from schnittstellen.catalogue.services.alike import Ground, Pair
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

GROUNDS = {
    Ground.SAME_SOURCE: N_("derselbe Quellcode"),
    Ground.SAME_NAME: N_("derselbe Name"),
    Ground.NEAR_NAME: N_("fast derselbe Name"),
    Ground.SAME_VENDOR: N_("derselbe Hersteller"),
    Ground.SAME_KIND: N_("dieselbe Art"),
    Ground.SAME_LEISTUNG: N_("dieselbe Leistung"),
}


def grounds(of: Pair) -> str:
    """All grounds of a pair."""
    return ", ".join(_(GROUNDS[one]) for one in of.grounds)
