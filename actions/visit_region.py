"""The visits of a region for whoever sees it: how they go, which risks change, what is not told of; as a workbook."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.project import Project
from actions.visit_export import Exported, count_rows, matrix_paper, register
from actions.visit_files import VisitsFile
from actions.visit_filling import mark_of
from actions.visit_sight import SeenVisit, Sight, sight
from domain.access import Right, reach, require
from domain.audit import Deed
from domain.contact import Contact, Phonebook
from domain.debtor import Debtor
from domain.form import Answers
from domain.leave import deputies
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import School, called
from domain.roadmap import OwedBy
from domain.visit import Standing, VisitReport
from domain.visit_count import CountedVisit, CountLine, VisitCount, by_curator, by_municipality, count, whose
from domain.visit_form import levels
from domain.visit_matrix import RiskRow, visit_matrix
from reports.visits_xlsx import visits_xlsx
from storage import audit as audit_rows
from storage import form_run as run_rows
from storage import people as people_rows
from storage import risk_factor as risk_rows
from storage import visit as visit_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class RegionVisits:
    """The visits of a year; ``places`` are the municipalities where that is not the whole region."""

    year: int
    places: tuple[str, ...]
    total: VisitCount
    municipalities: tuple[CountLine, ...]
    curators: tuple[CountLine, ...]


@dataclass(frozen=True, slots=True)
class LateVisit:
    """A visit whose day has passed and of which nobody has told, and with whom that rests today."""

    one: SeenVisit
    rests: tuple[Contact, ...]

    @property
    def days(self) -> int:
        """Since its day."""
        return (self.one.today - self.one.visit.when).days


class VisitRegion:
    """Use cases of whoever sees the region; of a municipality that part alone."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def look(self, *, by: Member, now: datetime) -> RegionVisits:
        """How many there are, and how many of each, at ``now``."""
        require(by, Right.SEE_REGION)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
        return _counted(found, by, self._visits(found, by))

    async def matrix(self, *, by: Member, now: datetime) -> tuple[RiskRow, ...]:
        """Every risk with its schools by the latest report of each, and the change since the visit before."""
        require(by, Right.SEE_REGION)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
            return await _matrix(tx, found, _schools(found, by), await _answers(tx, found))

    async def overdue(self, *, by: Member, now: datetime) -> tuple[LateVisit, ...]:
        """The visits without a report, the oldest first."""
        require(by, Right.SEE_REGION)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
            away = deputies(await people_rows.stand_ins(tx, found.today), found.today)
        book = Phonebook(found.registry, away)
        late = [one for one in found.among(by, Right.SEE_REGION) if found.standing(one) is Standing.OVERDUE]
        late.sort(key=lambda one: (one.when, one.id))
        return tuple(LateVisit(found.seen(one), _resting(found, book, found.goers(one))) for one in late)

    async def export(self, *, by: Member, now: datetime) -> VisitsFile:
        """The same as a workbook, made in a thread. Raises ``Refusal`` where there are no visits."""
        by_id = require(by, Right.SEE_REGION)
        async with self._database.transaction() as tx:
            found = await sight(tx, self._project, now)
            visits = [one for one in self._visits(found, by) if one.is_known]
            if not visits:
                raise Refusal("visit_region.no-file")
            schools, answers = _schools(found, by), await _answers(tx, found)
            matrix = await _matrix(tx, found, schools, answers)
            days = await visit_rows.first_days(tx)
            await audit_rows.record(tx, now, by_id, Deed.VISITS_EXPORTED, count=len(visits))
        texts, seen = self._project.texts, _counted(found, by, visits)
        rows = register(Exported(found, self._project, visits, answers, days))
        paper = matrix_paper(found.registry, schools, matrix)
        tables = count_rows(seen.curators, texts), count_rows(seen.municipalities, texts)
        content = await asyncio.to_thread(visits_xlsx, rows, *tables, paper, texts)
        return VisitsFile(content, len(visits), found.today)

    def _visits(self, found: Sight, by: Member) -> list[CountedVisit]:
        """Those of this year that whoever looks may see."""
        known = {one.id for one in found.registry.people}
        homes = {one.id: one.municipality_id for one in found.registry.schools}
        every = []
        for one in found.among(by, Right.SEE_REGION):
            report = found.reports.get(one.id)
            who = whose(one, report, found.curators(one.school_id), known)
            told_on = self._project.today(report.first_sent_at) if report else None
            every.append(CountedVisit(one, found.standing(one), homes[one.school_id], who, report, told_on))
        return [one for one in every if one.is_of(found.today.year)]


def _schools(found: Sight, by: Member) -> list[School]:
    return reach(by, Right.SEE_REGION).among(found.registry.schools)


def _counted(found: Sight, by: Member, visits: Sequence[CountedVisit]) -> RegionVisits:
    seen, schools = reach(by, Right.SEE_REGION), _schools(found, by)
    homes = [one for one in found.registry.municipalities if one.id in {school.municipality_id for school in schools}]
    places = by_municipality(visits)
    near = () if seen.everything else tuple(one.name for one in homes)
    return RegionVisits(
        found.today.year,
        near,
        count(visits),
        tuple(CountLine(one.name, places.get(one.id, VisitCount())) for one in homes),
        tuple(_curators(found, schools, visits)),
    )


def _curators(found: Sight, schools: Iterable[School], visits: Iterable[CountedVisit]) -> list[CountLine]:
    """Whoever has visits, and whoever curates one of these schools and has none."""
    known = by_curator(visits)
    theirs = {who for one in schools for who in found.curators(one.id)}
    idle = [frozenset({one}) for one in theirs if not any(one in people for people in known)]
    order = {one.id: place for place, one in enumerate(found.registry.people)}
    groups = sorted(
        [*known, *idle], key=lambda people: [len(order)] if not people else sorted(order[one] for one in people)
    )
    return [CountLine(found.names(one), known.get(one, VisitCount())) for one in groups]


def _resting(found: Sight, book: Phonebook, goers: Iterable[int]) -> tuple[Contact, ...]:
    """Whoever goes, or who stands in for them today."""
    people = [one for who in sorted(goers) if (one := found.registry.person(who)) is not None]
    own = ((Debtor(OwedBy.CURATOR, one.id), Contact(called(one.name, one.id), one.position)) for one in people)
    return tuple(one for debtor, contact in own for one in book.of(debtor) or (contact,))


async def _answers(tx: Transaction, found: Sight) -> dict[int, Answers]:
    """Visit id → what was answered, of every report that was sent."""
    runs = await run_rows.of_marks(tx, (mark_of(one) for one in found.reports))
    return {one: runs[mark_of(one)].answers for one in found.reports if mark_of(one) in runs}


async def _matrix(
    tx: Transaction, found: Sight, schools: Sequence[School], answers: dict[int, Answers]
) -> tuple[RiskRow, ...]:
    own = await risk_rows.profiles(tx, [one.id for one in schools])
    told = {
        school.id: [levels(answers[one.visit_id]) for one in _reports(found, school) if one.visit_id in answers]
        for school in schools
    }
    return visit_matrix(await risk_rows.every(tx), schools, own, told)


def _reports(found: Sight, school: School) -> list[VisitReport]:
    told = (found.reports[one.id] for one in found.of(school.id) if one.id in found.reports)
    return sorted(told, key=lambda one: (one.held_on, one.visit_id))
