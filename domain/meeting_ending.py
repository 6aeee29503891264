"""What the minutes of a meeting do to its item. Pure."""

from collections.abc import Iterable
from enum import StrEnum
from html import escape

from domain.completion import is_confirmed
from domain.happening import is_by_place
from domain.indicator import Indicator
from domain.meeting import Meeting
from domain.people import Duty, Role
from domain.refusal import Refusal
from domain.registry import tidy
from domain.roadmap import Item, KeptItem, OwedBy

MINUTES_LIMIT = 2500
"""Characters of what was decided, in words."""
_ROOM = 3300
"""The same as HTML writes it: the rest of a message is for what it is about (messengers.md)."""


class Ending(StrEnum):
    """What sending the minutes does to the item: nothing (there is none, it was closed, it is held by municipalities);
    nothing, for it is not theirs to close; one more of what is counted; it is closed; it would be too early."""

    NOTHING = "nothing"
    NOT_YOURS = "not-yours"
    COUNTED = "counted"
    CLOSES = "closes"
    LACKS = "lacks"


class Close(StrEnum):
    """What whoever leads decides about the item: as it should be, left open, closed though somebody is missing."""

    FITTING = "fitting"
    OPEN = "open"
    ANYWAY = "anyway"


def ending(kept: KeptItem | None, number: Indicator | None, duties: Iterable[Duty], *, by_survey: bool) -> Ending:
    """By the item, its number and what whoever sends the minutes is answerable for."""
    if kept is None or not kept.is_open or is_by_place(kept.item):
        return Ending.NOTHING
    if not may_close(kept.item, duties):
        return Ending.NOT_YOURS
    if not is_confirmed(kept.item):
        return Ending.COUNTED
    if kept.item.owed_by is OwedBy.EXECUTORS and not by_survey:
        return Ending.CLOSES
    return Ending.CLOSES if number is not None and number.count.is_enough else Ending.LACKS


def may_close(item: Item, duties: Iterable[Duty]) -> bool:
    """Coordinators, and the organisers of an organisation that carries the item out."""
    return any(
        duty.role is Role.COORDINATOR or (duty.role is Role.ORGANISER and duty.organisation in item.executors)
        for duty in duties
    )


def minutes_of(text: str) -> str:
    """What was decided, its lines kept. Raises ``Refusal`` for nothing, and for too much."""
    words = "\n".join(line for raw in text.splitlines() if (line := tidy(raw)))
    if sum(sign.isalnum() for sign in words) < 2:
        raise Refusal("meeting.no-words")
    if len(words) > MINUTES_LIMIT or len(escape(words)) > _ROOM:
        raise Refusal("meeting_minutes.long-text", limit=MINUTES_LIMIT, length=len(words))
    return words


def refuse_empty(meeting: Meeting) -> None:
    """Raises ``Refusal`` where there is nothing to send."""
    if not meeting.minutes_text and not meeting.papers:
        raise Refusal("meeting_minutes.nothing")
