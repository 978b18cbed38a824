"""Invented releases of standards, built in a temporary folder."""

from pathlib import Path

XS = "http://www.w3.org/2001/XMLSchema"
SCH = "http://purl.oclc.org/dsdl/schematron"


def schema(body: str, namespace: str = "urn:muster:1", version: str = "1.0", more: str = "") -> str:
    """A schema document whose prefix `t` is its own namespace."""
    target = f'targetNamespace="{namespace}" xmlns:t="{namespace}"' if namespace else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="{XS}" {target} version="{version}" elementFormDefault="qualified" {more}>
{body}
</xs:schema>"""


def metadata(name: str = "xmuster", version: str = "1.0") -> str:
    """XÖV metadata."""
    return f"""<xs:annotation><xs:appinfo><standard><nameLang>X-{name} lang</nameLang>
<nameTechnisch>{name}</nameTechnisch><kennung>urn:xoev-de:muster:standard:{name}</kennung></standard>
<versionStandard><version>{version}</version></versionStandard></xs:appinfo></xs:annotation>"""


def genericode(uri: str, version: str = "1", codes: tuple[str, ...] = ("A", "B")) -> str:
    """A small code list."""
    rows = "".join(f'<Row><Value ColumnRef="code"><SimpleValue>{code}</SimpleValue></Value></Row>' for code in codes)
    return f"""<gc:CodeList xmlns:gc="http://docs.oasis-open.org/codelist/ns/genericode/1.0/">
<Identification><ShortName>l</ShortName><Version>{version}</Version><CanonicalUri>{uri}</CanonicalUri>
<CanonicalVersionUri>{uri}_{version}</CanonicalVersionUri></Identification>
<ColumnSet><Column Id="code" Use="required"><ShortName>code</ShortName><Data Type="string"/></Column>
<Key Id="k"><ShortName>k</ShortName><ColumnRef Ref="code"/></Key></ColumnSet>
<SimpleCodeList>{rows}</SimpleCodeList></gc:CodeList>"""


def rules(namespace: str, context: str = "t:wurzel", extra: str = "") -> str:
    """A Schematron schema with one rule."""
    return f"""<sch:schema xmlns:sch="{SCH}" queryBinding="xslt2"><sch:ns prefix="t" uri="{namespace}"/>{extra}
<sch:pattern><sch:rule context="{context}"><sch:assert id="R1" test="true()">gut</sch:assert></sch:rule></sch:pattern>
</sch:schema>"""


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files by path and return the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
