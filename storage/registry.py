"""The registry: municipalities, organisations, schools and people, read whole and changed one by one."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Update, delete, exists, func, insert, literal, select, update

from domain.debtor import Debtor
from domain.people import Duty, Role
from domain.registry import Municipality, Organisation, Registered, Registry, School, name_key
from domain.roadmap import OwedBy
from storage import completion as completion_rows
from storage import outbox as outbox_rows
from storage import tables as t
from storage.database import Transaction, new_id, read_many
from storage.people import accounts, agreed_people, duties, forget_accounts, from_any


async def registry(tx: Transaction, people: Collection[int] | None = None) -> Registry:
    """Everything that is kept now; people who were removed and schools that left are not in it. Of people only these,
    where they are named."""
    municipalities = await tx.execute(select(t.municipality).order_by(t.municipality.c.name_key))
    organisations = await tx.execute(select(t.organisation).order_by(t.organisation.c.id))
    schools = select(t.school).where(t.school.c.left_at.is_(None)).order_by(t.school.c.name_key, t.school.c.id)
    return Registry(
        tuple(Municipality(row.id, row.name) for row in municipalities),
        tuple(Organisation(row.id, row.code, row.name) for row in organisations),
        tuple(School(row.id, row.name, row.municipality_id, row.address) for row in await tx.execute(schools)),
        await _people(tx, people),
    )


async def _people(tx: Transaction, of: Collection[int] | None) -> tuple[Registered, ...]:
    held, agreed = await duties(tx, of), await agreed_people(tx, of)
    c = t.person.c
    has_come = exists().where(t.account.c.person_id == c.id).label("has_come")
    query = select(c.id, c.name, c.position, has_come).where(c.removed_at.is_(None)).order_by(c.name_key, c.id)
    if of is not None:
        query = query.where(c.id.in_(of))

    def made(row: Any) -> Registered:
        return Registered(row.id, row.name, row.position, tuple(held[row.id]), bool(row.has_come), row.id in agreed)

    return tuple(await read_many(tx, query, made))


async def gone(tx: Transaction) -> dict[int, str]:
    """Person id → the name of whoever takes part no more; empty of whoever was erased."""
    c = t.person.c
    return {row.id: row.name for row in await tx.execute(select(c.id, c.name).where(c.removed_at.is_not(None)))}


async def schools_gone(tx: Transaction) -> dict[int, str]:
    """School id → the name of one that takes part no more."""
    c = t.school.c
    return {row.id: row.name for row in await tx.execute(select(c.id, c.name).where(c.left_at.is_not(None)))}


async def has_schools(tx: Transaction) -> bool:
    """Whether there is, or was, any school."""
    return await tx.scalar(select(t.school.c.id).limit(1)) is not None


async def add_municipality(tx: Transaction, name: str) -> int:
    """A new municipality; returns its id."""
    return new_id(await tx.execute(insert(t.municipality).values(name=name, name_key=name_key(name))))


async def add_organisation(tx: Transaction, code: str, name: str) -> int:
    """A new organisation; returns its id."""
    return new_id(await tx.execute(insert(t.organisation).values(code=code, name=name)))


async def add_school(tx: Transaction, name: str, municipality_id: int) -> int:
    """A new school; returns its id. One that had left under the same name is back under its old id."""
    c, key = t.school.c, name_key(name)
    old = await tx.scalar(select(c.id).where(c.municipality_id == municipality_id, c.name_key == key))
    if old is not None:
        await tx.execute(update(t.school).where(c.id == old).values(name=name, left_at=None))
        return int(old)
    values = {"name": name, "name_key": key, "municipality_id": municipality_id}
    return new_id(await tx.execute(insert(t.school).values(**values)))


async def school_named(tx: Transaction, municipality_id: int, name: str) -> int | None:
    """The id of a municipality's school of that name, also of one that left."""
    c = t.school.c
    query = select(c.id).where(c.municipality_id == municipality_id, c.name_key == name_key(name))
    found: int | None = await tx.scalar(query)
    return found


async def rename_school(tx: Transaction, school_id: int, name: str) -> None:
    """How a school is called. Its municipality must have no other of that name."""
    await tx.execute(update(t.school).where(t.school.c.id == school_id).values(name=name, name_key=name_key(name)))


