"""A world with one vendor that declares an OParl server, and an endpoint whose control is proven."""

from datetime import UTC, date, datetime, timedelta

from schnittstellen.catalogue.models import Declaration, Endpoint
from schnittstellen.catalogue.services.viewer import Viewer
from tests.catalogue import making

NOW = datetime.now(UTC)
VIEWER = Viewer(vendor="musterhaus")
RELEASE = "muster-rat@2.1"


def declaration() -> Declaration:
    found = Declaration.objects.filter(release__product__key="muster-rat").first()
    if found is not None:
        return found
    making.standard("oparl@1.1", {"server": (["*"], []), "client": ([], ["*"])})
    of = making.release(RELEASE).declarations.none()
    assert not of
    made = making.declare(RELEASE, "oparl@1.1", "server")
    version = made.role.version
    version.standard.kind = "openapi"
    version.standard.save()
    return made


def endpoint(url: str = "https://ris.muster.example/oparl/v1.1/system", *, proven: bool = True) -> Endpoint:
    until = date.today() + timedelta(30) if proven else None
    return Endpoint.objects.create(declaration=declaration(), url=url, proof_lapses_on=until)
