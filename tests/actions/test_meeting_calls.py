"""Calling people to a meeting: once each, with the words of today, never when it is too late."""

from collections.abc import Coroutine
from typing import Any

import pytest

from actions.outbox import Outbox
from bot.core import Core
from domain.broadcast import Circle
from domain.meeting import MeetingState
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.survey import Audience
from storage import registry as registry_rows
from tests import meetings
from tests.actions.gathered import Gathering, chat, gathering
from tests.people import PAVEL, Look, RecordingChannel, SettableClock, a_school, enrolled, msk

BEGINS = "2022-03-24 10:00"


@pytest.fixture
async def hall(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, marina: Member
) -> Gathering:
    clock.set("2022-03-01 12:00")
    return await gathering(core, outbox, channel, clock, marina)


async def why_not(doing: Coroutine[Any, Any, Any]) -> str:
    with pytest.raises(Refusal) as refused:
        await doing
    return refused.value.reason


async def choose(hall: Gathering, one: int, *people: Member, by: Member | None = None) -> None:
    ids = [each.person_id or 0 for each in people]
    await meetings.choose(hall.core, one, by or hall.leader, hall.clock(), ids)


def looks(hall: Gathering, one: int, by: Member | None = None) -> Coroutine[Any, Any, Any]:
    return hall.core.meeting_calling.preview(one, by=by or hall.leader, now=hall.clock())


def calls(hall: Gathering, one: int, by: Member | None = None) -> Coroutine[Any, Any, Any]:
    return hall.core.meeting_calling.call(one, by=by or hall.leader, now=hall.clock())


def moves(hall: Gathering, one: int, moment: str) -> Coroutine[Any, Any, Any]:
    return hall.core.meeting_moves.move(one, msk(moment), by=hall.leader, now=hall.clock())


async def test_what_was_looked_at_before_a_move_is_looked_at_again_by_each(hall: Gathering) -> None:
    pavel = await enrolled(hall.core, PAVEL, Duty(Role.COORDINATOR), now=hall.clock())
    one = await hall.called(BEGINS, hall.anna)
    for by in (hall.leader, pavel):
        await choose(hall, one, hall.igor, by=by)
        await looks(hall, one, by)
    await moves(hall, one, "2022-03-25 10:00")
    for by in (hall.leader, pavel):
        assert await why_not(calls(hall, one, by)) == "meeting.look-first"
    await looks(hall, one)
    await calls(hall, one)
    (told,) = (await hall.goes_on())[chat(hall.igor)]
    assert "25 марта, пт, 10:00–11:30" in told


async def test_whom_an_invitation_goes_to_already_gets_no_other(hall: Gathering) -> None:
    one = await hall.called(BEGINS, hall.anna)
    await choose(hall, one, hall.anna)
    assert await why_not(looks(hall, one)) == "meeting.invited-already"
    await choose(hall, one, hall.anna, hall.igor)
    found = await looks(hall, one)
    assert ([each.key for each in found.preview.card.addressees], found.known) == ([hall.igor.recipient], 1)
    await calls(hall, one)
    assert [*await hall.goes_on()] == [chat(hall.igor)]
    assert (await hall.core.meeting_keeping.card(one, by=hall.leader, now=hall.clock())).turnout.invited == 2


async def test_a_called_meeting_whose_invitations_never_went_calls_again(hall: Gathering, look: Look) -> None:
    one = await meetings.drafted(hall.core, hall.leader, hall.clock(), msk(BEGINS))
    await choose(hall, one, hall.anna)
    await looks(hall, one)

    async def stops(*_: object, **__: object) -> None:
        raise ConnectionResetError

    calling = hall.core.meeting_calling
    launch, calling._launching = calling._launching, type("Stops", (), {"launch": staticmethod(stops)})()
    with pytest.raises(ConnectionResetError):
        await calls(hall, one)
    calling._launching = launch
    await looks(hall, one)
    await calls(hall, one)
    assert [*await hall.goes_on()] == [chat(hall.anna)]


async def test_of_two_coordinators_one_calls_a_guest(hall: Gathering) -> None:
    pavel = await enrolled(hall.core, PAVEL, Duty(Role.COORDINATOR), now=hall.clock())
    one = await hall.called(BEGINS, hall.anna)
    for by in (hall.leader, pavel):
        await choose(hall, one, hall.igor, by=by)
        await looks(hall, one, by)
    await calls(hall, one)
    assert await why_not(calls(hall, one, pavel)) == "meeting.invited-already"
    assert [len(said) for said in (await hall.goes_on()).values()] == [1]


