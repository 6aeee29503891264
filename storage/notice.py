"""What the bot said about items, to whom, and how people answered."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from domain.forecast import SaidLine
from domain.notice import Notice
from domain.outbox import ChatAddress, OutboxState
from storage import tables as t
from storage.database import Transaction

_UNSENT = (OutboxState.PLANNED,)
_TOLD = (OutboxState.SENDING, OutboxState.SENT)


async def add_lines(
    tx: Transaction, outbox_id: int, recipient: str, said_on: date, lines: Iterable[tuple[int, Notice]]
) -> None:
    """Remember which items (by their ids) a message is about, and on what occasion."""
    rows = [
        {
            "outbox_id": outbox_id,
            "recipient": recipient,
            "item_id": item_id,
            "occasion": notice.occasion,
            "days": notice.days,
            "said_on": said_on,
        }
        for item_id, notice in lines
    ]
    if rows:
        await tx.execute(insert(t.notice_line), rows)


async def unanswered(tx: Transaction, people: Collection[int]) -> dict[int, dict[int, int]]:
    """Person id → item id → how many reminders they got since they last did anything about the item."""
    line, box, seen = t.notice_line.c, t.outbox.c, t.attention.c
    query = (
        select(box.person_id, line.item_id, func.count().label("times"))
        .join(t.outbox, box.id == line.outbox_id)
        .outerjoin(t.attention, (seen.item_id == line.item_id) & (seen.person_id == box.person_id))
        .where(box.person_id.in_(people), box.state.in_(_TOLD))
        .where(or_(seen.answered_at.is_(None), func.coalesce(box.sent_at, box.due_at) > seen.answered_at))
        .group_by(box.person_id, line.item_id)
    )
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for row in await tx.execute(query):
        found[row.person_id][row.item_id] = row.times
    return found


async def snoozed(tx: Transaction, people: Collection[int]) -> dict[int, dict[int, date]]:
    """Person id → item id → the local day until which they put its reminders off."""
    c = t.attention.c
    query = select(c.person_id, c.item_id, c.snoozed_until).where(c.person_id.in_(people), c.snoozed_until.is_not(None))
    found: dict[int, dict[int, date]] = defaultdict(dict)
    for row in await tx.execute(query):
        found[row.person_id][row.item_id] = row.snoozed_until
    return found


async def answer(tx: Transaction, person_id: int, item_ids: Iterable[int], now: datetime, until: date | None) -> None:
    """A person did something about items; ``until`` is the day to remind again, if they asked for one."""
    ids = list(item_ids)
    c = t.attention.c
    await tx.execute(delete(t.attention).where(c.person_id == person_id, c.item_id.in_(ids)))
    rows = [{"person_id": person_id, "item_id": one, "answered_at": now, "snoozed_until": until} for one in ids]
    if rows:
        await tx.execute(insert(t.attention), rows)


async def wakes(tx: Transaction, today: date) -> set[date]:
    """The local days from today on, on which somebody of the project is to be reminded of what they put off."""
    c, p = t.attention.c, t.person.c
    query = select(c.snoozed_until).join(t.person, p.id == c.person_id).where(p.removed_at.is_(None))
    return set(await tx.scalars(query.where(c.snoozed_until >= today).distinct()))


async def put_off_further(tx: Transaction, person_id: int, today: date, until: date) -> None:
    """What a person was to be reminded of from ``today`` to before ``until`` waits until then."""
    c = t.attention.c
    waiting = (c.person_id == person_id, c.snoozed_until >= today, c.snoozed_until < until)
    await tx.execute(update(t.attention).where(*waiting).values(snoozed_until=until))


async def look(tx: Transaction, person_id: int, item_id: int, now: datetime) -> None:
    """A person looked at an item: its reminders are answered, what was put off stays put off."""
    seen = {"of_person": person_id, "of_item": item_id, "answered_at": now}
    if (await tx.execute(_LOOK, seen)).rowcount == 0:
        await tx.execute(insert(t.attention).values(person_id=person_id, item_id=item_id, answered_at=now))


# Composed once: it stands behind every press on an item.
_LOOK = update(t.attention).where(
    t.attention.c.person_id == bindparam("of_person"), t.attention.c.item_id == bindparam("of_item")
)


async def unsent_about(tx: Transaction, item_id: int) -> list[int]:
    """Messages about an item that nobody started to send."""
    return await _messages_about(tx, item_id, _UNSENT)


async def told_about(tx: Transaction, item_id: int) -> list[str]:
    """The recipients who already heard of an item."""
    line, box = t.notice_line.c, t.outbox.c
    query = select(line.recipient).join(t.outbox, box.id == line.outbox_id)
    return list(await tx.scalars(query.where(line.item_id == item_id, box.state.in_(_TOLD)).distinct()))


async def _messages_about(tx: Transaction, item_id: int, states: Iterable[OutboxState]) -> list[int]:
    line, box = t.notice_line.c, t.outbox.c
    query = select(box.id).join(t.notice_line, box.id == line.outbox_id)
    return list(await tx.scalars(query.where(line.item_id == item_id, box.state.in_(states)).distinct()))


async def said(tx: Transaction, since: datetime, until: datetime) -> list[SaidLine]:
    """The lines sent from ``since`` to before ``until`` (UTC), in the order they were sent."""
    line, box = t.notice_line.c, t.outbox.c
    query = (
        select(
            box.sent_at, box.messenger, box.chat_id, box.thread_id, box.group_id, box.message_id,
            t.roadmap.c.slug, t.item.c.number, line.occasion,
        )
        .select_from(t.notice_line)
        .join(t.outbox, box.id == line.outbox_id)
        .join(t.item, t.item.c.id == line.item_id)
        .join(t.roadmap, t.roadmap.c.id == t.item.c.roadmap_id)
        .where(box.state == OutboxState.SENT, box.sent_at >= since, box.sent_at < until)
        .order_by(box.sent_at, box.id, line.id)
    )  # fmt: skip
    return [
        SaidLine(
            row.sent_at,
            ChatAddress(row.messenger, row.chat_id, row.thread_id, is_group=row.group_id is not None),
            row.message_id,
            row.slug,
            row.number,
            row.occasion,
        )
        for row in await tx.execute(query)
    ]


async def items_of_day(tx: Transaction, recipient: str, day: date) -> list[int]:
    """The items that a recipient's message of a day was about."""
    line = t.notice_line.c
    query = select(line.item_id).where(line.recipient == recipient, line.said_on == day).distinct()
    return list(await tx.scalars(query))
