"""Values for personal codes and the screens of their cards."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.invite import CodeHolder, Printing
from domain.invite import Invitation
from domain.registry import Registered, Registry
from handlers.picking import label

if TYPE_CHECKING:
    from tests.texts.values import Mood

_UNTIL = datetime(2022, 4, 16, 20, 59, 59, tzinfo=UTC)
_MOSCOW = ZoneInfo("Europe/Moscow")


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Nobody, one and many; a person with an earlier code and without, who has come in and who has not."""
    for count in (0, 1, 9, 500):
        person = Registered(7, mood.line, has_come=count > 1)
        people = (person,) * count
        yield {
            "holder": CodeHolder(person, _UNTIL if count else None, _MOSCOW),
            "issued": Invitation("7KQ2-MN4P-X9CD", _UNTIL),
            "username": "roadmap_500_bot",
            "place": mood.line if count else "",
            "found": Printing(Registry(), people, {}, {}, count // 2, date(2022, 4, 16), 7),
            "count": count,
            "until": date(2022, 4, 16),
            "name": label(mood.line),
        }
