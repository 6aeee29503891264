"""The bot speaks by itself: plans the day's one message of every chat, offers to carry an old roadmap over."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from actions.day_message import DayMessages
from actions.listeners import Listening, listening
from actions.project import Project, live
from actions.survey_asking import SurveyLine
from domain.access import Right, require
from domain.agenda import Line
from domain.button import Button, press
from domain.debtor import speaks_for
from domain.hours import Hours
from domain.notice import Notice, last_day
from domain.outbox import Draft, Recipient
from domain.own_reminders import own_hours
from domain.people import Member
from domain.refusal import Refusal
from domain.roadmap import KeptRoadmap
from domain.survey import occasion_of
from domain.task import tasks
from storage import completion as completion_rows
from storage import notice as notice_rows
from storage import outbox as outbox_rows
from storage import own_reminders as own_rows
from storage import roadmap as roadmap_rows
from storage import survey as survey_rows
from storage.database import Database, Transaction


class Later(StrEnum):
    """For how long a person puts reminders off."""

    TOMORROW = "tomorrow"
    THREE_DAYS = "three-days"
    MONDAY = "monday"


class Notices:
    """Rules of the design: notices.md."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project
        self._texts = project.texts

    async def plan(self, now: datetime) -> int:
        """Put into the outbox what is due at ``now`` and not there yet; returns how many messages were added."""
        async with self._database.transaction() as tx:
            hours = await self._project.hours(tx)
            today = hours.today(now)
            if not hours.at(today, hours.rules.quiet_until) <= now < hours.evening(today):
                return 0
            roadmaps = await roadmap_rows.all_roadmaps(tx)
            added = await self._say(tx, live(roadmaps, today), hours, now)
            if now < hours.morning(today, digest=True):
                return added
            return added + await self._offer_to_carry_over(tx, roadmaps, today, now)

    async def _say(self, tx: Transaction, roadmaps: list[KeptRoadmap], hours: Hours, now: datetime) -> int:
        today = hours.today(now)
        composed = DayMessages(self._project, roadmaps, hours, now)
        chats = [one for one in await listening(tx, hours, today) if self._hears(composed, one, now)]
        told = await outbox_rows.known(tx, [_key(today, one.recipient) for one in chats])
        silent = [one for one in chats if _key(today, one.recipient) not in told]
        lines = await composed.lines(tx, silent)
        added = 0
        for one in silent:
            own = lines.get(one.recipient.key, [])
            if own or composed.says_more(one):
                added += await self._put(tx, one, own, composed, now)
        return added

    def _hears(self, composed: DayMessages, one: Listening, now: datetime) -> bool:
        """Whether the hour of a chat's message has come, and its person wants any."""
        today = one.hours.today(now)
        if one.paused_until is not None and today < one.paused_until:
            return False
        return now >= one.hours.morning(today, digest=composed.has_digest(one))

    async def _put(
        self, tx: Transaction, one: Listening, lines: list[Line], composed: DayMessages, now: datetime
    ) -> bool:
        today = one.hours.today(now)
        text, buttons = composed.message(one, lines)
        due = one.hours.morning(today, digest=composed.has_digest(one))
        draft = Draft(_key(today, one.recipient), one.recipient, text, due, one.hours.evening(today), buttons)
        outbox_id = await outbox_rows.put(tx, draft, now)
        if outbox_id is not None:
            said = [(line.item_id, line.notice) for line in lines] + _of_surveys(composed.surveys(one), today)
            await notice_rows.add_lines(tx, outbox_id, one.recipient.key, today, said)
            for asked in composed.surveys(one):
                survey = asked.looked.survey.id
                await survey_rows.said(tx, outbox_id, survey, one.recipient.person_id or 0, asked.ask, today)
        return outbox_id is not None

    async def _offer_to_carry_over(
        self, tx: Transaction, roadmaps: Iterable[KeptRoadmap], today: date, now: datetime
    ) -> int:
        known = {(one.roadmap.region, one.roadmap.year) for one in roadmaps}
        added = 0
        for kept in roadmaps:
            roadmap, end = kept.roadmap, last_day(kept.roadmap)
            next_year = max(roadmap.year + 1, today.year)
            if end is None or end >= today or any(r == roadmap.region and y > roadmap.year for r, y in known):
                continue
            label = self._texts.plain("notice.button-carry-over", year=next_year)
            buttons = ((Button(label, press("carry", kept.id, next_year)),),)
            added += await self._project.tell_coordinators(
                tx, f"carry-over:{kept.id}", "notice.carry-over", now, buttons, roadmap=roadmap, end=end
            )
        return added

    async def snooze(self, day: date, later: Later, *, by: Member, now: datetime) -> date:
        """Put off what the acting person was reminded of on ``day``; returns the day of the next reminder.

        Only their own reminders move, never a deadline. Raises ``Refusal`` when there is nothing to put off.
        """
        person_id = require(by, Right.SNOOZE)
        async with self._database.transaction() as tx:
            items = await notice_rows.items_of_day(tx, by.recipient, day)
            if not items:
                raise Refusal("notice.nothing-to-snooze")
            return await self._put_off(tx, items, later, person_id, now)

    async def snooze_tasks(self, item_id: int | None, later: Later, *, by: Member, now: datetime) -> date:
        """The same for one item that the acting person owes, or with ``None`` for all of them."""
        person_id = require(by, Right.SNOOZE)
        async with self._database.transaction() as tx:
            today = self._project.today(now)
            progress = await completion_rows.progress(tx, speaks_for(by.duties, person_id))
            roadmaps = live(await roadmap_rows.all_roadmaps(tx), today)
            owed = tasks(roadmaps, by.duties, today, person_id=person_id, progress=progress)
            items = [one.kept.id for one in owed if item_id in (None, one.kept.id)]
            if not items:
                raise Refusal("task.nothing-to-put-off")
            return await self._put_off(tx, items, later, person_id, now)

    async def _put_off(self, tx: Transaction, items: list[int], later: Later, person_id: int, now: datetime) -> date:
        own, common = await own_rows.of(tx, person_id), await self._project.hours(tx)
        wanted = own.not_before(_later(common.today(now), later))
        until = own_hours(common, own).calendar.forward(wanted)
        await notice_rows.answer(tx, person_id, items, now, until)
        return until


def _of_surveys(lines: Iterable[SurveyLine], today: date) -> list[tuple[int, Notice]]:
    """What they say of the items whose surveys they are about."""
    return [
        (line.looked.survey.item_id, Notice(today, occasion_of(line.ask), (line.looked.window.closes - today).days))
        for line in lines
        if line.looked.survey.item_id is not None and line.looked.window is not None
    ]


def _key(day: date, recipient: Recipient) -> str:
    """Of a recipient's one message of a day."""
    return f"day:{day}:{recipient.key}"


def _later(today: date, later: Later) -> date:
    match later:
        case Later.TOMORROW:
            return today + timedelta(days=1)
        case Later.THREE_DAYS:
            return today + timedelta(days=3)
    return today + timedelta(days=7 - today.weekday())
