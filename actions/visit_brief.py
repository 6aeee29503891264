"""Inside a transaction: what a curator needs to know before a visit, at one look."""

from dataclasses import dataclass
from datetime import date

from actions.visit_sight import Sight
from domain.document import DocumentState, checklist
from domain.registry import called
from domain.visit import Visit
from domain.visit_form import Seen, seen_state
from storage import agreed as agreed_rows
from storage import document as document_rows
from storage import remark as remark_rows
from storage import risk_factor as risk_rows
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Brief:
    """The school's card. ``head`` and ``position`` are of whoever is responsible there, ``last`` the number and the
    local day of the visit before; ``documents`` says how many are in each state; ``late`` how much of what was
    ``agreed`` is overdue."""

    address: str
    head: str
    position: str
    last: tuple[int, date] | None
    risks: tuple[str, ...]
    documents: dict[Seen, int]
    to_fix: int
    remarks: int
    agreed: int
    late: int


async def brief_of(tx: Transaction, found: Sight, visit: Visit) -> Brief:
    """As it is now."""
    school = visit.school_id
    place = found.registry.school(school)
    factors, own = await risk_rows.every(tx), (await risk_rows.profiles(tx, [school])).get(school, set())
    lines = [
        one for one in checklist(school, factors, own, await document_rows.of_schools(tx, [school]), {}) if one.is_own
    ]
    remarks = [one for one in await remark_rows.of_school(tx, school) if one.fixed_at is None]
    agreed = [one for one in await agreed_rows.of_schools(tx, [school]) if one.is_open]
    team, last = found.registry.team(school), found.last_report(visit)
    states = [seen_state(one.state) for one in lines]
    return Brief(
        place.address if place else "",
        called(team[0].name, team[0].id) if team else "",
        team[0].position if team else "",
        (last.number, last.held_on) if last else None,
        tuple(one.name for one in factors if one.id in own),
        {one: states.count(one) for one in Seen},
        sum(one.state is DocumentState.REMARKS for one in lines),
        len(remarks),
        len(agreed),
        sum(one.until < found.today for one in agreed),
    )
