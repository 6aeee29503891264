"""When each guest of a meeting is to be there, and when the bot reminds them of it by itself (notices.md). Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.calendar import WorkCalendar
from domain.hours import Hours
from domain.meeting import Meeting
from domain.meeting_slot import Slot
from domain.notice_rules import Rules


@dataclass(frozen=True, slots=True)
class Appointment:
    """When somebody is to be there (UTC). At an interview it is their school's own time, ``None`` while the school has
    chosen none; ``since`` is when it was chosen."""

    starts_at: datetime | None
    school_id: int | None = None
    since: datetime | None = None


def appointments(one: Meeting, slots: Iterable[Slot], schools: Collection[int]) -> list[Appointment]:
    """Those of a guest who is of the teams of these schools."""
    if not one.is_by_slots or not schools:
        return [Appointment(one.starts_at)]
    taken = {slot.school_id: slot for slot in slots if slot.school_id is not None}
    found = [(school, taken.get(school)) for school in sorted(schools)]
    return [
        Appointment(slot.starts_at, school, slot.taken_at) if slot else Appointment(None, school)
        for school, slot in found
    ]


def begins(one: Meeting, slots: Sequence[Slot], theirs: Iterable[Appointment]) -> datetime | None:
    """Until when a guest may answer (UTC): it begins for them then. A school that has chosen no time may get the last
    one."""
    last = max((slot.starts_at for slot in slots), default=one.starts_at)
    return max((at for each in theirs if (at := each.starts_at or last) is not None), default=None)


def starts(one: Meeting, slots: Iterable[Slot]) -> list[datetime]:
    """Every instant at which somebody is to be there."""
    found = {slot.starts_at for slot in slots if not slot.is_free}
    return sorted(found | ({one.starts_at} if one.starts_at is not None else set()))


def mornings(day: date, calendar: WorkCalendar, rules: Rules) -> dict[date, int]:
    """Morning → how many days before a meeting it is by the rule: moved back off days off, never the day itself."""
    found = {calendar.back(day - timedelta(days=ahead)): ahead for ahead in sorted(rules.meeting_ahead, reverse=True)}
    return {morning: ahead for morning, ahead in found.items() if morning < day}


def soon_at(starts_at: datetime, hours: Hours) -> datetime | None:
    """When to remind shortly before it begins; later where the night forbids it, ``None`` where that is too late."""
    due = hours.awake(starts_at - timedelta(minutes=hours.rules.meeting_before))
    return due if due < starts_at else None
