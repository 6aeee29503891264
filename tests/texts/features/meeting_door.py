"""Values for checking in at meetings: doors of both kinds, shut and open, with few guests and with many, on paper."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

from actions.meeting_arrival import Arrival
from actions.meeting_door import DoorView
from actions.meeting_look import MeetingCard
from domain.indicator import Indicator, IndicatorState
from domain.indicator_count import Count
from domain.meeting import CameBy, Coming, Meeting, MeetingState
from domain.meeting_door import DoorBy, DoorTimes
from domain.meeting_paper import AttendancePaper, CameLine, MissedLine
from tests.texts.features.meeting import NOW, SOON, ZONE, meeting_card, meetings

if TYPE_CHECKING:
    from tests.texts.values import Mood

_PAGE = 5


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every door."""
    for place, (view, many) in enumerate(product(views(mood), (False, True))):
        if not name.endswith(("told-button", "code-caption")) or view.card.one.door_closes is not None:
            line = missed_line(mood, place) if name.endswith("paper-why") else came_line(mood, place)
            yield _of(mood, place, view, many=many) | {"each": line}


def views(mood: "Mood") -> Iterator[DoorView]:
    """Before its time, to be opened, open by a code and by a button, after its day, held."""
    for one in meetings(mood):
        if one.state is MeetingState.DRAFT or one.starts_at is None:
            continue
        for door in (one, _open(one, "0427"), _open(one, "")):
            for now in (NOW, SOON, SOON + timedelta(days=2)):
                card = replace(meeting_card(mood, door, many=now is SOON), now=now)
                for told, number in ((None, None), (0, _number(7, 8)), (21, _number(7, None))):
                    yield DoorView(card, _times(), number if card.kept else None, told)


def _open(one: Meeting, code: str) -> Meeting:
    return replace(one, code=code, door_opens=NOW, door_closes=SOON + timedelta(minutes=15))


def _times() -> DoorTimes:
    return DoorTimes(SOON - timedelta(minutes=30), SOON + timedelta(days=1), SOON + timedelta(hours=1))


def _number(done: int, needed: int | None) -> Indicator:
    return Indicator(Count(done, 8, needed), IndicatorState.RUNNING)


def _of(mood: "Mood", place: int, view: DoorView, *, many: bool) -> dict[str, Any]:
    card: MeetingCard = view.card
    arrival = Arrival(card.one, NOW, mood.line[:150] * many, card.kept if many else None)
    paper = a_paper(mood, card.one, (0, 1, 21)[place % 3])
    return {
        "view": view, "card": card, "one": card.one, "zone": ZONE, "now": NOW, "how": tuple(DoorBy)[many],
        "arrival": arrival, "is_team": many, "day": date(2022, 3, 10), "page": 1, "pages": 1 + many, "total": 40 * many,
        "may_mark": bool(place % 2), "came": 21 * many, "of": 21, "name": mood.line, "shown": card.guests[:_PAGE],
        "count": 1 + 20 * many, "paper": paper, "left": 4,
    }  # fmt: skip


def a_paper(mood: "Mood", one: Meeting, count: int) -> AttendancePaper:
    """With nobody and with many."""
    start: datetime = one.starts_at or SOON
    came = tuple(came_line(mood, place) for place in range(count))
    missed = tuple(missed_line(mood, place) for place in range(count))
    item = mood.items[0].item if count else None
    turnout = meeting_card(mood, one, many=bool(count)).turnout
    return AttendancePaper(
        one.title, start, start + timedelta(hours=1), mood.line * (count > 1), turnout, came, missed, date(2022, 3, 11),
        ZONE, item.number if item else None, item.short_title if item else "",
    )  # fmt: skip


def came_line(mood: "Mood", place: int) -> CameLine:
    """By each of the ways."""
    by = tuple(CameBy)[place % len(CameBy)]
    return CameLine(mood.line, mood.line, mood.line, by, NOW, mood.line * (place % 2), is_invited=place % 3 > 0)


def missed_line(mood: "Mood", place: int) -> MissedLine:
    """With each of the answers."""
    return MissedLine(mood.line, mood.line, mood.line, (None, *Coming)[place % 4], mood.line * (place % 2))
