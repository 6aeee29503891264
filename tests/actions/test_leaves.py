"""«Я в отпуске до …, за меня …»: on whom the duties rest then, and who hears of it."""

import asyncio
from datetime import timedelta

import pytest

from actions.leave import Away
from domain.access import Right, may
from domain.leave import StandIn
from domain.people import Member
from tests.actions.office import Office
from tests.actions.team import DEEDS, LEAVES, OLGAS, TATYANA, TATYANAS, Team, a_team, march
from tests.people import MARINA, OLGA, PAVEL, Look, comes_in

TOLD = """📅 15 марта, вт – 24 марта, чт Вы замещаете: Ольга Лебедева.
За Вами:
• команда школы: Школа № 7
Если в эти дни не сможете — напишите координатору."""


@pytest.fixture
async def team(office: Office, marina: Member) -> Team:
    return await a_team(office, marina)


async def test_the_deputy_is_told_at_once_and_hears_what_comes(team: Team, look: Look) -> None:
    sheet = await team.arrange(team.olga, team.tatyana, 15, 24)
    leave = StandIn(1, 2, 3, march(15), march(24))
    assert sheet.leaves == (Away(leave, TATYANA.name),)
    assert await team.office.at("2022-03-14 12:01") == {TATYANAS: [TOLD]}
    assert {day: set(await team.office.at(f"2022-03-{day} 09:00")) & {OLGAS, TATYANAS} for day in (16, 23, 25)} == {
        16: {TATYANAS},
        23: {TATYANAS},
        25: {OLGAS},
    }
    about = '{"person": 2, "deputy": 3, "since": "2022-03-15", "until": "2022-03-24"}'
    assert look.rows(DEEDS) == [(2, "leave-began", about)]


async def test_the_duties_are_the_deputys_from_midnight_to_midnight(team: Team) -> None:
    await team.arrange(team.olga, team.tatyana, 15, 16)
    found = []
    for moment in ("2022-03-14 23:59", "2022-03-15 00:00", "2022-03-16 23:59", "2022-03-17 00:00"):
        team.office.clock.set(moment)
        found.append(await team.carries(TATYANA))
    assert found == [[], [2], [2], []]


async def test_the_deputy_has_the_tasks_and_the_rights_and_the_person_keeps_theirs(team: Team) -> None:
    pavel = await comes_in(team.core, PAVEL, team.office.clock())
    await team.core.leaves.arrange(
        None, march(14), march(14), pavel.person_id or 0, by=team.marina, now=team.office.clock()
    )
    assert await team.tasks(PAVEL) == await team.tasks(MARINA) == [99]
    await team.arrange(team.olga, pavel, 14, 14)
    pavel = await team.core.people.member(PAVEL.account, now=team.office.clock())
    assert await team.tasks(PAVEL) == [1, 99]
    assert await team.tasks(OLGA) == [1]
    assert may(pavel, Right.KEEP_REGISTRY)
    await team.core.roadmaps.close(1, "", by=team.marina, now=team.office.clock())
    assert await team.tasks(PAVEL) == [99]


async def test_what_waits_for_the_person_today_goes_to_the_deputy(team: Team, look: Look) -> None:
    team.office.clock.set("2022-03-16 09:00")
    await team.core.notices.plan(team.office.clock())
    assert look.outbox("state = 'planned'") == [("day:2022-03-16:person:2", "planned")]
    await team.arrange(team.olga, team.tatyana, 16, 20)
    said = await team.office.at("2022-03-16 09:01")
    assert [len(said[TATYANAS]), OLGAS in said] == [2, False]


async def test_a_leave_arranged_at_night_is_told_in_the_morning(team: Team) -> None:
    team.office.clock.set("2022-03-14 23:50")
    await team.arrange(team.olga, team.tatyana, 14, 20)
    assert await team.office.at("2022-03-14 23:51") == {}
    assert await team.carries(TATYANA) == [2]
    assert set(await team.office.at("2022-03-15 08:00")) == {TATYANAS}


