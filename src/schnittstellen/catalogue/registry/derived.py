"""Tables that follow from others and are filled by nothing else."""

from collections import defaultdict
from collections.abc import Iterator

from schnittstellen.catalogue.models import Meeting, Role
from schnittstellen.catalogue.registry.sync import CHUNK

ALL = "*"


def meetings() -> None:
    """Which roles of one version exchange which messages; changes nothing where nothing changed."""
    wanted = {(one.sender_id, one.receiver_id): one for one in _wanted()}
    there = {(one.sender_id, one.receiver_id): one for one in Meeting.objects.all()}
    stale = [one.pk for name, one in there.items() if name not in wanted or wanted[name].messages != one.messages]
    for start in range(0, len(stale), CHUNK):
        Meeting.objects.filter(pk__in=stale[start : start + CHUNK]).delete()
    kept = {name for name, one in there.items() if one.pk not in set(stale)}
    Meeting.objects.bulk_create([one for name, one in wanted.items() if name not in kept], batch_size=CHUNK)


def _wanted() -> Iterator[Meeting]:
    by_version: dict[int, list[Role]] = defaultdict(list)
    for role in Role.objects.order_by("version_id", "key"):
        by_version[role.version_id].append(role)
    for roles in by_version.values():
        for sender in roles:
            for receiver in roles:
                if messages := shared(sender.sends, receiver.receives):
                    yield Meeting(sender=sender, receiver=receiver, messages=messages)


def shared(sends: list[str], receives: list[str]) -> list[str]:
    """The messages that one role sends and another receives; "*" stands for all."""
    if ALL in sends:
        return sorted(receives)
    return sorted(sends) if ALL in receives else sorted(set(sends) & set(receives))
