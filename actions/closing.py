"""Closing an item and opening it again: by hand, or because what confirms it was accepted."""

from datetime import datetime

from actions.moves import withdraw_notices
from domain.audit import Deed
from storage import audit as audit_rows
from storage import notice as notice_rows
from storage import roadmap as roadmap_rows
from storage.database import Transaction
from storage.roadmap import ItemChange


async def close_item(tx: Transaction, item_id: int, note: str, by: int, now: datetime) -> None:
    """Nothing more is said of the item. One that is closed already stays as it was closed."""
    if await roadmap_rows.close_item(tx, item_id, by, now, note):
        await withdraw_notices(tx, item_id)
        await _record(tx, ItemChange(item_id, now, by, "state", "open", "closed", note), by, Deed.ITEM_CLOSED)


async def reopen_item(tx: Transaction, item_id: int, note: str, by: int, now: datetime) -> None:
    """The item asks for something again. One that is open stays so."""
    if await roadmap_rows.reopen_item(tx, item_id):
        await _record(tx, ItemChange(item_id, now, by, "state", "closed", "open", note), by, Deed.ITEM_REOPENED)


async def _record(tx: Transaction, change: ItemChange, by: int, deed: Deed) -> None:
    await roadmap_rows.record_changes(tx, [change])
    await audit_rows.record(tx, change.at, by, deed, item=change.item_id)
    await notice_rows.answer(tx, by, [change.item_id], change.at, None)
