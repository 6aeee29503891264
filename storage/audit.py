"""The audit: rows are added and read, never changed and never taken away."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Column, ColumnElement, and_, func, insert, or_, select

from domain.audit import BY_CLOCK, BY_STRANGERS, PEOPLE_IN_ABOUT, Deed, Entry, refuse_names
from domain.audit_look import Labels
from storage import tables as t
from storage.database import Transaction, batches, new_id

_c = t.audit.c
_ABOUT_PEOPLE = tuple(_c.about[key].as_integer() for key in sorted(PEOPLE_IN_ABOUT))


async def record(tx: Transaction, now: datetime, by: int | None, deed: Deed, **about: int | str | None) -> int:
    """Write down what a person did (``None``: the operator, a stranger or the clock). Returns the row's id.

    ``about`` holds ids and words of ours; raises ``ValueError`` for anything that could be a name.
    """
    refuse_names(about)
    return new_id(await tx.execute(insert(t.audit).values(at=now, person_id=by, deed=deed, about=about)))


async def record_all(
    tx: Transaction, now: datetime, by: int, deeds: Iterable[tuple[Deed, dict[str, int | str | None]]]
) -> None:
    """Write down many deeds at once, as (deed, about)."""
    for some in batches(deeds):
        for _, about in some:
            refuse_names(about)
        values = [{"at": now, "person_id": by, "deed": deed, "about": about} for deed, about in some]
        await tx.execute(insert(t.audit), values)


class Wanted(TypedDict, total=False):
    """Which rows: ``by`` a person, by the operator, by or about a person, of kinds of deeds, from an instant (UTC) on,
    older than the row of an id."""

    by: int | None
    by_operator: bool
    with_person: int | None
    deeds: Collection[Deed]
    since: datetime | None
    before: int | None


async def entries(
    tx: Transaction, *, limit: int | None = None, offset: int = 0, **wanted: Unpack[Wanted]
) -> list[Entry]:
    """What was written down, the newest first."""
    query = select(t.audit).where(*_where(wanted)).order_by(_c.id.desc())
    return [_entry(row) for row in await tx.execute(query.limit(limit).offset(offset))]


async def count(tx: Transaction, **wanted: Unpack[Wanted]) -> int:
    """How many rows ``entries`` would give."""
    return int(await tx.scalar(select(func.count()).select_from(t.audit).where(*_where(wanted))) or 0)


async def entry(tx: Transaction, entry_id: int) -> Entry | None:
    """The row of that id."""
    row = (await tx.execute(select(t.audit).where(_c.id == entry_id))).first()
    return None if row is None else _entry(row)


def _where(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.get("by_operator"):
        yield _c.person_id.is_(None)
        yield _c.deed.not_in(BY_STRANGERS | BY_CLOCK)
    if (by := wanted.get("by")) is not None:
        yield _c.person_id == by
    if (person := wanted.get("with_person")) is not None:
        yield or_(_c.person_id == person, *(one == person for one in _ABOUT_PEOPLE))
    if deeds := wanted.get("deeds"):
        yield _c.deed.in_(list(deeds))
    if (since := wanted.get("since")) is not None:
        yield _c.at >= since
    if (before := wanted.get("before")) is not None:
        yield _c.id < before


def _entry(row: Any) -> Entry:
    return Entry(row.id, row.at, row.person_id, Deed(row.deed), row.about)


async def doers(tx: Transaction, part: str, number: int | None = None) -> dict[int, str]:
    """Person id → name of those by whom or about whom something was written down: those in whose name's key every word
    of ``part`` is, and the one of that ``number``. In the order of names, who has none last."""
    p = t.person.c
    met = (select(one).where(one.is_not(None)) for one in (_c.person_id, *_ABOUT_PEOPLE))
    named = and_(*(p.name_key.contains(word, autoescape=True) for word in part.split()))
    query = select(p.id, p.name).where(or_(*(p.id.in_(ids) for ids in met)), or_(named, p.id == number))
    return {row.id: row.name for row in await tx.execute(query.order_by(p.name == "", p.name_key, p.id))}


_NAMED: dict[str, tuple[str, Column[Any]]] = {
    "school": ("schools", t.school.c.name),
    "municipality": ("municipalities", t.municipality.c.name),
    "group": ("groups", t.group_chat.c.title),
    "risk": ("risks", t.risk_factor.c.name),
    "survey": ("surveys", t.survey.c.title),
}
"""Key of ``about`` → what it becomes in ``Labels``, and the column that names it."""


async def labels(tx: Transaction, told: Iterable[Entry]) -> Labels:
    """How what these rows name is called now."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for one in told:
        wanted["people"] |= {one.person_id} if one.person_id is not None else set()
        for key, value in one.about.items():
            if isinstance(value, int):
                wanted["people" if key in PEOPLE_IN_ABOUT else key].add(value)
    found = {to: await _names(tx, name.table, name, wanted[key]) for key, (to, name) in _NAMED.items()}
    organisations = await tx.execute(select(t.organisation.c.code, t.organisation.c.name))
    roadmaps = (await tx.execute(select(t.roadmap.c.id, t.roadmap.c.year, t.roadmap.c.channels))).all()
    return Labels(
        people=await _names(tx, t.person, t.person.c.name, wanted["people"]),
        items=await _items(tx, wanted["item"]),
        roadmaps={row.id: row.year for row in roadmaps},
        channels={one["id"]: one["title"] for row in roadmaps for one in row.channels},
        organisations={row.code: row.name for row in organisations},
        **found,
    )


async def _items(tx: Transaction, ids: Collection[int]) -> dict[int, tuple[int, int]]:
    if not ids:
        return {}
    i = t.item.c
    rows = await tx.execute(select(i.id, i.number, t.roadmap.c.year).join(t.roadmap).where(i.id.in_(ids)))
    return {row.id: (row.number, row.year) for row in rows}


async def _names(tx: Transaction, table: Any, name: Column[Any], ids: Collection[int]) -> dict[int, Any]:
    if not ids:
        return {}
    rows = await tx.execute(select(table.c.id, name.label("name")).where(table.c.id.in_(ids)))
    return {row.id: row.name for row in rows}
