"""A catalogue with one of everything, the same each time: `python -m tests.catalogue.api.small_world`."""

from datetime import UTC, date, datetime
from typing import Any

from schnittstellen.catalogue.start import ready

LEIKA, AGS = "99115005060000", "05999001"


def build() -> None:
    """Fill the database of $SCHNITTSTELLEN_HOME."""
    from schnittstellen.catalogue import models as tables
    from schnittstellen.catalogue.services import search, usage
    from tests.catalogue import making

    version = making.standard("xmuster@1.0", {"absender": (["antrag"], []), "empfaenger": ([], ["antrag"])})
    making.leistung(LEIKA, title="Musterleistung")
    for key, kind in (("muster-akte", "e-akte"), ("muster-formular", "online-dienst"), ("muster-amt", "fachverfahren")):
        making.product(key, kind=kind, leistungen=(LEIKA,))
    making.declare("muster-akte@1.0", "xmuster@1.0", "empfaenger")
    _certified(making.declare("muster-formular@2.0", "xmuster@1.0", "absender"))
    place = making.municipality(AGS, open=True)
    ends = []
    for release in tables.Release.objects.order_by("pk"):
        key = f"{AGS}-{release.product.key}"
        one = tables.Deployment.objects.create(key=key, municipality=place, release=release, confirmed=True)
        one.leistungen.set([making.leistung(LEIKA)])
        ends.append(one)
    tables.Coupling.objects.create(key=f"{AGS}-kopplung", first=ends[0], second=ends[1], version=version)
    tables.Provider.objects.create(key="muster-rz", name="Muster-Rechenzentrum").municipalities.set([place])
    for table in (tables.Vendor, tables.Product, tables.Standard, tables.Leistung, tables.Municipality):
        table.objects.update(changed=datetime(2026, 11, 24, tzinfo=UTC))
    for other in (tables.Provider, tables.Deployment, tables.Coupling):
        other.objects.update(changed=datetime(2026, 11, 24, tzinfo=UTC))
    search.reindex_all()
    usage.renew_all()


def _certified(of: Any) -> None:
    """The board has certified it, and nobody has signed yet."""
    from schnittstellen.catalogue.services import recording
    from schnittstellen.domain.facts import Decision
    from tests.catalogue import making

    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    ran = making.prove(of, messages=["antrag"], run_at=at, attached_at=at)
    recording.decide(of, Decision("001-muster", at.date(), True, 3, frozenset({ran.report_sha256}), date(2028, 11, 20)))


if __name__ == "__main__":
    ready()
    build()
