"""Values for «Я из школы …» and the queue."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.join_request import Likely, Queue, Waiting
from domain.join_request import MOST_LIKELY, Asked, JoinRequest
from domain.people import Account, Duty, Role
from domain.registry import Municipality, Registered, School

if TYPE_CHECKING:
    from tests.texts.values import Mood

ZONE = ZoneInfo("Europe/Moscow")
NOW = datetime(2022, 3, 17, 6, tzinfo=UTC)


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """A request with everything and with nothing, of a school that is there and that is gone, with and without people
    who may be the one."""
    line = mood.line if mood.line.startswith("<") else "Соколова Анна"
    asked = Asked(1, line, line, "2026-11", NOW)
    request = JoinRequest(1, Account("telegram", 5), asked, NOW)
    plain = replace(request, asked=replace(asked, position=""))
    full = Queue(ZONE, 1, 1, request, School(1, mood.line, 1), Municipality(1, mood.line), _likely(line))
    for found, waiting in (
        (full, Waiting(request, mood.line, ZONE)),
        (replace(full, likely=()), Waiting(plain, "", ZONE)),
        (replace(full, request=plain, school=None, municipality=None), Waiting(plain, mood.line, ZONE)),
    ):
        yield {"found": found, "waiting": waiting} | {
            "school": waiting.school or (line if name == "summary" else ""),
            "position": waiting.request.asked.position,
            "reason": waiting.school and mood.text[:300],
            "count": 21,
            "limit": 300,
            "name": line[:40] if name.startswith("button-") else line,
        }


def _likely(line: str) -> tuple[Likely, ...]:
    duties = tuple((Duty(role), line) for role in Role)
    come = [Registered(place, line, line, has_come=place == 1) for place in range(MOST_LIKELY)]
    return tuple(Likely(person, duties) for person in come)
