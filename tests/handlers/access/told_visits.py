"""What was told of visits: of each school a report that waits and one that was accepted, with a secret in each part."""

from dataclasses import dataclass, replace
from datetime import date

from bot.core import Core
from domain.access import Right, may_for, reach_of
from domain.agreed import Agreed
from domain.form import Answers, Form, Question, QuestionKind
from domain.people import Member, Role
from domain.registry import School
from domain.remark import RemarkKind
from domain.visit import Proposal, ReportState, Visit, VisitReport
from domain.visit_form import ACTIONS, REMARKS, SEEN
from storage import agreed as agreed_rows
from storage import form_run as run_rows
from storage import remark as remark_rows
from storage import visit as visit_rows
from storage.database import Transaction
from storage.form_run import Run
from tests.handlers.access.work import MaySee
from tests.handlers.opening import NOON

INSIDE = ("Нефелин-отчёт", "Родонит-отчёт")
"""What curators saw in schools «А» and «Б»: not for the school."""
PARTS = ("Флюорит-замечание", "Шпинель-замечание")
"""What was remarked on and agreed upon there."""
WAITS, ACCEPTED = date(2022, 3, 7), date(2022, 2, 21)
_FORM = Form(
    "Отчёт",
    (
        Question(SEEN, "Что увидели?", QuestionKind.TEXT, required=False),
        Question(REMARKS, "Замечания", QuestionKind.LINES, required=False),
        Question(ACTIONS, "О чём договорились?", QuestionKind.LINES, required=False),
    ),
)


@dataclass(frozen=True)
class Told:
    """The visits told of with their schools, and what was agreed on, of school «А» first."""

    visits: dict[int, int]
    agreed: tuple[int, ...]

    @property
    def ids(self) -> dict[str, tuple[str, ...]]:
        """As buttons are forged of them."""
        return {"told": tuple(map(str, self.visits)), "agreed": tuple(map(str, self.agreed))}


async def told(core: Core, schools: tuple[School, School], curators: tuple[int, int]) -> Told:
    """Everything is in the database."""
    visits: dict[int, int] = {}
    agreed = []
    async with core.database.transaction() as tx:
        for school, curator, inside, part in zip(schools, curators, INSIDE, PARTS, strict=True):
            for day, state in ((WAITS, ReportState.SENT), (ACCEPTED, ReportState.ACCEPTED)):
                made = await _visit(tx, school.id, curator, day, state, inside, part)
                visits[made] = school.id
            await remark_rows.add(tx, school.id, RemarkKind.REMARK, part, curator, NOON, visit_id=made)
            what = Agreed(part, date(2022, 4, 15), "завуч")
            agreed.append(await agreed_rows.add(tx, made, school.id, what, NOON))
    return Told(visits, tuple(agreed))


async def _visit(
    tx: Transaction, school: int, curator: int, day: date, state: ReportState, inside: str, part: str
) -> int:
    made = await visit_rows.add(tx, school, curator, Proposal(day), NOON)
    await visit_rows.save(tx, replace(Visit(made, school, curator), day=day))
    answers: Answers = {SEEN: inside, REMARKS: (part,), ACTIONS: (f"{part} — до 15 апреля 2022, пт — завуч",)}
    await run_rows.put(tx, Run(f"visit:{made}", f"visit:{made}", answers, is_sent=True))
    decided = None if state is ReportState.SENT else NOON
    report = VisitReport(made, state, 1, day, _FORM, NOON, NOON, curator, decided_at=decided)
    await visit_rows.put_report(tx, report)
    return made


def secrets(schools: tuple[School, School]) -> dict[str, MaySee]:
    """Each word with those who may read it."""
    return {
        **dict(zip(INSIDE, map(_inside, schools), strict=True)),
        **dict(zip(PARTS, map(_part, schools), strict=True)),
    }


def _inside(school: School) -> MaySee:
    def may_know(member: Member) -> bool:
        others = [duty for duty in member.duties if duty.role is not Role.SCHOOL]
        return member.has_agreed and reach_of(others, Right.SEE_VISITS).covers(school)

    return may_know


def _part(school: School) -> MaySee:
    return lambda member: may_for(member, Right.SEE_VISITS, school)
