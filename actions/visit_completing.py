"""Inside a transaction: an item that curators owe is done for one of them by their visits, and nobody confirms it."""

from datetime import date, datetime

from actions.project import Project
from actions.visit_sight import Sight
from domain.completion import CompletionState, Step
from domain.debtor import Debtor
from domain.evidence import EvidenceKind
from domain.people import Role
from domain.roadmap import KeptItem, OwedBy
from domain.visit import ReportState
from storage import completion as completion_rows
from storage import evidence as evidence_rows
from storage import outbox as outbox_rows
from storage.database import Transaction


async def complete_schedule(
    tx: Transaction, project: Project, found: Sight, curator_id: int, by: int, now: datetime
) -> bool:
    """The schedule (item 12) of a curator each of whose schools has an approved visit in the roadmap's year. Says
    whether it is done now."""
    schools = _schools(found, curator_id)
    planned = {one.school_id for one in found.visits if one.day is not None and _is_of(found, one.day)}
    if found.schedule is None or not schools or not schools <= planned:
        return False
    return await _accept(tx, project, found.schedule, curator_id, by, now, "visit.note-schedule")


async def complete_monitoring(
    tx: Transaction, project: Project, found: Sight, curator_id: int, by: int, now: datetime
) -> bool:
    """The first visits (item 13) of a curator of each of whose schools a report of the roadmap's year was accepted."""
    schools = _schools(found, curator_id)
    reports = ((one.school_id, found.reports.get(one.id)) for one in found.visits)
    told = {
        school
        for school, one in reports
        if one is not None and one.state is ReportState.ACCEPTED and _is_of(found, one.held_on)
    }
    if found.monitoring is None or not schools or not schools <= told:
        return False
    return await _accept(tx, project, found.monitoring, curator_id, by, now, "visit.note-monitoring")


def _is_of(found: Sight, day: date) -> bool:
    return found.roadmap is not None and day.year == found.roadmap.roadmap.year


def _schools(found: Sight, curator_id: int) -> set[int]:
    person = found.registry.person(curator_id)
    duties = person.duties if person else ()
    return {duty.school_id for duty in duties if duty.role is Role.CURATOR and duty.school_id is not None}


async def _accept(
    tx: Transaction, project: Project, kept: KeptItem, curator_id: int, by: int, now: datetime, note: str
) -> bool:
    debtor = Debtor(OwedBy.CURATOR, curator_id)
    completion = await completion_rows.begin(tx, kept.id, debtor, now)
    if completion.state is CompletionState.ACCEPTED or not kept.is_open:
        return False
    words = project.texts.plain(note, day=project.today(now))
    await evidence_rows.add(tx, EvidenceKind.TEXT, curator_id, now, completion_id=completion.id, text=words)
    if completion.state is not CompletionState.SENT:
        await completion_rows.step(tx, completion, Step.SENT, CompletionState.SENT, curator_id, now)
        completion = await completion_rows.begin(tx, kept.id, debtor, now)
    await completion_rows.step(tx, completion, Step.ACCEPTED, CompletionState.ACCEPTED, by, now)
    await outbox_rows.withdraw_days(tx, curator_id)
    return True
