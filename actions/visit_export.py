"""What the region's workbook of visits is made of (``reports/visits_xlsx.py``), out of what was counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from actions.project import Project
from actions.visit_sight import Sight
from domain.form import Answers
from domain.registry import Registry, School
from domain.visit import ReportState, VisitReport
from domain.visit_count import CountedVisit, CountLine
from domain.visit_form import ACTIONS, PROPOSALS, REMARKS, Change, lines_of
from domain.visit_matrix import RiskRow
from domain.visit_paper import CountRow, MatrixCell, MatrixPaper, MatrixRow, VisitRow
from texts import Texts


@dataclass(frozen=True, slots=True)
class Exported:
    """The visits with what was answered of each by its id, and the day that was approved first by its id."""

    found: Sight
    project: Project
    visits: Sequence[CountedVisit]
    answers: Mapping[int, Answers]
    days: Mapping[int, date]

    def row(self, one: CountedVisit) -> VisitRow:
        """A visit in the register."""
        seen, answers = self.found.seen(one.visit), self.answers.get(one.visit.id, {})
        day, first = one.visit.when, self.days.get(one.visit.id)
        return VisitRow(
            seen.municipality,
            seen.school.name,
            self.found.names(one.curators),
            seen.number,
            day,
            self.project.texts.plain("visit.standing", standing=one.standing),
            first if first != day else None,
            one.report.held_on if one.report else None,
            one.told_on,
            self._reviewed(one.report),
            len(lines_of(answers.get(REMARKS))) + len(lines_of(answers.get(PROPOSALS))),
            len(lines_of(answers.get(ACTIONS))),
        )

    def _reviewed(self, report: VisitReport | None) -> date | None:
        if report is None or report.decided_at is None or report.state is not ReportState.ACCEPTED:
            return None
        return self.project.today(report.decided_at)


def register(exported: Exported) -> list[VisitRow]:
    """The visits by municipality and school, in each by day."""
    rows = [exported.row(one) for one in exported.visits]
    return sorted(rows, key=lambda one: (one.municipality, one.school, one.day or date.max, one.number))


def count_rows(lines: Iterable[CountLine], texts: Texts) -> list[CountRow]:
    """A row for each."""
    nobody = texts.plain("visit_region.nobody")
    found = ((one.name or nobody, one.count) for one in lines)
    return [CountRow(name, one.planned, one.held, one.reported, one.overdue, one.accepted) for name, one in found]


def matrix_paper(registry: Registry, schools: Iterable[School], matrix: Sequence[RiskRow]) -> MatrixPaper:
    """Every school with a risk, by municipality; a cell for each risk."""
    homes = {one.id: one.name for one in registry.municipalities}
    known = [{each.school.id: each.change for each in row.schools} for row in matrix]
    rows = [
        MatrixRow(homes.get(one.municipality_id, ""), one.name, tuple(_cell(row.get(one.id)) for row in known))
        for one in schools
        if any(one.id in row for row in known)
    ]
    return MatrixPaper(tuple(one.risk.name for one in matrix), tuple(sorted(rows, key=lambda one: one.municipality)))


def _cell(change: Change | None) -> MatrixCell | None:
    """On paper levels begin with 0."""
    if change is None:
        return None
    return MatrixCell(change.level - 1, None if change.before is None else change.before - 1)
