"""The visits of the region: of school «А» one whose move was returned and one that waits, of school «Б» one that it
wants on another day and one that was returned; with a secret in whatever not everybody may read."""

from dataclasses import replace
from datetime import date

from bot.core import Core
from domain.access import Right, reach_of
from domain.people import Member, Role
from domain.registry import School
from domain.visit import Proposal, ProposalState, Visit, VisitStep, Wish
from storage import visit as visit_rows
from tests.handlers.access.work import MaySee, may_see
from tests.handlers.opening import NOON

MOVING, RETURNED, WISH = "Оникс-перенос", "Яхонт-возврат", "Бирюза-просьба"
"""Why the curator of school «А» asked for another day, why a day in school «Б» was returned, and why it wishes for
another."""
FIRST, ASKED, SECOND = date(2022, 3, 21), date(2022, 3, 22), date(2022, 4, 18)


async def visits(
    core: Core, schools: tuple[School, School], curators: tuple[int, int], director: int
) -> dict[int, int]:
    """Visit id → its school: of «А» the returned move, of «Б» the wished one and the returned, of «А» what waits."""
    own, other = (one.id for one in schools)
    moving = Proposal(ASKED, ProposalState.RETURNED, MOVING)
    returned = Proposal(SECOND, ProposalState.RETURNED, comment=RETURNED)
    made = (
        Visit(0, own, curators[0], day=FIRST, proposal=moving),
        Visit(0, other, curators[1], day=FIRST, wish=Wish(ASKED, WISH, director)),
        Visit(0, other, curators[1], proposal=returned),
        Visit(0, own, curators[0], proposal=Proposal(SECOND, ProposalState.SENT, sent_at=NOON)),
    )
    found = {}
    async with core.database.transaction() as tx:
        for one in made:
            visit_id = await visit_rows.add(tx, one.school_id, one.curator_id, Proposal(FIRST), NOON)
            await visit_rows.save(tx, replace(one, id=visit_id))
            found[visit_id] = one.school_id
        first, wished, back, _ = found
        await visit_rows.step(tx, first, VisitStep.APPROVED, None, NOON, FIRST)
        await visit_rows.step(tx, first, VisitStep.PROPOSED, curators[0], NOON, ASKED, MOVING)
        await visit_rows.step(tx, wished, VisitStep.WISHED, director, NOON, ASKED, WISH)
        await visit_rows.step(tx, back, VisitStep.RETURNED, None, NOON, SECOND, RETURNED)
    return found


def secrets(schools: tuple[School, School]) -> dict[str, MaySee]:
    """Each word with those who may read it: what is only asked for is not for the school."""
    own, other = schools
    return {MOVING: _inside(own), RETURNED: _inside(other), WISH: may_see(other)}


def _inside(school: School) -> MaySee:
    def may_know(member: Member) -> bool:
        others = [duty for duty in member.duties if duty.role is not Role.SCHOOL]
        return member.has_agreed and reach_of(others, Right.SEE_VISITS).covers(school)

    return may_know
