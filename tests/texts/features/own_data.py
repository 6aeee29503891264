"""Values for «Обо мне», the file of one's own data and the acts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from domain.consent import VERSION, Answer
from domain.join_request import RequestState
from domain.meeting import Coming
from domain.own_data import Category, Erasure, Former, HeldDuty, KeptLeave, KeptMeeting, KeptRequest, PersonalData
from domain.own_reminders import Reminders
from domain.people import Account, Duty, Role

if TYPE_CHECKING:
    from tests.texts.values import Mood

NOW = datetime(2022, 3, 17, 6, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Moscow")
DAY = date(2022, 9, 30)


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Nothing kept, one of each, and more than fits; of a line of a list each kind."""
    for count in (0, 1, 30):
        yield from (one | _lines(place, mood.line) for place, one in enumerate(_shapes(name, count, mood.line)))


def _shapes(name: str, count: int, line: str) -> Iterator[dict[str, Any]]:
    duties = tuple(HeldDuty(_duty(place), line if place else "", NOW, None) for place in range(count))
    named = line if count else "участник № 7"
    for agreed in (True, False):
        data = PersonalData(
            7,
            named,
            line if count else "",
            NOW,
            duties=duties,
            consents=(Answer("2025-01", True, NOW), Answer(VERSION, agreed, NOW)),
        )
        lost = [(held.duty, held.place) for held in duties]
        people = [(Former(place, named, NOW), named) for place in range(min(count, 6))]
        yield {"data": data, "lost": lost, "name": named, "people": people, "former": Former(7, named, NOW)} | _acts(
            name, count
        )


def _duty(place: int) -> Duty:
    return Duty(list(Role)[place % len(Role)], responsible=place % 2 == 1)


def _acts(name: str, count: int) -> dict[str, Any]:
    erasures = [Erasure(place, 999, NOW, {Category.NAME: 1}) for place in range(min(count, 6))]
    number = 999_999 if name.startswith(("button", "act", "extract")) else 7
    return {
        "erasures": erasures,
        "erasure": Erasure(999_999, 999_999, NOW, {}),
        "number": number,
        "page": 1,
        "pages": max(1, count // 6),
        "until": DAY,
    }


def _lines(place: int, line: str) -> dict[str, Any]:
    states, categories = list(RequestState), list(Category)
    until = NOW if place % 2 else None
    return {
        "zone": ZONE,
        "at": NOW,
        "now": NOW,
        "account": Account("telegram", 6_000_000_001),
        "reminders": Reminders(8, frozenset({0, 4}), DAY) if place % 2 else Reminders(),
        "said": Answer(VERSION, place % 2 == 0, NOW),
        "leave": KeptLeave(DAY, DAY, line, stands_in=place % 2 == 0, ended=place % 2 == 1),
        "request": KeptRequest(NOW, states[place % len(states)], line),
        "one": KeptMeeting(line, until, [None, *Coming][place % 4], line, line, came=place % 2 == 0),
        "category": categories[place % len(categories)],
        "count": place,
    } | {"held": HeldDuty(_duty(place), line, NOW, until)}
