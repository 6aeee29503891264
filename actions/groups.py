"""Groups: which chat is «500+» and which «Вектор успеха», and what happens when the bot comes and goes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.button import Button, Keyboard, press
from domain.outbox import FailureKind
from domain.people import Member, Role
from domain.refusal import Refusal
from domain.roadmap import Channel
from storage import audit as audit_rows
from storage import group as group_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage import roadmap as roadmap_rows
from storage.database import Database, Transaction
from storage.group import Group

CALL_EVERY = timedelta(hours=1)
"""People of a group are called in no oftener than that."""


@dataclass(frozen=True, slots=True)
class CallIn:
    """A call to the people of a group: when it goes or went (UTC). ``waits`` for the end of the quiet hours, ``again``
    when it was sent by an earlier press."""

    group: Group
    at: datetime
    zone: ZoneInfo
    waits: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class GroupList:
    """The groups the bot is in, and the channels they can be bound as."""

    groups: tuple[Group, ...]
    channels: tuple[Channel, ...]

    def title_of(self, channel_id: str) -> str:
        """A channel's title; its id when no roadmap names it any more."""
        return next((one.title for one in self.channels if one.id == channel_id), channel_id)


class Groups:
    """Use cases of group chats."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def added(
        self, messenger: str, chat_id: int, title: str, *, by: Member, now: datetime
    ) -> tuple[str, Keyboard] | None:
        """The bot was added to a group (or came back): the coordinators are asked what group it is.

        A coordinator who added it is waiting for the question, at night too: it is returned, to be asked at once.
        """
        async with self._database.transaction() as tx:
            known = await group_rows.find_group(tx, messenger, chat_id)
            group = await group_rows.save_group(tx, messenger, chat_id, title)
            if known is not None and known.removed_at is None:
                return None
            buttons = binding_buttons(self._project, await _channels(tx), group)
            everybody = await people_rows.recipients_with(tx, Role.COORDINATOR, self._project.today(now))
            others = [one for one in everybody if one.person_id != by.person_id]
            key = f"added:{group.id}:{now.isoformat()}"
            await self._project.tell(tx, others, key, "group.added", now, buttons, title=title)
        asked = len(others) < len(everybody)
        return (self._project.texts.html("group.added", title=title), buttons) if asked else None

    async def removed(self, messenger: str, chat_id: int, *, now: datetime) -> None:
        """The bot was removed from a group: nothing more is sent there, and the coordinators hear of it."""
        async with self._database.transaction() as tx:
            group = await group_rows.find_group(tx, messenger, chat_id)
            if group is not None:
                await lose_group(tx, self._project, group, now)

    async def migrated(self, messenger: str, old_chat_id: int, new_chat_id: int) -> None:
        """The group became a supergroup: its new id is kept everywhere."""
        async with self._database.transaction() as tx:
            await group_rows.migrate(tx, messenger, old_chat_id, new_chat_id)

    async def renamed(self, messenger: str, chat_id: int, title: str) -> None:
        """The group has another title."""
        async with self._database.transaction() as tx:
            if await group_rows.find_group(tx, messenger, chat_id) is not None:
                await group_rows.save_group(tx, messenger, chat_id, title)

    async def here(self, messenger: str, chat_id: int, title: str, *, by: Member) -> Group:
        """The group a coordinator asks about from inside it; remembered if it was not."""
        require(by, Right.BIND_GROUP)
        async with self._database.transaction() as tx:
            return await group_rows.save_group(tx, messenger, chat_id, title)

    async def list(self, *, by: Member) -> GroupList:
        """Every group and every channel that is a group."""
        require(by, Right.BIND_GROUP)
        async with self._database.read() as tx:
            return await self._list(tx)

    async def _list(self, tx: Transaction) -> GroupList:
        return GroupList(await group_rows.all_groups(tx), await _channels(tx))

    async def known(self) -> tuple[Group, ...]:
        """Every group the bot is in, for the operator."""
        async with self._database.read() as tx:
            return await group_rows.all_groups(tx)

    async def bind(
        self,
        group_id: int,
        channel: str | None,
        *,
        from_inside: bool = False,
        thread_id: int | None = None,
        by: Member,
        now: datetime,
    ) -> tuple[Group, GroupList]:
        """Bind a group as a channel, or unbind it with ``None``.

        ``thread_id`` is the forum topic where a coordinator did it ``from_inside``; from elsewhere the topic stays.
        What waits to be sent by the old bindings is withdrawn; the next planning composes it for the new ones.
        Raises ``Refusal`` when the bot is no longer there or no roadmap knows the channel.
        """
        by_id = require(by, Right.BIND_GROUP)
        async with self._database.transaction() as tx:
            group = await group_rows.get_group(tx, group_id)
            if group is None or group.removed_at is not None:
                raise Refusal("group.gone")
            if channel is not None and channel not in {one.id for one in await _channels(tx)}:
                raise Refusal("group.unknown-channel")
            before = await group_rows.all_groups(tx)
            await group_rows.bind(tx, group, channel, thread_id if from_inside else group.chat.thread_id, now)
            now_bound = {one.id: one for one in await group_rows.all_groups(tx)}
            changed = [one for one in before if now_bound[one.id] != one]
            for one in changed:
                await _record_binding(tx, one, now_bound[one.id], by_id, now)
            await outbox_rows.withdraw_for_groups(tx, [one.id for one in changed])
            after = await group_rows.get_group(tx, group_id)
            assert after is not None  # noqa: S101  read above in this transaction
            return after, await self._list(tx)

    async def call_in(self, group_id: int, link: str, *, by: Member, now: datetime) -> CallIn:
        """«Позвать участников»: one message in the group whose button brings people into the registry by ``link``.

        Not at night, and not twice within an hour. Raises ``Refusal`` when the group is gone or is not bound.
        """
        person_id = require(by, Right.BIND_GROUP)
        async with self._database.transaction() as tx:
            group = await group_rows.get_group(tx, group_id)
            if group is None or group.removed_at is not None:
                raise Refusal("group.gone")
            if group.channel is None:
                raise Refusal("group.not-bound")
            key = f"call-in:{group.id}:"
            last = await outbox_rows.latest_due(tx, key)
            if last is not None and last > now - CALL_EVERY:
                return CallIn(group, last, self._project.zone, waits=last > now, again=True)
            button = Button(self._project.texts.plain("join_request.button-begin"), url=link)
            await self._project.tell(tx, [group.recipient], key + now.isoformat(), "group.call-in", now, ((button,),))
            await audit_rows.record(tx, now, person_id, Deed.GROUP_INVITED, group=group.id)
            at = (await self._project.hours(tx)).awake(now)
            return CallIn(group, at, self._project.zone, waits=at > now)


async def _record_binding(tx: Transaction, before: Group, after: Group, by_id: int, now: datetime) -> None:
    deed, channel = Deed.GROUP_BOUND, after.channel
    if channel is None:
        deed, channel = Deed.GROUP_UNBOUND, before.channel
    if channel is not None:
        await audit_rows.record(tx, now, by_id, deed, group=after.id, channel=channel)


def binding_buttons(project: Project, channels: tuple[Channel, ...], group: Group) -> Keyboard:
    """«Привязать как «500+»» for every channel."""
    texts = project.texts
    return tuple(
        (Button(texts.plain("group.button-bind", title=channel.title), press("bind", group.id, channel.id)),)
        for channel in channels
    )


async def lose_group(tx: Transaction, project: Project, group: Group, now: datetime) -> None:
    """Stop writing to a group the bot is no longer in; tell the coordinators once."""
    if await group_rows.set_removed(tx, group.id, now):
        await outbox_rows.stop_for_group(tx, group.id, FailureKind.GONE)
        key = f"removed:{group.id}:{now.isoformat()}"
        await project.tell_coordinators(tx, key, "group.removed", now, title=group.title, channel=group.channel)


async def _channels(tx: Transaction) -> tuple[Channel, ...]:
    found = {
        channel.id: channel
        for kept in await roadmap_rows.all_roadmaps(tx)
        for channel in kept.roadmap.channels
        if channel.group
    }
    return tuple(found.values())
