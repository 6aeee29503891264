"""Values for the page of cards."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """A sheet of nobody's municipality, of one and of several."""
    for count in (0, 1, 8):
        yield {
            "count": 500,
            "sheet": 7,
            "sheets": 63,
            "municipalities": [mood.line] * count,
            "bot": "roadmap_500_bot",
            "until": date(2022, 4, 16),
        }
