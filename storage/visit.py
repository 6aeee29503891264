"""Visits with their history and reports."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, delete, func, insert, select, update

from domain.form import Form, Value
from domain.form_value import as_kept, files_of, from_kept
from domain.visit import Proposal, ProposalState, ReportState, Visit, VisitReport, VisitRound, VisitStep, Wish
from storage import tables as t
from storage.database import Transaction, new_id

_c = t.visit.c
_FORM = TypeAdapter(Form)


async def add(tx: Transaction, school_id: int, curator_id: int, proposal: Proposal, now: datetime) -> int:
    """A further visit that somebody asks for; returns its id."""
    values = _plan(Visit(0, school_id, curator_id, proposal=proposal))
    about = {"school_id": school_id, "curator_id": curator_id, "made_at": now}
    return new_id(await tx.execute(insert(t.visit).values(**about, **values)))


async def save(tx: Transaction, visit: Visit) -> None:
    """This is how it stands now."""
    query = update(t.visit).where(_c.id == visit.id)
    await tx.execute(query.values(curator_id=visit.curator_id, cancelled_at=visit.cancelled_at, **_plan(visit)))


async def get(tx: Transaction, visit_id: int) -> Visit | None:
    """The visit of that id."""
    found = await _load(tx, _c.id == visit_id)
    return found[0] if found else None


async def every(tx: Transaction) -> list[Visit]:
    """All that were not cancelled, by the day that counts."""
    return await _load(tx, _c.cancelled_at.is_(None))


async def of_schools(tx: Transaction, schools: Iterable[int]) -> list[Visit]:
    """Those of these schools that were not cancelled, by the day that counts."""
    return await _load(tx, _c.school_id.in_(list(schools)), _c.cancelled_at.is_(None))


async def is_any_open(tx: Transaction) -> bool:
    """Whether there is any visit of which a report was not accepted yet."""
    r = t.visit_report.c
    done = select(r.visit_id).where(r.state == ReportState.ACCEPTED)
    return await tx.scalar(select(_c.id).where(_c.cancelled_at.is_(None), _c.id.not_in(done)).limit(1)) is not None


async def count_waiting(tx: Transaction) -> int:
    """How many curators' schedules wait for the coordinator."""
    waiting = (_c.proposal == ProposalState.SENT, _c.cancelled_at.is_(None), t.school.c.left_at.is_(None))
    query = select(func.count(_c.curator_id.distinct())).join(t.school, t.school.c.id == _c.school_id)
    return int(await tx.scalar(query.where(*waiting)) or 0)


async def nearest(tx: Transaction, schools: Iterable[int], today: date) -> tuple[date | None, int]:
    """The next approved day of a visit of these schools from a local day on, and how many have passed untold."""
    told = select(t.visit_report.c.visit_id)
    own = (_c.school_id.in_(list(schools)), _c.cancelled_at.is_(None), _c.id.not_in(told))
    coming = await tx.scalar(select(func.min(_c.day)).where(*own, _c.day >= today))
    passed = await tx.scalar(select(func.count()).where(*own, _c.day < today))
    return coming, int(passed or 0)


async def cancelled(tx: Transaction, schools: Iterable[int]) -> list[Visit]:
    """Those of these schools that were cancelled after their day was approved."""
    return await _load(tx, _c.school_id.in_(list(schools)), _c.cancelled_at.is_not(None), _c.day.is_not(None))


async def count_steps(tx: Transaction, steps: Iterable[VisitStep]) -> dict[int, int]:
    """Visit id → how often one of these happened to it; those to which none did are left out."""
    c = t.visit_step.c
    query = select(c.visit_id, func.count().label("times")).where(c.step.in_(list(steps))).group_by(c.visit_id)
    return {row.visit_id: row.times for row in await tx.execute(query)}


async def drop(tx: Transaction, visit_id: int) -> None:
    """A visit that was proposed and never approved: it is not there any more."""
    await tx.execute(delete(t.visit_step).where(t.visit_step.c.visit_id == visit_id))
    await tx.execute(delete(t.visit).where(_c.id == visit_id))


async def step(
    tx: Transaction,
    visit_id: int,
    taken: VisitStep,
    by: int | None,
    now: datetime,
    day: date | None = None,
    words: str = "",
) -> None:
    """One more line of its history."""
    values = {"visit_id": visit_id, "step": taken, "at": now, "person_id": by, "day": day, "words": words}
    await tx.execute(insert(t.visit_step).values(**values))


async def rounds(tx: Transaction, visit_id: int) -> list[VisitRound]:
    """Its history, the oldest first."""
    c = t.visit_step.c
    rows = await tx.execute(select(t.visit_step).where(c.visit_id == visit_id).order_by(c.id))
    return [VisitRound(VisitStep(row.step), row.at, row.person_id, row.day, row.words) for row in rows]


async def first_days(tx: Transaction) -> dict[int, date]:
    """Visit id → the day that was approved for it first."""
    c = t.visit_step.c
    query = select(c.visit_id, c.day).where(c.step == VisitStep.APPROVED, c.day.is_not(None)).order_by(c.id.desc())
    return {row.visit_id: row.day for row in await tx.execute(query)}


