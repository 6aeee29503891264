"""Leave: when a person is away, and who carries their duties then."""

from dataclasses import dataclass
from datetime import date, datetime

from actions.project import Project
from actions.registry import existing
from actions.standing_in import Whole, tell_deputies, tell_ended, tell_person, whole
from domain import leave as rules
from domain.access import Right, may, refuse_deputy, require
from domain.audit import Deed
from domain.leave import AT_ONCE, Period, StandIn
from domain.people import Duty, Member
from domain.refusal import Refusal
from domain.registry import Registered
from domain.typed_day import read_day
from storage import audit as audit_rows
from storage import leave as leave_rows
from storage import outbox as outbox_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Away:
    """A leave and how the other one of it is called: who stands in, or for whom."""

    leave: StandIn
    name: str


@dataclass(frozen=True, slots=True)
class LeaveSheet:
    """A person's leaves that are not over, and for whom they stand in; the earliest first.

    ``own`` is whether they look themselves, ``keeps`` whether whoever looks keeps the registry. ``replaceable`` is
    false where nobody could stand in. ``starts`` are the first days that are offered for a further leave.
    """

    person_id: int
    name: str
    today: date
    own: bool
    keeps: bool
    leaves: tuple[Away, ...]
    standing: tuple[Away, ...]
    replaceable: bool
    starts: tuple[date, ...]

    @property
    def is_full(self) -> bool:
        """Whether no further leave can be arranged."""
        return len(self.leaves) >= AT_ONCE


@dataclass(frozen=True, slots=True)
class FirstDay:
    """The first day of a leave, and the last ones that are offered for it."""

    sheet: LeaveSheet
    since: date
    ends: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may stand in; ``away`` is their own leave in those days."""

    person: Registered
    away: Period | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The days of a leave and who may stand in then: whoever is there first, then the nearest in their work."""

    sheet: LeaveSheet
    days: Period
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class LeavePlan:
    """A leave as it would be: what the deputy gets to carry, and who else does while the deputy is away."""

    sheet: LeaveSheet
    days: Period
    deputy: Candidate
    duties: tuple[tuple[Duty, str], ...]
    others: tuple[tuple[str, Period], ...]


class Leaves:
    """Use cases of leaves: everybody's own, and anybody's for whoever keeps the registry (a director in hospital).

    ``person_id`` is whose; ``None`` the acting person's.
    """

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def look(self, person_id: int | None, *, by: Member, now: datetime) -> LeaveSheet:
        """How it stands. Raises ``Refusal`` for whoever is not in the project (any more)."""
        whose = _whose(by, person_id)
        async with self._database.read() as tx:
            return _sheet(await whole(tx, self._project.today(now)), whose, by)

    async def first_day(self, person_id: int | None, wanted: date | str, *, by: Member, now: datetime) -> FirstDay:
        """The first day, chosen or typed. Raises ``Refusal`` for one that cannot be."""
        whose = _whose(by, person_id)
        today = self._project.today(now)
        if isinstance(wanted, str):
            wanted = read_day(wanted, near=today, today=today)
        since = rules.first_day(wanted, today)
        async with self._database.read() as tx:
            known = await whole(tx, today)
        rules.refuse_taken(known.own(whose), Period(since, since))
        return FirstDay(_sheet(known, whose, by), since, tuple(rules.may_end(known.own(whose), since)))

    async def choose(
        self, person_id: int | None, since: date, until: date | str, *, by: Member, now: datetime
    ) -> Choice:
        """Who may stand in until a last day, chosen or typed. Raises ``Refusal`` for days that cannot be."""
        whose = _whose(by, person_id)
        today = self._project.today(now)
        if isinstance(until, str):
            until = read_day(until, near=max(since, today), today=today)
        days = rules.period(since, until, today)
        async with self._database.read() as tx:
            known = await whole(tx, today)
        candidates = _candidates(known, whose, days)
        rules.refuse_taken(known.own(whose), days)
        there_first = sorted(candidates, key=lambda one: one.away is not None)
        return Choice(_sheet(known, whose, by), days, tuple(there_first))

    async def plan(
        self, person_id: int | None, since: date, until: date, deputy_id: int, *, by: Member, now: datetime
    ) -> LeavePlan:
        """What would be arranged. Raises ``Refusal`` as arranging it would."""
        whose = _whose(by, person_id)
        async with self._database.read() as tx:
            known = await whole(tx, self._project.today(now))
        deputy, leave = _possible(known, StandIn(0, whose, deputy_id, since, until))
        handed = known.handovers(leave)
        others = [(known.name(one.deputy_id), one.days) for one in handed if one.deputy_id != deputy_id]
        duties = known.held({who for one in handed for who in one.people})
        return LeavePlan(_sheet(known, whose, by), leave.period, deputy, tuple(duties), tuple(others))

    async def arrange(
        self, person_id: int | None, since: date, until: date, deputy_id: int, *, by: Member, now: datetime
    ) -> LeaveSheet:
        """The person is away on these days, the deputy hears of it at once; twice is once.

        What waits to be said of the duties today goes to the deputy instead. Raises ``Refusal`` for days that cannot
        be or are taken, and for a deputy who cannot be one or would leave a day to nobody.
        """
        whose, by_id, today = _whose(by, person_id), require(by, Right.GO_ON_LEAVE), self._project.today(now)
        async with self._database.transaction() as tx:
            known = await whole(tx, today)
            wanted = StandIn(0, whose, deputy_id, since, until)
            if whose != by_id:
                refuse_deputy(by, [duty.role for duty, _ in known.held([whose])])
            if not any(_is_that(one, wanted, today) for one in known.own(whose)):
                _, leave = _possible(known, wanted)
                leave = await leave_rows.add(tx, whose, deputy_id, leave.period, now)
                await audit_rows.record(tx, now, by_id, Deed.LEAVE_BEGAN, **_about(leave))
                await tell_deputies(tx, self._project, known, leave, now, but=by_id)
                if whose != by_id:
                    await tell_person(tx, self._project, known, leave, "leave.arranged", now)
                if leave.covers(today):
                    await outbox_rows.withdraw_days(tx)
            return _sheet(await whole(tx, today), whose, by)

    async def leave(self, leave_id: int, *, by: Member, now: datetime) -> tuple[LeaveSheet, Away | None]:
        """A leave of one's own, or of anybody for whoever keeps the registry; ``None`` for one that is over."""
        async with self._database.read() as tx:
            found = await self._found(tx, leave_id, by)
            sheet = _sheet(await whole(tx, self._project.today(now)), found.person_id, by)
        return sheet, next((one for one in sheet.leaves if one.leave.id == leave_id), None)

    async def end(self, leave_id: int, *, by: Member, now: datetime) -> LeaveSheet:
        """The person is back earlier, or does not go: the duties are their own from this instant, the deputy is told.

        One that is over stays as it was.
        """
        by_id, today = require(by, Right.GO_ON_LEAVE), self._project.today(now)
        async with self._database.transaction() as tx:
            leave = await self._found(tx, leave_id, by)
            known = await whole(tx, today)
            if leave.person_id != by_id:
                refuse_deputy(by, [duty.role for duty, _ in known.held([leave.person_id])])
            if leave in known.leaves:
                await leave_rows.end(tx, leave.id, now)
                await audit_rows.record(tx, now, by_id, Deed.LEAVE_ENDED, **_about(leave))
                await tell_ended(tx, self._project, known, leave, now, but=by_id)
                if leave.person_id != by_id:
                    await tell_person(tx, self._project, known, leave, "leave.ended-for-you", now)
                if leave.covers(today):
                    await outbox_rows.withdraw_days(tx)
            return _sheet(await whole(tx, today), leave.person_id, by)

    async def _found(self, tx: Transaction, leave_id: int, by: Member) -> StandIn:
        own = require(by, Right.GO_ON_LEAVE)
        leave = await leave_rows.get(tx, leave_id)
        if leave is None or (leave.person_id != own and not may(by, Right.KEEP_REGISTRY)):
            raise Refusal("leave.no-such-leave")
        return leave


