"""What follows when an item changes: nothing stale is sent, and those who were told are told once more."""

from collections.abc import Collection
from datetime import date, datetime

from actions.project import Project
from domain.button import Button, press
from domain.notice import effective, groups
from domain.outbox import Recipient
from domain.roadmap import KeptItem, Roadmap
from storage import group as group_rows
from storage import notice as notice_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage import survey as survey_rows
from storage.database import Transaction


async def withdraw_notices(tx: Transaction, item_id: int) -> None:
    """Take back unsent messages about an item; the next planning composes them anew without it."""
    await outbox_rows.withdraw(tx, await notice_rows.unsent_about(tx, item_id))


async def tell_about_move(
    tx: Transaction,
    project: Project,
    roadmap: Roadmap,
    before: KeptItem,
    after: KeptItem,
    why: str,
    now: datetime,
    *,
    besides: Collection[str] = (),
) -> int:
    """«Перенесено с … на …, основание» to everybody who had heard of the old deadline; returns how many are told.
    ``besides`` are the keys of those who hear it in other words at this moment.

    A day chosen for an «после …» item is news for its groups as well, which were not told anything before.
    """
    if effective(before.item) == effective(after.item):
        return 0
    await withdraw_notices(tx, after.id)
    news = f"moved:{after.id}:"
    chosen = before.item.held_on is None and after.item.held_on is not None
    hears = groups(after.item, roadmap) if chosen else frozenset[str]()
    recipients = [
        one for one in await _concerned(tx, after.id, news, hears, project.today(now)) if one.key not in besides
    ]
    button = Button(project.texts.plain("notice.button-more"), press("more", after.id))
    return await project.tell(
        tx,
        recipients,
        f"{news}{now.isoformat()}",
        "notice.date-chosen" if chosen else "notice.moved",
        now,
        ((button,),),
        before=before.item,
        after=after.item,
        why=why,
    )


async def _concerned(tx: Transaction, item_id: int, news: str, hears: Collection[str], today: date) -> list[Recipient]:
    """Whoever was told of an item, of an earlier move of it or of its survey, and whose addresses are to hear of it."""
    keys = {*await notice_rows.told_about(tx, item_id), *await outbox_rows.recipients_of(tx, news)}
    found = [one for one in await _everybody(tx, today) if one.key in keys or one.addresses & set(hears)]
    bearers, known = await people_rows.bearers(tx, today), {one.key for one in found}
    asked = [bearers[one].recipient for one in await survey_rows.told_about(tx, item_id) if one in bearers]
    return [*found, *(one for one in asked if one.key not in known)]


async def _everybody(tx: Transaction, today: date) -> list[Recipient]:
    groups_ = [group.recipient for group in await group_rows.all_groups(tx) if group.channel]
    return [*groups_, *await people_rows.recipients(tx, today)]
