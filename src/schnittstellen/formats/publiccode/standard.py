"""publiccode.yml 0.2 to 0.7 as shapes. Where specification and reference parser differ, the parser is followed."""

from collections.abc import Iterator

from schnittstellen.domain.texts import N_, Line
from schnittstellen.formats.publiccode import texts, words
from schnittstellen.formats.publiccode.shapes import (
    REQUIRED,
    ByLanguage,
    Entry,
    Flag,
    Many,
    Record,
    Remark,
    Text,
    remark,
)
from schnittstellen.formats.yaml_tree import Node

DROP = N_("ist veraltet und kann entfallen")
_STRINGS = Many(Text())
_ORGANISATIONS = Record({"name": Entry(Text()), "uri": Entry(Text(texts.uri), required=True)})
_DEPENDENCIES = Many(
    Record(
        {
            "name": Entry(Text(), required=True),
            "versionMin": Entry(Text()),
            "versionMax": Entry(Text()),
            "version": Entry(Text()),
            "optional": Entry(Flag()),
        }
    )
)
_DESCRIPTION = Record(
    {
        "localisedName": Entry(Text()),
        "genericName": Entry(Text(texts.at_most(35)), deprecated=DROP),
        "shortDescription": Entry(Text(texts.at_most(150)), required=True),
        "longDescription": Entry(Text(texts.between(150, 10_000)), required=True),
        "documentation": Entry(Text(texts.web_url)),
        "apiDocumentation": Entry(Text(texts.web_url)),
        "features": Entry(Many(Text(), least=1), required=True),
        "screenshots": Entry(_STRINGS),
        "videos": Entry(Many(Text(texts.video))),
        "awards": Entry(_STRINGS),
    }
)
_LEGAL = Record(
    {
        "license": Entry(Text(texts.licence), required=True),
        "mainCopyrightOwner": Entry(Text()),
        "repoOwner": Entry(Text(), deprecated=N_("ist veraltet; schreiben Sie organisation.name")),
        "authorsFile": Entry(Text(), deprecated=DROP),
    }
)


def _maintained(node: Node, key: str) -> Iterator[Remark]:
    kind = node.get("type")
    word = kind.text if kind is not None else ""
    if word == "contract" and not _present(node, "contractors"):
        yield remark(node, f"{key}.contractors", Line(REQUIRED))
    if word in ("internal", "community") and not _present(node, "contacts"):
        yield remark(node, f"{key}.contacts", Line(REQUIRED))
    contractors = node.get("contractors")
    if contractors is not None and _present(node, "contractors") and word in words.MAINTENANCE and word != "contract":
        told = Line(N_("ist nur erlaubt, wenn maintenance.type „contract“ ist"))
        yield remark(contractors, f"{key}.contractors", told)


def _present(node: Node, name: str) -> bool:
    value = node.get(name)
    return value is not None and value.kind != "nothing"


_MAINTENANCE = Record(
    {
        "type": Entry(Text(texts.one_of(*words.MAINTENANCE)), required=True),
        "contractors": Entry(
            Many(
                Record(
                    {
                        "name": Entry(Text(), required=True),
                        "email": Entry(Text(texts.email)),
                        "website": Entry(Text(texts.web_url)),
                        "until": Entry(Text(texts.day), required=True),
                    }
                )
            )
        ),
        "contacts": Entry(
            Many(
                Record(
                    {
                        "name": Entry(Text(), required=True),
                        "email": Entry(Text(texts.email)),
                        "affiliation": Entry(Text()),
                        "phone": Entry(Text()),
                    }
                )
            )
        ),
    },
    more=_maintained,
)
_ITALY = Record(
    {
        "countryExtensionVersion": Entry(Text(texts.one_of("0.2", "1.0"))),
        "conforme": Entry(
            Record(
                {
                    name: Entry(Flag())
                    for name in ("lineeGuidaDesign", "modelloInteroperabilita", "misureMinimeSicurezza", "gdpr")
                }
            ),
            deprecated=DROP,
        ),
        "riuso": Entry(
            Record(
                {
                    "codiceIPA": Entry(
                        Text(texts.ipa_code), deprecated=N_("ist veraltet; schreiben Sie organisation.uri")
                    )
                }
            )
        ),
        "piattaforme": Entry(Record({name: Entry(Flag()) for name in ("spid", "pagopa", "cie", "anpr", "io")})),
    }
)


