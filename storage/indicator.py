"""What the indicators count, of all items at once: a few queries however many items there are."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, tzinfo

from sqlalchemy import BindParameter, bindparam, select

from domain.completion import CompletionState
from domain.debtor import Debtor
from domain.indicator_count import Facts, Told
from domain.people import Duty, Role
from domain.registry import Municipality, Registered, Registry, School
from domain.roadmap import OwedBy
from storage import completion as completion_rows
from storage import tables as t
from storage.database import Transaction

_c, _h, _d = t.completion.c, t.happening.c, t.duty.c
_ITEMS: BindParameter[list[int]] = bindparam("items", expanding=True)

# Composed once: they stand behind every card of an item.
_SAID = select(_c.item_id, _c.party, _c.debtor_id, _c.state, _c.decided_at).where(
    _c.item_id.in_(_ITEMS), _c.state.in_([CompletionState.ACCEPTED, CompletionState.SENT])
)
_HELD = (
    select(_h.item_id, _h.municipality_id, _h.day)
    .where(_h.item_id.in_(_ITEMS), _h.removed_at.is_(None))
    .order_by(_h.day, _h.id)
)
_TOLD = select(t.told_number).where(t.told_number.c.item_id.in_(_ITEMS))
_MUNICIPALITIES = select(t.municipality.c.id, t.municipality.c.name).order_by(t.municipality.c.name_key)
_SCHOOLS = (
    select(t.school.c.id, t.school.c.name, t.school.c.municipality_id)
    .where(t.school.c.left_at.is_(None))
    .order_by(t.school.c.name_key, t.school.c.id)
)
_CURATORS = (
    select(t.person.c.id, t.person.c.name, t.person.c.position, _d.school_id)
    .join(t.duty, _d.person_id == t.person.c.id)
    .where(_d.role == Role.CURATOR, _d.until.is_(None), t.person.c.removed_at.is_(None))
    .order_by(t.person.c.name_key, t.person.c.id, _d.id)
)
_TEAMS = (
    select(_d.school_id, _d.person_id)
    .join(t.person, t.person.c.id == _d.person_id)
    .where(_d.role == Role.SCHOOL, _d.until.is_(None), t.person.c.removed_at.is_(None))
)


async def facts(tx: Transaction, items: Collection[int], zone: tzinfo, *, counted: Collection[int]) -> dict[int, Facts]:
    """Item id → what is known of it; of ``counted`` ones also what was held and told. Days are those of ``zone``."""
    accepted: dict[int, dict[Debtor, datetime]] = defaultdict(dict)
    waiting: dict[int, set[Debtor]] = defaultdict(set)
    for item_id, party, debtor_id, state, decided_at in await tx.execute(_SAID, {"items": list(items)}):
        debtor = Debtor(OwedBy(party), debtor_id)
        if state == CompletionState.ACCEPTED:
            accepted[item_id][debtor] = decided_at
        else:
            waiting[item_id].add(debtor)
    exempt = await completion_rows.exemptions(tx, items)
    held, told = await _held(tx, counted), await _told(tx, counted)
    return {
        item: Facts(
            {debtor: at.astimezone(zone).date() for debtor, at in accepted[item].items()},
            frozenset(waiting[item]),
            frozenset(exempt.get(item, ())),
            tuple(held[item]),
            told.get(item),
        )
        for item in items
    }


async def _held(tx: Transaction, items: Collection[int]) -> dict[int, list[tuple[int | None, date]]]:
    found: dict[int, list[tuple[int | None, date]]] = defaultdict(list)
    if items:
        for item_id, municipality_id, day in await tx.execute(_HELD, {"items": list(items)}):
            found[item_id].append((municipality_id, day))
    return found


async def _told(tx: Transaction, items: Collection[int]) -> dict[int, Told]:
    if not items:
        return {}
    rows = await tx.execute(_TOLD, {"items": list(items)})
    return {row.item_id: Told(row.done, row.of, row.day) for row in rows}


async def owing(tx: Transaction, parties: Collection[OwedBy]) -> Registry:
    """The registry as far as these parties need it, in the order of names: of people only the curators.

    The whole registry takes several times as long, most of it for people who owe nothing by themselves.
    """
    wanted = set(parties)
    schools: tuple[School, ...] = ()
    municipalities: tuple[Municipality, ...] = ()
    if wanted & {OwedBy.SCHOOL, OwedBy.MUNICIPALITY, OwedBy.CURATOR}:
        schools = tuple(School(*row) for row in await tx.execute(_SCHOOLS))
        municipalities = tuple(Municipality(*row) for row in await tx.execute(_MUNICIPALITIES))
    curators = await _curators(tx) if OwedBy.CURATOR in wanted else ()
    return Registry(municipalities=municipalities, schools=schools, people=curators)


async def _curators(tx: Transaction) -> tuple[Registered, ...]:
    found: dict[int, Registered] = {}
    for person_id, name, position, school_id in await tx.execute(_CURATORS):
        known = found.get(person_id)
        duties = (*(known.duties if known else ()), Duty(Role.CURATOR, school_id=school_id))
        found[person_id] = Registered(person_id, name, position, duties)
    return tuple(found.values())


async def teams(tx: Transaction) -> dict[int, list[int]]:
    """School id → the people of its team."""
    found: dict[int, list[int]] = defaultdict(list)
    for school_id, person_id in await tx.execute(_TEAMS):
        found[school_id].append(person_id)
    return found


async def states(tx: Transaction, items: Sequence[int], debtor: Debtor) -> dict[int, CompletionState]:
    """Item id → how a debtor's confirmation stands, where there is one."""
    query = select(_c.item_id, _c.state).where(
        _c.item_id.in_(list(items)), _c.party == debtor.party, _c.debtor_id == debtor.id
    )
    return {row.item_id: CompletionState(row.state) for row in await tx.execute(query)}
