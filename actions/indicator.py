"""The live indicators: of all items at once, of one item with who is missing, on the dashboard, of one school."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from actions.project import Project, live
from domain.access import Reach, Right, may, reach, require_for
from domain.board import Late, Measured, Measuring, late_ones, names_of, visible
from domain.contact import Contact, Phonebook
from domain.debtor import Debtor
from domain.indicator import Indicator
from domain.indicator_count import counts_people, party_of
from domain.leave import deputies
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import Registry
from domain.roadmap import Executor, KeptItem, KeptRoadmap, OwedBy, Roadmap
from domain.school_result import SchoolResult, school_result
from storage import indicator as indicator_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage.database import Database, Transaction

_EVERYTHING = Reach(everything=True)


@dataclass(frozen=True, slots=True)
class Board:
    """The dashboard on a local day, as far as whoever looks may see.

    ``places`` are the municipalities where that is not the whole region.
    """

    today: date
    rows: tuple[Measured, ...]
    late: tuple[Late, ...]
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doer:
    """Somebody who owes an item, and whom to phone about it."""

    name: str
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """One item with who has not done it, whose confirmation waits for its review, and who has; on a local day."""

    row: Measured
    roadmap: Roadmap
    today: date
    missing: tuple[Doer, ...]
    waiting: tuple[Doer, ...]
    done: tuple[Doer, ...]


class Indicators:
    """Use cases of the indicators; nothing is kept: every number is counted anew from what is."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def board(self, *, by: Member, now: datetime) -> Board:
        """The dashboard: the whole region, or the schools and the part of one's own municipalities."""
        seen, today = reach(by, Right.SEE_REGION), self._project.today(now)
        async with self._database.read() as tx:
            known = await roadmap_rows.all_roadmaps(tx)
            roadmaps = live(known, today) or list(known[-1:])
            rows, registry = await _measure(tx, self._project, roadmaps, today, seen, _own(by))
        if not seen.everything:
            rows = [row for row in rows if row.who and not row.indicator.count.measure.is_together]
        executors = {
            kept.id: [who.name for who in _executors(kept, one.roadmap)] for one in roadmaps for kept in one.items
        }
        late = late_ones(rows, names_of(registry), executors, today)
        places = () if seen.everything else tuple(one.name for one in registry.municipalities)
        return Board(today, tuple(rows), tuple(late), places)

    async def of_item(self, item_id: int, *, by: Member, now: datetime) -> ItemStanding:
        """One item: its number among those whom whoever looks may see, and who is missing, with whom to phone.

        Raises ``Refusal`` for an unknown item.
        """
        seen, today = reach(by, Right.SEE_SCHOOL), self._project.today(now)
        async with self._database.read() as tx:
            found = await roadmap_rows.get_item_of_roadmap(tx, item_id)
            if found is None:
                raise Refusal("roadmap.unknown-item")
            kept, roadmap = found
            alone = KeptRoadmap(kept.roadmap_id, roadmap, (kept,))
            (row,), registry = await _measure(tx, self._project, [alone], today, seen, _own(by))
            everybody = await registry_rows.registry(tx)
            away = deputies(await people_rows.stand_ins(tx, today), today)
        named = _Naming(names_of(registry), Phonebook(everybody, away), _executors(kept, roadmap), seen)
        waiting = [one for one in row.who if one in row.facts.waiting]
        done = [one for one in row.who if one not in row.indicator.count.missing]
        return ItemStanding(row, roadmap, today, named.all(row.missing()), named.all(waiting), named.all(done))

    async def school(self, school_id: int, *, by: Member, now: datetime) -> SchoolResult:
        """What a school has done, beside the average of all schools; none of them is named.

        Raises ``Refusal`` where the right does not reach it, or there is no such school (any more).
        """
        seen, today = reach(by, Right.SEE_SCHOOL), self._project.today(now)
        async with self._database.read() as tx:
            known = await roadmap_rows.all_roadmaps(tx)
            roadmaps = live(known, today) or list(known[-1:])
            rows, registry = await _measure(tx, self._project, _of_schools(roadmaps), today)
            school = registry.school(school_id)
            if school is None:
                raise Refusal("school.gone" if seen.everything else "access.refused")
            require_for(by, Right.SEE_SCHOOL, school)
            items = [row.kept.id for row in rows]
            states = await indicator_rows.states(tx, items, Debtor(OwedBy.SCHOOL, school_id))
        return school_result(school_id, school.name, rows, states, today)


