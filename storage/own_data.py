"""Everything that is kept about one person, gathered for them alone."""

from datetime import datetime

from sqlalchemy import func, or_, select

from domain.audit import Deed
from domain.join_request import RequestState
from domain.meeting import Coming
from domain.outbox import OutboxState
from domain.own_data import HeldDuty, KeptLeave, KeptMeeting, KeptRequest, PersonalData, Traces
from domain.people import Duty, Role
from domain.registry import called
from storage import audit as audit_rows
from storage import calendar_feed as feed_rows
from storage import consent as consent_rows
from storage import invite as invite_rows
from storage import own_reminders as reminder_rows
from storage import people as people_rows
from storage import tables as t
from storage.database import Transaction

_CAME = (Deed.CAME_IN, Deed.REQUEST_APPROVED)


async def personal_data(tx: Transaction, person_id: int, now: datetime) -> PersonalData:
    """What is kept about a registered person at ``now``."""
    p = t.person.c
    row = (await tx.execute(select(p.name, p.position, p.created_at).where(p.id == person_id))).one()
    came = await audit_rows.entries(tx, with_person=person_id, deeds=_CAME)
    return PersonalData(
        person_id,
        row.name,
        row.position,
        row.created_at,
        came[-1].at if came else None,
        (await invite_rows.open_until(tx, now)).get(person_id),
        await _duties(tx, person_id),
        tuple(await people_rows.accounts(tx, person_id)),
        tuple(await consent_rows.answers(tx, person_id)),
        await _leaves(tx, person_id),
        await _requests(tx, person_id),
        await reminder_rows.of(tx, person_id),
        await _traces(tx, person_id),
        await feed_rows.made_at(tx, person_id),
        await _meetings(tx, person_id),
    )


async def _duties(tx: Transaction, person_id: int) -> tuple[HeldDuty, ...]:
    c = t.duty.c
    place = func.coalesce(t.school.c.name, t.municipality.c.name, t.organisation.c.name, "").label("place")
    query = (
        select(c.role, c.responsible, c.since, c.until, place)
        .outerjoin(t.school, t.school.c.id == c.school_id)
        .outerjoin(t.municipality, t.municipality.c.id == c.municipality_id)
        .outerjoin(t.organisation, t.organisation.c.id == c.organisation_id)
        .where(c.person_id == person_id)
        .order_by(c.id)
    )
    return tuple(
        HeldDuty(Duty(Role(row.role), responsible=row.responsible), row.place, row.since, row.until)
        for row in await tx.execute(query)
    )


async def _leaves(tx: Transaction, person_id: int) -> tuple[KeptLeave, ...]:
    c, p = t.stand_in.c, t.person.c
    is_deputy = c.deputy_id == person_id
    query = (
        select(c.since, c.until, c.ended_at, is_deputy.label("stands_in"), p.id, p.name)
        .join(t.person, or_(is_deputy & (p.id == c.person_id), ~is_deputy & (p.id == c.deputy_id)))
        .where(or_(is_deputy, c.person_id == person_id))
        .order_by(c.since, c.id)
    )
    return tuple(
        KeptLeave(row.since, row.until, called(row.name, row.id), bool(row.stands_in), row.ended_at is not None)
        for row in await tx.execute(query)
    )


async def _requests(tx: Transaction, person_id: int) -> tuple[KeptRequest, ...]:
    c = t.join_request.c
    query = (
        select(c.asked_at, c.state, t.school.c.name)
        .join(t.school, t.school.c.id == c.school_id)
        .where(c.person_id == person_id)
        .order_by(c.id)
    )
    return tuple(KeptRequest(row.asked_at, RequestState(row.state), row.name) for row in await tx.execute(query))


async def _meetings(tx: Transaction, person_id: int) -> tuple[KeptMeeting, ...]:
    c, g = t.meeting.c, t.meeting_guest.c
    query = (
        select(c.title, c.starts_at, g.coming, g.why, g.other, g.came_at)
        .join(t.meeting_guest, g.meeting_id == c.id)
        .where(g.person_id == person_id, or_(g.invited_at.is_not(None), g.came_at.is_not(None)))
        .order_by(c.starts_at, c.id)
    )
    return tuple(
        KeptMeeting(
            row.title,
            row.starts_at,
            Coming(row.coming) if row.coming else None,
            row.why,
            row.other,
            row.came_at is not None,
        )
        for row in await tx.execute(query)
    )


async def _traces(tx: Transaction, person_id: int) -> Traces:
    deeds = await audit_rows.count(tx, by=person_id)
    box, remark, part, slot = t.outbox.c, t.remark.c, t.broadcast_part.c, t.meeting_slot.c
    counts = [
        await tx.scalar(select(func.count()).where(*which)) or 0
        for which in (
            (box.person_id == person_id, box.state == OutboxState.SENT),
            (t.item_change.c.person_id == person_id,),
            (t.attention.c.person_id == person_id,),
            (t.completion_step.c.person_id == person_id,),
            (t.evidence.c.added_by == person_id,),
            (t.happening.c.reported_by == person_id,),
            (t.school_document.c.changed_by == person_id,),
            (or_(remark.author_id == person_id, remark.answered_by == person_id),),
            (t.exemption.c.made_by == person_id,),
            (t.told_number.c.told_by == person_id,),
            (t.form_run.c.person_id == person_id,),
            (t.visit_step.c.person_id == person_id,),
            (t.broadcast.c.author_id == person_id,),
            (part.person_id == person_id, part.acked_at.is_not(None)),
            (or_(slot.taken_by == person_id, slot.wanted_by == person_id),),
        )
    ]
    messages, changes, looked_at, steps, pieces, held, documents, remarks, exempted, told, *more = counts
    about = await audit_rows.count(tx, with_person=person_id) - deeds
    work = steps, pieces, held, documents, remarks, exempted + told, *more
    return Traces(messages, deeds, about, changes, looked_at, *work)
