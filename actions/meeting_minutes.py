"""«Итоги встречи»: what was decided goes to everybody invited, and the meeting's item is done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from actions.meeting_asking import hearers
from actions.meeting_ending import ItemEnd, end_item, item_end
from actions.meeting_look import MeetingCard, led, meeting_of
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.broadcast import BroadcastFile
from domain.button import Button, press
from domain.hours import EVENT_LIFE
from domain.meeting import Meeting, MeetingState
from domain.meeting_ending import Close, minutes_of, refuse_empty
from domain.outbox import Draft, OutFile, Recipient, Urgency
from domain.people import Member
from domain.refusal import Refusal
from storage import audit as audit_rows
from storage import meeting as meeting_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class MinutesView:
    """The minutes of a meeting as they stand at ``card.now``: to how many chats they would go, and what becomes of the
    item. ``told`` is to how many they were just sent, ``None`` where they were sent before."""

    card: MeetingCard
    listeners: int
    end: ItemEnd
    told: int | None = None

    @property
    def was_sent(self) -> bool:
        """Whether everybody has them already: what is sent now is a correction."""
        return self.card.one.state is MeetingState.HELD

    @property
    def seen(self) -> int:
        """Tells what was looked at from what was sent since; never 0 once they were sent."""
        held = self.card.one.held_at
        return 0 if held is None else int(held.timestamp() * 1_000_000)


class MeetingMinutes:
    """Use cases of whoever leads a meeting that has begun."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def look(self, meeting_id: int, *, by: Member, now: datetime) -> MinutesView:
        """As they stand. Raises ``Refusal`` for whoever does not lead the meeting, and before it begins."""
        require(by, Right.HOLD_MEETINGS)
        async with self._database.read() as tx:
            return await self._view(tx, meeting_id, by, now)

    async def write(self, meeting_id: int, text: str, *, by: Member, now: datetime) -> MinutesView:
        """What was decided, in place of what was written before. Raises ``Refusal`` for nothing, and for too much."""
        person_id, words = require(by, Right.HOLD_MEETINGS), minutes_of(text)
        async with self._database.transaction() as tx:
            view = await self._view(tx, meeting_id, by, now)
            if view.card.one.minutes_text != words:
                await meeting_rows.save(tx, replace(view.card.one, minutes_text=words))
                await audit_rows.record(tx, now, person_id, Deed.MEETING_CHANGED, meeting=meeting_id)
            return await self._view(tx, meeting_id, by, now)

    async def ready(self, meeting_id: int, *, by: Member, now: datetime) -> MinutesView:
        """The same before it is asked whether to send them. Raises ``Refusal`` where there is nothing to send."""
        view = await self.look(meeting_id, by=by, now=now)
        refuse_empty(view.card.one)
        return view

    async def send(self, meeting_id: int, seen: int, close: Close, *, by: Member, now: datetime) -> MinutesView:
        """«Разослать итоги»: everybody invited gets them, and the item is done. What was ``seen`` is sent once; then it
        is sent again as corrected, and nothing happens to the item.

        Raises ``Refusal`` where there is nothing to send, and where the item lacks somebody after all.
        """
        person_id = require(by, Right.HOLD_MEETINGS)
        async with self._database.transaction() as tx:
            view = await self._view(tx, meeting_id, by, now)
            if view.seen != seen:
                return view
            refuse_empty(view.card.one)
            held = _held(view.card.one, now)
            await meeting_rows.save(tx, held)
            await outbox_rows.take_back(tx, _key(held))
            await outbox_rows.take_back(tx, f"meeting-door:{meeting_id}:")
            told = await self._tell(tx, held, view, now)
            await audit_rows.record(tx, now, person_id, Deed.MEETING_HELD, meeting=meeting_id, count=told)
            if not view.was_sent:
                await end_item(tx, self._project, view.card, view.end, close, person_id, now)
            return replace(await self._view(tx, meeting_id, by, now), told=told)

    async def _view(self, tx: Transaction, meeting_id: int, by: Member, now: datetime) -> MinutesView:
        card = await meeting_of(tx, self._project, await led(tx, meeting_id, by), now)
        if card.one.state is MeetingState.DRAFT:
            raise Refusal("meeting.not-called")
        if card.one.state is MeetingState.CANCELLED:
            raise Refusal("meeting.over")
        if not card.has_begun:
            raise Refusal("meeting_minutes.early")
        readers = await _readers(tx, self._project, card)
        return MinutesView(card, len(readers), await item_end(tx, self._project, card, by))

    async def _tell(self, tx: Transaction, one: Meeting, view: MinutesView, now: datetime) -> int:
        project, due = self._project, (await self._project.hours(tx)).awake(now)
        text = project.texts.html("meeting_minutes.told", one=one, zone=project.zone, again=view.was_sent)
        open_ = ((Button(project.texts.plain("meeting.button-open"), press("mtmy", one.id)),),)
        drafts = [
            Draft(
                f"{_key(one)}{now.isoformat()}:{chat.key}",
                chat,
                text,
                due,
                due + EVENT_LIFE,
                open_ if chat.person_id is not None else (),
                Urgency.BULK,
                _files(one.papers, chat.chat.messenger),
            )
            for chat in await _readers(tx, project, view.card)
        ]
        return len(await outbox_rows.put_many(tx, drafts, now))


def _held(one: Meeting, now: datetime) -> Meeting:
    """The door is shut with it."""
    closes = min(now, one.door_closes) if one.door_closes is not None else None
    return replace(one, state=MeetingState.HELD, held_at=now, door_closes=closes)


async def _readers(tx: Transaction, project: Project, card: MeetingCard) -> list[Recipient]:
    """The chats of everybody who was invited or came, or of whoever carries their duties today."""
    invited = {each.chat.key: each.chat for each in await hearers(tx, project, card)}
    came = [each.guest.person_id or 0 for each in card.guests if each.guest.invited_at is None]
    others = {one.key: one for one in (await people_rows.reachable(tx, came)).values()}
    return list((others | invited).values())


def _files(papers: Iterable[BroadcastFile], messenger: str) -> tuple[OutFile, ...]:
    return tuple(OutFile(each.remote_id, each.name, each.is_photo) for each in papers if each.messenger == messenger)


def _key(one: Meeting) -> str:
    return f"meeting-minutes:{one.id}:"
