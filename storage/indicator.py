"""What the indicators count, of all items at once: a few queries however many items there are."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, tzinfo
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from domain.completion import CompletionState
from domain.debtor import Debtor
from domain.indicator_count import Facts, Told
from domain.people import Duty, Role
from domain.registry import Municipality, Registered, Registry, School
from domain.roadmap import OwedBy
from domain.survey import Party, Respondent
from storage import tables as t
from storage.database import Transaction
from storage.tables.base import Instant

_c, _h, _d, _x, _n = t.completion.c, t.happening.c, t.duty.c, t.exemption.c, t.told_number.c
_v, _p = t.survey.c, t.survey_part.c
_ITEMS: BindParameter[list[int]] = bindparam("items", expanding=True)


def _known(what: str, item: Column[int], **given: Column[Any]) -> Select[Any]:
    """Rows of one table in the shape of all: ``what`` they are, of which item, and the rest as far as they have it."""
    shape = {"party": String, "number": Integer, "state": String, "done": Integer, "at": Instant, "day": Date}
    rest = [given.get(name, type_coerce(null(), kind)).label(name) for name, kind in shape.items()]
    return select(literal(what).label("what"), item.label("item_id"), *rest).where(item.in_(_ITEMS))


# Composed once, and asked at once: they stand behind every card of an item, and a query costs more than its rows.
_FACTS = union_all(
    _known("said", _c.item_id, party=_c.party, number=_c.debtor_id, state=_c.state, at=_c.decided_at).where(
        _c.state.in_([CompletionState.ACCEPTED, CompletionState.SENT])
    ),
    _known("exempt", _x.item_id, party=_x.party, number=_x.debtor_id),
    _known("held", _h.item_id, number=_h.municipality_id, day=_h.day).where(_h.removed_at.is_(None)),
    _known("told", _n.item_id, number=_n.of, done=_n.done, day=_n.day),
    _known("asked", _v.item_id, party=_p.party, number=_p.respondent_id, done=_p.survey_id, day=_p.answered_on).where(
        _p.survey_id == _v.id, _p.left_on.is_(None), ~_v.is_draft, _v.cancelled_at.is_(None)
    ),
)
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


async def facts(tx: Transaction, items: Collection[int], zone: tzinfo) -> dict[int, Facts]:
    """Item id → what is known of it. Days are those of ``zone``."""
    accepted: dict[int, dict[Debtor, date]] = defaultdict(dict)
    waiting: dict[int, set[Debtor]] = defaultdict(set)
    exempt: dict[int, set[Debtor]] = defaultdict(set)
    held: dict[int, list[tuple[int | None, date]]] = defaultdict(list)
    told: dict[int, Told] = {}
    asked: dict[int, dict[int, dict[Respondent, date | None]]] = defaultdict(lambda: defaultdict(dict))
    for what, item_id, party, number, state, done, at, day in await tx.execute(_FACTS, {"items": list(items)}):
        match what:
            case "said" if state == CompletionState.ACCEPTED:
                accepted[item_id][Debtor(OwedBy(party), number)] = at.astimezone(zone).date()
            case "said":
                waiting[item_id].add(Debtor(OwedBy(party), number))
            case "exempt":
                exempt[item_id].add(Debtor(OwedBy(party), number))
            case "asked":
                asked[item_id][done][Respondent(Party(party), number)] = day
            case "held":
                held[item_id].append((number, day))
            case _:
                told[item_id] = Told(done, number, day)
    return {
        item: Facts(
            accepted[item],
            frozenset(waiting[item]),
            frozenset(exempt[item]),
            tuple(sorted(held[item], key=lambda one: one[1])),
            told.get(item),
            asked[item][max(asked[item])] if item in asked else None,
        )
        for item in items
    }


async def owing(tx: Transaction, parties: Collection[OwedBy]) -> Registry:
    """The registry as far as these parties need it, in the order of names: of people only the curators.

    The whole registry takes several times as long, most of it for people who owe nothing by themselves.
    """
    wanted = set(parties)
    schools: tuple[School, ...] = ()
    municipalities: tuple[Municipality, ...] = ()
    if wanted - {OwedBy.EXECUTORS}:
        schools = tuple(School(*row) for row in await tx.execute(_SCHOOLS))
    if OwedBy.MUNICIPALITY in wanted:
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