def _top(node: Node, _key: str) -> Iterator[Remark]:
    small, large = node.get("it"), node.get("IT")
    if small is not None and large is not None:
        yield remark(small, "it", Line(N_("„IT“ steht schon da; streichen Sie diesen Schlüssel")))
    version = node.get("publiccodeYmlVersion")
    if version is not None and version.text in words.VERSIONS and version.text not in ("0", "0.7", "0.7.0"):
        told = Line(N_("ist nicht die neueste Fassung; die Datei wird als {newest} gelesen"), newest=words.NEWEST)
        yield remark(version, "publiccodeYmlVersion", told, grave=False)
    yield from _lower_case_countries(node)


def _lower_case_countries(node: Node) -> Iterator[Remark]:
    audience = node.get("intendedAudience")
    for name in ("countries", "unsupportedCountries"):
        listed = audience.get(name) if audience is not None else None
        for number, item in enumerate(listed.items if listed is not None else ()):
            if texts.country(item.text) is None and item.text != item.text.upper():
                told = Line(N_("Kleinschreibung ist veraltet; schreiben Sie {code}"), code=item.text.upper())
                yield remark(item, f"intendedAudience.{name}[{number}]", told, grave=False)


PUBLICCODE = Record(
    {
        "publiccodeYmlVersion": Entry(Text(texts.one_of(*words.VERSIONS)), required=True),
        "name": Entry(Text(), required=True),
        "applicationSuite": Entry(Text()),
        "url": Entry(Text(texts.url), required=True),
        "landingURL": Entry(Text(texts.web_url)),
        "isBasedOn": Entry(Many(Text(texts.url), single=True)),
        "softwareVersion": Entry(Text()),
        "releaseDate": Entry(Text(texts.day, empty_is_fine=False)),
        "logo": Entry(Text()),
        "monochromeLogo": Entry(Text(), deprecated=N_("ist veraltet; schreiben Sie logo")),
        "inputTypes": Entry(Many(Text(texts.mime, empty_is_fine=False)), deprecated=DROP),
        "outputTypes": Entry(Many(Text(texts.mime, empty_is_fine=False)), deprecated=DROP),
        "platforms": Entry(Many(Text(), least=1), required=True),
        "categories": Entry(Many(Text(texts.among(words.CATEGORIES, "categories-list")))),
        "usedBy": Entry(_STRINGS),
        "fundedBy": Entry(Many(_ORGANISATIONS)),
        "roadmap": Entry(Text(texts.web_url)),
        "developmentStatus": Entry(Text(texts.one_of(*words.STATUSES)), required=True),
        "softwareType": Entry(Text(texts.one_of(*words.TYPES)), required=True),
        "supports": Entry(Many(Record({"id": Entry(Text(texts.supported, empty_is_fine=False), required=True)}))),
        "organisation": Entry(_ORGANISATIONS),
        "intendedAudience": Entry(
            Record(
                {
                    "scope": Entry(Many(Text(texts.among(words.SCOPES, "scope-list")))),
                    "countries": Entry(Many(Text(texts.country, empty_is_fine=False))),
                    "unsupportedCountries": Entry(Many(Text(texts.country, empty_is_fine=False))),
                }
            )
        ),
        "description": Entry(ByLanguage(_DESCRIPTION), required=True),
        "legal": Entry(_LEGAL, required=True),
        "maintenance": Entry(_MAINTENANCE, required=True),
        "localisation": Entry(
            Record(
                {
                    "localisationReady": Entry(Flag(), required=True),
                    "availableLanguages": Entry(
                        Many(Text(texts.language, empty_is_fine=False), least=1), required=True
                    ),
                }
            ),
            required=True,
        ),
        "dependsOn": Entry(Record({name: Entry(_DEPENDENCIES) for name in ("open", "proprietary", "hardware")})),
        "IT": Entry(_ITALY),
        "it": Entry(_ITALY, deprecated=N_("Kleinschreibung ist veraltet; schreiben Sie „IT“")),
    },
    more=_top,
)
