"""Looking ahead and back: what would be said if nothing changed, when, and what was said."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from actions.indicator import measured
from actions.listeners import Listening, hearing, listening
from actions.meeting_asking import meeting_starts, told_moments
from actions.project import Project
from actions.survey_look import running, survey_moments
from actions.visit_asking import visit_moments
from domain.escalation import escalation_days
from domain.forecast import ComingLine, Forecast, Listener, SaidLine, coming, forecast
from domain.hours import Hours
from domain.indicator import Indicator
from domain.notice import COORDINATOR, MUNICIPAL, last_day
from domain.roadmap import KeptRoadmap
from storage import broadcast_sent as sent_rows
from storage import notice as notice_rows
from storage import roadmap as roadmap_rows
from storage.database import Database, Transaction

_LOOKS_AHEAD = (14, 366)
"""Days: the next thing to say is nearly always near, and a whole year takes long to look through."""


class Outlook:
    """Questions about the notices; nothing is planned or sent by asking."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

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
            numbers = await measured(tx, self._project, roadmaps, hours.today(now))
            groups = await hearing(tx, hours, hours.today(now))
            wakes = await notice_rows.wakes(tx, hours.today(now))
            surveys = await running(tx, self._project, now)
            visits = await visit_moments(tx, self._project, now, hours)
            announced = await sent_rows.starts(tx, now)
            meetings = await meeting_starts(tx, now)
        found = {
            moment
            for own, addresses in groups.items()
            for moment in _moments(roadmaps, numbers, own, addresses, wakes, (now, until))
        }
        found |= {moment for own in groups for one in surveys for moment in survey_moments(one, own)}
        found |= set(announced)
        found |= {moment for own in groups for moment in told_moments(meetings, own)}
        found |= {_of_visits(day, own, in_evening=evening) for own in groups for day, evening in visits}
        return sorted(moment for moment in found if now < moment <= until)

    async def forecast(self, first: date, last: date) -> list[Forecast]:
        """What the rules would send from ``first`` to ``last`` if nobody has done or does anything, sorted by time,
        address and item.

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
            numbers = await measured(tx, self._project, roadmaps, hours.today(now))
            groups = _by_hours(await listening(tx, hours, hours.today(now)))
            listeners = {own: await _listeners(tx, group, roadmaps) for own, group in groups.items()}
        found = [
            line
            for own, group in listeners.items()
            for line in coming(forecast(roadmaps, own, own.today(now), last, numbers), group, now, self._project.zone)
        ]
        return sorted(found, key=lambda one: (one.at, one.item))

    async def said(self, first: date, last: date) -> list[SaidLine]:
        """What reached the chats from ``first`` to ``last``, a line for each item of each message, oldest first."""
        async with self._database.read() as tx:
            zone = self._project.zone
            since = datetime.combine(first, time(), zone)
            return await notice_rows.said(tx, since, datetime.combine(last + timedelta(days=1), time(), zone))


def _of_visits(day: date, hours: Hours, *, in_evening: bool) -> datetime:
    return hours.at(day, hours.rules.visit_evening) if in_evening else hours.morning(day, digest=False)


def _by_hours(everybody: Iterable[Listening]) -> dict[Hours, list[Listening]]:
    """Those who hear at the same hours of the same days: what comes is looked up once for all of them."""
    groups: dict[Hours, list[Listening]] = {}
    for one in everybody:
        groups.setdefault(one.hours, []).append(one)
    return groups


def _moments(
    roadmaps: Sequence[KeptRoadmap],
    numbers: Mapping[int, Indicator],
    hours: Hours,
    addresses: frozenset[str],
    wakes: Iterable[date],
    stretch: tuple[datetime, datetime],
) -> Iterator[datetime]:
    """When somebody may hear something; a pause is not looked into: nothing is said then, that is all."""
    now, until = stretch
    lines = forecast(roadmaps, hours, hours.today(now), hours.today(until), numbers)
    yield from (line.at for line in lines if line.to in addresses)
    yield from (hours.morning(day, digest=False) for day in wakes)
    if COORDINATOR in addresses:
        yield from (hours.morning(day, digest=True) for day in _digest_days(roadmaps, hours, now, until))
        yield from _escalations(roadmaps, hours, hours.rules.escalate_regional)
    if MUNICIPAL in addresses:
        yield from (hours.morning(day, digest=False) for day in _digest_days(roadmaps, hours, now, until))
        yield from _escalations(roadmaps, hours, hours.rules.escalate_municipal)


async def _listeners(tx: Transaction, group: Sequence[Listening], roadmaps: Iterable[KeptRoadmap]) -> list[Listener]:
    numbers = {kept.id: (one.roadmap.slug, kept.item.number) for one in roadmaps for kept in one.items}
    people = [one.recipient.person_id for one in group if one.recipient.person_id]
    unanswered, asleep = await notice_rows.unanswered(tx, people), await notice_rows.snoozed(tx, people)
    return [
        Listener(
            one.recipient,
            one.hours.rules.unanswered_cap,
            {numbers[item]: count for item, count in unanswered.get(one.recipient.person_id or 0, {}).items()},
            {numbers[item]: day for item, day in asleep.get(one.recipient.person_id or 0, {}).items()},
            one.paused_until or date.min,
        )
        for one in group
    ]


def _escalations(roadmaps: Sequence[KeptRoadmap], hours: Hours, after: int) -> Iterator[datetime]:
    """When an item may become the business of those above."""
    yield from (hours.morning(day, digest=False) for day in escalation_days(roadmaps, after, hours.calendar))


def _digest_days(roadmaps: Sequence[KeptRoadmap], hours: Hours, now: datetime, until: datetime) -> Iterator[date]:
    """The days of the digests, and the days after roadmaps end: the offers to carry them over."""
    first, last = hours.today(now), hours.today(until)
    ends = [end for one in roadmaps if (end := last_day(one.roadmap))]
    yield from (end + timedelta(days=1) for end in ends)
    if ends:
        days = (min(last, max(ends)) - first).days + 1
        yield from filter(hours.is_digest_day, (first + timedelta(days=offset) for offset in range(days)))