async def test_one_that_begins_later_is_told_once_more_on_its_first_working_morning(team: Team, look: Look) -> None:
    await team.arrange(team.olga, team.tatyana, 19, 27)  # a Saturday
    (told,) = (await team.office.at("2022-03-14 12:01"))[TATYANAS]
    assert await team.office.days(TATYANAS, "2022-03-15", "2022-03-22") == [21]
    assert look.rows("SELECT count(*) FROM outbox WHERE text = ?", told) == [(2,)]


async def test_confirming_twice_is_one_leave(team: Team, look: Look) -> None:
    both = [team.arrange(team.olga, team.tatyana, 15, 24) for _ in range(2)]
    first, second = await asyncio.gather(*both)
    assert first.leaves == second.leaves
    assert (look.count("stand_in"), len(look.rows(DEEDS))) == (1, 1)
    assert [len(texts) for texts in (await team.office.at("2022-03-14 12:01")).values()] == [1]


async def test_confirming_again_after_midnight_is_the_same_leave(team: Team, look: Look) -> None:
    team.office.clock.set("2022-03-15 00:00")
    await team.arrange(team.olga, team.tatyana, 14, 24)
    await team.arrange(team.olga, team.tatyana, 14, 24)
    assert look.rows(LEAVES) == [(1, 2, 3, "2022-03-15", "2022-03-24", 1)]


async def test_coming_back_early_brings_the_duties_back_and_the_deputy_hears(team: Team, look: Look) -> None:
    await team.arrange(team.olga, team.tatyana, 14, 24)
    await team.office.at("2022-03-15 09:00")
    assert (await team.end(1, team.olga)).leaves == ()
    assert await team.office.at("2022-03-15 09:01") == {
        TATYANAS: ["✅ Замещение окончено раньше: Ольга Лебедева. Эти задачи больше не за Вами."]
    }
    assert (await team.carries(TATYANA), await team.tasks(OLGA)) == ([], [1])
    assert set(await team.office.at("2022-03-16 09:00")) == {OLGAS}
    await team.end(1, team.olga)
    assert [deed for _, deed, _ in look.rows(DEEDS)] == ["leave-began", "leave-ended"]


async def test_coming_back_before_the_mornings_message_is_sent_brings_it_back(team: Team) -> None:
    await team.arrange(team.olga, team.tatyana, 14, 24)
    await team.office.at("2022-03-16 08:30")
    team.office.clock.set("2022-03-16 09:00")
    await team.core.notices.plan(team.office.clock())
    await team.end(1, team.olga)
    said = await team.office.at("2022-03-16 09:01")
    assert {chat: len(texts) for chat, texts in said.items()} == {OLGAS: 1, TATYANAS: 1}


async def test_one_given_up_before_it_begins_is_told_as_such(team: Team) -> None:
    await team.arrange(team.olga, team.tatyana, 21, 24)
    await team.office.at("2022-03-15 09:00")
    await team.end(1, team.olga)
    (texts,) = (await team.office.at("2022-03-15 09:01")).values()
    assert texts == ["✅ 21 марта, пн – 24 марта, чт: замещать не нужно, отпуск отменён (Ольга Лебедева)."]
    assert await team.office.days(TATYANAS, "2022-03-16", "2022-03-24") == []


async def test_what_the_deputy_has_not_heard_of_is_never_told(team: Team) -> None:
    team.office.clock.set("2022-03-14 22:00")
    await team.arrange(team.olga, team.tatyana, 21, 24)
    await team.end(1, team.olga)
    assert await team.office.at("2022-03-15 08:00") == {}


async def test_the_moments_ahead_know_the_hour_of_the_deputy_and_of_who_comes_back(team: Team) -> None:
    """A clock that is turned ahead passes through them: Tatyana hears at 8 on the 16th, Olga at 11 on the 25th."""
    for who, hour in ((team.tatyana, 8), (team.olga, 11)):
        await team.core.own_reminders.set_hour(hour, by=who, now=team.office.clock())
    await team.arrange(team.olga, team.tatyana, 15, 24)
    now = team.office.clock()
    moments = await team.core.outlook.moments(now, now + timedelta(days=14))
    local = {f"{one.astimezone(team.core.project.zone):%d %H:%M}" for one in moments}
    assert {"16 08:00", "25 11:00"} <= local
    assert TATYANAS in await team.office.at("2022-03-16 08:00")
    assert OLGAS in await team.office.at("2022-03-25 11:00")
