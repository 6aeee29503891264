"""Group chats and the channels they are bound to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, RowMapping, Table, delete, insert, select, update

from domain.outbox import ChatAddress, Recipient
from storage import tables as t
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Group:
    """A group the bot was added to. ``channel`` is the roadmap's channel id it is bound as."""

    id: int
    chat: ChatAddress
    title: str
    channel: str | None
    removed_at: datetime | None

    @property
    def recipient(self) -> Recipient:
        """The group as the outbox sees it."""
        addresses = frozenset({f"group:{self.channel}"}) if self.channel else frozenset[str]()
        return Recipient(f"group:{self.id}", self.chat, addresses, group_id=self.id, title=self.title)


async def all_groups(tx: Transaction) -> tuple[Group, ...]:
    """Every group that the bot has not been removed from, the oldest first."""
    query = select(t.group_chat).where(t.group_chat.c.removed_at.is_(None)).order_by(t.group_chat.c.id)
    return tuple(_group(row) for row in (await tx.execute(query)).mappings())


async def get_group(tx: Transaction, group_id: int) -> Group | None:
    """The group of that id."""
    row = (await tx.execute(select(t.group_chat).where(t.group_chat.c.id == group_id))).mappings().first()
    return None if row is None else _group(row)


async def find_group(tx: Transaction, messenger: str, chat_id: int) -> Group | None:
    """The group of that chat."""
    c = t.group_chat.c
    query = select(t.group_chat).where(c.messenger == messenger, c.chat_id == chat_id)
    row = (await tx.execute(query)).mappings().first()
    return None if row is None else _group(row)


async def save_group(tx: Transaction, messenger: str, chat_id: int, title: str) -> Group:
    """Remember a group the bot is in, or that it is back in one."""
    c = t.group_chat.c
    known = update(t.group_chat).where(c.messenger == messenger, c.chat_id == chat_id)
    if (await tx.execute(known.values(title=title, removed_at=None))).rowcount == 0:
        await tx.execute(insert(t.group_chat).values(messenger=messenger, chat_id=chat_id, title=title))
    found = await find_group(tx, messenger, chat_id)
    assert found is not None  # noqa: S101  written two lines above
    return found


async def bind(tx: Transaction, group: Group, channel: str | None, thread_id: int | None, at: datetime) -> None:
    """Bind a group as a channel (``None`` unbinds); whatever was bound as that channel before is unbound."""
    c = t.group_chat.c
    if channel is not None:
        others = update(t.group_chat).where(c.messenger == group.chat.messenger, c.channel == channel, c.id != group.id)
        await tx.execute(others.values(channel=None, bound_at=None))
    values = {"channel": channel, "thread_id": thread_id, "bound_at": at if channel else None}
    await tx.execute(update(t.group_chat).where(c.id == group.id).values(**values))


async def set_removed(tx: Transaction, group_id: int, at: datetime) -> bool:
    """Remember that the bot is no longer in a group, whose binding is undone; false when that was known."""
    c = t.group_chat.c
    query = update(t.group_chat).where(c.id == group_id, c.removed_at.is_(None))
    return (await tx.execute(query.values(removed_at=at, channel=None, bound_at=None))).rowcount == 1


async def migrate(tx: Transaction, messenger: str, old_chat_id: int, new_chat_id: int) -> bool:
    """A group became a supergroup: its new id is saved, also in what waits to be sent. False when it is unknown."""
    c = t.group_chat.c
    group = await find_group(tx, messenger, old_chat_id)
    if group is None:
        return False
    twin = await find_group(tx, messenger, new_chat_id)  # met as a stranger before the message about the change arrived
    kept, extra = (twin, group) if twin is not None and twin.channel is not None else (group, twin)
    if extra is not None:
        await _merge(tx, extra, kept)
    removed_at = group.removed_at if twin is None else twin.removed_at
    await tx.execute(update(t.group_chat).where(c.id == kept.id).values(chat_id=new_chat_id, removed_at=removed_at))
    waiting = update(t.outbox).where(t.outbox.c.messenger == messenger, t.outbox.c.chat_id == old_chat_id)
    await tx.execute(waiting.values(chat_id=new_chat_id))
    return True


async def _merge(tx: Transaction, extra: Group, kept: Group) -> None:
    """What was said to one group was said to the other; the extra one goes."""
    await tx.execute(update(t.outbox).where(t.outbox.c.group_id == extra.id).values(group_id=kept.id))
    lines = update(t.notice_line).where(t.notice_line.c.recipient == extra.recipient.key)
    await tx.execute(lines.values(recipient=kept.recipient.key))
    await _hand_over(tx, t.broadcast_part, t.broadcast_part.c.broadcast_id, extra, kept)
    await _hand_over(tx, t.meeting_guest, t.meeting_guest.c.meeting_id, extra, kept)
    await tx.execute(delete(t.group_chat).where(t.group_chat.c.id == extra.id))


async def _hand_over(tx: Transaction, table: Table, of: Column[int], extra: Group, kept: Group) -> None:
    """Where one was addressed the other was; where both were, once."""
    c = table.c
    both = select(of).where(c.group_id == kept.id)
    await tx.execute(delete(table).where(c.group_id == extra.id, of.in_(both)))
    theirs = update(table).where(c.group_id == extra.id)
    await tx.execute(theirs.values(group_id=kept.id, recipient=kept.recipient.key))


def _group(row: RowMapping) -> Group:
    chat = ChatAddress(row["messenger"], row["chat_id"], row["thread_id"], is_group=True)
    return Group(row["id"], chat, row["title"], row["channel"], row["removed_at"])
