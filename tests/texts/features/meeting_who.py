"""Values for «Кто придёт»: nobody, one of each, and a page of the longest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from actions.meeting_look import MeetingCard
from actions.meeting_who import Nudged, WhoComes
from domain.meeting import NamedGuest
from domain.meeting_who import by_part, part_of
from domain.registry import Registry
from tests.texts.features.meeting_day import NOW, ZONE, a_meeting, guests

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Of each part so many."""
    everybody = [NamedGuest(guest, mood.line, mood.line) for guest in guests(mood)[:-1]]
    people = [*everybody, replace(everybody[0], can_be_told=False)]
    for count in (0, 1, 5):
        found = people * count
        for one in (a_meeting(mood), a_meeting(mood, slot_minutes=20)):
            card = MeetingCard(one, tuple(found), Registry(), ZONE, NOW)
            who = WhoComes(card, by_part(found), count, (mood.line,) * count)
            shown = [(part_of(each), each) for each in (found * 3)[:12]]
            for due_at in (NOW, NOW + timedelta(hours=9)):
                nudged = Nudged(who, 21, due_at)
                yield {
                    "found": who, "one": one, "shown": shown, "page": 1, "pages": 1 + count, "count": 21,
                    "card": card, "instead_of": mood.line if count else "", "nudged": nudged,
                }  # fmt: skip
