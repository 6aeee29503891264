"""«Мой календарь»: a secret link under which somebody's own calendar lies, and the calendar of the region for all."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from zoneinfo import ZoneInfo

from actions.meeting_files import events_of, public_events
from actions.project import Project, live
from actions.visit_files import visit_events
from domain.access import Right, may, require
from domain.audit import Deed
from domain.calendar_feed import FeedContent, due_event
from domain.debtor import speaks_for
from domain.people import Member
from domain.refusal import Refusal
from domain.task import WaitsFor, tasks
from reports.calendar import CalendarEvent
from reports.feed_ics import feed_events, feed_ics
from storage import audit as audit_rows
from storage import calendar_feed as feed_rows
from storage import completion as completion_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage.database import Database, Transaction

REGION = "region"
"""What stands in the address of the region's calendar instead of a secret."""
_BYTES = 32


@dataclass(frozen=True, slots=True)
class OwnFeed:
    """Whether calendars can be subscribed to here, since when (UTC) one's own link works, and the region's link."""

    is_offered: bool
    since: datetime | None
    region: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar in words that are ready. ``mark`` is another one as soon as anything in it is."""

    name: str
    events: tuple[CalendarEvent, ...]
    mark: str


class CalendarFeeds:
    """Use cases of calendars to subscribe to; ``public_url`` is where they lie, empty where nobody serves them."""

    def __init__(self, database: Database, project: Project, public_url: str) -> None:
        self._database = database
        self._project = project
        self._public_url = public_url

    async def look(self, *, by: Member) -> OwnFeed:
        """How it stands with one's own link."""
        person_id = require(by, Right.ATTEND)
        async with self._database.read() as tx:
            since = await feed_rows.made_at(tx, person_id)
        region = self._link(REGION) if self._public_url else ""
        return OwnFeed(bool(self._public_url), since, region, self._project.zone)

    async def make(self, *, by: Member, now: datetime) -> str:
        """A new link, told this once; the one before it stops. Raises ``Refusal`` where calendars are not served."""
        person_id = require(by, Right.ATTEND)
        if not self._public_url:
            raise Refusal("calendar.not-offered")
        token = token_urlsafe(_BYTES)
        async with self._database.transaction() as tx:
            await feed_rows.put(tx, person_id, _hashed(token), now)
            await audit_rows.record(tx, now, person_id, Deed.FEED_MADE)
        return self._link(token)

    async def stop(self, *, by: Member, now: datetime) -> None:
        """«Закрыть доступ»; twice is once."""
        person_id = require(by, Right.ATTEND)
        async with self._database.transaction() as tx:
            if await feed_rows.stop(tx, person_id):
                await audit_rows.record(tx, now, person_id, Deed.FEED_STOPPED)

    async def file(self, *, by: Member, now: datetime) -> bytes:
        """The same as a file to take in once. Raises ``Refusal`` where there is nothing in it."""
        require(by, Right.ATTEND)
        async with self._database.read() as tx:
            content = await self._own(tx, by, now)
        feed = await self._in_words("own-name", content)
        if not feed.events:
            raise Refusal("calendar.nothing")
        return await asyncio.to_thread(feed_ics, feed.name, feed.events, now, self._project.texts, is_file=True)

    async def personal(self, token: str, *, now: datetime) -> Feed | None:
        """The calendar behind a link; ``None`` where the link is unknown or stopped, or its person takes part no more
        or has taken the consent back."""
        async with self._database.read() as tx:
            by = await self._owner(tx, token, now)
            if by is None or not may(by, Right.ATTEND):
                return None
            content = await self._own(tx, by, now)
        return await self._in_words("own-name", content)

    async def region(self, *, now: datetime) -> Feed:
        """Meetings and deadlines, for whoever asks: no link to a meeting, no agenda, nobody's name."""
        async with self._database.read() as tx:
            roadmaps = live(await roadmap_rows.all_roadmaps(tx), self._project.today(now))
            meetings = tuple(await public_events(tx))
        due = tuple(one for each in roadmaps for kept in each.items if (one := due_event(kept)))
        return await self._in_words("region-name", FeedContent(meetings, due=due))

    async def written(self, feed: Feed, *, now: datetime) -> bytes:
        """A calendar as its subscribers get it."""
        return await asyncio.to_thread(feed_ics, feed.name, feed.events, now, self._project.texts)

    def _link(self, which: str) -> str:
        return f"{self._public_url}/calendar/{which}.ics"

    async def _owner(self, tx: Transaction, token: str, now: datetime) -> Member | None:
        """Whose link it is, with what rests on them today."""
        person_id = await feed_rows.owner(tx, _hashed(token))
        accounts = [] if person_id is None else await people_rows.accounts(tx, person_id)
        return await people_rows.find_member(tx, accounts[0], self._project.today(now)) if accounts else None

    async def _own(self, tx: Transaction, by: Member, now: datetime) -> FeedContent:
        """What somebody goes to, leads and owes; no person is named."""
        person_id, today = require(by, Right.ATTEND), self._project.today(now)
        meetings = await events_of(tx, by, await registry_rows.registry(tx))
        visits = [replace(one, curator="", position="") for one in await visit_events(tx, self._project, by, now)]
        progress = await completion_rows.progress(tx, speaks_for(by.duties, person_id))
        roadmaps = live(await roadmap_rows.all_roadmaps(tx), today)
        owed = tasks(roadmaps, by.duties, today, person_id=person_id, progress=progress)
        due = (due_event(one.kept) for one in owed if one.waits_for is not WaitsFor.REVIEW)
        return FeedContent(tuple(meetings), tuple(visits), tuple(one for one in due if one))

    async def _in_words(self, name: str, content: FeedContent) -> Feed:
        texts = self._project.texts
        events = await asyncio.to_thread(feed_events, content, texts)
        called = texts.plain(f"calendar.{name}")
        return Feed(called, events, sha256(repr((called, events)).encode()).hexdigest()[:32])


def _hashed(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()
