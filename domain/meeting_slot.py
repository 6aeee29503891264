"""The times of an interview: each school comes at one of its own (item 18). Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from domain.meeting import Meeting
from domain.registry import School

SLOT_LENGTHS = (10, 15, 20, 30, 40, 60)
"""Minutes that a school may be given."""
SLOT_BREAKS = (0, 5, 10)
"""Minutes between two schools."""
_MORNING, _EVENING = time(7), time(21)
"""Before and after them hardly anybody means to meet."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One time, from ``starts_at`` (UTC) for as many minutes as the meeting says. ``wants_id`` is the slot that its
    school has asked the school of that one to have instead."""

    id: int
    meeting_id: int
    starts_at: datetime
    school_id: int | None = None
    taken_by: int | None = None
    taken_at: datetime | None = None
    wants_id: int | None = None
    wanted_by: int | None = None
    wanted_at: datetime | None = None

    @property
    def is_free(self) -> bool:
        """Whether no school has it."""
        return self.school_id is None

    def held(self, school_id: int | None, person_id: int | None, now: datetime | None) -> "Slot":
        """The same time of that school, or (``None``) of nobody; what was wished of it is not wished any more."""
        return replace(
            self,
            school_id=school_id,
            taken_by=person_id,
            taken_at=now,
            wants_id=None,
            wanted_by=None,
            wanted_at=None,
        )


@dataclass(frozen=True, slots=True)
class SeenSlot:
    """A time with the ``school`` that has it. ``left`` is the name of one that had it and is not asked to come any
    more: the time is free again."""

    slot: Slot
    minutes: int
    school: School | None = None
    left: str = ""

    @property
    def starts_at(self) -> datetime:
        """When it begins (UTC)."""
        return self.slot.starts_at

    @property
    def ends_at(self) -> datetime:
        """When it is over (UTC)."""
        return self.slot.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_free(self) -> bool:
        """Whether a school may have it."""
        return self.school is None

    def has_begun(self, now: datetime) -> bool:
        """Whether it cannot be chosen any more."""
        return self.starts_at <= now


@dataclass(frozen=True, slots=True)
class DayPart:
    """Times of one local day, as many as a screen holds."""

    day: date
    slots: tuple[SeenSlot, ...]


@dataclass(frozen=True, slots=True)
class SlotSheet:
    """The times of a meeting in order, at ``now``; ``schools`` are those that are asked to come, in the order of names,
    and ``people`` the invited by their ids."""

    one: Meeting
    slots: tuple[SeenSlot, ...]
    schools: tuple[School, ...]
    people: frozenset[int]
    zone: ZoneInfo
    now: datetime

    @property
    def free(self) -> list[SeenSlot]:
        """The times that may be chosen."""
        return [one for one in self.slots if one.is_free and not one.has_begun(self.now)]

    @property
    def taken(self) -> list[SeenSlot]:
        """The times that schools have."""
        return [one for one in self.slots if not one.is_free]

    @property
    def without(self) -> list[School]:
        """The schools that have no time."""
        known = {one.school.id for one in self.slots if one.school}
        return [one for one in self.schools if one.id not in known]

    @property
    def lacking(self) -> int:
        """How many times more it would take for every school to have one."""
        return max(0, len(self.without) - len(self.free))

    @property
    def is_odd(self) -> bool:
        """Whether there are times at which hardly anybody means to meet."""
        hours = [(one.starts_at.astimezone(self.zone), one.ends_at.astimezone(self.zone)) for one in self.slots]
        return any(
            start.time() < _MORNING or end.time() > _EVENING or end.date() > start.date() for start, end in hours
        )

    def school(self, school_id: int) -> School | None:
        """One of those that are asked to come."""
        return next((one for one in self.schools if one.id == school_id), None)

    def of(self, school_id: int) -> SeenSlot | None:
        """The time that a school has."""
        return next((one for one in self.slots if one.school and one.school.id == school_id), None)

    def at(self, starts_at: datetime) -> SeenSlot | None:
        """The time that begins then."""
        return next((one for one in self.slots if one.starts_at == starts_at), None)

    def wish(self, school_id: int) -> SeenSlot | None:
        """The time that a school has asked another to have instead, while that may still be."""
        own = self.of(school_id)
        if own is None:
            return None
        wanted = next((one for one in self.slots if one.slot.id == own.slot.wants_id), None)
        is_open = wanted is not None and wanted.school is not None and self._may_change(own, wanted)
        return wanted if is_open else None

    def wishes_of(self, school_id: int) -> list[SeenSlot]:
        """The times of schools that have asked this one for its own."""
        own = self.of(school_id)
        return [one for one in self.others(school_id) if own and one.slot.wants_id == own.slot.id]

    def others(self, school_id: int) -> list[SeenSlot]:
        """The times of other schools that this one may ask for."""
        own = self.of(school_id)
        return [one for one in self.slots if own and one.school and one != own and self._may_change(own, one)]

    def _may_change(self, one: SeenSlot, other: SeenSlot) -> bool:
        return self.one.is_ahead and not one.has_begun(self.now) and not other.has_begun(self.now)


def by_day(slots: Iterable[SeenSlot], zone: ZoneInfo, size: int) -> list[DayPart]:
    """The times a day at a time; a longer day takes several screens."""
    found = []
    for day, times in groupby(slots, lambda one: one.starts_at.astimezone(zone).date()):
        every = list(times)
        found += [DayPart(day, tuple(every[start : start + size])) for start in range(0, len(every), size)]
    return found


def bounds(slots: Sequence[Slot], minutes: int) -> tuple[datetime, int]:
    """When the first of the times begins, and how many minutes later the last is over."""
    first, last = min(one.starts_at for one in slots), max(one.starts_at for one in slots)
    return first, (last - first) // timedelta(minutes=1) + minutes


def minute_of(instant: datetime) -> int:
    """How buttons name a time: whole minutes since the epoch. An id would be another time's once that one is gone."""
    return int(instant.timestamp()) // 60


def at_minute(number: int) -> datetime:
    """The instant (UTC) that a button names."""
    return datetime.fromtimestamp(number * 60, UTC)
