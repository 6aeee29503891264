"""How the visits of a region go: planned, held, told of, overdue; in all, by municipality and by curator. Pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from domain.visit import Standing, Visit, VisitReport, who_goes

Key = TypeVar("Key", bound=Hashable)
_NOT_PLANNED = frozenset({Standing.PROPOSED, Standing.CANCELLED})


class VisitSplit(StrEnum):
    """By what the visits are broken down."""

    MUNICIPALITIES = "municipalities"
    CURATORS = "curators"


@dataclass(frozen=True, slots=True)
class CountedVisit:
    """A visit, how it stands, and for whom it counts; ``told_on`` is the local day on which its report first came."""

    visit: Visit
    standing: Standing
    municipality_id: int
    curators: frozenset[int] = frozenset()
    report: VisitReport | None = None
    told_on: date | None = None

    @property
    def day(self) -> date:
        """By which it counts: the one on which it was held, else the one that is planned."""
        return self.report.held_on if self.report else self.visit.when

    @property
    def told_after(self) -> int | None:
        """How many days after it its report came."""
        return None if self.told_on is None else max(0, (self.told_on - self.day).days)

    @property
    def is_known(self) -> bool:
        """Whether the coordinator knows of it: a draft is no schedule yet."""
        return self.standing is not Standing.PROPOSED or self.visit.waits

    def is_of(self, year: int) -> bool:
        """Whether it belongs to what a year shows: what nobody has told of yet is carried along."""
        return self.day.year == year or self.standing is Standing.OVERDUE


@dataclass(frozen=True, slots=True)
class VisitCount:
    """``planned`` have a day that was approved; of them ``held`` are those of which a report was sent, ``reported``
    those whose report waits or is accepted (not: was returned). ``told_after`` is in how many days a report comes."""

    planned: int = 0
    held: int = 0
    reported: int = 0
    overdue: int = 0
    accepted: int = 0
    missed: int = 0
    told_after: float | None = None

    @property
    def ahead(self) -> int:
        """Those whose day is today or later."""
        return self.planned - self.held - self.overdue - self.missed

    @property
    def waiting(self) -> int:
        """Reports that nobody has decided on yet."""
        return self.reported - self.accepted

    @property
    def returned(self) -> int:
        """Reports that are to be sent again."""
        return self.held - self.reported

    @property
    def percent(self) -> int:
        """How many of the planned ones are held; 100 only when all are."""
        return 100 * self.held // self.planned if self.planned else 0


@dataclass(frozen=True, slots=True)
class CountLine:
    """A municipality, or those for whom visits count; ``name`` is empty where a school has no curator."""

    name: str
    count: VisitCount


def whose(
    visit: Visit, report: VisitReport | None, curators: Collection[int], known: Collection[int]
) -> frozenset[int]:
    """For whom a visit counts: for whoever told of it, while they are ``known``; before that for whoever goes."""
    told = report.sent_by if report else None
    return frozenset({told}) if told in known and told is not None else who_goes(visit, curators)


def count(visits: Iterable[CountedVisit]) -> VisitCount:
    """All of them together."""
    every = list(visits)
    found = Counter(one.standing for one in every)
    days = [one.told_after for one in every if one.told_after is not None]
    return VisitCount(
        sum(times for one, times in found.items() if one not in _NOT_PLANNED),
        sum(times for one, times in found.items() if one.is_held),
        found[Standing.SENT] + found[Standing.ACCEPTED],
        found[Standing.OVERDUE],
        found[Standing.ACCEPTED],
        found[Standing.MISSED],
        sum(days) / len(days) if days else None,
    )


def by_municipality(visits: Iterable[CountedVisit]) -> dict[int, VisitCount]:
    """Municipality id → its visits."""
    return _grouped(visits, lambda one: one.municipality_id)


def by_curator(visits: Iterable[CountedVisit]) -> dict[frozenset[int], VisitCount]:
    """Those for whom they count (nobody, one, several who share a school) → their visits; each visit counts once."""
    return _grouped(visits, lambda one: one.curators)


def _grouped(visits: Iterable[CountedVisit], key: Callable[[CountedVisit], Key]) -> dict[Key, VisitCount]:
    found: dict[Key, list[CountedVisit]] = defaultdict(list)
    for one in visits:
        found[key(one)].append(one)
    return {which: count(group) for which, group in found.items()}
