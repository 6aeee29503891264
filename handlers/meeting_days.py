"""The times of an interview as buttons: three in a row, a day or a part of it on a screen."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.button import Button, Keyboard
from domain.meeting_slot import DayPart, SeenSlot, by_day
from texts import Texts

PART = 12
"""Times of a screen: four rows."""
_ACROSS = 3


def parts_of(slots: Iterable[SeenSlot], zone: ZoneInfo) -> list[DayPart]:
    """The screens that the times take."""
    return by_day(slots, zone, PART)


def shown(parts: Sequence[DayPart], page: int) -> tuple[DayPart | None, int]:
    """What stands on a page or on the nearest one, with its number from 1 on."""
    if not parts:
        return None, 1
    page = min(max(page, 0), len(parts) - 1)
    return parts[page], page + 1


def page_with(parts: Sequence[DayPart], at: datetime | None, zone: ZoneInfo) -> int:
    """The page of that time, or the first of its day; the first of all where there is none."""
    if at is None:
        return 0
    exact = (number for number, part in enumerate(parts) if any(one.starts_at == at for one in part.slots))
    same_day = (number for number, part in enumerate(parts) if part.day == at.astimezone(zone).date())
    return next(exact, next(same_day, 0))


def time_rows(texts: Texts, part: DayPart, zone: ZoneInfo, data: Callable[[SeenSlot], str]) -> Keyboard:
    """A button for each time; ``data`` gives its callback data."""
    buttons = [Button(texts.plain("meeting_slot.button-time", seen=seen, zone=zone), data(seen)) for seen in part.slots]
    return tuple(tuple(buttons[start : start + _ACROSS]) for start in range(0, len(buttons), _ACROSS))


def day_turns(texts: Texts, parts: Sequence[DayPart], number: int, turn: Callable[[int], str]) -> tuple[Button, ...]:
    """The buttons that lead to the day before and to the next one; ``number`` is the page from 1 on."""
    found = []
    if number > 1:
        before = texts.plain("meeting_slot.button-before", day=parts[number - 2].day)
        found.append(Button(before, turn(number - 2)))
    if number < len(parts):
        found.append(Button(texts.plain("meeting_slot.button-after", day=parts[number].day), turn(number)))
    return tuple(found)