@pytest.mark.parametrize("seen", ["2022-03-23 22:00", "2022-03-23 19:00"])
async def test_an_invitation_that_would_come_when_it_has_begun_does_not_go(hall: Gathering, seen: str) -> None:
    one = await meetings.drafted(hall.core, hall.leader, hall.clock(), msk("2022-03-24 08:00"))
    await choose(hall, one, hall.anna)
    hall.clock.set(seen)
    doing = looks(hall, one)
    if seen.endswith("19:00"):
        await doing
        hall.clock.set("2022-03-23 22:00")
        doing = calls(hall, one)
    assert await why_not(doing) == "meeting.late-call"
    card = await hall.core.meeting_keeping.card(one, by=hall.leader, now=hall.clock())
    assert (card.one.state, card.guests) == (MeetingState.DRAFT, ())


async def test_nobody_is_called_where_nobody_of_the_list_can_be_told(hall: Gathering, look: Look) -> None:
    one = await meetings.drafted(hall.core, hall.leader, hall.clock(), msk(BEGINS))
    await choose(hall, one, hall.anna)
    await looks(hall, one)
    await hall.core.persons.remove(hall.anna.person_id or 0, by=hall.leader, now=hall.clock())
    assert await why_not(calls(hall, one)) == "broadcast.nobody"
    assert look.rows("SELECT state FROM meeting") == [("draft",)]
    assert look.rows("SELECT count(*) FROM audit WHERE deed = 'meeting-called'") == [(0,)]


async def test_the_list_of_meetings_names_a_leader_who_is_gone(hall: Gathering) -> None:
    pavel = await enrolled(hall.core, PAVEL, Duty(Role.COORDINATOR), now=hall.clock())
    await meetings.called(hall.core, pavel, hall.clock(), msk(BEGINS), [hall.anna.person_id or 0])
    await hall.core.persons.remove(pavel.person_id or 0, by=hall.leader, now=hall.clock())
    (listed,) = await hall.core.meeting_keeping.all(by=hall.leader)
    assert listed.author == f"участник № {pavel.person_id}"


async def test_a_municipal_coordinator_calls_nobody_of_another_municipality(hall: Gathering) -> None:
    await a_school(hall.core, "Школа № 1", "Кинешма")
    async with hall.core.database.read() as tx:
        home = next(each for each in (await registry_rows.registry(tx)).municipalities if each.name == "Кинешма")
    mira = await enrolled(hall.core, PAVEL, Duty(Role.MUNICIPAL, municipality_id=home.id), now=hall.clock())
    one = await meetings.drafted(hall.core, mira, hall.clock(), msk(BEGINS))
    await choose(hall, one, hall.anna, by=mira)
    assert await why_not(looks(hall, one, mira)) == "broadcast.nobody"
    assert await why_not(hall.core.meeting_keeping.make(1, by=mira, now=hall.clock())) == "meeting.not-your-item"


async def test_who_left_and_who_came_since_it_was_looked_at_is_said(hall: Gathering) -> None:
    one = await hall.called(BEGINS, hall.anna)
    draft = await hall.core.meeting_calling.prepare(one, by=hall.leader, now=hall.clock())
    await hall.core.broadcast_keeping.ask(
        draft, lambda *_: Circle(Audience(roles=frozenset({Role.SCHOOL}))), by=hall.leader, now=hall.clock()
    )
    await looks(hall, one)
    await hall.core.persons.remove(hall.olga.person_id or 0, by=hall.leader, now=hall.clock())
    await enrolled(hall.core, PAVEL, Duty(Role.SCHOOL, hall.schools[1]), now=hall.clock())
    _, launched = await calls(hall, one)
    assert (launched.count, launched.left, launched.came) == (1, 1, 1)
    assert [*await hall.goes_on()] == [chat(hall.igor)]


async def test_nobody_is_called_to_what_has_begun(hall: Gathering) -> None:
    one = await hall.called(BEGINS, hall.anna)
    draft = await meetings.drafted(hall.core, hall.leader, hall.clock(), msk(BEGINS))
    for each in (one, draft):
        await choose(hall, each, hall.igor)
    hall.clock.set("2022-03-24 10:05")
    assert [await why_not(looks(hall, each)) for each in (one, draft)] == ["meeting.begun", "meeting.time-passed"]
