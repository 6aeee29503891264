"""The bot speaks by itself: plans the day's one message of every chat, offers to carry an old roadmap over."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from actions.project import Project, live
from domain.access import Right, require
from domain.agenda import Agenda, Line, Silence, agenda, heard, lines_of_day, woken
from domain.button import Button, Keyboard, press
from domain.forecast import ComingLine, Forecast, Listener, SaidLine, coming, forecast
from domain.hours import Hours
from domain.notice import COORDINATOR, effective, last_day
from domain.outbox import Draft, Recipient
from domain.people import Member
from domain.refusal import Refusal
from domain.roadmap import KeptRoadmap
from storage import group as group_rows
from storage import notice as notice_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage import roadmap as roadmap_rows
from storage.database import Database, Transaction

SHOWN_LINES = 12
"""Lines of one message; the rest is «и ещё 7» behind a button."""
_BUTTONS_IN_ROW = 3
_LOOKS_AHEAD = (14, 366)
"""Days: the next thing to say is nearly always near, and a whole year takes long to look through."""


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
            if not hours.morning(today, digest=True) <= now < hours.evening(today):
                return 0
            roadmaps = await roadmap_rows.all_roadmaps(tx)
            current = live(roadmaps, today)
            recipients = await self._recipients(tx, today)
            told = await outbox_rows.known(tx, [_key(today, one) for one in recipients])
            silent = [one for one in recipients if _key(today, one) not in told]
            added = sum([await self._plan_for(tx, one, current, hours, now) for one in silent])
            return added + await self._offer_to_carry_over(tx, roadmaps, today, now)

    async def _recipients(self, tx: Transaction, today: date) -> list[Recipient]:
        groups = [group.recipient for group in await group_rows.all_groups(tx) if group.channel]
        return [*groups, *await people_rows.recipients(tx, today)]

    async def _plan_for(
        self, tx: Transaction, recipient: Recipient, roadmaps: list[KeptRoadmap], hours: Hours, now: datetime
    ) -> bool:
        today = hours.today(now)
        digest = COORDINATOR in recipient.addresses and hours.is_digest_day(today) and bool(roadmaps)
        due = hours.morning(today, digest=digest)
        if now < due:
            return False
        lines = await self._lines(tx, recipient, roadmaps, hours, today)
        if not lines and not digest:
            return False
        summary = agenda(roadmaps, today) if digest else None
        text, buttons = self._message(recipient, lines, summary, today, several=len(roadmaps) > 1, hours=hours)
        draft = Draft(_key(today, recipient), recipient, text, due, hours.evening(today), buttons)
        outbox_id = await outbox_rows.put(tx, draft, now)
        if outbox_id is not None:
            await notice_rows.add_lines(tx, outbox_id, recipient.key, today, lines)
        return outbox_id is not None

    async def _lines(
        self, tx: Transaction, recipient: Recipient, roadmaps: list[KeptRoadmap], hours: Hours, today: date
    ) -> list[Line]:
        rules, calendar = hours.rules, hours.calendar
        lines = [line for one in roadmaps for line in lines_of_day(one, recipient.addresses, today, calendar, rules)]
        if recipient.person_id is None:
            return lines
        counts = await notice_rows.unanswered(tx, recipient.person_id)
        known = await notice_rows.attention(tx, recipient.person_id)
        silence = Silence(
            frozenset(item for item, count in counts.items() if count >= rules.unanswered_cap),
            {item: one.snoozed_until for item, one in known.items() if one.snoozed_until},
        )
        lines = heard(lines, silence, today)
        have = {line.item_id for line in lines}
        late = [line for one in roadmaps for line in woken(one, silence, today, calendar, rules)]
        return lines + [line for line in late if line.item_id not in have]

    def _message(
        self,
        recipient: Recipient,
        lines: list[Line],
        summary: Agenda | None,
        today: date,
        *,
        several: bool,
        hours: Hours,
    ) -> tuple[str, Keyboard]:
        private = recipient.person_id is not None
        said = {line.item_id for line in lines}
        weekly = None if summary is None else self._weekly(summary, said, today, hours)
        text = self._texts.html(
            "notice.message",
            today=today,
            lines=lines[:SHOWN_LINES],
            more=max(0, len(lines) - SHOWN_LINES),
            private=private,
            several=several,
            weekly=weekly,
        )
        return text, self._buttons(lines, today, private=private)

    def _weekly(self, summary: Agenda, said: set[int], today: date, hours: Hours) -> dict[str, object]:
        calendar, limit = hours.calendar, hours.rules.escalate_regional
        unsaid = [kept for kept in summary.overdue if kept.id not in said]
        late = [(kept, calendar.working_days_after(effective(kept.item).end or today, today)) for kept in unsaid]
        return {
            "overdue": [{"kept": kept, "working_days": days, "escalated": days >= limit} for kept, days in late],
            "week": summary.today + summary.week,
            "waiting": summary.waiting,
            "unclear": summary.unclear,
            "shown": SHOWN_LINES,
        }

    def _buttons(self, lines: list[Line], today: date, *, private: bool) -> Keyboard:
        label = "notice.button-more" if len(lines) == 1 else "notice.button-item"
        items = [
            Button(self._texts.plain(label, number=line.kept.item.number), press("more", line.item_id))
            for line in lines[: SHOWN_LINES // 2]
        ]
        rows = [tuple(items[start : start + _BUTTONS_IN_ROW]) for start in range(0, len(items), _BUTTONS_IN_ROW)]
        tasks = Button(self._texts.plain("notice.button-tasks"), press("tasks"))
        later = Button(self._texts.plain("notice.button-later"), press("later", f"{today:%Y%m%d}"))
        return (*rows, (tasks, later) if private and lines else (tasks,))

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
            hours = await self._project.hours(tx)
            items = await notice_rows.items_of_day(tx, by.recipient, day)
            if not items:
                raise Refusal("notice.nothing-to-snooze")
            until = hours.calendar.forward(_later(hours.today(now), later))
            await notice_rows.answer(tx, person_id, items, now, until)
            return until

    async def next_moment(self, now: datetime) -> datetime | None:
        """The next instant after ``now`` at which somebody who can be reached may be told something.

        ``None`` when nothing is to be said within a year.
        """
        for days in _LOOKS_AHEAD:
            if found := await self.moments(now, now + timedelta(days=days)):
                return found[0]
        return None

    async def moments(self, now: datetime, until: datetime) -> list[datetime]:
        """Every instant after ``now`` and up to ``until`` at which somebody who can be reached may be told something,
        the earliest first, as long as nobody changes anything.
        """
        async with self._database.read() as tx:
            hours = await self._project.hours(tx)
            roadmaps = await roadmap_rows.all_roadmaps(tx)
            recipients = await self._recipients(tx, hours.today(now))
            wakes = [day for one in recipients if one.person_id for day in await self._wakes(tx, one.person_id)]
        addresses = {one for recipient in recipients for one in recipient.addresses}
        lines = forecast(roadmaps, hours, hours.today(now), hours.today(until))
        moments = {line.at for line in lines if line.to in addresses}
        moments |= {hours.morning(day, digest=False) for day in wakes}
        if COORDINATOR in addresses:
            moments |= {hours.morning(day, digest=True) for day in _digest_days(roadmaps, hours, now, until)}
        return sorted(moment for moment in moments if now < moment <= until)

    async def _wakes(self, tx: Transaction, person_id: int) -> list[date]:
        """The days on which what a person put off is said again."""
        known = await notice_rows.attention(tx, person_id)
        return [one.snoozed_until for one in known.values() if one.snoozed_until]

    async def forecast(self, first: date, last: date) -> list[Forecast]:
        """What the rules would send from ``first`` to ``last`` if nothing changes, sorted by time, address and item.

        It speaks of addresses, not of chats: groups need not be bound, people need not have come yet, and everybody
        is taken to answer their reminders.
        """
        async with self._database.read() as tx:
            hours = await self._project.hours(tx)
            roadmaps = await roadmap_rows.all_roadmaps(tx)
        return forecast(roadmaps, hours, first, last)

    async def coming(self, now: datetime, last: date) -> list[ComingLine]:
        """What will reach the chats after ``now`` up to ``last`` if nobody does anything, the earliest first."""
        async with self._database.read() as tx:
            hours = await self._project.hours(tx)
            roadmaps = await roadmap_rows.all_roadmaps(tx)
            numbers = {kept.id: (one.roadmap.slug, kept.item.number) for one in roadmaps for kept in one.items}
            listeners = [
                await self._listener(tx, one, numbers, hours) for one in await self._recipients(tx, hours.today(now))
            ]
        return coming(forecast(roadmaps, hours, hours.today(now), last), listeners, now, self._project.zone)

    async def _listener(
        self, tx: Transaction, recipient: Recipient, numbers: Mapping[int, tuple[str, int]], hours: Hours
    ) -> Listener:
        cap = hours.rules.unanswered_cap
        if recipient.person_id is None:
            return Listener(recipient, cap)
        unanswered = await notice_rows.unanswered(tx, recipient.person_id)
        known = await notice_rows.attention(tx, recipient.person_id)
        return Listener(
            recipient,
            cap,
            {numbers[item]: count for item, count in unanswered.items()},
            {numbers[item]: one.snoozed_until for item, one in known.items() if one.snoozed_until},
        )

    async def said(self, first: date, last: date) -> list[SaidLine]:
        """What reached the chats from ``first`` to ``last``, a line for each item of each message, oldest first."""
        async with self._database.read() as tx:
            zone = self._project.zone
            since = datetime.combine(first, time(), zone)
            return await notice_rows.said(tx, since, datetime.combine(last + timedelta(days=1), time(), zone))


def _key(day: date, recipient: Recipient) -> str:
    """Of a recipient's one message of a day."""
    return f"day:{day}:{recipient.key}"


def _digest_days(roadmaps: Sequence[KeptRoadmap], hours: Hours, now: datetime, until: datetime) -> Iterator[date]:
    """The days of the coordinator's digest, and the days after roadmaps end: the offers to carry them over."""
    first, last = hours.today(now), hours.today(until)
    ends = [end for one in roadmaps if (end := last_day(one.roadmap))]
    yield from (end + timedelta(days=1) for end in ends)
    if ends:
        days = (min(last, max(ends)) - first).days + 1
        yield from filter(hours.is_digest_day, (first + timedelta(days=offset) for offset in range(days)))


def _later(today: date, later: Later) -> date:
    match later:
        case Later.TOMORROW:
            return today + timedelta(days=1)
        case Later.THREE_DAYS:
            return today + timedelta(days=3)
    return today + timedelta(days=7 - today.weekday())
