"""Leaves of several people at once, and what is refused: who may send whom, and who can stand in."""

import pytest

from domain.leave import Period
from domain.outbox import Failure, FailureKind
from domain.own_reminders import Reminders
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from storage import own_reminders as own_rows
from tests.actions.office import Office
from tests.actions.team import DEEDS, IRINA, IRINAS, LEAVES, OLGAS, TATYANA, TATYANAS, Team, a_team, march
from tests.people import MARINA, OLGA, PAVEL, SCHOOL, STRANGER, Look, Somebody, a_school, enrolled

NO_DEPUTY = (
    "⚠️ 14 марта, пн – 24 марта, чт: Татьяна Крылова больше не может Вас замещать. "
    "Задачи и напоминания снова Ваши.\nВыберите другого заместителя."
)
ARRANGED = (
    "📅 Координатор назначил Вам отпуск: 14 марта, пн – 24 марта, чт. "
    "За Вас Татьяна Крылова: задачи и напоминания этих дней придут туда."
)


@pytest.fixture
async def team(office: Office, marina: Member) -> Team:
    return await a_team(office, marina)


async def test_two_do_not_stand_in_for_each_other_on_the_same_days(team: Team, look: Look) -> None:
    await team.arrange(team.olga, team.tatyana, 15, 20)
    assert await team.refused(team.tatyana, team.olga, 18, 25) == "leave.nobody-then"
    await team.arrange(team.tatyana, team.olga, 21, 25)
    assert look.count("stand_in") == 2


async def test_where_the_deputy_goes_too_their_deputy_carries_both_and_hears_of_both(team: Team) -> None:
    await team.arrange(team.olga, team.tatyana, 15, 24)
    await team.office.at("2022-03-14 12:01")
    await team.arrange(team.tatyana, team.irina, 16, 17)
    ((text,),) = (await team.office.at("2022-03-14 12:02")).values()
    assert text.startswith("📅 16 марта, ср – 17 марта, чт Вы замещаете: Ольга Лебедева, Татьяна Крылова.\n")
    assert set(await team.office.at("2022-03-16 09:00")) == {IRINAS}
    assert (await team.carries(IRINA), await team.carries(TATYANA)) == ([2, 3], [])
    shown = await team.core.leaves.look(None, by=team.irina, now=team.office.clock())
    assert [(one.name, one.leave.until) for one in shown.standing] == [
        (OLGA.name, march(17)),
        (TATYANA.name, march(17)),
    ]
    team.office.clock.set("2022-03-18 09:00")
    assert (await team.carries(IRINA), await team.carries(TATYANA)) == ([], [2])


async def test_a_deputy_who_is_away_then_is_warned_of(team: Team) -> None:
    await team.arrange(team.tatyana, team.irina, 16, 17)
    found = await team.core.leaves.choose(None, march(15), march(24), by=team.olga, now=team.office.clock())
    assert [(one.person.name, one.away) for one in found.candidates] == [
        (IRINA.name, None),
        (MARINA.name, None),
        (TATYANA.name, Period(march(16), march(17))),
    ]
    plan = await team.core.leaves.plan(
        None, march(15), march(24), team.tatyana.person_id or 0, by=team.olga, now=team.office.clock()
    )
    assert plan.others == ((IRINA.name, Period(march(16), march(17))),)


async def test_removing_the_deputy_gives_the_duties_back_and_says_so(team: Team) -> None:
    await team.arrange(team.olga, team.tatyana, 14, 24)
    await team.office.at("2022-03-15 09:00")
    await team.core.persons.remove(team.tatyana.person_id or 0, by=team.marina, now=team.office.clock())
    assert await team.office.at("2022-03-15 09:01") == {OLGAS: [NO_DEPUTY]}
    assert set(await team.office.at("2022-03-16 09:00")) == {OLGAS}


async def test_removing_whoever_is_away_ends_it_for_the_deputy(team: Team) -> None:
    await team.arrange(team.olga, team.tatyana, 14, 24)
    await team.office.at("2022-03-15 09:00")
    await team.core.persons.remove(team.olga.person_id or 0, by=team.marina, now=team.office.clock())
    ((text,),) = (await team.office.at("2022-03-15 09:01")).values()
    assert text.startswith("✅ Замещение окончено раньше: Ольга Лебедева.")
    assert await team.carries(TATYANA) == []


async def test_a_deputy_who_blocked_the_bot_hears_nothing_and_the_person_does_instead(team: Team) -> None:
    await team.arrange(team.olga, team.tatyana, 14, 24)
    await team.core.people.blocked(TATYANA.account, now=team.office.clock())
    assert OLGAS in await team.office.at("2022-03-16 09:00")
    found = await team.core.leaves.choose(None, march(25), march(26), by=team.olga, now=team.office.clock())
    assert [one.person.name for one in found.candidates] == [IRINA.name, MARINA.name]
    assert await team.refused(team.olga, team.tatyana, 25, 26) == "leave.no-such-deputy"


async def test_a_deputy_whose_reminders_are_paused_is_told_of_it(team: Team) -> None:
    async with team.core.database.transaction() as tx:
        await own_rows.save(tx, team.tatyana.person_id or 0, Reminders(paused_until=march(20)))
    await team.arrange(team.olga, team.tatyana, 15, 24)
    (message,) = await team.said_to(TATYANAS, "2022-03-14 12:01")
    assert "⚠️ Ваши напоминания на паузе до 20 марта: чтобы ничего не пропустить, снимите её." in message.text
    assert [button.data for row in message.buttons for button in row] == ["tasks", "go:reminders"]


