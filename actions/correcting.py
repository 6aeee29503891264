"""Inside a transaction: what a person says of an item, over the file's word."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from actions.moves import tell_about_move
from actions.project import Project
from actions.reviewing import tell_reviewers
from domain.item_field import ItemField, text_of
from domain.roadmap import Item, KeptItem, Roadmap
from storage import notice as notice_rows
from storage import outbox as outbox_rows
from storage import roadmap as roadmap_rows
from storage.database import Transaction
from storage.roadmap import ItemChange


async def correct_item(
    tx: Transaction,
    project: Project,
    found: tuple[KeptItem, Roadmap],
    field: ItemField,
    item: Item,
    why: str,
    person_id: int,
    now: datetime,
    *,
    besides: Collection[str] = (),
) -> bool:
    """One field of an item is another one now, and whoever had heard of an old deadline hears of the new one, but those
    of the keys ``besides``, who hear it in other words at this moment. False where nothing is different."""
    kept, roadmap = found
    if item == kept.item:
        return False
    await roadmap_rows.save_item(tx, kept.id, item, kept.corrected | {field})
    before, after = text_of(kept.item, field), text_of(item, field)
    await roadmap_rows.record_changes(tx, [ItemChange(kept.id, now, person_id, field, before, after, why)])
    await notice_rows.answer(tx, person_id, [kept.id], now, None)
    await tell_about_move(tx, project, roadmap, kept, replace(kept, item=item), why, now, besides=besides)
    if item.owed_by is not kept.item.owed_by:
        await outbox_rows.withdraw_days(tx)
        await tell_reviewers(tx, project, now)
    return True
