"""«Кто придёт»: the people of a meeting by what they have answered. Pure."""

from collections.abc import Iterable
from enum import StrEnum

from domain.meeting import Coming, NamedGuest


class WhoPart(StrEnum):
    """What somebody has answered; of those who have not, whether the bot can write to them or they are to be phoned."""

    YES = "yes"
    OTHER = "other"
    NO = "no"
    SILENT = "silent"
    PHONE = "phone"


_ANSWERED = {Coming.YES: WhoPart.YES, Coming.OTHER: WhoPart.OTHER, Coming.NO: WhoPart.NO}


def part_of(one: NamedGuest) -> WhoPart:
    """Where somebody belongs."""
    if one.guest.coming is not None:
        return _ANSWERED[one.guest.coming]
    return WhoPart.SILENT if one.can_be_told else WhoPart.PHONE


def by_part(people: Iterable[NamedGuest]) -> dict[WhoPart, list[NamedGuest]]:
    """Everybody where they belong, in the order they were given; no part is left out."""
    found: dict[WhoPart, list[NamedGuest]] = {part: [] for part in WhoPart}
    for one in people:
        found[part_of(one)].append(one)
    return found
