"""«Через час: …»: shortly before a meeting begins, to whoever comes; never at night, never when it has begun."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from actions.meeting_asking import Hearer, hearers, moments_of
from actions.meeting_buttons import answer_buttons
from actions.meeting_look import MeetingCard, meeting_of
from actions.project import Project
from domain.button import Button, Keyboard, press
from domain.hours import Hours
from domain.meeting import Coming, Meeting
from domain.meeting_day import soon_at
from domain.outbox import Draft
from storage import meeting as meeting_rows
from storage import outbox as outbox_rows
from storage import own_reminders as own_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class _Due:
    """Somebody who is to hear now that it begins for them at ``starts_at`` (UTC)."""

    hearer: Hearer
    starts_at: datetime
    due_at: datetime


class MeetingCourse:
    """What the clock asks for."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def run(self, now: datetime) -> int:
        """Put the reminders of this hour into the outbox, each once; returns how many."""
        async with self._database.read() as tx:
            hours = await self._project.hours(tx)
            near = [one for one in await meeting_rows.called(tx) if await self._is_near(tx, one, hours, now)]
        if not near:
            return 0
        async with self._database.transaction() as tx:
            hours, ids = await self._project.hours(tx), {one.id for one in near}
            return sum(
                [await self._remind(tx, one, hours, now) for one in await meeting_rows.called(tx) if one.id in ids]
            )

    async def _is_near(self, tx: Transaction, one: Meeting, hours: Hours, now: datetime) -> bool:
        return any(_due_at(moment, hours, now) is not None for moment in await moments_of(tx, one))

    async def _remind(self, tx: Transaction, one: Meeting, hours: Hours, now: datetime) -> int:
        card = await meeting_of(tx, self._project, one, now)
        paused = {who for who, own in (await own_rows.all_reminders(tx)).items() if own.is_paused(hours.today(now))}
        due = [
            each
            for hearer in await hearers(tx, self._project, card)
            if hearer.one.guest.coming is not Coming.NO and hearer.chat.person_id not in paused
            for each in self._of(hearer, hours, now)
        ]
        drafts = [self._draft(card, each, hours) for each in due]
        known = await outbox_rows.known(tx, [draft.key for draft in drafts])
        return len(await outbox_rows.put_many(tx, [draft for draft in drafts if draft.key not in known], now))

    def _of(self, hearer: Hearer, hours: Hours, now: datetime) -> Iterator[_Due]:
        for each in hearer.appointments:
            moment = None if each.starts_at is None else soon_at(each.starts_at, hours)
            if each.starts_at is None or moment is None or not hearer.knew_by(each, moment):
                continue
            due_at = _due_at(each.starts_at, hours, now)
            if due_at is not None:
                yield _Due(hearer, each.starts_at, due_at)

    def _draft(self, card: MeetingCard, due: _Due, hours: Hours) -> Draft:
        one, guest, texts = card.one, due.hearer.one.guest, self._project.texts
        text = texts.html(
            "meeting_day.soon",
            card=card,
            one=one,
            starts_at=due.starts_at,
            minutes=ceil((due.starts_at - due.due_at).total_seconds() / 60),
            guest=guest,
            instead_of=due.hearer.instead_of,
        )
        until = min(due.starts_at, hours.evening(hours.today(due.due_at)))
        buttons = _buttons(self._project, one, guest.coming) if guest.person_id is not None else ()
        return Draft(
            soon_key(one.id, due.hearer.chat.key, due.starts_at), due.hearer.chat, text, due.due_at, until, buttons
        )


def soon_key(meeting_id: int, recipient: str, starts_at: datetime | None = None) -> str:
    """Of a reminder, once for each chat and instant: moved to another, it reminds anew. Without the instant, how the
    keys of all that a chat hears of a meeting begin."""
    instant = "" if starts_at is None else f"{starts_at:%Y%m%d%H%M}"
    return f"meeting-soon:{meeting_id}:{recipient}:{instant}"


def _due_at(starts_at: datetime, hours: Hours, now: datetime) -> datetime | None:
    """Now, where it is time to remind of what begins then and the night is not in the way."""
    moment = soon_at(starts_at, hours)
    return now if moment is not None and moment <= now < starts_at and hours.awake(now) == now else None


def _buttons(project: Project, one: Meeting, coming: Coming | None) -> Keyboard:
    """Whoever has not answered yet still may."""
    if coming is None:
        return answer_buttons(project.texts, one.id)
    return ((Button(project.texts.plain("meeting.button-open"), press("mtmy", one.id)),),)
