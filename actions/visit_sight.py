"""Inside a transaction: all visits with everything they are decided by, and as somebody may see them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from actions.project import Project, live
from domain.access import Right, reach
from domain.notice import COORDINATOR
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.registry import Registry, School, called
from domain.review import reviewers
from domain.roadmap import ItemKind, KeptItem, KeptRoadmap, OwedBy
from domain.visit import Clash, ClashKind, Proposal, Standing, Visit, VisitReport, numbers, standing, who_goes
from domain.visit_clash import Diary, clashes
from storage import leave as leave_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage import visit as visit_rows
from storage.database import Transaction
from storage.people import Bearer


@dataclass(frozen=True, slots=True)
class SeenVisit:
    """A visit as people read it on the local day ``today``; ``curators`` is how those who go are called."""

    visit: Visit
    school: School
    municipality: str
    number: int
    standing: Standing
    curators: str
    today: date
    report: VisitReport | None = None
    clashes: tuple[Clash, ...] = ()

    @property
    def id(self) -> int:
        """Of the visit."""
        return self.visit.id


@dataclass(frozen=True, slots=True)
class Sight:
    """Every visit that was not cancelled, of schools that take part, and what they are decided by.

    ``curated`` is school id → whoever curates it by their own duty.

    ``schedule`` and ``monitoring`` are the items of the live roadmap which curators' schedules and first visits are
    (12 and 13 of the order of 2022), ``None`` where it has none. ``gone`` is who takes part no more by their names.
    """

    registry: Registry
    visits: tuple[Visit, ...]
    reports: Mapping[int, VisitReport]
    bearers: Mapping[int, Bearer]
    diary: Diary
    numbers: Mapping[int, int]
    today: date
    curated: Mapping[int, frozenset[int]]
    roadmap: KeptRoadmap | None = None
    schedule: KeptItem | None = None
    gone: Mapping[int, str] = field(default_factory=dict)

    @property
    def monitoring(self) -> KeptItem | None:
        """The item of the first visits."""
        return self.diary.monitoring

    def curators(self, school_id: int) -> frozenset[int]:
        """Whoever curates a school by their own duty."""
        return self.curated.get(school_id, frozenset())

    def goers(self, visit: Visit) -> frozenset[int]:
        """Whose visit it is."""
        return who_goes(visit, self.curators(visit.school_id))

    def acting(self, visit: Visit) -> list[Bearer]:
        """Whoever may be written to about a visit as its curator today: the deputy of somebody on leave."""
        goers = self.goers(visit)

        def goes(who: int, duty: Duty) -> bool:
            is_theirs = duty.role is Role.CURATOR and duty.school_id == visit.school_id
            return is_theirs and (duty.instead_of or who) in goers

        return [one for who, one in self.bearers.items() if any(goes(who, duty) for duty in one.duties)]

    def standing(self, visit: Visit) -> Standing:
        """Where it is."""
        return standing(visit, self.reports.get(visit.id), self.today)

    def seen(self, visit: Visit) -> SeenVisit:
        """As people read it."""
        school = self.registry.school(visit.school_id)
        if school is None:
            raise Refusal("visit.school-left")
        home = self.registry.municipality(school.municipality_id)
        return SeenVisit(
            visit,
            school,
            home.name if home else "",
            self.numbers.get(visit.id, 1),
            self.standing(visit),
            self.names(self.goers(visit)),
            self.today,
            self.reports.get(visit.id),
            tuple(self.clashes(visit)),
        )

    def clashes(self, visit: Visit) -> list[Clash]:
        """What speaks against the day that counts, or that is asked for; nothing where it is held or over. That an
        approved day is late was decided on."""
        day = visit.proposal.day if visit.proposal else visit.day
        if day is None or visit.id in self.reports or (visit.proposal is None and day < self.today):
            return []
        found = clashes(self.diary, visit, day, self.numbers.get(visit.id, 1))
        return [one for one in found if visit.proposal is not None or one.kind is not ClashKind.LATE]

    def would_clash(self, visit: Visit, day: date) -> list[Clash]:
        """The same of a day that is only thought of."""
        theirs = [one for one in self.visits if one.id != visit.id]
        told = {one: report.number for one, report in self.reports.items()}
        thought = Visit(visit.id, visit.school_id, visit.curator_id, proposal=Proposal(day))
        found = numbers([*theirs, thought], told)
        return clashes(self.diary, visit, day, found.get(visit.id, 1))

    def names(self, people: Iterable[int]) -> str:
        """How these are called, by commas."""
        found = [self.registry.person(one) for one in sorted(people)]
        return ", ".join(called(one.name, one.id) for one in found if one is not None)

    def called(self, person_id: int | None) -> str:
        """How whoever did something is called, also when they take part no more; empty for nobody."""
        if person_id is None:
            return ""
        person = self.registry.person(person_id)
        return called(person.name if person else self.gone.get(person_id, ""), person_id)

    def of(self, school_id: int) -> list[Visit]:
        """The visits of a school, by the day that counts."""
        return [one for one in self.visits if one.school_id == school_id]

    def among(self, by: Member, right: Right) -> list[Visit]:
        """Those of the visits that a right reaches."""
        schools = {one.id for one in reach(by, right).among(self.registry.schools)}
        return [one for one in self.visits if one.school_id in schools]

    def last_report(self, visit: Visit) -> VisitReport | None:
        """What was told of the latest visit of the school before this one."""
        own = self.reports.get(visit.id)
        before = own.held_on if own else visit.when
        earlier = [
            self.reports[one.id]
            for one in self.of(visit.school_id)
            if one.id != visit.id and one.id in self.reports and self.reports[one.id].held_on < before
        ]
        return max(earlier, key=lambda one: one.held_on, default=None)

    def reviewing(self) -> frozenset[str]:
        """The addresses of those who review reports, by the data of the monitoring item; a coordinator always may."""
        if self.monitoring is None or self.roadmap is None:
            return frozenset({COORDINATOR})
        return reviewers(self.monitoring.item, self.roadmap.roadmap) | {COORDINATOR}

    def reviews(self, by: Member) -> bool:
        """Whether somebody is one of them."""
        return bool({duty.address for duty in by.duties} & self.reviewing())


async def sight(tx: Transaction, project: Project, now: datetime) -> Sight:
    """As it is at ``now``."""
    today, registry = project.today(now), await registry_rows.registry(tx)
    here = {one.id for one in registry.schools}
    visits = tuple(one for one in await visit_rows.every(tx) if one.school_id in here)
    reports = await visit_rows.reports(tx)
    roadmap = next(iter(live(await roadmap_rows.all_roadmaps(tx), today)), None)
    items = roadmap.items if roadmap else ()
    diary = Diary(
        registry,
        await project.calendar(tx),
        visits,
        await leave_rows.ahead(tx, today),
        items,
        _of_curators(items, ItemKind.MONITORING),
    )
    return Sight(
        registry,
        visits,
        reports,
        await people_rows.bearers(tx, today),
        diary,
        numbers(visits, {one: report.number for one, report in reports.items()}),
        today,
        _curated(registry),
        roadmap,
        _of_curators(items, ItemKind.SCHEDULE),
        await registry_rows.gone(tx),
    )


def _curated(registry: Registry) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for person in registry.people:
        for duty in person.duties:
            if duty.role is Role.CURATOR and duty.school_id is not None:
                found[duty.school_id].add(person.id)
    return {school: frozenset(people) for school, people in found.items()}


def _of_curators(items: Iterable[KeptItem], kind: ItemKind) -> KeptItem | None:
    return next((one for one in items if one.item.kind is kind and one.item.owed_by is OwedBy.CURATOR), None)


async def visit_for(tx: Transaction, found: Sight, visit_id: int, by: Member, right: Right) -> Visit:
    """The visit of that id for whoever has a right to its school.

    Raises ``Refusal`` where there is none (any more); who planned one of a school that left is told so.
    """
    seen, visit = reach(by, right), next((one for one in found.visits if one.id == visit_id), None)
    if visit is not None:
        school = found.registry.school(visit.school_id)
        if school is None or not seen.covers(school):
            raise Refusal("access.refused")
        return visit
    gone = await visit_rows.get(tx, visit_id)
    if gone is not None and gone.curator_id == by.person_id and gone.cancelled_at is None:
        raise Refusal("visit.school-left")
    is_told = seen.everything or (gone is not None and gone.school_id in seen.schools)
    raise Refusal("visit.gone" if is_told else "access.refused")
