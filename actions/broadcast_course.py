"""How far announcements are: the author's message is written anew while one runs, and told how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.project import Project
from channels.base import Channel
from domain.broadcast import Broadcast, Tally
from domain.button import Button, press
from domain.outbox import Outgoing, Sent
from storage import broadcast as broadcast_rows
from storage import broadcast_sent as sent_rows
from storage import people as people_rows
from storage.database import Database, Transaction

_PER_SECOND = 30
"""What a messenger takes (messengers.md): by that the time left is reckoned."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one is; ``left`` is about how long the rest takes once it has begun."""

    one: Broadcast
    tally: Tally
    left: timedelta


def progress_of(one: Broadcast, counted: Tally) -> Progress:
    """How far it is by what was counted."""
    return Progress(one, counted, timedelta(seconds=-(-counted.on_the_way // _PER_SECOND)))


class BroadcastCourse:
    """What the clock asks for. ``channels`` write the author's message anew, outside any transaction."""

    def __init__(self, database: Database, project: Project, channels: Mapping[str, Channel]) -> None:
        self._database = database
        self._project = project
        self._channels = channels
        self._shown: dict[int, str] = {}

    async def run(self, now: datetime) -> int:
        """Bring every author's message up to date; returns how many announcements have ended."""
        async with self._database.read() as tx:
            going = await broadcast_rows.running(tx)
            found = [(await self._progress(tx, one), message) for one, message in going]
        ended = 0
        for progress, message in found:
            await self._show(progress, message, now)
            if progress.tally.is_over:
                ended += await self._end(progress, now)
        return ended

    async def _progress(self, tx: Transaction, one: Broadcast) -> Progress:
        return progress_of(one, (await sent_rows.tallies(tx, [one.id]))[one.id])

    async def _show(self, progress: Progress, message: str, now: datetime) -> None:
        """Once for each change; where the messenger refuses, the report at the end says it all."""
        text = self._project.texts.html("broadcast.progress", progress=progress, now=now, zone=self._project.zone)
        if not message or self._shown.get(progress.one.id) == text:
            return
        async with self._database.read() as tx:
            chat = await people_rows.recipient(tx, progress.one.author_id)
        if chat is not None and chat.chat.messenger in self._channels:
            look = Button(self._project.texts.plain("broadcast.button-card"), press("bcbeside", progress.one.id))
            outgoing = Outgoing(chat.chat, text, ((look,),), edits=message, is_quiet=True)
            outcome = await self._channels[chat.chat.messenger].send(outgoing)
            self._shown[progress.one.id] = text
            if isinstance(outcome, Sent) and outcome.message_id != message:  # the old one is not there any more
                async with self._database.transaction() as tx:
                    await broadcast_rows.watch(tx, progress.one.id, outcome.message_id)

    async def _end(self, progress: Progress, now: datetime) -> bool:
        """The author hears how it ended, once; while it was shown, it may have been sent once more."""
        one = progress.one
        async with self._database.transaction() as tx:
            progress = await self._progress(tx, one)
            if one.id not in {each.id for each, _ in await broadcast_rows.running(tx)} or not progress.tally.is_over:
                return False
            await broadcast_rows.ended(tx, one.id)
            chat = await people_rows.recipient(tx, one.author_id)
            look = Button(self._project.texts.plain("broadcast.button-report"), press("bcreport", one.id, 0))
            key = f"broadcast-end:{one.id}:{now.isoformat()}"
            recipients = [chat] if chat is not None else []
            await self._project.tell(tx, recipients, key, "broadcast.ended", now, ((look,),), progress=progress)
        self._shown.pop(one.id, None)
        return True