# --- Reports ----------------------------------------------------------------------------------------------------------


async def report(tx: Transaction, visit_id: int) -> VisitReport | None:
    """What was told of a visit."""
    return (await reports(tx, [visit_id])).get(visit_id)


async def reports(tx: Transaction, visits: Iterable[int] | None = None) -> dict[int, VisitReport]:
    """Visit id → its report; of these visits, or of all."""
    query = select(t.visit_report)
    if visits is not None:
        query = query.where(t.visit_report.c.visit_id.in_(list(visits)))
    return {row.visit_id: _report(row) for row in await tx.execute(query)}


async def count_reports(tx: Transaction, state: ReportState) -> int:
    """How many reports of schools that take part are in that state."""
    query = (
        select(func.count())
        .select_from(t.visit_report)
        .join(t.visit, _c.id == t.visit_report.c.visit_id)
        .join(t.school, t.school.c.id == _c.school_id)
        .where(t.visit_report.c.state == state, t.school.c.left_at.is_(None), _c.cancelled_at.is_(None))
    )
    return int(await tx.scalar(query) or 0)


async def put_report(tx: Transaction, made: VisitReport) -> None:
    """This is how it stands now."""
    values = {
        "state": made.state,
        "number": made.number,
        "held_on": made.held_on,
        "form": _FORM.dump_json(made.form).decode(),
        "first_sent_at": made.first_sent_at,
        "sent_at": made.sent_at,
        "sent_by": made.sent_by,
        "times": made.times,
        "decided_at": made.decided_at,
        "decided_by": made.decided_by,
        "comment": made.comment,
    }
    changed = await tx.execute(
        update(t.visit_report).where(t.visit_report.c.visit_id == made.visit_id).values(**values)
    )
    if changed.rowcount == 0:
        await tx.execute(insert(t.visit_report).values(visit_id=made.visit_id, **values))


async def changed(tx: Transaction, visit_id: int, question: str, before: Value, by: int, now: datetime) -> None:
    """An answer that was sent is another one now: what it was is kept, but not from which chat a file came."""
    files = files_of(before)
    before = tuple(replace(one, source="") for one in files) if files else before
    values = {"visit_id": visit_id, "question": question, "before": as_kept(before), "at": now, "person_id": by}
    await tx.execute(insert(t.visit_change).values(**values))


async def changes(tx: Transaction, visit_id: int) -> list[tuple[str, Value, datetime, int | None]]:
    """Question id, what was answered before, when (UTC) and by whom it was changed; the oldest first."""
    c = t.visit_change.c
    rows = await tx.execute(select(t.visit_change).where(c.visit_id == visit_id).order_by(c.id))
    return [(row.question, from_kept(row.before), row.at, row.person_id) for row in rows]


# --- From rows and to them --------------------------------------------------------------------------------------------


async def _load(tx: Transaction, *which: ColumnElement[bool]) -> list[Visit]:
    rows = await tx.execute(select(t.visit).where(*which).order_by(_c.id))
    return sorted((_visit(row) for row in rows), key=lambda one: (one.when, one.id))


def _plan(visit: Visit) -> dict[str, Any]:
    asked, wish = visit.proposal, visit.wish
    return {
        "day": visit.day,
        "proposed_day": asked.day if asked else None,
        "proposal": asked.state if asked else None,
        "proposal_why": asked.why if asked else "",
        "proposal_comment": asked.comment if asked else "",
        "sent_at": asked.sent_at if asked else None,
        "wished_day": wish.day if wish else None,
        "wished_why": wish.why if wish else "",
        "wished_by": wish.by if wish else None,
        "missed_on": visit.missed_on,
        "missed_why": visit.missed_why,
    }


def _visit(row: Any) -> Visit:
    proposal = wish = None
    if row.proposed_day is not None:
        state = ProposalState(row.proposal)
        proposal = Proposal(row.proposed_day, state, row.proposal_why, row.proposal_comment, row.sent_at)
    if row.wished_day is not None:
        wish = Wish(row.wished_day, row.wished_why, row.wished_by)
    return Visit(
        row.id,
        row.school_id,
        row.curator_id,
        row.day,
        proposal,
        wish,
        row.missed_on,
        row.missed_why,
        row.made_at,
        row.cancelled_at,
    )


def _report(row: Any) -> VisitReport:
    return VisitReport(
        row.visit_id,
        ReportState(row.state),
        row.number,
        row.held_on,
        _FORM.validate_json(row.form),
        row.first_sent_at,
        row.sent_at,
        row.sent_by,
        row.times,
        row.decided_at,
        row.decided_by,
        row.comment,
    )


def by_school(visits: Iterable[Visit]) -> dict[int, list[Visit]]:
    """School id → its visits, in their order."""
    found: dict[int, list[Visit]] = defaultdict(list)
    for one in visits:
        found[one.school_id].append(one)
    return dict(found)