def sees_others(by: Member) -> bool:
    """Whether somebody may see of more than their own school who has done what; for showing a button."""
    if not may(by, Right.SEE_SCHOOL):
        return False
    seen = reach(by, Right.SEE_SCHOOL)
    return seen.everything or bool(seen.municipalities) or len(seen.schools) > 1


async def measured(
    tx: Transaction, project: Project, roadmaps: Sequence[KeptRoadmap], today: date
) -> dict[int, Indicator]:
    """Item id → its indicator of the whole region, of every item of these roadmaps, in a few queries."""
    rows, _ = await measured_rows(tx, project, roadmaps, today)
    return {row.kept.id: row.indicator for row in rows}


async def measured_rows(
    tx: Transaction, project: Project, roadmaps: Sequence[KeptRoadmap], today: date
) -> tuple[list[Measured], Registry]:
    """The same with who owes each item and has not done it, and the registry that they were measured in."""
    return await _measure(tx, project, roadmaps, today)


async def measured_item(tx: Transaction, project: Project, kept: KeptItem, roadmap: Roadmap, today: date) -> Indicator:
    """The same of one item: nothing is read that it does not need."""
    found = await measured(tx, project, [KeptRoadmap(kept.roadmap_id, roadmap, (kept,))], today)
    return found[kept.id]


async def _measure(
    tx: Transaction,
    project: Project,
    roadmaps: Sequence[KeptRoadmap],
    today: date,
    seen: Reach = _EVERYTHING,
    own: Iterable[int] = (),
) -> tuple[list[Measured], Registry]:
    """The items among those whom ``seen`` reaches, and the registry that they were measured in."""
    items = [(kept, one.roadmap.year) for one in roadmaps for kept in one.items]
    known = await indicator_rows.facts(tx, [kept.id for kept, _ in items], project.zone)
    parties = {party_of(kept.item) for kept, _ in items}
    whole = await indicator_rows.owing(tx, parties if seen.everything else [*parties, OwedBy.MUNICIPALITY])
    teams = await indicator_rows.teams(tx) if any(counts_people(kept.item) for kept, _ in items) else {}
    registry = visible(whole, seen, frozenset(own))
    measuring = Measuring(registry, today, await project.calendar(tx), teams, is_whole=seen.everything)
    return [measuring.of(kept, year, known[kept.id]) for kept, year in items], registry


def _of_schools(roadmaps: Iterable[KeptRoadmap]) -> list[KeptRoadmap]:
    return [
        KeptRoadmap(one.id, one.roadmap, tuple(kept for kept in one.items if party_of(kept.item) is OwedBy.SCHOOL))
        for one in roadmaps
    ]


def _own(by: Member) -> set[int]:
    """The people whom somebody is or stands in for."""
    return {one for one in (by.person_id, *(duty.instead_of for duty in by.duties)) if one is not None}


def _executors(kept: KeptItem, roadmap: Roadmap) -> list[Executor]:
    return [one for one in roadmap.executors if one.id in kept.item.executors]


@dataclass(frozen=True, slots=True)
class _Naming:
    """How those who owe an item are called, and who is to be phoned; of organisations only where everything is seen."""

    names: Mapping[Debtor, str]
    book: Phonebook
    executors: Sequence[Executor]
    seen: Reach

    def all(self, who: Iterable[Debtor]) -> tuple[Doer, ...]:
        """Everybody of them, in order; executors, who owe together, one by one."""
        return tuple(doer for one in who for doer in self._doers(one))

    def _doers(self, debtor: Debtor) -> list[Doer]:
        if debtor.party is not OwedBy.EXECUTORS:
            return [Doer(self.names[debtor], self.book.of(debtor))]
        known = self.book.of_organisation if self.seen.everything else lambda _: ()
        return [Doer(one.name, known(one.id)) for one in self.executors]
