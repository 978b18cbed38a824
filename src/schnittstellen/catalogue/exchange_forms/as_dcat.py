"""The catalogue in DCAT-AP.de 3.0, for open data portals.

Each version of a standard and each product with its interfaces is a `dcat:Dataset`; a product `dct:conformsTo` the
versions that it declares. The REST interface of the catalogue is the `dcat:DataService` that serves them.
There are no blank nodes, so the same catalogue gives the same bytes.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Literal, Namespace, URIRef

from schnittstellen.catalogue.exchange_forms.selection import Offer, OfferedProduct, OfferedStandard, OfferedVersion

DCATAP = Namespace("http://data.europa.eu/r5r/")
_EU = "http://publications.europa.eu/resource/authority/"
_LICENCE = URIRef("http://dcat-ap.de/def/licenses/cc-zero")
_GOVERNMENT = URIRef(_EU + "data-theme/GOVE")
_GERMAN = URIRef(_EU + "language/DEU")
_NRW = URIRef("http://dcat-ap.de/def/politicalGeocoding/stateKey/05")
_VERSION = URIRef("http://www.w3.org/ns/dcat#version")
_DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")

MANDATORY: Mapping[URIRef, tuple[URIRef, ...]] = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset),
    DCAT.Dataset: (DCTERMS.title, DCTERMS.description),
    DCAT.Distribution: (DCAT.accessURL, DCTERMS.license),
    DCAT.DataService: (DCTERMS.title, DCAT.endpointURL),
    FOAF.Agent: (FOAF.name,),
}
"""What DCAT-AP.de demands of each class."""


def as_graph(offer: Offer, base: str, publisher: str) -> Graph:
    """The catalogue as a graph. `base` is the web address of the catalogue, `publisher` the name of who runs it."""
    return _Describing(offer, base.rstrip("/") + "/", publisher).graph


def as_turtle(graph: Graph) -> bytes:
    """Turtle, in the same order each time."""
    return graph.serialize(format="turtle", encoding="utf-8")


def as_json_ld(graph: Graph) -> bytes:
    """JSON-LD with prefixes, in the same order each time."""
    context = {prefix: str(space) for prefix, space in _PREFIXES.items()}
    text = graph.serialize(format="json-ld", context=context, auto_compact=False)
    return (json.dumps(_sorted(json.loads(text)), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def missing(graph: Graph) -> Iterator[tuple[URIRef, URIRef]]:
    """Each resource with a property that DCAT-AP.de demands of it and that it has not."""
    for kind, demanded in MANDATORY.items():
        for resource in graph.subjects(RDF.type, kind):
            for wanted in demanded:
                if isinstance(resource, URIRef) and (resource, wanted, None) not in graph:
                    yield resource, wanted


_PREFIXES: Mapping[str, Any] = {
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dcatde": _DCATDE,
    "dct": DCTERMS,
    "foaf": FOAF,
    "xsd": XSD,
}


class _Describing:
    def __init__(self, offer: Offer, base: str, publisher: str) -> None:
        self.graph = Graph(bind_namespaces="none")
        for prefix, space in _PREFIXES.items():
            self.graph.bind(prefix, space)
        self._base = base
        self._catalogue = URIRef(base + "#katalog")
        self._service = URIRef(base + "#rest")
        self._publisher = URIRef(base + "#betreiber")
        self._head(publisher)
        for standard in offer.standards:
            for version in standard.versions:
                self._version(standard, version)
        for product in offer.products:
            self._product(product)

    def _head(self, publisher: str) -> None:
        self._add(self._publisher, (RDF.type, FOAF.Agent), (FOAF.name, Literal(publisher)))
        self._add(
            self._catalogue,
            (RDF.type, DCAT.Catalog),
            (DCTERMS.title, _german("Referenzkatalog offener Schnittstellen der Kommunalverwaltung")),
            (DCTERMS.description, _german("Programme der Kommunalverwaltung, ihre Schnittstellen und Nachweisstufen.")),
            (DCTERMS.publisher, self._publisher),
            (DCTERMS.language, _GERMAN),
            (DCTERMS.license, _LICENCE),
            (FOAF.homepage, URIRef(self._base)),
            (DCAT.service, self._service),
        )
        self._add(
            self._service,
            (RDF.type, DCAT.DataService),
            (DCTERMS.title, _german("REST-Schnittstelle des Referenzkatalogs")),
            (DCAT.endpointURL, URIRef(self._base + "api/v1/")),
            (DCAT.endpointDescription, URIRef(self._base + "api/v1/openapi.json")),
            (DCTERMS.license, _LICENCE),
        )
        whole = self._dataset("#alle", "Alle Programme und Schnittstellen", "Der öffentliche Inhalt des Katalogs.")
        self._distribution(whole, "alle", "export/katalog.json", "JSON")
        self._distribution(whole, "alle", "export/katalog.csv", "CSV")

    def _dataset(self, path: str, title: str, description: str) -> URIRef:
        made = URIRef(self._base + path)
        self._add(
            made,
            (RDF.type, DCAT.Dataset),
            (DCTERMS.title, _german(title)),
            (DCTERMS.description, _german(description)),
            (DCTERMS.publisher, self._publisher),
            (DCTERMS.language, _GERMAN),
            (DCAT.theme, _GOVERNMENT),
            (_DCATDE.politicalGeocodingURI, _NRW),
        )
        self._add(self._catalogue, (DCAT.dataset, made))
        self._add(self._service, (DCAT.servesDataset, made))
        return made

    def _distribution(self, dataset: URIRef, name: str, at: str, form: str) -> None:
        made = URIRef(f"{self._base}distributions/{name}-{form.lower()}")
        self._add(
            made,
            (RDF.type, DCAT.Distribution),
            (DCTERMS.title, _german(form)),
            (DCAT.accessURL, URIRef(self._base + at)),
            (DCTERMS.license, _LICENCE),
            (DCTERMS.format, URIRef(f"{_EU}file-type/{form}")),
            (DCATAP.availability, URIRef(_EU + "planned-availability/STABLE")),
        )
        self._add(dataset, (DCAT.distribution, made))

    def _version(self, standard: OfferedStandard, version: OfferedVersion) -> None:
        name = f"{standard.key}@{version.version}"
        made = self._dataset(
            f"standards/{_safe(name)}",
            version.title or f"{standard.title} {version.version}",
            f"Standard {standard.title}, Version {version.version}"
            + (f", herausgegeben von {standard.publisher}." if standard.publisher else "."),
        )
        self._add(made, (RDF.type, DCTERMS.Standard), (DCTERMS.identifier, Literal(name)))
        self._add(made, (_VERSION, Literal(version.version)))
        if standard.url:
            self._add(made, (DCAT.landingPage, URIRef(_safe_url(standard.url))))
        if version.in_force_from:
            self._add(made, (DCTERMS.issued, Literal(version.in_force_from)))
        self._distribution(made, f"standards-{_safe(name)}", f"api/v1/versions/{_safe(name)}", "JSON")

    def _product(self, product: OfferedProduct) -> None:
        told = product.purpose or f"Schnittstellen des Programms {product.name} von {product.vendor_name}."
        path = f"products/{_safe(product.key)}"
        made = self._dataset(path, f"Schnittstellen von {product.name}", _example(product) + told)
        self._add(made, (DCTERMS.identifier, Literal(product.key)))
        if product.documentation:
            self._add(made, (FOAF.page, URIRef(_safe_url(product.documentation))))
        for service in product.leistungen:
            self._add(made, (DCAT.keyword, _german(service.title)))
        for release in product.releases:
            for one in release.interfaces:
                name = _safe(f"{one.standard}@{one.version}")
                self._add(made, (DCTERMS.conformsTo, URIRef(f"{self._base}standards/{name}")))
        self._distribution(made, f"products-{_safe(product.key)}", f"api/v1/{path}", "JSON")

    def _add(self, subject: URIRef, *facts: tuple[URIRef, URIRef | Literal]) -> None:
        for verb, value in facts:
            self.graph.add((subject, verb, value))


def _german(text: str) -> Literal:
    return Literal(text, lang="de")


def _example(product: OfferedProduct) -> str:
    return "Erfundenes Beispiel. " if product.example else ""


def _safe(text: str) -> str:
    return quote(text, safe="@.-_~")


def _safe_url(text: str) -> str:
    return quote(text, safe=":/?#[]@!$&'()*+,;=%-._~")


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(one) for key, one in value.items()}
    if isinstance(value, list):
        return sorted((_sorted(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
    return value
