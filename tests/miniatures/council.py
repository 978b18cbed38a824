"""An invented municipal council as OParl objects: every object type, every property, some objects deleted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha1, sha512
from typing import Any

Object = dict[str, Any]
START = datetime(2024, 1, 1, 8, 0, 0, tzinfo=UTC)
MAIN = ("System", "Body", "Organization", "Person", "Meeting", "Paper")
EMBEDDED_ONLY = ("LegislativeTerm", "Membership", "AgendaItem", "Consultation", "File", "Location")
LISTS_10 = {"organization": "Organization", "person": "Person", "meeting": "Meeting", "paper": "Paper"}
LISTS_11 = {
    **LISTS_10,
    "agendaItem": "AgendaItem",
    "consultation": "Consultation",
    "file": "File",
    "locationList": "Location",
    "legislativeTermList": "LegislativeTerm",
    "membership": "Membership",
}
GEOJSON = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [10.0, 51.0]},
    "properties": {"name": "Rathausplatz"},
}


@dataclass(frozen=True, slots=True)
class Size:
    """How many objects the council has. `papers`, `meetings` and `people` count for the first body."""

    papers: int = 8
    meetings: int = 7
    people: int = 7
    organizations: int = 4
    bodies: int = 2


@dataclass(slots=True)
class Council:
    """All objects by path below `base`, in full; `members` are the paths of the objects of each list, by list path."""

    base: str
    version: str = "1.1"
    size: Size = Size()
    objects: dict[str, Object] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    _clock: int = 0

    def __post_init__(self) -> None:
        self._system()
        self.members["bodies"] = []
        for number in range(self.size.bodies):
            self._body(number)

    @property
    def lists(self) -> dict[str, str]:
        """Name of each list property of a body, with the type of its members."""
        return LISTS_11 if self.version == "1.1" else LISTS_10

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"{self.base}/{path}"

    def kind(self, name: str) -> str:
        """The type URL of an object type."""
        return f"https://schema.oparl.org/{self.version}/{name}"

    def delete(self, path: str) -> None:
        """Leave of an object what remains of deleted ones."""
        one = self.objects[path]
        kept = {name: one[name] for name in ("id", "type", "created")}
        self.objects[path] = {**kept, "modified": self._now(), "deleted": True}

    def _now(self) -> str:
        self._clock += 1
        return (START + timedelta(hours=self._clock)).isoformat()

    def _add(self, path: str, name: str, /, **properties: Any) -> Object:
        now = self._now()
        one = {"id": self.url(path), "type": self.kind(name), **properties, "created": now, "modified": now}
        if name == "System":
            one["license"] = "https://www.govdata.de/dl-de/by-2-0"
        else:
            one.update(license="https://www.govdata.de/dl-de/by-2-0", keyword=["Muster"])
        one["web"] = f"https://www.musterstadt.example/{path}"
        self.objects[path] = one
        return one

    def _system(self) -> None:
        self._add(
            "system",
            "System",
            oparlVersion=f"https://schema.oparl.org/{self.version}/",
            body=self.url("bodies"),
            name="Ratsinformationssystem Musterstadt",
            contactEmail="ris@musterstadt.example",
            contactName="Geschäftsstelle",
            website="https://www.musterstadt.example/",
            vendor="https://www.musterhersteller.example/",
            product="https://www.musterhersteller.example/ris",
        )

    def _body(self, number: int) -> None:
        path = f"body/{number}"
        place = self._location(f"location/{number}", bodies=[self.url(path)])
        term = self._add(
            f"term/{number}",
            "LegislativeTerm",
            body=self.url(path),
            name="20. Wahlperiode",
            startDate="2020-11-01",
            endDate="2025-10-31",
        )
        names = self.lists
        self._add(
            path,
            "Body",
            system=self.url("system"),
            name=f"Stadt Musterstadt {number}",
            shortName="Musterstadt",
            website="https://www.musterstadt.example/",
            licenseValidSince="2024-01-01T00:00:00+01:00",
            oparlSince="2024-01-01T00:00:00+01:00",
            ags="00000000",
            rgs="000000000000",
            equivalent=["https://www.normdatei.example/muster"],
            contactEmail="ris@musterstadt.example",
            contactName="Geschäftsstelle",
            classification="Kreisfreie Stadt",
            legislativeTerm=[term],
            location=place,
            **{name: self.url(f"{path}/{name}") for name in names},
        )
        self.members["bodies"].append(path)
        self.members.update({f"{path}/{name}": [] for name in names})
        self._fill(path, number)
        self._index(path)

    def _fill(self, body: str, number: int) -> None:
        share = self.size if number == 0 else Size(2, 2, 2, 1, 1)
        organizations = [self._organization(body, f"{number}-{one}") for one in range(share.organizations)]
        people = [self._person(body, f"{number}-{one}", organizations) for one in range(share.people)]
        meetings = [self._meeting(body, f"{number}-{one}", organizations, people) for one in range(share.meetings)]
        for one in range(share.papers):
            self._paper(body, f"{number}-{one}", organizations, people, meetings[one % len(meetings)])
        if number == 0:
            for gone in (f"paper/{number}-0", f"organization/{number}-0"):
                self._withdraw(body, gone)

    def _withdraw(self, body: str, path: str) -> None:
        """Delete one more object than is referred to: others must not embed or name it."""
        name = path.split("/", maxsplit=1)[0]
        extra = f"{name}/{body.split('/')[1]}-deleted"
        self.objects[extra] = {**self.objects[path], "id": self.url(extra)}
        for attribute in ("mainFile", "auxiliaryFile", "consultation", "membership"):
            self.objects[extra].pop(attribute, None)
        self.delete(extra)

    def _location(self, path: str, **back: Any) -> Object:
        return self._add(
            path,
            "Location",
            description="Rathaus, Rathausplatz 1, 00000 Musterstadt",
            geojson=GEOJSON,
            streetAddress="Rathausplatz 1",
            room="Ratssaal",
            postalCode="00000",
            subLocality="Mitte",
            locality="Musterstadt",
            **back,
        )

    def _organization(self, body: str, id: str) -> Object:
        path = f"organization/{id}"
        one = self._add(
            path,
            "Organization",
            body=self.url(body),
            name=f"Ausschuss {id}",
            shortName=f"A{id}",
            membership=[],
            meeting=self.url(f"{path}/meetings"),
            consultation=self.url(f"{path}/consultations"),
            post=["Vorsitz", "Mitglied"],
            organizationType="Gremium",
            classification="Ausschuss",
            startDate="2020-11-01",
            endDate="2025-10-31",
            website="https://www.musterstadt.example/ausschuss",
            location=self.objects[f"location/{body.split('/')[1]}"],
            externalBody="https://ris.anderswo.example/body/1",
        )
        first = f"organization/{id.split('-', maxsplit=1)[0]}-0"
        if path != first:
            one["subOrganizationOf"] = self.url(first)
        self.members[f"{path}/meetings"] = []
        self.members[f"{path}/consultations"] = []
        return one

    def _person(self, body: str, id: str, organizations: list[Object]) -> Object:
        path = f"person/{id}"
        organization = organizations[int(id.split("-")[1]) % len(organizations)]
        membership = self._add(
            f"membership/{id}",
            "Membership",
            person=self.url(path),
            organization=organization["id"],
            role="Mitglied",
            votingRight=True,
            startDate="2020-11-01",
            endDate="2025-10-31",
            onBehalfOf=organizations[0]["id"],
        )
        organization["membership"].append(membership["id"])
        place = self.objects[f"location/{body.split('/')[1]}"]
        more = {"locationObject": place} if self.version == "1.1" else {}
        return self._add(
            path,
            "Person",
            body=self.url(body),
            name=f"Dr. Kim Muster {id}",
            familyName="Muster",
            givenName="Kim",
            formOfAddress="Ratsmitglied",
            affix="jun.",
            title=["Dr."],
            gender="divers",
            phone=["+49 000 000000"],
            email=["kim@musterstadt.example"],
            location=place["id"],
            status=["Ratsmitglied"],
            membership=[membership],
            life="Invented for tests & reports",
            lifeSource="Muster",
            **more,
        )

    def _file(self, path: str, name: str, /, **back: Any) -> Object:
        content = f"%PDF-1.4 {path}\n".encode()
        self.files[path] = content
        digest = {"sha512Checksum": sha512(content).hexdigest()} if self.version == "1.1" else {}
        return self._add(
            path,
            "File",
            name=name,
            fileName=f"{path.replace('/', '-')}.pdf",
            mimeType="application/pdf",
            date="2024-02-01",
            size=len(content),
            sha1Checksum=sha1(content).hexdigest(),
            text="Muster",
            accessUrl=self.url(f"access/{path}"),
            downloadUrl=self.url(f"download/{path}"),
            externalServiceUrl="https://dienst.example/datei",
            fileLicense="https://www.govdata.de/dl-de/by-2-0",
            **digest,
            **back,
        )

    def _meeting(self, body: str, id: str, organizations: list[Object], people: list[Object]) -> Object:
        path = f"meeting/{id}"
        back = {"meeting": [self.url(path)]}
        organization = organizations[int(id.split("-")[1]) % len(organizations)]
        items = [self._agenda_item(path, f"{id}-{order}", order) for order in range(2)]
        one = self._add(
            path,
            "Meeting",
            name=f"Sitzung {id}",
            meetingState="durchgeführt",
            cancelled=False,
            start="2024-03-01T17:00:00+01:00",
            end="2024-03-01T19:00:00+01:00",
            location=self.objects[f"location/{body.split('/')[1]}"],
            organization=[organization["id"]],
            participant=[people[0]["id"]],
            invitation=self._file(f"file/{id}-invitation", "Einladung", **back),
            agendaItem=items,
        )
        if id == "0-0":
            one["resultsProtocol"] = self._file(f"file/{id}-results", "Ergebnisprotokoll", **back)
            one["verbatimProtocol"] = self._file(f"file/{id}-verbatim", "Wortprotokoll", **back)
            one["auxiliaryFile"] = [self._file(f"file/{id}-annex", "Anlage", **back)]
        self.members[f"{organization['id'].removeprefix(self.base + '/')}/meetings"].append(path)
        return one

    def _agenda_item(self, meeting: str, id: str, order: int) -> Object:
        path = f"agendaitem/{id}"
        one = self._add(
            path,
            "AgendaItem",
            meeting=self.url(meeting),
            number=str(order + 1),
            name=f"Punkt {order + 1}",
            public=True,
            result="Unverändert beschlossen",
            resolutionText="Der Ausschuss stimmt zu.",
            start="2024-03-01T17:00:00+01:00",
            end="2024-03-01T17:30:00+01:00",
        )
        if self.version == "1.1":
            one["order"] = order
        if id == "0-0-0":
            one["resolutionFile"] = self._file(f"file/{id}-resolution", "Beschluss", agendaItem=[one["id"]])
            one["auxiliaryFile"] = [self._file(f"file/{id}-annex", "Anlage", agendaItem=[one["id"]])]
        return one

    def _paper(self, body: str, id: str, organizations: list[Object], people: list[Object], meeting: Object) -> Object:
        path = f"paper/{id}"
        main = self._file(f"file/{id}-main", "Vorlage", paper=[self.url(path)])
        item = meeting["agendaItem"][0]
        consultation = self._add(
            f"consultation/{id}",
            "Consultation",
            paper=self.url(path),
            agendaItem=item["id"],
            meeting=meeting["id"],
            organization=[organizations[0]["id"]],
            authoritative=True,
            role="Beschlussfassung",
        )
        item.setdefault("consultation", consultation["id"])
        self.members[f"{organizations[0]['id'].removeprefix(self.base + '/')}/consultations"].append(
            f"consultation/{id}"
        )
        one = self._add(
            path,
            "Paper",
            body=self.url(body),
            name=f"Vorlage {id} über <Grün> & Blau",
            reference=f"{id}/2024",
            date="2024-02-01",
            paperType="Beschlussvorlage",
            mainFile=main,
            originatorPerson=[people[0]["id"]],
            underDirectionOf=[organizations[0]["id"]],
            originatorOrganization=[organizations[0]["id"]],
            consultation=[consultation],
        )
        if id == "0-2":
            self._related(one, main)
        return one

    def _related(self, one: Object, main: Object) -> None:
        first = self.objects["paper/0-0"]
        annex = self._file("file/0-2-annex", "Anlage", paper=[one["id"]], masterFile=main["id"])
        main["derivativeFile"] = [annex["id"]]
        one.update(
            auxiliaryFile=[annex],
            location=[self.objects["location/0"]],
            relatedPaper=[first["id"]],
            superordinatedPaper=[first["id"]],
        )
        first["subordinatedPaper"] = [one["id"]]

    def _index(self, body: str) -> None:
        number = body.split("/")[1]
        for name, kind in self.lists.items():
            self.members[f"{body}/{name}"] = list(self._of(kind, number))

    def _of(self, kind: str, number: str) -> Iterator[str]:
        prefix = {"LegislativeTerm": "term"}.get(kind, kind.lower())
        for path in self.objects:
            if path.split("/")[0] == prefix and path.split("/")[1].split("-")[0] == number:
                yield path
