"""Values for the menu: what is said to a coordinator, to somebody of the region and to a school."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(_name: str, _mood: "Mood") -> Iterator[dict[str, Any]]:
    """Each kind of reader."""
    for coordinator, region in ((True, True), (False, True), (False, False)):
        yield {"coordinator": coordinator, "region": region}
