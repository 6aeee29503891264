"""Values for the consent."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from domain.consent import VERSION

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(_name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """The present version; whoever refused it, by a name."""
    yield {"version": VERSION, "name": mood.line}
