"""Values for the minutes of meetings: nothing yet, everything, sent; with every end of the item."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

from actions.meeting_ending import ItemEnd
from actions.meeting_minutes import MinutesView
from domain.indicator import Indicator, IndicatorState
from domain.indicator_count import Count
from domain.meeting import Meeting, MeetingState
from domain.meeting_ending import MINUTES_LIMIT, Ending
from tests.texts.features.meeting import NOW, ZONE, meeting_card, meetings

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every state with every end."""
    for one, how, count in product(_told(mood), Ending, (0, 1, 21)):
        if one.item_id is None and how is not Ending.NOTHING:
            continue
        end = ItemEnd(how, Indicator(Count(7, 8, 8), IndicatorState.RUNNING), (mood.line,) * count)
        card = meeting_card(mood, one, many=count > 1)
        yield {
            "view": MinutesView(card, count, end), "card": card, "one": one, "end": end, "zone": ZONE,
            "has": bool(count), "count": max(1, count), "again": one.state is MeetingState.HELD, "limit": MINUTES_LIMIT,
            "length": 12000, "number": 10, "day": date(2022, 3, 10),
        }  # fmt: skip


def _told(mood: "Mood") -> Iterator[Meeting]:
    """Those that have begun, with words and without."""
    for one in meetings(mood):
        if one.state in (MeetingState.CALLED, MeetingState.HELD) and not one.is_by_slots:
            for words in ("", mood.text[:MINUTES_LIMIT]):
                yield replace(one, minutes_text=words, held_at=NOW if one.state is MeetingState.HELD else None)
                yield replace(one, minutes_text=words, held_at=NOW, papers=(), item_id=None)
