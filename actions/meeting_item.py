"""Inside a transaction: the day of a meeting is the day of its «после …» item (items 21, 27, 32)."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from actions.correcting import correct_item
from actions.project import Project
from domain.audit import Deed
from domain.correction import corrected
from domain.deadline import DeadlineKind
from domain.item_field import ItemField
from domain.meeting import Meeting, MeetingState
from domain.roadmap import Item, KeptItem, Roadmap
from storage import audit as audit_rows
from storage import meeting as meeting_rows
from storage import roadmap as roadmap_rows
from storage.database import Transaction


async def choose_day(
    tx: Transaction, project: Project, one: Meeting, person_id: int, now: datetime, besides: Collection[str] = ()
) -> None:
    """The item's day is that of its latest meeting that is not cancelled; without one it has none again. Of an item
    with a deadline of its own nothing changes. ``besides`` are the keys of those who hear of it as guests.

    Raises ``Refusal`` where the meeting's own day is before the item becomes possible; another's is then no day of it.
    """
    found = await _dated(tx, one)
    if found is None:
        return
    kept, item = found[0], await _with_day(tx, project, one, found)
    why = project.texts.plain("meeting.why-cancelled" if item.held_on is None else "meeting.why-chosen")
    if await correct_item(tx, project, found, ItemField.HELD_ON, item, why, person_id, now, besides=besides):
        await audit_rows.record(tx, now, person_id, Deed.ITEM_CORRECTED, item=kept.id, field=str(ItemField.HELD_ON))


async def refuse_day(tx: Transaction, project: Project, one: Meeting) -> bool:
    """Whether the item gets its day by it: not where a later meeting has given it one. Raises ``Refusal`` for a day
    before the item becomes possible."""
    found = await _dated(tx, one)
    if found is None:
        return False
    held_on = (await _with_day(tx, project, one, found)).held_on
    return held_on != found[0].item.held_on and [held_on] == _days(project, [one])


async def _dated(tx: Transaction, one: Meeting) -> tuple[KeptItem, Roadmap] | None:
    """The open item whose day is to be chosen, where the meeting is of one."""
    found = None if one.item_id is None else await roadmap_rows.get_item_of_roadmap(tx, one.item_id)
    if found is None or found[0].item.deadline.kind is not DeadlineKind.AFTER or not found[0].is_open:
        return None
    return found


async def _with_day(tx: Transaction, project: Project, one: Meeting, found: tuple[KeptItem, Roadmap]) -> Item:
    kept, roadmap = found
    start = kept.item.deadline.start
    others = [each for each in await meeting_rows.of_item(tx, kept.id) if each.id != one.id]
    days = [day for day in _days(project, others) if start is None or day > start]
    held = [
        corrected(kept.item, ItemField.HELD_ON, f"{day:%d.%m.%Y}", roadmap) for day in (*days, *_days(project, [one]))
    ]
    return max(held, key=lambda item: item.held_on or date.min, default=replace(kept.item, held_on=None))


def _days(project: Project, meetings: Iterable[Meeting]) -> list[date]:
    taking_place = (each for each in meetings if each.state is not MeetingState.CANCELLED)
    return [project.today(each.starts_at) for each in taking_place if each.starts_at is not None]
