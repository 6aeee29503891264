"""What announcements owe is put into the outbox a chunk at a time: a press waits for one chunk at most, and whatever
interrupts this loses nobody and repeats nobody: a chunk is laid and paid in one transaction."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from actions.broadcast_look import buttons_for, files_for
from actions.project import Project
from domain.broadcast import MESSAGE_LIMIT, Broadcast, addressee, filled, variables
from domain.broadcast_delivery import Owed
from domain.hours import EVENT_LIFE
from domain.outbox import Draft, Recipient, Urgency
from domain.survey_count import Silence, silence
from storage import broadcast as broadcast_rows
from storage import broadcast_owed as owed_rows
from storage import group as group_rows
from storage import meeting as meeting_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage.broadcast_owed import Came, OwedPart
from storage.database import Database, Transaction

CHUNK = 200
"""Recipients whose messages are laid in one transaction."""
_EDITS = Owed.EDIT, Owed.EDIT_NUDGE


@dataclass(frozen=True, slots=True)
class _Chunk:
    """The next of those to whom an announcement owes something: their ``chats`` and texts by their keys (none for who
    cannot be written to), and what they have of it already. ``until`` is when nothing new goes any more: an invitation
    is of no use once its meeting is over."""

    one: Broadcast
    parts: Sequence[OwedPart]
    chats: dict[str, Recipient]
    texts: dict[str, str]
    came: dict[str, Came]
    due: datetime
    until: datetime
    now: datetime

    def owed(self, *what: Owed) -> list[OwedPart]:
        """To whom these are owed, of those who can be written to."""
        return [part for part in self.parts if part.owed in what and part.key in self.chats]


class BroadcastLaying:
    """What the clock asks for, and each press that sets an announcement going."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project
        self._turn = asyncio.Lock()

    @property
    def is_laying(self) -> bool:
        """Whether a run is under way: of an announcement to thousands it takes seconds."""
        return self._turn.locked()

    async def run(self, now: datetime) -> int:
        """Everything that is owed, a chunk of each announcement in turn; returns to how many recipients it was."""
        async with self._turn:
            async with self._database.read() as tx:
                owing = await owed_rows.owing(tx)
            count = 0
            while owing:
                laid = {one: await self.step(one, now) for one in owing}
                owing = [one for one in owing if laid[one]]
                count += sum(laid.values())
                await asyncio.sleep(0)
            return count

    async def step(self, broadcast_id: int, now: datetime) -> int:
        """The next chunk of one announcement; returns of how many recipients, none where nothing can be laid now."""
        async with self._database.transaction() as tx:
            one = await broadcast_rows.get(tx, broadcast_id)
            parts = [] if one is None else await owed_rows.chunk(tx, broadcast_id, CHUNK)
            if one is None or not parts:
                return 0
            chunk = await self._chunk(tx, one, parts, now)
            await self._silence(tx, chunk)
            await self._edit(tx, chunk)
            await self._remove(tx, chunk)
            await self._nudge(tx, chunk)
            await owed_rows.paid(tx, one.id, [part.key for part in parts if part.owed is not Owed.SEND])
            await self._send(tx, chunk)
        return len(parts)

    async def _chunk(self, tx: Transaction, one: Broadcast, parts: list[OwedPart], now: datetime) -> _Chunk:
        people = [part.person_id for part in parts if part.person_id is not None]
        chats = {each.key: each for each in (await people_rows.reachable(tx, people)).values()}
        if len(people) < len(parts):
            chats |= {each.recipient.key: each.recipient for each in await group_rows.all_groups(tx)}
        texts = dict.fromkeys(chats, one.text)
        if variables(one.text):
            registry = await registry_rows.registry(tx, people)
            values = [addressee(each, registry, None) for each in registry.people]
            texts |= {each.key: filled(one.text, each.values) for each in values}
        known = [part.key for part in parts if part.owed is not Owed.SEND]
        came = await owed_rows.came(tx, one.id, known) if known else {}
        due = (await self._project.hours(tx)).awake(max(one.start or now, now))
        meeting = None if one.meeting_id is None else await meeting_rows.get(tx, one.meeting_id)
        over = None if meeting is None else meeting.ends_at
        until = due + EVENT_LIFE if over is None else min(due + EVENT_LIFE, over)
        return _Chunk(one, parts, chats, texts, came, due, until, now)

    async def _silence(self, tx: Transaction, chunk: _Chunk) -> None:
        """Who was to get it and cannot be written to any more, and why."""
        lost = [part for part in chunk.parts if part.owed is Owed.SEND and part.key not in chunk.chats]
        if lost:
            people = [part.person_id for part in lost if part.person_id is not None]
            registry, blocked = await registry_rows.registry(tx, people), await registry_rows.blocked_people(tx)
            why = {part.key: silence(registry.person(part.person_id), blocked) or Silence.GONE for part in lost}
            await broadcast_rows.silenced(tx, chunk.one.id, why)

    async def _send(self, tx: Transaction, chunk: _Chunk) -> None:
        drafts = {part.key: self._draft(chunk, part.key, Owed.SEND) for part in chunk.owed(Owed.SEND)}
        ids = await outbox_rows.put_many(tx, list(drafts.values()), chunk.now)
        await broadcast_rows.written(tx, chunk.one.id, {key: ids[draft.key] for key, draft in drafts.items()})

    async def _edit(self, tx: Transaction, chunk: _Chunk) -> None:
        """Other words where it has come, and in what waits to go."""
        found = [(part.key, chunk.came[part.key]) for part in chunk.owed(*_EDITS) if part.key in chunk.came]
        await outbox_rows.withdraw(tx, [one for _, came in found for one in came.editing])
        rows = [(key, row, is_nudge) for key, came in found for row, is_nudge in came.waiting.items()]
        waiting = {row: self._words(chunk, key, is_nudge=is_nudge) for key, row, is_nudge in rows}
        await outbox_rows.rewrite(tx, waiting, chunk.due)
        said = [(key, message, is_nudge) for key, came in found for message, is_nudge in came.said.items()]
        drafts = [
            replace(
                self._draft(chunk, key, Owed.EDIT, message),
                text=self._words(chunk, key, is_nudge=is_nudge),
                files=(),
                edits=message,
            )
            for key, message, is_nudge in said
        ]
        await outbox_rows.put_many(tx, drafts, chunk.now)

    async def _nudge(self, tx: Transaction, chunk: _Chunk) -> None:
        """The words once more, without the files: those stand above."""
        drafts = [
            replace(
                self._draft(chunk, part.key, Owed.NUDGE), text=self._words(chunk, part.key, is_nudge=True), files=()
            )
            for part in chunk.owed(Owed.NUDGE, Owed.EDIT_NUDGE)
        ]
        await outbox_rows.put_many(tx, drafts, chunk.now)

    def _words(self, chunk: _Chunk, key: str, *, is_nudge: bool) -> str:
        """What a message says; above a reminder stands that it is one, where there is room."""
        text = chunk.texts[key]
        if not is_nudge:
            return text
        reminder = "\n\n".join(filter(None, (self._project.texts.html("broadcast.nudge"), text)))
        return reminder if len(reminder) <= MESSAGE_LIMIT else text

    async def _remove(self, tx: Transaction, chunk: _Chunk) -> None:
        drafts = [
            replace(self._draft(chunk, part.key, Owed.REMOVE), text="", buttons=(), files=(), removes=messages)
            for part in chunk.owed(Owed.REMOVE)
            if (messages := _everything(chunk.came.get(part.key, Came())))
        ]
        await outbox_rows.put_many(tx, drafts, chunk.now)

    def _draft(self, chunk: _Chunk, key: str, what: Owed, *more: str) -> Draft:
        one, chat = chunk.one, chunk.chats[key]
        return Draft(
            owed_rows.key_to(one.id, key) + ":".join((what, str(one.rounds), *more)),
            chat,
            chunk.texts[key],
            chunk.due,
            chunk.until if what is Owed.SEND else chunk.due + EVENT_LIFE,
            buttons_for(one, self._project, is_person=chat.person_id is not None),
            Urgency.BULK,
            files_for(one, chat.chat.messenger),
            one.is_quiet,
            lane=one.id,
        )


def _everything(came: Came) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*came.said, *came.beside)))
