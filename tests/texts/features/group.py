"""Values for the call to the people of a group; everything else of groups is common."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.groups import CallIn
from domain.outbox import ChatAddress
from storage.group import Group

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(_name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Sent now, sent before, waiting for the morning."""
    group = Group(1, ChatAddress("telegram", -1, is_group=True), mood.line, "500+", None)
    at, zone = datetime(2022, 3, 17, 5, tzinfo=UTC), ZoneInfo("Europe/Moscow")
    for waits, again in ((False, False), (False, True), (True, False), (True, True)):
        yield {"called": CallIn(group, at, zone, waits=waits, again=again)}
