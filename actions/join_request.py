"""«Я из школы …»: a stranger asks to be let in, a coordinator answers."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.letting_in import enter, tell_coordinators, tell_person
from actions.project import Project
from domain.access import Right, require
from domain.audit import Deed
from domain.button import Button, press
from domain.join_request import (
    FORM_LIFE,
    MOST_REQUESTS,
    REQUEST_LIFE,
    REQUESTS_WINDOW,
    Asked,
    JoinRequest,
    RequestState,
    consent_holds,
    full_name,
    likely,
    may_be_claimed,
    position_of,
    reason_of,
)
from domain.people import Duty, Member
from domain.refusal import Refusal
from domain.registry import Municipality, Registered, Registry, School
from storage import audit as audit_rows
from storage import join_request as request_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Waiting:
    """A stranger's own request that waits for its answer."""

    request: JoinRequest
    school: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody of the registry who may be the one who asks: what they are there, and the place of each duty."""

    person: Registered
    duties: tuple[tuple[Duty, str], ...]

    @property
    def may_be_claimed(self) -> bool:
        """Whether the request can be answered with «this is them»."""
        return may_be_claimed(self.person)


@dataclass(frozen=True, slots=True)
class Queue:
    """One request of those that wait, the ``place``-th of ``total``, and the ids of its neighbours.

    ``school`` is ``None`` when it takes part no more. Where nothing waits ``request`` is ``None``.
    """

    zone: ZoneInfo
    total: int = 0
    place: int = 0
    request: JoinRequest | None = None
    school: School | None = None
    municipality: Municipality | None = None
    likely: tuple[Likely, ...] = ()
    before: int | None = None
    after: int | None = None


class JoinRequests:
    """Use cases of requests. Asking is open to everybody whom the project does not know, and to nobody else."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def schools(self) -> Registry:
        """The schools to choose from and their municipalities, as the order names them; no person is in it."""
        async with self._database.read() as tx:
            return await request_rows.schools(tx)

    async def school(self, school_id: int) -> School:
        """The school that was chosen. Raises ``Refusal`` when it takes part no more."""
        school = (await self.schools()).school(school_id)
        if school is None:
            raise Refusal("join_request.no-school")
        return school

    async def mine(self, *, by: Member) -> Waiting | None:
        """What the acting stranger asked and nobody answered yet."""
        async with self._database.read() as tx:
            return await self._mine(tx, by)

    async def _mine(self, tx: Transaction, by: Member) -> Waiting | None:
        request = await request_rows.waiting_of(tx, by.account)
        if request is None:
            return None
        school = (await request_rows.schools(tx)).school(request.asked.school_id)
        return Waiting(request, "" if school is None else school.name, self._project.zone)

    async def ask(self, asked: Asked, *, by: Member, now: datetime) -> Waiting:
        """Put a request into the queue; twice is once.

        Raises ``Refusal`` for a member, without a consent that holds, for what is no name, for a school that takes part
        no more, and for too many requests in a day.
        """
        if not consent_holds(asked.consent_version, asked.agreed_at, now):
            raise Refusal("access.consent-first")
        asked = replace(asked, name=full_name(asked.name), position=position_of(asked.position))
        async with self._database.transaction() as tx:
            await self._tidy_up(tx, now)
            known = await self._mine(tx, by)
            if known is not None:
                return known
            await self._may_ask(tx, asked, by, now)
            request_id = await request_rows.add(tx, by.account, asked, now)
            await audit_rows.record(tx, now, None, Deed.REQUEST_MADE, request=request_id, school=asked.school_id)
            await tell_coordinators(tx, self._project, now, anew=True)
            made = await self._mine(tx, by)
            assert made is not None  # noqa: S101  added above in this transaction
            return made

    async def _may_ask(self, tx: Transaction, asked: Asked, by: Member, now: datetime) -> None:
        if not (await people_rows.find_member(tx, by.account, self._project.today(now))).is_stranger:
            raise Refusal("join_request.member-already")
        if (await request_rows.schools(tx)).school(asked.school_id) is None:
            raise Refusal("join_request.no-school")
        if await request_rows.count_since(tx, by.account, now - REQUESTS_WINDOW) >= MOST_REQUESTS:
            raise Refusal("join_request.too-many", limit=MOST_REQUESTS)

    async def withdraw(self, *, by: Member, now: datetime) -> None:
        """«Отозвать»: nothing of what the stranger wrote is kept. Where nothing waits this changes nothing."""
        async with self._database.transaction() as tx:
            request = await request_rows.waiting_of(tx, by.account)
            if request is not None:
                await request_rows.close(tx, request.id, RequestState.WITHDRAWN, now)
                await tell_coordinators(tx, self._project, now)

    async def queue(self, at: int | None = None, *, by: Member, now: datetime) -> Queue:
        """The oldest request, or the first one from the id ``at`` on; what is over is closed first."""
        require(by, Right.LET_IN)
        async with self._database.transaction() as tx:
            await self._tidy_up(tx, now)
            requests = await request_rows.waiting(tx)
            registry = await registry_rows.registry(tx)
        if not requests:
            return Queue(self._project.zone)
        place = next((n for n, one in enumerate(requests) if at is not None and one.id >= at), 0)
        return self._shown(requests, place, registry)

    def _shown(self, requests: list[JoinRequest], place: int, registry: Registry) -> Queue:
        request = requests[place]
        school = registry.school(request.asked.school_id)
        found = [
            Likely(person, tuple((duty, registry.place(duty)) for duty in person.duties))
            for person in likely(request.asked, registry)
        ]
        return Queue(
            zone=self._project.zone,
            total=len(requests),
            place=place + 1,
            request=request,
            school=school,
            municipality=registry.municipality(school.municipality_id) if school else None,
            likely=tuple(found),
            before=requests[place - 1].id if place > 0 else None,
            after=requests[place + 1].id if place + 1 < len(requests) else None,
        )

    async def approve(self, request_id: int, person_id: int | None, *, by: Member, now: datetime) -> RequestState:
        """Let the one who asks in, as a registered person or (``None``) as a new one of the school's team.

        Returns ``CAME_IN`` when they came in by a code meanwhile: the request is then closed without more. The same
        answer from the same coordinator twice is one. Raises ``Refusal`` when somebody else answered before.
        """
        decider = require(by, Right.LET_IN)
        async with self._database.transaction() as tx:
            request = await self._found(tx, request_id)
            if _answered_so(request, RequestState.APPROVED, decider, person_id):
                return RequestState.APPROVED
            _must_wait(request, now)
            guest = await people_rows.find_member(tx, request.account, self._project.today(now))
            if not guest.is_stranger:
                await request_rows.close(tx, request.id, RequestState.CAME_IN, now, by=decider)
                await tell_coordinators(tx, self._project, now)
                return RequestState.CAME_IN
            entered = await enter(tx, request, guest, person_id, decider, now)
            await request_rows.close(tx, request.id, RequestState.APPROVED, now, by=decider, person_id=entered)
            about = {"request": request.id, "person": entered, "school": request.asked.school_id}
            await audit_rows.record(tx, now, decider, Deed.REQUEST_APPROVED, **about)
            await self._welcome(tx, request, entered, now)
            return RequestState.APPROVED

    async def _welcome(self, tx: Transaction, request: JoinRequest, person_id: int, now: datetime) -> None:
        menu = ((Button(self._project.texts.plain("join_request.button-menu"), press("go", "menu")),),)
        name = await people_rows.name_of(tx, person_id)
        await tell_person(
            tx, self._project, request, "join_request.approved", now, menu, person_id=person_id, name=name
        )
        await tell_coordinators(tx, self._project, now)

    async def refuse(self, request_id: int, reason: str, *, by: Member, now: datetime) -> None:
        """«Отклонить»: the stranger is told why, where a reason is given, and nothing is kept of them.

        Twice is once; raises ``Refusal`` when somebody else answered before, and for a reason that is too long.
        """
        decider = require(by, Right.LET_IN)
        reason = reason_of(reason)
        async with self._database.transaction() as tx:
            request = await self._found(tx, request_id)
            if _answered_so(request, RequestState.REFUSED, decider, None):
                return
            _must_wait(request, now)
            await request_rows.close(tx, request.id, RequestState.REFUSED, now, by=decider)
            about = {"request": request.id, "school": request.asked.school_id}
            await audit_rows.record(tx, now, decider, Deed.REQUEST_REFUSED, **about)
            again = ((Button(self._project.texts.plain("join_request.button-again"), press("join", 0)),),)
            await tell_person(tx, self._project, request, "join_request.refused", now, again, reason=reason)
            await tell_coordinators(tx, self._project, now)

    async def _found(self, tx: Transaction, request_id: int) -> JoinRequest:
        request = await request_rows.find(tx, request_id)
        if request is None:
            raise Refusal("join_request.decided")
        return request

    async def tidy_up(self, *, now: datetime) -> None:
        """Close what is over and forget what is to be forgotten; done by the clock, nobody has to look."""
        async with self._database.transaction() as tx:
            await self._tidy_up(tx, now)

    async def _tidy_up(self, tx: Transaction, now: datetime) -> None:
        over = await request_rows.expire(tx, now - REQUEST_LIFE, now) + await request_rows.close_arrived(tx, now)
        if over:
            await tell_coordinators(tx, self._project, now)
        await request_rows.forget(tx, now - REQUESTS_WINDOW)
        await request_rows.forget_forms(tx, now - FORM_LIFE)


def _answered_so(request: JoinRequest, state: RequestState, decider: int, person_id: int | None) -> bool:
    return request.state is state and request.decided_by == decider and person_id in (None, request.person_id)


def _must_wait(request: JoinRequest, now: datetime) -> None:
    if request.state is not RequestState.WAITING:
        raise Refusal("join_request.decided")
    if request.asked_at <= now - REQUEST_LIFE:
        raise Refusal("join_request.too-old")
