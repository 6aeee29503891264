"""Values for the schools."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from actions.registry import SchoolCard
from domain.registry import School
from tests.texts.features.person import called

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Nobody, one, and so many that not all are shown."""
    for count in (0, 1, 40):
        told = [_told(called(mood), mood.line, place) for place in range(count)]
        yield {
            "card": SchoolCard(School(1, mood.line, 1, mood.line if count else ""), mood.line, (), (), keeps=True),
            "team": told,
            "curators": told[:4],
            "one": _told(called(mood), mood.line, count),
            "names": [mood.line] * min(count, 5),
            "removed": [called(mood)] * count,
            "home": mood.line if count or name == "ask-name" else "",
            "total": count,
            "some": count > 0,
            "name": mood.line,
            "address": mood.line if count else "",
            "limit": 300,
        }


def _told(name: str, position: str, place: int) -> dict[str, str | bool]:
    return {"name": name, "position": position if place % 2 else "", "leads": place == 0, "has_come": place % 3 == 0}
