"""Values for what schools promised in visits: open, late, done, taken back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.agreed import AgreedCard
from domain.registry import School
from domain.visit import AgreedAction

if TYPE_CHECKING:
    from tests.texts.values import Mood

TODAY = date(2022, 3, 17)
AT = datetime(2022, 3, 17, 6, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Moscow")


def promises(mood: "Mood") -> list[AgreedAction]:
    """Of the school as a whole and of somebody; ahead, late, done, taken back."""
    made = AgreedAction(1, 7, 1, mood.text[:500], "", TODAY + timedelta(days=21), AT)
    late = replace(made, owner=mood.line[:100], until=TODAY - timedelta(days=5))
    return [made, late, replace(late, done_at=AT, done_by=7), replace(late, dropped_at=AT)]


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Each of them; lists of none, of one and of a page."""
    cards = [AgreedCard(one, School(1, mood.line, 1), TODAY, True, True, ZONE) for one in promises(mood)]
    for card in cards:
        for found in ([], [card], cards * 5):
            yield {
                "one": card.agreed,
                "card": card,
                "found": found,
                "numbered": list(enumerate(found[:6], 7)),
                "open": sum(one.agreed.is_open for one in found),
                "page": 1,
                "pages": 1 if len(found) < 2 else 4,
            }
