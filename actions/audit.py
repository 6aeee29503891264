"""The audit as the coordinator reads it: page by page, narrowed, and as a file."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed, Entry
from domain.audit_look import Narrowing, Told, told, typed_person
from domain.audit_topic import TOPICS
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import called
from reports.audit_xlsx import as_workbook
from storage import audit as audit_rows
from storage import people as people_rows
from storage.audit import Wanted
from storage.database import Database, Transaction

SHOWN = 9
"""Rows of a page."""
_AT_ONCE = 200
"""Rows that are read in one go: between them the event loop sees to others."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is looked at; ``who`` is how the person is called whom it is narrowed to, empty for everybody."""

    narrowing: Narrowing
    who: str = ""


@dataclass(frozen=True, slots=True)
class AuditView:
    """A page of the rows that were asked for, the newest first; ``page`` counts from 0, ``today`` is the local day."""

    choice: Choice
    rows: tuple[Told, ...]
    page: int
    pages: int
    total: int
    today: date
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class AuditSheet:
    """The rows that were asked for as an XLSX; ``day`` is the local day on which it was made."""

    choice: Choice
    content: bytes
    total: int
    day: date


class Audits:
    """Use cases of the audit: it is read, and nothing in it is ever changed."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def page(self, narrowing: Narrowing, page: int, *, by: Member, now: datetime) -> AuditView:
        """A page of what was written down. One that is not there (any more) is the nearest one."""
        require(by, Right.SEE_AUDIT)
        wanted = self._wanted(narrowing, now)
        async with self._database.read() as tx:
            total = await audit_rows.count(tx, **wanted)
            last = max(0, (total - 1) // SHOWN)
            page = min(max(page, 0), last)
            found = await audit_rows.entries(tx, limit=SHOWN, offset=page * SHOWN, **wanted)
            labels = await audit_rows.labels(tx, found)
            choice = await _choice(tx, narrowing)
        rows = tuple(told(entry, labels) for entry in found)
        return AuditView(choice, rows, page, last + 1, total, self._project.today(now), self._project.zone)

    async def choice(self, narrowing: Narrowing, *, by: Member) -> Choice:
        """What is looked at now, for the questions of how to narrow it."""
        require(by, Right.SEE_AUDIT)
        async with self._database.read() as tx:
            return await _choice(tx, narrowing)

    async def people(self, text: str, *, by: Member) -> dict[int, str]:
        """Person id → how they are called, of those the audit tells about whom a typed name or number may mean.

        Raises ``Refusal`` where there is nobody.
        """
        require(by, Right.SEE_AUDIT)
        part, number = typed_person(text)
        async with self._database.read() as tx:
            found = await audit_rows.doers(tx, part, number) if part else {}
        if not found:
            raise Refusal("audit.nobody")
        return {person_id: called(name, person_id) for person_id, name in found.items()}

    async def export(self, narrowing: Narrowing, *, by: Member, now: datetime) -> AuditSheet:
        """All rows that were asked for as an XLSX. That it was made is written down.

        Reading keeps no writer waiting, so it is a transaction of its own.
        """
        by_id = require(by, Right.SEE_AUDIT)
        async with self._database.read() as tx:
            found = await _everything(tx, self._wanted(narrowing, now))
            labels = await audit_rows.labels(tx, found)
            choice = await _choice(tx, narrowing)
        content = await asyncio.to_thread(
            lambda: as_workbook((told(entry, labels) for entry in found), self._project.zone, self._project.texts)
        )
        async with self._database.transaction() as tx:
            await audit_rows.record(tx, now, by_id, Deed.AUDIT_EXPORTED, count=len(found))
        return AuditSheet(choice, content, len(found), self._project.today(now))

    def _wanted(self, narrowing: Narrowing, now: datetime) -> Wanted:
        return Wanted(
            with_person=narrowing.person_id,
            by_operator=narrowing.by_operator,
            deeds=TOPICS[narrowing.topic] if narrowing.topic else (),
            since=narrowing.span.since(self._project.today(now), self._project.zone),
        )


async def _choice(tx: Transaction, narrowing: Narrowing) -> Choice:
    if narrowing.person_id is None:
        return Choice(narrowing)
    return Choice(narrowing, called(await people_rows.name_of(tx, narrowing.person_id), narrowing.person_id))


async def _everything(tx: Transaction, wanted: Wanted) -> list[Entry]:
    found: list[Entry] = []
    while True:
        step = await audit_rows.entries(tx, limit=_AT_ONCE, **wanted)
        found += step
        if len(step) < _AT_ONCE:
            return found
        wanted["before"] = step[-1].id
