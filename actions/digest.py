"""What those above hear of the work of others: the coordinator's week, a municipality's schools, who is late for long.

Rules of the design: notices.md, «To whom» and decision 0010.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from domain.agenda import agenda
from domain.board import Measured, names_of
from domain.debtor import Debtor
from domain.escalation import LateItem, LateSchool, by_school, heard_on, late_items
from domain.hours import Hours
from domain.indicator import IndicatorState
from domain.notice import effective
from domain.registry import Registry
from domain.roadmap import KeptItem, KeptRoadmap, OwedBy

SHOWN_LINES = 12


@dataclass(frozen=True, slots=True)
class LongLate:
    """An item that somebody is late with: ``names`` is how they are called, ``escalated`` whether it is the region's
    business by now."""

    kept: KeptItem
    working_days: int
    names: tuple[str, ...]
    escalated: bool


@dataclass(frozen=True, slots=True)
class SchoolsItem:
    """An item that ends this week: ``missing`` of ``of`` schools of somebody's have it still to do."""

    kept: KeptItem
    missing: int
    of: int


@dataclass(frozen=True, slots=True)
class SchoolsDigest:
    """What a municipal coordinator hears of their schools: what ends this week, and who is late for long."""

    week: tuple[SchoolsItem, ...]
    late: tuple[LateSchool, ...]


@dataclass(frozen=True, slots=True)
class News:
    """What somebody's message of the day says of the work of others: the region's ``weekly`` digest, what became the
    region's business today, their schools."""

    weekly: bool
    escalated: tuple[LongLate, ...]
    schools: SchoolsDigest | None


@dataclass(frozen=True, slots=True)
class Digests:
    """What is known on a local day, measured in the whole region; made once for everybody's messages."""

    roadmaps: Sequence[KeptRoadmap] = ()
    rows: Sequence[Measured] = ()
    registry: Registry = field(default_factory=Registry)
    late: Sequence[LateItem] = ()

    @classmethod
    def of(
        cls, roadmaps: Sequence[KeptRoadmap], rows: Sequence[Measured], registry: Registry, hours: Hours, today: date
    ) -> "Digests":
        """``rows`` are the measured items of ``roadmaps``, ``registry`` what they were measured in."""
        return cls(roadmaps, rows, registry, late_items(rows, today, hours.calendar))

    def weekly(self, said: Collection[int], hours: Hours, today: date) -> dict[str, Any]:
        """The coordinator's week; what is overdue and ``said`` above it is not said again."""
        summary = agenda(self.roadmaps, today)
        open_rows = [row for row in self.rows if row.kept.is_open]
        done = [row.kept for row in open_rows if row.indicator.may_be_closed(today)]
        return {
            "overdue": [
                self._long_late(kept, hours, today)
                for kept in summary.overdue
                if kept.id not in said and kept not in done
            ],
            "threatened": [row.kept for row in open_rows if row.indicator.state is IndicatorState.THREATENED],
            "done": done,
            "week": summary.today + summary.week,
            "waiting": summary.waiting,
            "unclear": summary.unclear,
        }

    def escalated(self, hours: Hours, today: date) -> tuple[LongLate, ...]:
        """What became the regional coordinator's business today."""
        after = hours.rules.escalate_regional
        late = [one.row.kept for one in self.late if _is_heard(one, after, hours, today)]
        return tuple(self._long_late(kept, hours, today) for kept in late)

    def schools(self, municipalities: Collection[int], hours: Hours, today: date) -> SchoolsDigest | None:
        """What is to be said today of the schools of these municipalities: on the day of the digest, and when one of
        them has just been late for so long; ``None`` when there is nothing."""
        names = {
            Debtor(OwedBy.SCHOOL, one.id): one.name
            for one in self.registry.schools
            if one.municipality_id in municipalities
        }
        own = [found for one in self.late if (found := one.among(names)).debtors]
        after = hours.rules.escalate_municipal
        is_digest_day = hours.is_digest_day(today)
        if not is_digest_day and not any(_is_heard(one, after, hours, today) for one in own):
            return None
        week = self._week(frozenset(names), today) if is_digest_day else []
        late = by_school([one for one in own if one.days >= after], names)
        return SchoolsDigest(tuple(week), tuple(late)) if week or late else None

    def _week(self, own: frozenset[Debtor], today: date) -> list[SchoolsItem]:
        sunday = today + timedelta(days=6 - today.weekday())
        found = []
        for row in self.rows:
            end, missing = row.indicator.end, sum(one in own for one in row.missing())
            if row.kept.is_open and missing and end is not None and today <= end <= sunday:
                found.append(SchoolsItem(row.kept, missing, sum(one in own for one in row.who)))
        return found

    def names(self, item_id: int) -> tuple[str, ...]:
        """Who is late with an item. Of executors, who owe together, nobody is named."""
        late = next((one for one in self.late if one.row.kept.id == item_id), None)
        if late is None:
            return ()
        called = names_of(self.registry)
        return tuple(called[one] for one in late.debtors if one.party is not OwedBy.EXECUTORS)

    def _long_late(self, kept: KeptItem, hours: Hours, today: date) -> LongLate:
        days = hours.calendar.working_days_after(effective(kept.item).end or today, today)
        return LongLate(kept, days, self.names(kept.id), days >= hours.rules.escalate_regional)


def _is_heard(late: LateItem, after: int, hours: Hours, today: date) -> bool:
    end = late.row.indicator.end
    return end is not None and heard_on(end, after, hours.calendar) == today
