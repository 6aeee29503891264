"""How a survey goes: the share of those who should answer, whole and by place and role, and its pace. Pure.

Whoever should answer counts, reached or not; who left is in neither number.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.access import Reach
from domain.calendar import WorkCalendar
from domain.indicator import Indicator, IndicatorState, within
from domain.indicator_count import Count, Measure, needed_of
from domain.people import Duty, Role
from domain.registry import Registered, Registry, name_key
from domain.survey import Audience, Course, Party, Respondent, Survey, Window, is_asked, members

AskedDays = Mapping[Respondent, date | None]
"""Everybody who should answer, each with the local day of their answer."""
_EVERYTHING = Reach(everything=True)


class Silence(StrEnum):
    """Why nobody can be written to."""

    NOT_COME = "not-come"
    NOT_AGREED = "not-agreed"
    BLOCKED = "blocked"
    GONE = "gone"


class Split(StrEnum):
    """By what the share is broken down."""

    HOME = "home"
    SCHOOL = "school"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Group:
    """A municipality, a school with the ``home`` it lies in, or a role where there is no place; with none of them
    whoever is not in the registry any more. ``id`` is of the place."""

    id: int = 0
    name: str = ""
    home: str = ""
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Portion:
    """The share of a group."""

    group: Group
    count: Count


def asked_of(survey: Survey, registry: Registry, known: AskedDays) -> AskedDays:
    """Those whom it asks: ``known`` ones that have not left, and before it opens whoever it would ask now."""
    return known if survey.opened_at is not None else dict.fromkeys(members(survey, registry))


def share(asked: AskedDays, target: int | None = None) -> Count:
    """How many have answered; ``target`` is in percent."""
    days = tuple(sorted(day for day in asked.values() if day is not None))
    needed = None if target is None else needed_of(len(asked), target)
    return Count(len(days), len(asked), needed, days, measure=Measure.PARTICIPANTS)


def pace(
    counted: Count, window: Window | None, course: Course, target: int | None, today: date, calendar: WorkCalendar
) -> Indicator:
    """The share with what is left and what is to be expected, by the rules of every indicator; nothing is expected of
    what is over."""
    start, end = (None, None) if window is None else (window.opens, window.closes)
    found = within(counted, start, end, target, today=today, calendar=calendar, is_closed=False)
    if not (course.is_over or course is Course.GRACE):
        return found
    has_failed = counted.needed is not None and not counted.is_enough
    return replace(found, forecast=None, state=IndicatorState.FAILED if has_failed else IndicatorState.DONE)


class Places:
    """Where everybody who is asked stands, as far as somebody sees it: the duties by which they are asked."""

    def __init__(self, survey: Survey, registry: Registry, seen: Reach = _EVERYTHING) -> None:
        self._audience = survey.audience
        self._registry = registry
        self._seen = seen
        self._schools = {one.id: one for one in registry.schools}
        self._homes = {one.id: one for one in registry.municipalities}
        self._people = {one.id: one for one in registry.people}

    def person(self, respondent: Respondent) -> Registered | None:
        """The person who is asked; nobody where it is a school, or not in the registry any more."""
        return self._people.get(respondent.id) if respondent.party is Party.PERSON else None

    def duties(self, respondent: Respondent) -> list[Duty]:
        """Those by which they are asked and that are seen; of a school that of its team."""
        if respondent.party is Party.SCHOOL:
            own = [Duty(Role.SCHOOL, respondent.id)] if respondent.id in self._schools else []
        else:
            person = self._people.get(respondent.id)
            own = [] if person is None else _asked_by(person, self._audience, self._registry)
        return [one for one in own if self._covers(one)]

    def seen(self, asked: AskedDays) -> AskedDays:
        """Those of them who are seen."""
        return {one: day for one, day in asked.items() if self.covers(one)}

    def covers(self, respondent: Respondent) -> bool:
        """Whether they are seen: of a person, where a duty by which they are asked lies there."""
        return self._seen.everything or bool(self.duties(respondent))

    def groups(self, respondent: Respondent, split: Split) -> set[Group]:
        """Where somebody counts, once in each: without a school in their municipality, without either by their
        role."""
        duties = self.duties(respondent)
        ways: dict[Split, list[Callable[[Duty], Group | None]]] = {
            Split.SCHOOL: [self._school, self._home, _role],
            Split.HOME: [self._home, _role],
            Split.ROLE: [_role],
        }
        for way in ways[split]:
            if found := {group for one in duties if (group := way(one)) is not None}:
                return found
        return {Group()}

    def order(self, group: Group) -> tuple[int, str, str, int]:
        """Schools, then municipalities, then roles; each in the order of names."""
        rank = 3 if group == Group() else 2 if group.role is not None else 0 if group.home else 1
        role = 0 if group.role is None else list(Role).index(group.role)
        return rank, name_key(group.home), name_key(group.name), role

    def _covers(self, duty: Duty) -> bool:
        if self._seen.everything or duty.municipality_id in self._seen.municipalities:
            return True
        school = self._schools.get(duty.school_id or 0)
        return school is not None and self._seen.covers(school)

    def _school(self, duty: Duty) -> Group | None:
        school = self._schools.get(duty.school_id or 0)
        return None if school is None else Group(school.id, school.name, self._homes[school.municipality_id].name)

    def _home(self, duty: Duty) -> Group | None:
        school = self._schools.get(duty.school_id or 0)
        home = self._homes.get(duty.municipality_id or 0 if school is None else school.municipality_id)
        return None if home is None else Group(home.id, home.name)


def _role(duty: Duty) -> Group:
    return Group(role=duty.role)


def _asked_by(person: Registered, audience: Audience, registry: Registry) -> list[Duty]:
    """The duties for which somebody is one of an audience; all of them where they are asked by name."""
    nobody = replace(audience, people=frozenset())
    found = [one for one in person.duties if is_asked(replace(person, duties=(one,)), nobody, registry)]
    return found or list(person.duties)


def portions(asked: AskedDays, split: Split, places: Places, target: int | None = None) -> list[Portion]:
    """The share of each group, the lowest first."""
    groups: dict[Group, dict[Respondent, date | None]] = {}
    for one, day in asked.items():
        for group in places.groups(one, split):
            groups.setdefault(group, {})[one] = day
    found = [Portion(group, share(theirs, target)) for group, theirs in groups.items()]
    return sorted(found, key=lambda one: (one.count.percent, *places.order(one.group)))


def silent(asked: AskedDays, registry: Registry, blocked: Collection[int]) -> dict[Respondent, Silence]:
    """Those who cannot be written to, with the reason: of a school nobody of whose team can be, the reason of the one
    who comes first. ``blocked`` are the people whose every chat is blocked."""
    people = {one.id: one for one in registry.people}
    found = {}
    for one in asked:
        team = registry.team(one.id) if one.party is Party.SCHOOL else [people.get(one.id)]
        reasons = [silence(person, blocked) for person in team] or [Silence.NOT_COME]
        if (reason := _first(reasons)) is not None:
            found[one] = reason
    return found


def silence(person: Registered | None, blocked: Collection[int]) -> Silence | None:
    """Why somebody cannot be written to; ``None`` where they can."""
    if person is None:
        return Silence.GONE
    if not person.has_come:
        return Silence.NOT_COME
    if not person.has_agreed:
        return Silence.NOT_AGREED
    return Silence.BLOCKED if person.id in blocked else None


def _first(reasons: Iterable[Silence | None]) -> Silence | None:
    every = list(reasons)
    return None if None in every else every[0]