async def set_address(tx: Transaction, school_id: int, address: str) -> None:
    """Where a school is; empty takes it away."""
    await tx.execute(update(t.school).where(t.school.c.id == school_id).values(address=address))


async def school_left(tx: Transaction, school_id: int, now: datetime) -> None:
    """The school takes part no more; duties held there end."""
    await tx.execute(update(t.school).where(t.school.c.id == school_id).values(left_at=now))
    await tx.execute(_ending(now).where(t.duty.c.school_id == school_id))


async def rename_person(tx: Transaction, person_id: int, name: str) -> None:
    """How a person is called."""
    await tx.execute(update(t.person).where(t.person.c.id == person_id).values(name=name, name_key=name_key(name)))


async def set_position(tx: Transaction, person_id: int, position: str) -> None:
    """As what a person works."""
    await tx.execute(update(t.person).where(t.person.c.id == person_id).values(position=position))


async def blocked_people(tx: Transaction) -> set[int]:
    """Whoever came in and blocked the bot since, in every messenger."""
    c = t.account.c
    query = select(c.person_id).group_by(c.person_id).having(func.count() == func.count(c.blocked_at))
    return set(await tx.scalars(query))


async def give_duty(tx: Transaction, person_id: int, duty: Duty, now: datetime) -> bool:
    """A further duty; false when the person has it already. A school has one responsible at most."""
    if duty.responsible and duty.school_id is not None:
        await tx.execute(
            update(t.duty)
            .where(t.duty.c.school_id == duty.school_id, t.duty.c.role == duty.role, t.duty.c.until.is_(None))
            .values(responsible=False)
        )
    same = await tx.scalar(select(t.duty.c.id).where(*await _same(tx, person_id, duty)))
    if same is not None:
        if duty.responsible:
            await tx.execute(update(t.duty).where(t.duty.c.id == same).values(responsible=True))
        return False
    values = {
        "person_id": person_id,
        "role": duty.role,
        "school_id": duty.school_id,
        "municipality_id": duty.municipality_id,
        "organisation_id": await _organisation_id(tx, duty.organisation),
        "responsible": duty.responsible,
        "since": now,
    }
    await tx.execute(insert(t.duty).values(**values))
    return True


async def end_duty(tx: Transaction, person_id: int, duty: Duty, now: datetime) -> bool:
    """The person is no longer answerable for it; false when they were not."""
    result = await tx.execute(_ending(now).where(*await _same(tx, person_id, duty)))
    return result.rowcount > 0


async def held(tx: Transaction, person_id: int) -> dict[int, Duty]:
    """A person's own present duties by the id of their row, the oldest first."""
    c = t.duty.c
    query = (
        select(c.id, c.role, c.school_id, c.municipality_id, t.organisation.c.code, c.responsible)
        .outerjoin(t.organisation, t.organisation.c.id == c.organisation_id)
        .where(c.person_id == person_id, c.until.is_(None))
        .order_by(c.id)
    )
    return {
        row.id: Duty(Role(row.role), row.school_id, row.municipality_id, row.code or "", row.responsible)
        for row in await tx.execute(query)
    }


async def set_responsible(tx: Transaction, person_id: int, duty: Duty, now: datetime, *, responsible: bool) -> None:
    """Whether the person is the one of their school who is asked first; whoever was before is so no more."""
    if responsible:
        await give_duty(tx, person_id, replace(duty, responsible=True), now)
    else:
        await tx.execute(update(t.duty).where(*await _same(tx, person_id, duty)).values(responsible=False))


async def end_duties(tx: Transaction, person_id: int, now: datetime) -> None:
    """The person is no longer answerable for anything."""
    await tx.execute(_ending(now).where(t.duty.c.person_id == person_id))


async def move_duties(tx: Transaction, from_id: int, to_id: int, duties: Iterable[Duty], now: datetime) -> None:
    """What one person was answerable for rests on another from this instant, in the same places and as responsible.

    The memory of reminders goes along: what was put off stays put off, unless the other chose for themselves. This is
    the one place where work changes hands: whatever a feature keeps as open for a person (a half-filled report, a
    visit that is planned, a survey that is begun) is to be handed over here. Removing whoever has nothing left, and
    withdrawing what waits to be sent to them, is the caller's.
    """
    for duty in duties:
        await end_duty(tx, from_id, duty, now)
        await give_duty(tx, to_id, duty, now)
        if duty.role is Role.COORDINATOR:
            await _hand_draft_over(tx, from_id, to_id)
        if duty.role is Role.CURATOR:
            await _hand_confirmations_over(tx, from_id, to_id)
    await _hand_attention_over(tx, from_id, to_id)


