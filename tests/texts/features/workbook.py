"""Values for what is said of a file that is no readable workbook."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """The size that is looked at."""
    yield {"limit": 5}
