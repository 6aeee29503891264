"""Values for one person taking over from another."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.texts.features.person import called, cards, duties, people

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """One duty and many; by somebody new, and by somebody registered in every state."""
    who = called(mood)
    for place, card in enumerate([None, *cards(who, mood.line)]):
        few = place % 2 == 0
        yield {
            "name": who,
            "heir": who,
            "former": who,
            "card": card,
            "duties": duties(mood.line, 1 if few else 30),
            "total": 30,
            "shown": 40 if few else 5,
            "typed": who if place % 3 else "",
            "people": people(who, mood.line, 0 if few else 5),
            "position": mood.line if few else "",
            "leaves": few,
            "meetings": 0 if few else 2,
        }
