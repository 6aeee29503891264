"""«Я из школы …»: a stranger asks, coordinators hear of it in measure, one of them answers, nothing is left behind."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiogram.fsm.storage.base import StorageKey

from actions.join_request import Queue
from actions.outbox import Outbox
from bot.core import Core
from domain.consent import VERSION
from domain.join_request import MOST_REQUESTS, REQUEST_LIFE, Asked, RequestState
from domain.outbox import Failure, FailureKind
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from storage.fsm import ConversationStorage
from tests.people import (
    IGOR,
    MARINA,
    OLGA,
    PAVEL,
    SCHOOL,
    STRANGER,
    Look,
    RecordingChannel,
    SettableClock,
    a_school,
    comes_in,
    enrolled,
    registered,
)

NAME = "Прохожий Игорь Львович"
REQUESTS = "SELECT state, name, position, account_id FROM join_request ORDER BY id"
TOLD = "SELECT text, due_at FROM outbox WHERE key LIKE 'requests:%' AND state != 'withdrawn' ORDER BY id"


@pytest.fixture
async def school(core: Core) -> int:
    return await a_school(core)


def words(clock: SettableClock, school: int = 1, name: str = NAME, position: str = "учитель") -> Asked:
    return Asked(school, name, position, VERSION, clock())


async def asks(core: Core, clock: SettableClock, who: Account = IGOR.account, name: str = NAME) -> int:
    waiting = await core.join_requests.ask(words(clock, name=name), by=Member(who), now=clock())
    return waiting.request.id


async def refusal(core: Core, clock: SettableClock, asked: Asked, by: Member = STRANGER) -> str:
    with pytest.raises(Refusal) as caught:
        await core.join_requests.ask(asked, by=by, now=clock())
    return caught.value.reason


async def queue(core: Core, by: Member, clock: SettableClock) -> Queue:
    return await core.join_requests.queue(by=by, now=clock())


# --- Asking


@pytest.mark.usefixtures("school")
async def test_request_is_kept_with_the_consent_it_was_made_under(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    asked = replace(words(clock), name="  Прохожий\nИгорь ", position=" учитель ")
    clock.advance(minutes=5)
    waiting = await core.join_requests.ask(asked, by=STRANGER, now=clock())
    assert (waiting.request.asked.name, waiting.school) == ("Прохожий Игорь", "Школа № 7")
    assert look.rows("SELECT name, position, consent_version, agreed_at, asked_at FROM join_request") == [
        ("Прохожий Игорь", "учитель", VERSION, "2022-03-09 09:00:00.000000", "2022-03-09 09:05:00.000000")
    ]
    assert look.rows("SELECT person_id, deed, about FROM audit WHERE deed LIKE 'request%'") == [
        (None, "request-made", '{"request": 1, "school": 1}')
    ]


@pytest.mark.usefixtures("school")
async def test_asking_twice_or_twice_at_once_is_asking_once(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    async with asyncio.TaskGroup() as together:
        for name in (NAME, "Другое Имя"):
            together.create_task(asks(core, clock, name=name))
    assert await asks(core, clock, name="Третье Имя") == 1
    assert len(look.rows(REQUESTS)) == 1


@pytest.mark.usefixtures("school")
async def test_nothing_is_kept_without_a_consent_that_holds(core: Core, clock: SettableClock, look: Look) -> None:
    asked = words(clock)
    assert await refusal(core, clock, replace(asked, consent_version="2020-01")) == "access.consent-first"
    clock.advance(days=1)
    assert await refusal(core, clock, asked) == "access.consent-first"
    assert look.count("join_request") == 0


@pytest.mark.usefixtures("school")
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name": "<b>Игорь</b> Прохожий"}, "join_request.bad-name"),
        ({"name": "Игорь 🎓"}, "join_request.bad-name"),
        ({"name": "Я " * 2000}, "join_request.too-long"),
        ({"position": "я" * 4000}, "join_request.too-long"),
        ({"school_id": 99}, "join_request.no-school"),
    ],
)
async def test_what_cannot_be_is_refused_and_not_kept(
    core: Core, clock: SettableClock, look: Look, changes: dict[str, Any], reason: str
) -> None:
    assert await refusal(core, clock, replace(words(clock), **changes)) == reason
    assert (look.count("join_request"), look.count("outbox")) == (0, 0)


async def test_school_that_left_takes_no_requests(
    core: Core, clock: SettableClock, marina: Member, school: int
) -> None:
    await core.registries.school_left(school, by=marina, now=clock())
    assert await refusal(core, clock, words(clock)) == "join_request.no-school"
    with pytest.raises(Refusal, match=r"join_request\.no-school"):
        await core.join_requests.school(school)
    assert (await core.join_requests.schools()).schools == ()


@pytest.mark.usefixtures("school")
async def test_member_needs_no_request(core: Core, clock: SettableClock, marina: Member) -> None:
    assert await refusal(core, clock, words(clock), by=marina) == "join_request.member-already"


@pytest.mark.usefixtures("school")
async def test_three_requests_a_day_and_a_fourth_tomorrow(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    for _ in range(MOST_REQUESTS):
        await asks(core, clock)
        clock.advance(minutes=1)
        await core.join_requests.withdraw(by=STRANGER, now=clock())
    assert await refusal(core, clock, words(clock)) == "join_request.too-many"
    assert await asks(core, clock, OLGA.account, "Лебедева Ольга")
    clock.advance(days=1)
    assert await asks(core, clock) == 5


async def test_what_strangers_are_shown_of_the_registry_names_nobody(
    core: Core, clock: SettableClock, school: int
) -> None:
    await registered(core, "Соколова Анна", Duty(Role.SCHOOL, school), now=clock())
    seen = await core.join_requests.schools()
    assert (seen.people, seen.organisations) == ((), ())
    names = [one.name for one in seen.municipalities], [one.name for one in seen.schools]
    assert names == (["Южский район"], ["Школа № 7"])


# --- Coordinators hear of it


@pytest.mark.usefixtures("school")
async def test_coordinators_are_told_once_an_hour_with_the_number_of_then(
    core: Core, clock: SettableClock, outbox: Outbox, channel: RecordingChannel, marina: Member
) -> None:
    await asks(core, clock)
    await outbox.deliver()
    for minutes, who in ((10, OLGA), (10, PAVEL)):
        clock.advance(minutes=minutes)
        await asks(core, clock, who.account, who.name)
        await outbox.deliver()
    clock.set("2022-03-09 13:00")
    await outbox.deliver()
    said = [core.texts.html("join_request.waiting-many", count=count) for count in (1, 3)]
    assert channel.texts(MARINA.account.account_id) == said


@pytest.mark.usefixtures("school")
async def test_requests_of_a_night_are_told_of_in_the_morning_in_one_message(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    clock.set("2022-03-09 21:00")
    await asks(core, clock)
    clock.set("2022-03-10 02:00")
    await asks(core, clock, OLGA.account, OLGA.name)
    two = core.texts.html("join_request.waiting-many", count=2)
    assert look.rows(TOLD) == [(two, "2022-03-10 05:00:00.000000")]


@pytest.mark.usefixtures("school")
async def test_nobody_is_told_of_what_was_withdrawn_in_time(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    clock.set("2022-03-09 21:00")
    await asks(core, clock)
    await core.join_requests.withdraw(by=STRANGER, now=clock())
    assert look.rows(TOLD) == []
    assert look.rows("SELECT state, name, position FROM join_request") == [("withdrawn", "", "")]


@pytest.mark.usefixtures("school")
async def test_nobody_is_told_of_who_came_in_by_a_code_in_time(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    clock.set("2022-03-09 21:00")
    await asks(core, clock)
    await asks(core, clock, OLGA.account, OLGA.name)
    await comes_in(core, OLGA, clock(), Role.CURATOR)
    for count in (1, 1):
        await core.join_requests.tidy_up(now=clock.advance(minutes=10))
        text = core.texts.html("join_request.waiting-many", count=count)
        assert look.rows(TOLD) == [(text, "2022-03-10 05:00:00.000000")]
    await comes_in(core, IGOR, clock(), Role.CURATOR)
    await core.join_requests.tidy_up(now=clock.advance(minutes=10))
    assert look.rows(TOLD) == []


@pytest.mark.usefixtures("school")
async def test_only_whoever_lets_in_is_told_how_many_wait(core: Core, clock: SettableClock, marina: Member) -> None:
    curator = await enrolled(core, OLGA, Duty(Role.CURATOR, 1), now=clock())
    await asks(core, clock)
    found = [(await core.tasks.mine(by=one, now=clock())).requests for one in (marina, curator)]
    assert found == [1, 0]
    clock.now += REQUEST_LIFE
    assert (await core.tasks.mine(by=marina, now=clock())).requests == 0


# --- Answers


@pytest.mark.usefixtures("school")
async def test_approved_as_new_they_are_of_the_team_and_have_agreed_when_they_did(
    core: Core, clock: SettableClock, look: Look, outbox: Outbox, channel: RecordingChannel, marina: Member
) -> None:
    request = await asks(core, clock)
    clock.advance(hours=2)
    became = await core.join_requests.approve(request, None, by=marina, now=clock())
    member = await core.people.member(IGOR.account, now=clock())
    assert (became, member.name, member.has_agreed) == (RequestState.APPROVED, NAME, True)
    assert member.duties == {Duty(Role.SCHOOL, 1)}
    assert look.rows("SELECT version, given, at FROM consent WHERE person_id = ?", member.person_id) == [
        (VERSION, 1, "2022-03-09 09:00:00.000000")
    ]
    assert look.rows("SELECT name, position FROM person WHERE id = ?", member.person_id) == [(NAME, "учитель")]
    assert look.rows(REQUESTS) == [("approved", "", "", IGOR.account.account_id)]
    assert look.rows("SELECT person_id, deed FROM audit WHERE id > 2 ORDER BY id") == [
        (None, "request-made"),
        (1, "person-added"),
        (1, "duty-given"),
        (2, "consent-given"),
        (2, "came-in"),
        (1, "request-approved"),
    ]
    await outbox.deliver()
    assert channel.texts(IGOR.account.account_id) == [core.texts.html("join_request.approved", name=NAME)]


async def test_approved_as_somebody_known_they_take_over_the_duties_and_codes_stop_working(
    core: Core, clock: SettableClock, look: Look, marina: Member, school: int
) -> None:
    led = Duty(Role.SCHOOL, school, responsible=True)
    known = await registered(core, "Прохожий Игорь Львович", led, now=clock())
    code = (await core.invites.issue([known], by=marina, now=clock()))[known].code
    request = await asks(core, clock, name="Прохожий Игорь")
    await core.join_requests.approve(request, known, by=marina, now=clock())
    member = await core.people.member(IGOR.account, now=clock())
    assert (member.person_id, member.name, [*member.duties]) == (known, NAME, [led])
    assert look.rows("SELECT position FROM person WHERE id = ?", known) == [("учитель",)]
    with pytest.raises(Refusal, match=r"people\.revoked-code"):
        await core.invites.accept(code, OLGA.account, now=clock())


async def test_people_who_may_be_the_one_are_shown_and_who_came_in_cannot_be_claimed(
    core: Core, clock: SettableClock, marina: Member, school: int
) -> None:
    waiting = await registered(core, "Прохожий И. Л.", Duty(Role.SCHOOL, school), now=clock())
    come = await enrolled(core, replace(OLGA, name=NAME), Duty(Role.CURATOR, school), now=clock())
    request = await asks(core, clock)
    found = await queue(core, marina, clock)
    assert [(one.person.id, one.may_be_claimed) for one in found.likely] == [(waiting, True), (come.person_id, False)]
    assert found.likely[0].duties == ((Duty(Role.SCHOOL, school), "Школа № 7"),)
    for person_id, reason in ((come.person_id, "has-a-door"), (marina.person_id, "has-a-door"), (999, "no-person")):
        with pytest.raises(Refusal, match=rf"join_request\.{reason}"):
            await core.join_requests.approve(request, person_id, by=marina, now=clock())
    assert (await core.people.member(IGOR.account, now=clock())).is_stranger


@pytest.mark.usefixtures("school")
async def test_refused_with_a_reason_they_are_told_and_nothing_of_them_is_left_after_a_day(
    core: Core, clock: SettableClock, look: Look, outbox: Outbox, channel: RecordingChannel, marina: Member
) -> None:
    request = await asks(core, clock)
    await core.join_requests.refuse(request, " Вас нет\nв списке ", by=marina, now=clock())
    await outbox.deliver()
    said = core.texts.html("join_request.refused", school="Школа № 7", reason="Вас нет в списке")
    assert channel.texts(IGOR.account.account_id) == [said]
    assert look.rows(REQUESTS) == [("refused", "", "", IGOR.account.account_id)]
    assert (look.count("person"), look.count("consent")) == (1, 1)
    clock.advance(days=1)
    await core.join_requests.tidy_up(now=clock())
    assert look.rows(REQUESTS) == [("refused", "", "", 0)]
    assert look.rows("SELECT text, chat_id FROM outbox WHERE key LIKE 'request:%'") == [("", 0)]
    assert look.rows("SELECT count(*) FROM outbox WHERE chat_id = ?", IGOR.account.account_id) == [(0,)]


@pytest.mark.usefixtures("school")
async def test_too_long_a_reason_is_refused_and_the_request_waits(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    request = await asks(core, clock)
    with pytest.raises(Refusal, match=r"join_request\.too-long"):
        await core.join_requests.refuse(request, "я" * 301, by=marina, now=clock())
    assert (await queue(core, marina, clock)).total == 1


@pytest.mark.usefixtures("school")
@pytest.mark.parametrize("second", ["approve", "refuse"])
async def test_of_two_coordinators_at_once_one_answers_and_the_other_is_told(
    core: Core, clock: SettableClock, look: Look, marina: Member, second: str
) -> None:
    pavel = await comes_in(core, PAVEL, clock())
    request = await asks(core, clock)
    other = (
        core.join_requests.approve(request, None, by=pavel, now=clock())
        if second == "approve"
        else core.join_requests.refuse(request, "", by=pavel, now=clock())
    )
    first = core.join_requests.approve(request, None, by=marina, now=clock())
    answers = await asyncio.gather(first, other, return_exceptions=True)
    refusals = [one for one in answers if isinstance(one, Refusal)]
    assert [one.reason for one in refusals] == ["join_request.decided"]
    assert look.rows("SELECT count(*) FROM audit WHERE deed IN ('request-approved', 'request-refused')") == [(1,)]
    assert look.rows("SELECT count(*) FROM outbox WHERE key LIKE 'request:%'") == [(1,)]


@pytest.mark.usefixtures("school")
async def test_same_answer_from_the_same_coordinator_twice_is_one(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    first = await asks(core, clock)
    second = await asks(core, clock, OLGA.account, OLGA.name)
    for _ in range(2):
        await core.join_requests.approve(first, None, by=marina, now=clock())
        await core.join_requests.refuse(second, "", by=marina, now=clock())
    assert look.rows("SELECT state FROM join_request") == [("approved",), ("refused",)]
    assert look.count("person") == 2
    with pytest.raises(Refusal, match=r"join_request\.decided"):
        await core.join_requests.refuse(first, "", by=marina, now=clock())
    with pytest.raises(Refusal, match=r"join_request\.decided"):
        await core.join_requests.approve(999, None, by=marina, now=clock())


@pytest.mark.usefixtures("school")
async def test_whoever_came_in_by_a_code_meanwhile_leaves_the_queue(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    first, second = await asks(core, clock), await asks(core, clock, OLGA.account, OLGA.name)
    for who in (IGOR, OLGA):
        await comes_in(core, who, clock(), Role.CURATOR)
    assert (await core.tasks.mine(by=marina, now=clock())).requests == 0
    became = await core.join_requests.approve(first, None, by=marina, now=clock())
    assert (became, (await queue(core, marina, clock)).total) == (RequestState.CAME_IN, 0)
    assert look.rows("SELECT id, state, name FROM join_request") == [(first, "came-in", ""), (second, "came-in", "")]
    assert (await core.people.member(IGOR.account, now=clock())).roles == {Role.CURATOR}


async def test_school_left_meanwhile_lets_nobody_in_as_new(
    core: Core, clock: SettableClock, marina: Member, school: int
) -> None:
    request = await asks(core, clock)
    await core.registries.school_left(school, by=marina, now=clock())
    found = await queue(core, marina, clock)
    assert (found.total, found.school) == (1, None)
    with pytest.raises(Refusal, match=r"join_request\.school-left"):
        await core.join_requests.approve(request, None, by=marina, now=clock())
    await core.join_requests.refuse(request, "", by=marina, now=clock())


async def test_somebody_whose_duties_ended_is_not_registered_a_second_time(
    core: Core, clock: SettableClock, look: Look, marina: Member, school: int
) -> None:
    guest = await enrolled(core, IGOR, now=clock(), has_agreed=False)
    assert guest.is_stranger
    request = await asks(core, clock)
    await core.join_requests.approve(request, None, by=marina, now=clock())
    member = await core.people.member(IGOR.account, now=clock())
    assert (member.person_id, member.name, member.has_agreed) == (guest.person_id, IGOR.name, True)
    assert look.count("person") == 2


async def test_account_of_somebody_whose_duties_ended_may_become_another_person_s(
    core: Core, clock: SettableClock, look: Look, marina: Member, school: int
) -> None:
    await enrolled(core, IGOR, now=clock())
    known = await registered(core, NAME, Duty(Role.SCHOOL, school), now=clock())
    await core.join_requests.approve(await asks(core, clock), known, by=marina, now=clock())
    assert look.rows("SELECT person_id FROM account WHERE account_id = ?", IGOR.account.account_id) == [(known,)]


@pytest.mark.usefixtures("school")
async def test_asker_who_blocked_the_bot_is_let_in_and_the_coordinator_hears_that_they_cannot_be_written_to(
    core: Core, clock: SettableClock, look: Look, outbox: Outbox, channel: RecordingChannel, marina: Member
) -> None:
    request = await asks(core, clock)
    await core.people.blocked(IGOR.account, now=clock())
    channel.will(IGOR.account.account_id, Failure(FailureKind.BLOCKED))
    await core.join_requests.approve(request, None, by=marina, now=clock())
    while await outbox.deliver():
        clock.advance(seconds=5)
    assert core.texts.html("people.blocked", name=NAME) in channel.texts(MARINA.account.account_id)
    assert look.rows("SELECT blocked_at IS NULL FROM account ORDER BY id") == [(1,), (0,)]


@pytest.mark.usefixtures("school")
async def test_request_nobody_answered_for_thirty_days_is_closed_by_the_clock(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    request = await asks(core, clock)
    clock.now += REQUEST_LIFE - timedelta(seconds=1)
    await core.join_requests.tidy_up(now=clock())
    assert look.rows(REQUESTS) == [("waiting", NAME, "учитель", IGOR.account.account_id)]
    clock.advance(seconds=1)
    with pytest.raises(Refusal, match=r"join_request\.too-old"):
        await core.join_requests.approve(request, None, by=marina, now=clock())
    await core.join_requests.tidy_up(now=clock())
    assert look.rows(REQUESTS) == [("expired", "", "", IGOR.account.account_id)]
    assert await asks(core, clock) == 2


async def test_form_that_was_never_sent_is_forgotten_after_a_day(core: Core, clock: SettableClock, look: Look) -> None:
    storage = ConversationStorage(core.database)
    await storage.set_data(StorageKey(1, 2, 3), {"version": VERSION, "agreed_at": clock().isoformat(), "name": NAME})
    await storage.set_data(StorageKey(1, 4, 5), {"request": 7})
    clock.advance(hours=23)
    await core.join_requests.tidy_up(now=clock())
    assert look.count("conversation") == 2
    clock.advance(hours=1)
    await core.join_requests.tidy_up(now=clock())
    assert look.rows("SELECT data FROM conversation") == [('{"request": 7}',)]


# --- Whose right it is


@pytest.mark.usefixtures("school")
async def test_nobody_but_the_coordinator_sees_or_answers_requests(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    request = await asks(core, clock)
    silent = replace(marina, has_agreed=False)
    for by, reason in ((STRANGER, "refused"), (SCHOOL, "refused"), (silent, "consent-first")):
        for attempt in (
            core.join_requests.queue(by=by, now=clock()),
            core.join_requests.approve(request, None, by=by, now=clock()),
            core.join_requests.refuse(request, "", by=by, now=clock()),
        ):
            with pytest.raises(Refusal, match=rf"access\.{reason}"):
                await attempt
    assert look.rows(REQUESTS) == [("waiting", NAME, "учитель", IGOR.account.account_id)]


@pytest.mark.usefixtures("school")
async def test_queue_is_walked_from_the_oldest_on_and_stays_near_what_was_answered(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    for place, name in enumerate(("Первый Пётр", "Второй Пётр", "Третий Пётр"), 1):
        await asks(core, clock, Account("telegram", 7_000 + place), name)
    found = await queue(core, marina, clock)
    assert (found.total, found.place, found.before, found.after) == (3, 1, None, 2)
    found = await core.join_requests.queue(2, by=marina, now=clock())
    assert (found.place, found.before, found.after) == (2, 1, 3)
    await core.join_requests.refuse(2, "", by=marina, now=clock())
    found = await core.join_requests.queue(2, by=marina, now=clock())
    assert (found.request and found.request.id, found.place, found.total) == (3, 2, 2)
    found = await core.join_requests.queue(99, by=marina, now=clock())
    assert (found.request and found.request.id, found.place) == (1, 1)
