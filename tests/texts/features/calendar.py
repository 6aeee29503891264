"""Values for «Мой календарь» and the words of calendars."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.calendar_feed import OwnFeed
from domain.calendar_feed import DueEvent, MeetingEvent
from domain.notice import effective

if TYPE_CHECKING:
    from tests.texts.values import Mood

NOW = datetime(2022, 3, 17, 6, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Moscow")
URL = f"https://{'road.' * 40}example.org/calendar/{'x' * 43}.ics"


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Served or not, with a link or without; a meeting with everything and with nothing but its title."""
    for since in (None, NOW):
        for link in ("", URL):
            found = OwnFeed(bool(link), since, link, ZONE)
            more = {"cancelled": since is not None, "link": URL, "quick": URL}
            for kept in mood.items[:3]:
                due = DueEvent(
                    kept.id, kept.item.number, kept.item.short_title, date(2022, 3, 17), effective(kept.item)
                )
                yield {"found": found, "event": _event(mood, link, since), "due": due} | more


def _event(mood: "Mood", link: str, since: datetime | None) -> MeetingEvent:
    words, school = (mood.text, mood.line) if link else ("", "")
    end = NOW + timedelta(hours=1)
    return MeetingEvent(7, mood.line[:200], NOW, end, school, link, words, 3, since is not None, 5, school)
