"""Values for coming in, the hub «Люди и школы» and who does not hear the bot."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from actions.registry import Counts
from domain.people import Role
from tests.texts.features.person import called, people

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """One role and all of them; nobody found, one, and a whole page."""
    for roles in (list(Role)[:1], list(Role)):
        yield {"roles": roles} | _found(mood, 0)
    yield from ({"roles": roles} | _found(mood, count) for count in (1, 6))


def _found(mood: "Mood", count: int) -> dict[str, Any]:
    shown = people(called(mood), mood.line, count)
    search = {"query": mood.line if count < 6 else "", "total": count * 90, "pages": count * 15 or 1}
    return {"counts": Counts(60, 500, 21), "people": shown, "one": people(called(mood), mood.line, 1)[0]} | search
