"""Values for a person's card, adding a person, and lists of people."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.person import PersonCard
from domain.leave import StandIn
from domain.people import Duty, Role
from domain.registry import Registered, Registry

if TYPE_CHECKING:
    from tests.texts.values import Mood

ZONE = ZoneInfo("Europe/Moscow")
NOW = datetime(2022, 3, 17, 6, tzinfo=UTC)
LEAVE = StandIn(1, 1, 2, date(2022, 3, 14), date(2022, 3, 28))


def called(mood: "Mood") -> str:
    """A name: an ordinary one, or the worst that can be typed."""
    return mood.line if mood.line.startswith("<") else "Соколова Анна"


def duties(line: str, count: int) -> list[tuple[Duty, str]]:
    """As many duties, of each role in turn; a coordinator's has no place."""
    roles = (Role.SCHOOL, Role.CURATOR, Role.MUNICIPAL, Role.ORGANISER, Role.COORDINATOR)
    chosen = [roles[place % len(roles)] for place in range(count)]
    return [(Duty(one, responsible=one is Role.SCHOOL), "" if one is Role.COORDINATOR else line) for one in chosen]


def people(name: str, line: str, count: int) -> list[dict[str, Any]]:
    """Lines of a list, with the most that a line can have and with the least."""
    most = {"name": name, "position": line, "duties": duties(line, 5)}
    least = {"name": name, "position": "", "duties": []}
    return [most if place % 3 < 2 else least for place in range(count)]


def cards(name: str, line: str) -> Iterator[PersonCard]:
    """In every state of coming in, on leave with and without somebody who stands in."""
    for has_come, has_agreed, blocked in (
        (False, False, False),
        (True, False, False),
        (True, True, False),
        (True, True, True),
    ):
        person = Registered(1, name, line if has_agreed else "", (), has_come, has_agreed)
        yield PersonCard(person, Registry(), {}, ZONE, blocked, code_until=NOW if blocked else None)
        yield PersonCard(person, Registry(), {}, ZONE, blocked, LEAVE, name, code_until=NOW)
        yield PersonCard(person, Registry(), {}, ZONE, blocked, LEAVE, "")


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """No duties, one, and so many that not all are shown."""
    who = called(mood)
    counts = (0, 1, 21)
    for place, card in enumerate(cards(who, mood.line)):
        shown = counts[place % len(counts)]
        yield {
            "card": card,
            "name": who,
            "duties": duties(mood.line, shown),
            "school": mood.line if shown else "",
            "people": people(who, mood.line, min(shown, 5)),
            "total": shown,
        }
