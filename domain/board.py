"""The dashboard: every item with its number, how it stands, and who is late."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.access import Reach
from domain.agenda import Status, status
from domain.calendar import WorkCalendar
from domain.debtor import Debtor, everybody
from domain.indicator import Indicator, IndicatorState, indicator
from domain.indicator_count import Facts, count, party_of, respondents_of
from domain.people import Role
from domain.registry import Registered, Registry, called
from domain.roadmap import KeptItem, OwedBy
from domain.survey import Respondent


class Stand(StrEnum):
    """How an item stands, the worst first: by its indicator, and of what runs, whether it has begun at all.

    ``overdue`` is past its end without a target that it could have missed.
    """

    FAILED = "failed"
    OVERDUE = "overdue"
    THREATENED = "threatened"
    RUNNING = "running"
    COMING = "coming"
    WAITING = "waiting"
    UNPLANNED = "unplanned"
    DONE = "done"


_NOT_RUNNING = {
    Status.OVERDUE: Stand.OVERDUE,
    Status.COMING: Stand.COMING,
    Status.WAITING: Stand.WAITING,
    Status.UNPLANNED: Stand.UNPLANNED,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """An item with its number on a day: ``who`` owes it, and what is known of them. ``year`` is its roadmap's."""

    kept: KeptItem
    year: int
    indicator: Indicator
    stand: Stand
    who: tuple[Debtor, ...]
    facts: Facts

    def missing(self) -> list[Debtor]:
        """Who has it still to do. What waits for a reviewer is done as far as they are concerned."""
        return [one for one in self.indicator.count.missing if one not in self.facts.waiting]

    def late(self, today: date) -> list[Debtor]:
        """Who should have done it by now; nobody where there is enough without them."""
        end = self.indicator.end
        is_over = self.kept.is_open and end is not None and end < today
        return self.missing() if is_over and not self.indicator.count.is_enough else []


class Measuring:
    """Measures items on a day among those of a registry; what is the same for many items is worked out once."""

    def __init__(
        self,
        registry: Registry,
        today: date,
        calendar: WorkCalendar,
        teams: Mapping[int, Collection[int]],
        *,
        is_whole: bool = True,
    ) -> None:
        """``is_whole`` is false where the registry holds only what somebody may see."""
        self._registry = registry
        self._today = today
        self._calendar = calendar
        self._teams = teams
        self._is_whole = is_whole
        self._parties: dict[OwedBy, list[Debtor]] = {}

    def of(self, kept: KeptItem, year: int, facts: Facts) -> Measured:
        """One item. A number that was told is of everybody: for a part of them it is counted by who confirmed."""
        item, today = kept.item, self._today
        who = self._owing(party_of(item), facts.exempt)
        known = facts if self._is_whole else replace(facts, told=None, asked=self._seen(facts, who))
        counted = count(item, known, who, year=year, today=today, teams=self._teams)
        found = indicator(item, counted, year=year, today=today, calendar=self._calendar, is_closed=not kept.is_open)
        return Measured(kept, year, found, _stand(kept, found, today), tuple(who), known)

    def _seen(self, facts: Facts, who: Collection[Debtor]) -> Mapping[Respondent, date | None] | None:
        """Whom a survey asks of these schools."""
        if facts.asked is None:
            return None
        theirs = {respondent for one in who for respondent in respondents_of(one, self._teams)}
        return {one: day for one, day in facts.asked.items() if one in theirs}

    def _owing(self, party: OwedBy, exempt: Collection[Debtor]) -> list[Debtor]:
        if party not in self._parties:
            self._parties[party] = everybody(party, self._registry)
        known = self._parties[party]
        return [one for one in known if one not in exempt] if exempt else known


def _stand(kept: KeptItem, found: Indicator, today: date) -> Stand:
    if found.state is not IndicatorState.RUNNING:
        return Stand(found.state)
    return _NOT_RUNNING.get(status(kept, today), Stand.RUNNING)


def by_stand(rows: Iterable[Measured]) -> list[tuple[Stand, list[Measured]]]:
    """The items of each state that there are, the worst state first."""
    found: dict[Stand, list[Measured]] = defaultdict(list)
    for row in rows:
        found[row.stand].append(row)
    return [(stand, found[stand]) for stand in Stand if stand in found]


@dataclass(frozen=True, slots=True)
class Late:
    """Somebody who is late, as they are called, with the items they are late with."""

    name: str
    rows: tuple[Measured, ...]


def late_ones(
    rows: Iterable[Measured], names: Mapping[Debtor, str], executors: Mapping[int, Collection[str]], today: date
) -> list[Late]:
    """Who is late with most comes first, then by the order of ``names``.

    Executors owe together: each of an item's (``executors``, by its id) is late with it.
    """
    found: dict[Debtor, list[Measured]] = defaultdict(list)
    together: dict[str, list[Measured]] = defaultdict(list)
    for row in rows:
        for debtor in row.late(today):
            if debtor.party is not OwedBy.EXECUTORS:
                found[debtor].append(row)
                continue
            for name in executors.get(row.kept.id) or [""]:
                together[name].append(row)
    everybody_late = [Late(name, tuple(found[one])) for one, name in names.items() if one in found]
    return sorted(
        [*(Late(name, tuple(late)) for name, late in together.items()), *everybody_late],
        key=lambda one: -len(one.rows),
    )


def names_of(registry: Registry) -> dict[Debtor, str]:
    """How everybody who may owe is called: schools, then municipalities, then curators, each in the order of names."""
    return {
        **{Debtor(OwedBy.SCHOOL, one.id): one.name for one in registry.schools},
        **{Debtor(OwedBy.MUNICIPALITY, one.id): one.name for one in registry.municipalities},
        **{Debtor(OwedBy.CURATOR, one.id): called(one.name, one.id) for one in registry.holders(Role.CURATOR)},
    }


def visible(registry: Registry, seen: Reach, own: Collection[int]) -> Registry:
    """The registry as far as somebody sees who has done what: schools, their municipality, the curators there, and
    themselves (``own`` are the people they are or stand in for)."""
    if seen.everything:
        return registry
    home = {school.id for school in registry.schools if school.municipality_id in seen.municipalities}
    return replace(
        registry,
        schools=tuple(seen.among(registry.schools)),
        municipalities=tuple(one for one in registry.municipalities if one.id in seen.municipalities),
        people=tuple(one for one in registry.people if one.id in own or _curates(one, home)),
    )


def _curates(person: Registered, schools: Collection[int]) -> bool:
    return any(duty.role is Role.CURATOR and duty.school_id in schools for duty in person.duties)
