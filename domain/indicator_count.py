"""What an indicator counts: who of those that owe has done it, how many people answered, how often it was held.

Pure: what is known is given. The denominator is everybody who owes, not everybody reached (domain.md, «Indicators»).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from domain.debtor import Debtor
from domain.notice import effective, window
from domain.roadmap import Item, OwedBy, Threshold, ThresholdKind
from domain.survey import Party, Respondent

_EVERYBODY = 100


class Measure(StrEnum):
    """In what an indicator is counted."""

    EXECUTORS = "executors"
    SCHOOLS = "school"
    MUNICIPALITIES = "municipality"
    CURATORS = "curator"
    PARTICIPANTS = "participants"
    TIMES = "times"
    MONTHS = "months"

    @property
    def is_together(self) -> bool:
        """Whether it is one thing of all executors and not of each school, municipality or curator."""
        return self in (Measure.EXECUTORS, Measure.TIMES, Measure.MONTHS)


@dataclass(frozen=True, slots=True)
class Told:
    """A number that somebody told as a whole, on a local day: ``done`` people of ``of``."""

    done: int
    of: int
    day: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one item.

    ``accepted`` holds the local day on which a debtor's confirmation was accepted, ``waiting`` those whose
    confirmation waits for its review, ``exempt`` those to whom the item does not apply. ``held`` are the local days of
    what was held, each with its municipality where it has one. ``asked`` are those whom the item's survey asks, each
    with the local day of their answer; ``None`` without a survey.
    """

    accepted: Mapping[Debtor, date] = field(default_factory=dict)
    waiting: frozenset[Debtor] = frozenset()
    exempt: Collection[Debtor] = frozenset()
    held: Sequence[tuple[int | None, date]] = ()
    told: Told | None = None
    asked: Mapping[Respondent, date | None] | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted: ``done`` of all ``of`` who owe, ``needed`` by the target (``None`` where the order names none).

    ``days`` are the local days on which what is done was done, in order. Whoever has not is in ``missing``; of a
    monthly indicator ``months`` holds the first days of the months that lack something, up to the present one.
    ``applies`` is false where the item applies to none of those who would owe it.
    """

    done: int
    of: int
    needed: int | None
    days: tuple[date, ...] = ()
    missing: tuple[Debtor, ...] = ()
    months: tuple[date, ...] = ()
    measure: Measure = Measure.EXECUTORS
    applies: bool = True

    @property
    def lacking(self) -> int:
        """How many are missing to the target."""
        return max(0, (self.needed or 0) - self.done)

    @property
    def percent(self) -> int:
        """The share, in whole percent rounded down: 89,9 % is not 90 %."""
        return self.done * 100 // self.of if self.of else 0

    @property
    def is_enough(self) -> bool:
        """Whether the target is reached; without one, whether everybody has done it.

        Nobody's nothing is not enough, unless it applies to nobody.
        """
        if not self.applies:
            return True
        return self.of > 0 and self.done >= (self.of if self.needed is None else self.needed)

    @property
    def is_whole(self) -> bool:
        """Whether there is enough and nobody is left who has not done it: nothing more is to be asked for."""
        return self.is_enough and (not self.missing or self.done >= self.of)


def needed_of(of: int, percent: int) -> int:
    """How many of ``of`` are at least so many percent."""
    return -(-of * percent // 100)


def party_of(item: Item) -> OwedBy:
    """Whose the item is: what is counted in each municipality is theirs, whatever else the item says."""
    threshold = item.threshold
    is_theirs = threshold is not None and threshold.kind is ThresholdKind.PER_MUNICIPALITY
    return OwedBy.MUNICIPALITY if is_theirs else item.owed_by


def counts_people(item: Item) -> bool:
    """Whether it is counted in people."""
    return item.threshold is not None and item.threshold.of == "participants"


def count(
    item: Item,
    facts: Facts,
    who: Sequence[Debtor],
    *,
    year: int,
    today: date,
    teams: Mapping[int, Collection[int]] | None = None,
) -> Count:
    """The count of an item among those of ``who`` owe it, on a local day; ``year`` is the roadmap's.

    ``teams`` are the people of each school by their ids: needed where participants are counted.
    """
    counted = _count(item, facts, who, year, today, teams or {})
    return counted if who or not facts.exempt else replace(counted, missing=(), applies=False)


def _count(
    item: Item,
    facts: Facts,
    who: Sequence[Debtor],
    year: int,
    today: date,
    teams: Mapping[int, Collection[int]],
) -> Count:
    held = [(place, day) for place, day in facts.held if day <= today]
    span = window(effective(item), year)
    match item.threshold:
        case Threshold(kind=ThresholdKind.COUNT, target=target):
            return of_happenings(who, (day for _, day in held), span, target or 1)
        case Threshold(kind=ThresholdKind.MONTHLY, target=target):
            return of_months(who, (day for _, day in held), span, target or 1, today)
        case Threshold(kind=ThresholdKind.PER_MUNICIPALITY, target=target):
            by_place = [(Debtor(OwedBy.MUNICIPALITY, place), day) for place, day in held if place is not None]
            return per_municipality(who, by_place, span, target or 1)
        case Threshold(kind=ThresholdKind.SHARE, of="participants", target=target):
            return of_people(who, facts, teams, target)
        case Threshold(kind=ThresholdKind.SHARE, target=target):
            return of_debtors(who, facts.accepted, target, Measure(item.owed_by))
    return of_debtors(who, facts.accepted, _EVERYBODY, Measure(item.owed_by))


def of_debtors(who: Sequence[Debtor], done: Mapping[Debtor, date], target: int | None, measure: Measure) -> Count:
    """Of whom it is done: ``done`` holds the local day; ``target`` is in percent. Who left is in neither number."""
    days = tuple(sorted(done[one] for one in who if one in done))
    missing = tuple(one for one in who if one not in done)
    needed = None if target is None else needed_of(len(who), target)
    return Count(len(days), len(who), needed, days, missing, measure=measure)


def of_people(who: Sequence[Debtor], facts: Facts, teams: Mapping[int, Collection[int]], target: int | None) -> Count:
    """How many of the people of those who owe: by the item's survey, or as it was told, and until then everybody of a
    school that confirmed.

    Somebody in two teams is one person.
    """
    missing = tuple(one for one in who if one not in facts.accepted)
    if facts.asked is not None:
        return _of_survey(who, facts.asked, teams, target)
    if facts.told is not None:
        of, done = facts.told.of, min(facts.told.done, facts.told.of)
        days: tuple[date, ...] = (facts.told.day,) * done
    else:
        of = len(_people(who, teams))
        days = _answered([one for one in who if one in facts.accepted], facts.accepted, teams)
        done = len(days)
    needed = None if target is None else needed_of(of, target)
    return Count(done, of, needed, days, missing, measure=Measure.PARTICIPANTS)


def _of_survey(
    who: Sequence[Debtor],
    asked: Mapping[Respondent, date | None],
    teams: Mapping[int, Collection[int]],
    target: int | None,
) -> Count:
    """How many of those who are asked have answered; a school is missing while somebody of its team is."""
    days = tuple(sorted(day for day in asked.values() if day is not None))
    waiting = {one for one, day in asked.items() if day is None}
    missing = tuple(one for one in who if waiting & {*respondents_of(one, teams)})
    needed = None if target is None else needed_of(len(asked), target)
    return Count(len(days), len(asked), needed, days, missing, measure=Measure.PARTICIPANTS)


def respondents_of(debtor: Debtor, teams: Mapping[int, Collection[int]]) -> list[Respondent]:
    """Who answers surveys for somebody who owes: of a school itself and its team."""
    if debtor.party is not OwedBy.SCHOOL:
        return []
    return [Respondent(Party.SCHOOL, debtor.id), *(Respondent(Party.PERSON, one) for one in teams.get(debtor.id, ()))]


def _people(who: Iterable[Debtor], teams: Mapping[int, Collection[int]]) -> set[int]:
    return {person for one in who if one.party is OwedBy.SCHOOL for person in teams.get(one.id, ())}


def _answered(
    who: Iterable[Debtor], accepted: Mapping[Debtor, date], teams: Mapping[int, Collection[int]]
) -> tuple[date, ...]:
    """The day of each person: of two teams the one that was earlier."""
    days: dict[int, date] = {}
    for one in sorted(who, key=lambda one: accepted[one]):
        for person in _people([one], teams):
            days.setdefault(person, accepted[one])
    return tuple(days.values())


def of_happenings(who: Sequence[Debtor], days: Iterable[date], span: tuple[date, date], target: int) -> Count:
    """How often it was done within its window; whoever owes that owes it together."""
    inside = _inside(days, span)
    missing = tuple(who) if len(inside) < target else ()
    return Count(len(inside), target, target, inside, missing, measure=Measure.TIMES)


def of_months(who: Sequence[Debtor], days: Iterable[date], span: tuple[date, date], target: int, today: date) -> Count:
    """In how many months of its window it was done often enough. Months that begin later lack nothing yet."""
    inside = _inside(days, span)
    often = Counter(day.replace(day=1) for day in inside)
    months = list(_months(*span))
    lacking = tuple(month for month in months if often[month] < target and month <= today)
    full = sum(often[month] >= target for month in months)
    missing = tuple(who) if full < len(months) else ()
    return Count(full, len(months), len(months), inside, missing, lacking, Measure.MONTHS)


def per_municipality(
    who: Sequence[Debtor], held: Iterable[tuple[Debtor, date]], span: tuple[date, date], target: int
) -> Count:
    """How many municipalities did it often enough within the window."""
    days: dict[Debtor, list[date]] = {}
    for debtor, day in sorted(held, key=lambda one: one[1]):
        if span[0] <= day <= span[1]:
            days.setdefault(debtor, []).append(day)
    enough = {debtor: found[target - 1] for debtor, found in days.items() if len(found) >= target}
    return of_debtors(who, enough, _EVERYBODY, Measure.MUNICIPALITIES)


def _inside(days: Iterable[date], span: tuple[date, date]) -> tuple[date, ...]:
    return tuple(sorted(day for day in days if span[0] <= day <= span[1]))


def _months(first: date, last: date) -> Iterable[date]:
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield date(month // 12, month % 12 + 1, 1)
