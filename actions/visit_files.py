"""The approved schedule of visits as files for an order, and for the calendar of whoever goes or receives."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from actions.project import Project
from actions.visit_sight import Sight, sight
from domain.access import Right, may, reach, require
from domain.audit import Deed
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import School
from domain.visit import Visit, VisitStep
from domain.visit_paper import PlannedVisit, SchedulePaper, VisitEvent
from reports.schedule_docx import schedule_docx
from reports.schedule_xlsx import schedule_xlsx
from reports.visit_ics import visits_ics
from storage import audit as audit_rows
from storage import visit as visit_rows
from storage.database import Database, Transaction
from texts import Texts


class ScheduleFile(StrEnum):
    """As what the schedule can be taken along."""

    DOCX = "docx"
    XLSX = "xlsx"


_MAKERS: dict[ScheduleFile, Callable[[SchedulePaper, Texts], bytes]] = {
    ScheduleFile.DOCX: schedule_docx,
    ScheduleFile.XLSX: schedule_xlsx,
}
_CHANGES = (VisitStep.MOVED, VisitStep.MISSED, VisitStep.CANCELLED)
"""After each of these a calendar has to know better."""
_CONCERNED = (Right.VISIT, Right.HOST_VISITS)
"""Whoever may do either has visits in their calendar."""


@dataclass(frozen=True, slots=True)
class VisitsFile:
    """What is in it, of how many visits, on which local day."""

    content: bytes
    visits: int
    day: date


class VisitFiles:
    """Use cases of the files. They are made in a thread, outside of transactions."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def schedule(self, which: ScheduleFile, *, by: Member, now: datetime) -> VisitsFile:
        """The approved visits of this year; of a municipality its own. Raises ``Refusal`` where there are none."""
        by_id, seen = require(by, Right.SEE_REGION), reach(by, Right.SEE_REGION)
        async with self._database.transaction() as tx:
            found = await sight(tx, self._project, now)
            chosen = [one for one in found.among(by, Right.SEE_REGION) if one.day and one.day.year == found.today.year]
            if not chosen:
                raise Refusal("visit_approval.no-file")
            await audit_rows.record(tx, now, by_id, Deed.VISITS_EXPORTED, count=len(chosen))
        near = [] if seen.everything else [found.registry.municipality(one) for one in sorted(seen.municipalities)]
        region = found.roadmap.roadmap.region if found.roadmap else ""
        where = ", ".join(name for name in (region, *(one.name for one in near if one)) if name)
        visits = tuple(_planned(found, one) for one in chosen)
        paper = SchedulePaper(where, found.today.year, "", visits, found.today)
        content = await asyncio.to_thread(_MAKERS[which], paper, self._project.texts)
        return VisitsFile(content, len(visits), found.today)

    async def calendar(self, *, by: Member, now: datetime) -> VisitsFile:
        """The visits that whoever asks goes to or receives, those that were cancelled too: a calendar that has them
        forgets them. Raises ``Refusal`` where there are none."""
        right = Right.VISIT if may(by, Right.VISIT) else Right.HOST_VISITS
        require(by, right)
        async with self._database.read() as tx:
            events = await visit_events(tx, self._project, by, now)
        if not events:
            raise Refusal("visit_plan.no-calendar")
        content = await asyncio.to_thread(visits_ics, events, now, self._project.texts)
        return VisitsFile(content, sum(not one.cancelled for one in events), self._project.today(now))


async def visit_events(tx: Transaction, project: Project, by: Member, now: datetime) -> list[VisitEvent]:
    """Inside a transaction: what somebody goes to or receives, as events of a calendar."""
    if not any(may(by, right) for right in _CONCERNED):
        return []
    found = await sight(tx, project, now)
    schools = {one.id: one for one in found.registry.schools if _concerns(by, one)}
    gone = await visit_rows.cancelled(tx, schools)
    changes = await visit_rows.count_steps(tx, _CHANGES)
    there = [one for one in found.visits if one.school_id in schools]
    known = [one for one in (*there, *gone) if one.day or one.missed_on]
    return [_event(found, one, schools[one.school_id], changes.get(one.id, 0)) for one in known]


def _concerns(by: Member, school: School) -> bool:
    return any(may(by, right) and reach(by, right).covers(school) for right in _CONCERNED)


def _goers(found: Sight, visit: Visit) -> tuple[str, str]:
    """Who goes, by name, and as what they work."""
    goers = found.goers(visit)
    people = [one for who in sorted(goers) if (one := found.registry.person(who)) is not None]
    return found.names(goers), ", ".join(one.position for one in people if one.position)


def _planned(found: Sight, visit: Visit) -> PlannedVisit:
    one, (curator, position) = found.seen(visit), _goers(found, visit)
    day = visit.day or visit.when
    return PlannedVisit(one.number, day, one.municipality, one.school.name, one.school.address, curator, position)


def _event(found: Sight, visit: Visit, school: School, changes: int) -> VisitEvent:
    home = found.registry.municipality(school.municipality_id)
    curator, position = _goers(found, visit)
    is_off = visit.cancelled_at is not None or visit.day is None
    return VisitEvent(
        visit.id,
        0 if is_off else found.numbers.get(visit.id, 1),
        visit.day or visit.missed_on or visit.when,
        school.name,
        home.name if home else "",
        school.address,
        curator,
        position,
        changes,
        is_off,
    )