@pytest.mark.parametrize(
    ("since", "until", "reason"),
    [
        (20, 20, "leave.taken"),
        (1, 31, "leave.taken"),
        (10, 13, "leave.reversed"),
        (22, 21, "leave.reversed"),
    ],
)
async def test_days_that_cannot_be_are_refused(team: Team, look: Look, since: int, until: int, reason: str) -> None:
    await team.arrange(team.olga, team.tatyana, 16, 20)
    assert await team.refused(team.olga, team.irina, since, until) == reason
    assert (look.count("stand_in"), len(look.rows(DEEDS))) == (1, 1)


async def test_three_at_once_are_enough_until_one_is_over(team: Team) -> None:
    for day in (15, 17, 19):
        await team.arrange(team.olga, team.tatyana, day, day)
    sheet = await team.core.leaves.look(None, by=team.olga, now=team.office.clock())
    assert sheet.is_full
    assert await team.refused(team.olga, team.tatyana, 21, 21) == "leave.enough"
    team.office.clock.set("2022-03-16 00:00")
    assert len((await team.arrange(team.olga, team.tatyana, 21, 21)).leaves) == 3


async def test_only_somebody_near_who_has_come_in_and_agreed_stands_in(team: Team) -> None:
    other = await a_school(team.core, "Школа № 8")
    pavel = await enrolled(team.core, PAVEL, Duty(Role.SCHOOL, other), now=team.office.clock())
    assert await team.refused(team.olga, pavel, 15, 16) == "leave.no-such-deputy"
    assert await team.refused(team.olga, team.olga, 15, 16) == "leave.no-such-deputy"
    nobody = Member(team.olga.account, 999, "", frozenset())
    assert await team.refused(team.olga, nobody, 15, 16) == "leave.no-such-deputy"


async def test_the_coordinator_arranges_it_for_a_director_in_hospital(team: Team, look: Look) -> None:
    await team.arrange(team.marina, team.tatyana, 14, 24, team.olga)
    said = await team.office.at("2022-03-14 12:01")
    assert said[OLGAS] == [ARRANGED]
    assert [len(said[TATYANAS]), len(said)] == [1, 2]
    await team.end(1, team.marina)
    said = await team.office.at("2022-03-14 12:02")
    assert said[OLGAS] == [
        "📅 Координатор завершил Ваш отпуск (14 марта, пн – 24 марта, чт): задачи и напоминания этих дней — Ваши."
    ]
    assert [row[0] for row in look.rows(DEEDS)] == [team.marina.person_id] * 2


async def test_whoever_arranges_it_is_not_told_what_they_did(team: Team) -> None:
    await team.arrange(team.marina, team.marina, 14, 24, team.olga)
    assert set(await team.office.at("2022-03-14 12:01")) == {OLGAS}


async def test_nobody_sends_others_on_leave_or_back_but_the_coordinator(team: Team, look: Look) -> None:
    await team.arrange(team.olga, team.tatyana, 15, 24)
    for by in (team.tatyana, team.irina, SCHOOL, STRANGER):
        assert await team.refused(by, team.irina, 25, 26, team.olga) == "access.refused"
        for asked in (team.core.leaves.end, team.core.leaves.leave):
            with pytest.raises(Refusal, match=r"leave\.no-such-leave|access\.refused"):
                await asked(1, by=by, now=team.office.clock())
    assert look.rows(LEAVES) == [(1, 2, 3, "2022-03-15", "2022-03-24", 1)]


async def test_what_is_not_there_is_refused(team: Team) -> None:
    with pytest.raises(Refusal, match=r"leave\.no-such-leave"):
        await team.end(77, team.olga)
    with pytest.raises(Refusal, match=r"leave\.no-person"):
        await team.core.leaves.look(77, by=team.marina, now=team.office.clock())


async def test_without_consent_nobody_goes_on_leave(team: Team) -> None:
    pavel = await enrolled(team.core, PAVEL, Duty(Role.COORDINATOR), now=team.office.clock(), has_agreed=False)
    assert await team.refused(pavel, team.marina, 15, 16) == "access.consent-first"


async def test_a_message_that_is_late_is_not_told_after_the_leave_is_known_to_be_over(team: Team) -> None:
    """The messenger was down when the leave was arranged: what was not sent is taken back."""
    team.office.channel.will(TATYANAS, *[Failure(FailureKind.LATER)] * 3)
    await team.arrange(team.olga, team.tatyana, 15, 24)
    await team.office.at("2022-03-14 12:01")
    await team.end(1, team.olga)
    assert await team.office.at("2022-03-14 14:00") == {}


async def test_the_whole_region_goes_on_leave_in_one_summer(team: Team) -> None:
    """Twenty directors name the coordinator, who then has all their tasks and sees for whom."""
    core, now = team.core, team.office.clock()
    for number in range(20):
        school = await a_school(core, f"Школа № {100 + number}")
        who = Somebody(f"Директор {number}", Account("telegram", 700_000_000 + number))
        director = await enrolled(core, who, Duty(Role.SCHOOL, school, responsible=True), now=now)
        await team.arrange(director, team.marina, 15, 31)
    team.office.clock.set("2022-03-15 00:00")
    assert len(await team.carries(MARINA)) == 20
    marina = await core.people.member(MARINA.account, now=team.office.clock())
    assert len((await core.leaves.look(None, by=marina, now=team.office.clock())).standing) == 20
    assert await team.office.at("2022-03-15 07:59") == {}
