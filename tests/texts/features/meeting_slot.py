"""Values for the times of interviews: every standing of a school's own time, many times and none, wishes, refusals."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.meeting_slot_look import OwnSlots
from actions.meeting_slots import Taken
from domain.meeting import Meeting, MeetingState
from domain.meeting_slot import DayPart, SeenSlot, Slot, SlotSheet
from domain.registry import School

if TYPE_CHECKING:
    from tests.texts.values import Mood

ZONE = ZoneInfo("Europe/Moscow")
BEFORE, FIRST = datetime(2022, 9, 20, 6, tzinfo=UTC), datetime(2022, 9, 28, 6, tzinfo=UTC)
_PART = 12


def _schools(mood: "Mood") -> tuple[School, ...]:
    return tuple(School(number, mood.text[:300] if number % 2 else mood.line, 1) for number in range(1, 22))


def sheet(mood: "Mood", count: int, taken: int, state: MeetingState, now: datetime) -> SlotSheet:
    """So many times, of which the first are of schools; the last is of a school that left."""
    schools = _schools(mood)
    one = Meeting(7, 1, title=mood.text[:200], starts_at=FIRST, minutes=count * 20, place=mood.text[:300], state=state)
    slots = []
    for number in range(count):
        slot = Slot(number + 1, 7, FIRST + timedelta(minutes=20 * number))
        if number < taken:
            school = schools[number % len(schools)]
            slots.append(SeenSlot(replace(slot, school_id=school.id), 20, school))
        else:
            slots.append(SeenSlot(slot, 20, left=mood.text[:300] if number % 2 else ""))
    return SlotSheet(replace(one, slot_minutes=20, slot_break=5), tuple(slots), schools, frozenset(), ZONE, now)


def _wishing(found: SlotSheet) -> SlotSheet:
    """The first asks the second, the third asks the first."""
    first, second, third, *others = found.slots
    asks = replace(first, slot=replace(first.slot, wants_id=second.slot.id))
    asked = replace(third, slot=replace(third.slot, wants_id=first.slot.id))
    return replace(found, slots=(asks, second, asked, *others))


def _sheets(mood: "Mood") -> Iterator[SlotSheet]:
    for state in (MeetingState.CALLED, MeetingState.CANCELLED, MeetingState.DRAFT):
        for count, taken in ((0, 0), (1, 0), (1, 1), (21, 5), (21, 21)):
            yield sheet(mood, count, taken, state, BEFORE)
    yield sheet(mood, 21, 5, MeetingState.CALLED, FIRST)
    yield _wishing(sheet(mood, 21, 5, MeetingState.CALLED, BEFORE))


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Of each sheet what a school and whoever leads it may see."""
    full = sheet(mood, 21, 5, MeetingState.CALLED, BEFORE)
    theirs, own = full.slots[:2]
    for number, found in enumerate(_sheets(mood)):
        school, slots = found.schools[0], found.slots
        seen = slots[number % len(slots)] if slots else theirs
        looked = OwnSlots(found, school, found.schools)
        mine = OwnSlots(full, school, full.schools)
        yield (
            {
                "sheet": found,
                "one": found.one,
                "found": mine if name == "swaps" else looked,
                "taken": Taken(mine, is_own=True),
                "school": mood.text[:300] if name in ("taken", "asked-another") else school,
                "seen": theirs if name == "ask-drop" else seen,
                "before": own if number % 2 else None,
                "theirs": theirs,
                "own": own,
                "wish": found.wish(school.id) if name == "times" else own if number % 2 else None,
                "wishes": found.wishes_of(school.id),
                "listed": found.schools[: 6 * (number % 2)],
                "total": (1, 2, 5, 11, 21)[number % 5],
                "part": DayPart(date(2022, 9, 28), slots[:_PART]) if slots else None,
                "day": date(2022, 9, 28),
                "page": 1,
                "pages": 1 + number % 2 * 20,
                "zone": ZONE,
                "minutes": (10, 15, 20, 30, 40, 60)[number % 6],
                "pause": (0, 5, 10)[number % 3],
                "count": (0, 1, 2, 5, 21)[number % 5],
                "line": 1 + number % 2 * 20,
                "other": 1,
                "fragment": mood.line[:60] if number % 2 else "",
                "limit": 300,
                "name": mood.line[:26],
            }
            | ({"before": own} if name == "told-swapped" else {})
            | ({"own": own if number % 2 else None} if name == "ask-move" else {})
        )