async def _hand_confirmations_over(tx: Transaction, from_id: int, to_id: int) -> None:
    """A curator owes once for all their schools: what was said of an item passes on with the last of these.

    What is settled was settled for these schools: it does not hold for whoever is the curator of others besides.
    """
    if any(duty.role is Role.CURATOR for duty in (await held(tx, from_id)).values()):
        return
    c = t.duty.c
    theirs = set(await tx.scalars(select(c.school_id).where(c.person_id == from_id, c.role == Role.CURATOR)))
    now = {duty.school_id for duty in (await held(tx, to_id)).values() if duty.role is Role.CURATOR}
    former, heir = (Debtor(OwedBy.CURATOR, one) for one in (from_id, to_id))
    await completion_rows.move(tx, former, heir, settled=now <= theirs)


async def _hand_draft_over(tx: Transaction, from_id: int, to_id: int) -> None:
    """The file that waits to be loaded, unless the other has one of their own."""
    c = t.registry_draft.c
    if await tx.scalar(select(c.id).where(c.person_id == to_id)) is None:
        await tx.execute(update(t.registry_draft).where(c.person_id == from_id).values(person_id=to_id))


async def _hand_attention_over(tx: Transaction, from_id: int, to_id: int) -> None:
    """Copied: the former may keep other duties of the same items; of who is removed nobody asks any more."""
    c = t.attention.c
    own = select(c.item_id).where(c.person_id == to_id)
    theirs = select(literal(to_id), c.item_id, c.answered_at, c.snoozed_until)
    columns = ("person_id", "item_id", "answered_at", "snoozed_until")
    wanted = theirs.where(c.person_id == from_id, c.item_id.not_in(own))
    await tx.execute(insert(t.attention).from_select(columns, wanted))


async def remove_person(tx: Transaction, person_id: int, now: datetime) -> None:
    """The person takes part no more: duties end, accounts and what was awaited from them are forgotten, leaves they had
    a part in are over, codes stop working, a file they were about to load is forgotten, and nothing that waits is sent
    to them. Of whoever was removed before, the day of that stays."""
    await end_duties(tx, person_id, now)
    await outbox_rows.withdraw_for_person(tx, person_id)
    await _keep_requests(tx, person_id)
    await forget_accounts(tx, person_id)
    await tx.execute(delete(t.registry_draft).where(t.registry_draft.c.person_id == person_id))
    ended = update(t.stand_in).where(
        (t.stand_in.c.person_id == person_id) | (t.stand_in.c.deputy_id == person_id), t.stand_in.c.ended_at.is_(None)
    )
    await tx.execute(ended.values(ended_at=now))
    c = t.invite.c
    open_codes = update(t.invite).where(c.person_id == person_id, c.used_at.is_(None), c.revoked_at.is_(None))
    await tx.execute(open_codes.values(revoked_at=now))
    p = t.person.c
    await tx.execute(update(t.person).where(p.id == person_id, p.removed_at.is_(None)).values(removed_at=now))


async def _keep_requests(tx: Transaction, person_id: int) -> None:
    """What was asked from the person's accounts is found by their number when the accounts are forgotten."""
    c = t.join_request.c
    asked = from_any(c.messenger, c.account_id, await accounts(tx, person_id)), c.person_id.is_(None)
    await tx.execute(update(t.join_request).where(*asked).values(person_id=person_id))


def _ending(now: datetime) -> Update:
    return update(t.duty).where(t.duty.c.until.is_(None)).values(until=now)


async def _same(tx: Transaction, person_id: int, duty: Duty) -> tuple[ColumnElement[bool], ...]:
    c = t.duty.c
    organisation_id = await _organisation_id(tx, duty.organisation)
    return (
        c.person_id == person_id,
        c.role == duty.role,
        c.school_id.is_not_distinct_from(duty.school_id),
        c.municipality_id.is_not_distinct_from(duty.municipality_id),
        c.organisation_id.is_not_distinct_from(organisation_id),
        c.until.is_(None),
    )


async def _organisation_id(tx: Transaction, code: str) -> int | None:
    return await tx.scalar(select(t.organisation.c.id).where(t.organisation.c.code == code)) if code else None
