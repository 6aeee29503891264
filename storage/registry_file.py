"""A file of the registry: the draft of whoever sent it, and writing many rows at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, insert, select, update

from domain.people import Duty, Role
from domain.registry import name_key
from storage import tables as t
from storage.database import Transaction, batches

_d = t.registry_draft.c


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that waits for its sender's decision, as JSON; ``made_at`` (UTC) tells it from the one before it."""

    made_at: datetime
    rows: list[Any]
    answers: dict[str, bool]


async def save_draft(tx: Transaction, person_id: int, rows: list[Any], now: datetime) -> None:
    """In place of the one before it."""
    await forget_draft(tx, person_id)
    values = {"person_id": person_id, "made_at": now, "rows": rows, "answers": {}}
    await tx.execute(insert(t.registry_draft).values(**values))


async def draft(tx: Transaction, person_id: int) -> Draft | None:
    """What a person sent last and has not decided on."""
    row = (await tx.execute(select(_d.made_at, _d.rows, _d.answers).where(_d.person_id == person_id))).first()
    return None if row is None else Draft(row.made_at, row.rows, row.answers)


async def draft_made_at(tx: Transaction, person_id: int) -> datetime | None:
    """When a person sent the file that waits."""
    found: datetime | None = await tx.scalar(select(_d.made_at).where(_d.person_id == person_id))
    return found


async def save_answers(tx: Transaction, person_id: int, answers: Mapping[str, bool]) -> None:
    """What was answered so far."""
    await tx.execute(update(t.registry_draft).where(_d.person_id == person_id).values(answers=dict(answers)))


async def forget_draft(tx: Transaction, person_id: int) -> None:
    """Loaded, or not wanted."""
    await tx.execute(delete(t.registry_draft).where(_d.person_id == person_id))


async def forget_drafts(tx: Transaction, before: datetime) -> None:
    """Whatever was left lying: there are names in it."""
    await tx.execute(delete(t.registry_draft).where(_d.made_at < before))


async def add_municipalities(tx: Transaction, names: Sequence[str]) -> list[int]:
    """New municipalities; their ids in the same order."""
    return await _added(tx, t.municipality, [{"name": name, "name_key": name_key(name)} for name in names])


async def add_schools(tx: Transaction, schools: Sequence[tuple[int, str]]) -> list[int]:
    """Further schools as (municipality id, name); their ids in the same order. Who had left is back as it was."""
    c = t.school.c
    left = await tx.execute(select(c.id, c.municipality_id, c.name_key).where(c.left_at.is_not(None)))
    old = {(row.municipality_id, row.name_key): row.id for row in left}
    found = [old.get((home, name_key(name))) for home, name in schools]
    for school_id, (_, name) in zip(found, schools, strict=True):
        if school_id is not None:
            await tx.execute(update(t.school).where(c.id == school_id).values(name=name, left_at=None))
    new = [
        {"municipality_id": home, "name": name, "name_key": name_key(name)}
        for school_id, (home, name) in zip(found, schools, strict=True)
        if school_id is None
    ]
    ids = iter(await _added(tx, t.school, new))
    return [next(ids) if school_id is None else school_id for school_id in found]


async def add_people(tx: Transaction, people: Sequence[tuple[str, str]], now: datetime) -> list[int]:
    """New people as (name, position); their ids in the same order."""
    values = [
        {"name": name, "name_key": name_key(name), "position": position, "created_at": now} for name, position in people
    ]
    return await _added(tx, t.person, values)


async def add_duties(tx: Transaction, duties: Sequence[tuple[int, Duty]], now: datetime) -> None:
    """Duties as (person id, duty) that nobody of them has yet."""
    rows = await tx.execute(select(t.organisation.c.code, t.organisation.c.id))
    organisations = {row.code: row.id for row in rows}
    values = [
        {
            "person_id": person_id,
            "role": duty.role,
            "school_id": duty.school_id,
            "municipality_id": duty.municipality_id,
            "organisation_id": organisations[duty.organisation] if duty.organisation else None,
            "responsible": duty.responsible,
            "since": now,
        }
        for person_id, duty in duties
    ]
    await _added(tx, t.duty, values)


async def nobody_responsible(tx: Transaction, schools: Iterable[int]) -> None:
    """Nobody of these schools' teams is asked first any more."""
    c = t.duty.c
    for school_id in schools:
        led = (c.school_id == school_id, c.role == Role.SCHOOL, c.until.is_(None), c.responsible)
        await tx.execute(update(t.duty).where(*led).values(responsible=False))


async def _added(tx: Transaction, table: Table, values: list[dict[str, Any]]) -> list[int]:
    adding = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return [new for some in batches(values) for new in (await tx.execute(adding, some)).scalars()]