def _whose(by: Member, person_id: int | None) -> int:
    own = require(by, Right.GO_ON_LEAVE)
    if person_id is None or person_id == own:
        return own
    require(by, Right.KEEP_REGISTRY)
    return person_id


def _is_that(one: StandIn, wanted: StandIn, today: date) -> bool:
    """The same leave asked for again, maybe after midnight."""
    same = one.deputy_id == wanted.deputy_id and one.until == wanted.until
    return same and one.since <= max(wanted.since, today)


def _about(leave: StandIn) -> dict[str, int | str | None]:
    """As the audit keeps it."""
    days = {"since": leave.since.isoformat(), "until": leave.until.isoformat()}
    return {"person": leave.person_id, "deputy": leave.deputy_id, **days}


def _sheet(known: Whole, person_id: int, by: Member) -> LeaveSheet:
    existing(known.registry.person(person_id), "leave.no-person")
    own = known.own(person_id)
    standing = rules.standing(known.leaves, person_id, known.today)
    return LeaveSheet(
        person_id=person_id,
        name=known.name(person_id),
        today=known.today,
        own=person_id == by.person_id,
        keeps=may(by, Right.KEEP_REGISTRY),
        leaves=tuple(Away(one, known.name(one.deputy_id)) for one in own),
        standing=tuple(Away(one, known.name(one.person_id)) for one in standing),
        replaceable=bool(known.possible_deputies(person_id)),
        starts=tuple(rules.may_begin(own, known.today)),
    )


def _candidates(known: Whole, person_id: int, days: Period) -> list[Candidate]:
    return [
        Candidate(one, next((leave.period for leave in known.own(one.id) if days.overlaps(leave)), None))
        for one in known.possible_deputies(person_id)
    ]


def _possible(known: Whole, wanted: StandIn) -> tuple[Candidate, StandIn]:
    """The deputy and the leave as it can be. Raises ``Refusal``."""
    days = rules.period(wanted.since, wanted.until, known.today)
    leave = StandIn(0, wanted.person_id, wanted.deputy_id, days.since, days.until)
    rules.refuse_taken(known.own(leave.person_id), days)
    found = [one for one in _candidates(known, leave.person_id, days) if one.person.id == leave.deputy_id]
    deputy = existing(next(iter(found), None), "leave.no-such-deputy")
    rules.refuse_nobody(known.leaves, leave, known.name(leave.deputy_id))
    return deputy, leave
