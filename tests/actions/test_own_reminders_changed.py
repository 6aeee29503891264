"""«Мои напоминания»: what a person changes about them, and what they hear after it.

Item 1 of the tests is «до 30 марта»: its days are 16, 23, 25 and 29 March.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, time

import pytest

from actions.notices import Later
from actions.own_reminders import OwnReminders, ReminderSheet
from domain.item_field import ItemField
from domain.own_reminders import HOURS, Reminders
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import OwedBy
from tests.actions.office import Office
from tests.people import MARINA, OLGA, STRANGER, Look, a_school, an_item, enrolled

OLGAS, MARINAS = OLGA.account.account_id, MARINA.account.account_id
DEEDS = "SELECT person_id, about FROM audit WHERE deed = 'reminders-changed' ORDER BY id"
ROWS = "SELECT person_id, hour, days, paused_until FROM own_reminders"
OLGAS_ID = 2


@pytest.fixture
async def olga(office: Office, marina: Member) -> Member:
    """A director with one task; it is Monday noon."""
    await office.load(an_item(1, "до 30 марта", executors=(), owed_by=OwedBy.SCHOOL), an_item(99, "до 30 ноября"))
    school = await a_school(office.core)
    now = office.clock.set("2022-03-14 12:00")
    olga = await enrolled(office.core, OLGA, Duty(Role.SCHOOL, school, responsible=True), now=now)
    await office.at("2022-03-14 12:00")
    return olga


def own(office: Office) -> OwnReminders:
    return office.core.own_reminders


async def hears(office: Office, moment: str) -> bool:
    return OLGAS in await office.at(moment)


async def test_who_chose_nothing_hears_as_everybody_does(office: Office, olga: Member, marina: Member) -> None:
    sheet = await own(office).look(by=olga, now=office.clock())
    assert sheet == ReminderSheet(Reminders(), date(2022, 3, 14), time(9), time(9), None, tuple(HOURS), None)
    assert (await own(office).look(by=marina, now=office.clock())).digest == time(8, 30)


async def test_an_hour_moves_the_morning_and_the_digest(office: Office, olga: Member, marina: Member) -> None:
    sheet = await own(office).set_hour(11, by=marina, now=office.clock())
    assert (sheet.morning, sheet.digest) == (time(11), time(11))
    found = {at: MARINAS in await office.at(f"2022-03-21 {at}") for at in ("08:30", "09:00", "10:59", "11:00")}
    assert found == {"08:30": False, "09:00": False, "10:59": False, "11:00": True}


async def test_what_is_changed_is_kept_and_written_down(office: Office, olga: Member, look: Look) -> None:
    now = office.clock()
    await own(office).set_hour(10, by=olga, now=now)
    await own(office).set_day(4, heard=False, by=olga, now=now)
    await own(office).pause(date(2022, 3, 20), by=olga, now=now)
    assert look.rows(ROWS) == [(OLGAS_ID, 10, "[0, 1, 2, 3]", "2022-03-20")]
    await own(office).wake(by=olga, now=now)
    await own(office).set_day(4, heard=True, by=olga, now=now)
    await own(office).set_hour(None, by=olga, now=now)
    assert look.rows(ROWS) == []
    assert look.rows(DEEDS) == [
        (OLGAS_ID, '{"value": "10:00"}'),
        (OLGAS_ID, '{"value": "0, 1, 2, 3"}'),
        (OLGAS_ID, '{"until": "2022-03-20"}'),
        (OLGAS_ID, "{}"),
        (OLGAS_ID, '{"value": "0, 1, 2, 3, 4"}'),
        (OLGAS_ID, "{}"),
    ]


async def test_the_same_choice_twice_changes_nothing(office: Office, olga: Member, look: Look) -> None:
    now = office.clock()
    await asyncio.gather(*[own(office).set_day(4, heard=False, by=olga, now=now) for _ in range(2)])
    await asyncio.gather(*[own(office).set_hour(10, by=olga, now=now) for _ in range(2)])
    assert len(look.rows(DEEDS)) == 2


async def test_a_later_hour_takes_back_what_waits_to_be_sent_today(office: Office, olga: Member, look: Look) -> None:
    office.clock.set("2022-03-16 09:00")
    await office.core.notices.plan(office.clock())
    await own(office).set_hour(12, by=olga, now=office.clock())
    assert [await hears(office, f"2022-03-16 {at}") for at in ("09:01", "11:59", "12:00", "12:01")] == [
        False, False, True, False,
    ]  # fmt: skip


async def test_what_was_sent_today_is_not_said_again(office: Office, olga: Member) -> None:
    assert await hears(office, "2022-03-16 09:00")
    await own(office).set_hour(12, by=olga, now=office.clock())
    assert not await hears(office, "2022-03-16 12:00")


async def test_an_earlier_hour_that_has_passed_is_now(office: Office, olga: Member) -> None:
    await own(office).set_hour(18, by=olga, now=office.clock())
    assert not await hears(office, "2022-03-16 12:00")
    await own(office).set_hour(8, by=olga, now=office.clock())
    assert await hears(office, "2022-03-16 12:01")


async def test_a_change_touches_nobody_else(office: Office, olga: Member, marina: Member, look: Look) -> None:
    office.clock.set("2022-03-21 09:00")
    await office.core.notices.plan(office.clock())
    await own(office).set_hour(12, by=olga, now=office.clock())
    assert look.outbox("state = 'planned' AND person_id = 1") == [("day:2022-03-21:person:1", "planned")]


async def test_days_move_what_is_said_to_the_chosen_one_before(office: Office, olga: Member) -> None:
    for day in (0, 1, 2, 4):
        await own(office).set_day(day, heard=False, by=olga, now=office.clock())
    assert await office.days(OLGAS, "2022-03-15", "2022-03-31") == [17, 24, 31]


async def test_a_pause_is_silence_until_its_day(office: Office, olga: Member) -> None:
    sheet = await own(office).pause("до 25 марта", by=olga, now=office.clock())
    assert sheet.resumes == date(2022, 3, 25)
    assert await office.days(OLGAS, "2022-03-15", "2022-03-31") == [25, 29, 30, 31]


async def test_a_pause_that_ends_on_a_day_off_resumes_on_the_next_day_that_is_heard(
    office: Office, olga: Member
) -> None:
    await own(office).set_day(0, heard=False, by=olga, now=office.clock())
    sheet = await own(office).pause(date(2022, 3, 19), by=olga, now=office.clock())
    assert sheet.resumes == date(2022, 3, 22)
    office.clock.set("2022-03-19 00:00")
    assert (await own(office).look(by=olga, now=office.clock())).resumes is None


async def test_a_pause_takes_back_what_waits_today_and_waking_brings_it_back(office: Office, olga: Member) -> None:
    office.clock.set("2022-03-16 09:00")
    await office.core.notices.plan(office.clock())
    await own(office).pause(date(2022, 3, 20), by=olga, now=office.clock())
    assert not await hears(office, "2022-03-16 09:01")
    await own(office).wake(by=olga, now=office.clock())
    assert await hears(office, "2022-03-16 09:02")


async def test_what_happens_is_told_during_a_pause_too(office: Office, olga: Member, marina: Member) -> None:
    assert await hears(office, "2022-03-16 09:00")
    await own(office).pause(date(2022, 4, 30), by=olga, now=office.clock())
    item = await office.item_id(1)
    await office.core.roadmaps.correct(item, ItemField.DEADLINE, "до 15 апреля", by=marina, now=office.clock())
    told = "📅 <b>п. 1</b> Мероприятие 1\nПеренесено: до 30 марта, ср → <b>до 15 апреля, пт</b>."
    assert await office.at("2022-03-16 09:01") == {OLGAS: [told]}
    assert await office.days(OLGAS, "2022-03-17", "2022-04-18") == []


async def test_what_was_put_off_into_a_pause_comes_when_it_ends(office: Office, olga: Member) -> None:
    assert await hears(office, "2022-03-16 09:00")
    await office.core.notices.snooze_tasks(1, Later.TOMORROW, by=olga, now=office.clock())
    await own(office).pause(date(2022, 3, 21), by=olga, now=office.clock())
    assert await office.days(OLGAS, "2022-03-17", "2022-03-22") == [21]


async def test_what_is_put_off_during_a_pause_comes_after_it_on_a_chosen_day(office: Office, olga: Member) -> None:
    await own(office).set_day(0, heard=False, by=olga, now=office.clock())
    await own(office).pause(date(2022, 3, 21), by=olga, now=office.clock())
    until = await office.core.notices.snooze_tasks(1, Later.TOMORROW, by=olga, now=office.clock())
    assert until == date(2022, 3, 22)
    assert await office.days(OLGAS, "2022-03-15", "2022-03-22") == [22]


async def test_what_is_coming_is_what_will_be_said_with_a_pause_too(office: Office, olga: Member) -> None:
    await own(office).pause(date(2022, 3, 24), by=olga, now=office.clock())
    lines = await office.core.outlook.coming(office.clock(), date(2022, 3, 31))
    coming = [line.at.astimezone(office.core.project.zone).day for line in lines if line.chat.chat_id == OLGAS]
    assert coming == [25, 29, 30, 31] == await office.days(OLGAS, "2022-03-15", "2022-03-31")


Change = Callable[[OwnReminders, Member, Office], Awaitable[object]]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda own, by, office: own.set_hour(3, by=by, now=office.clock()), "own_reminders.no-such-hour"),
        (lambda own, by, office: own.set_day(6, heard=True, by=by, now=office.clock()), "own_reminders.no-such-day"),
        (lambda own, by, office: own.pause("14 марта", by=by, now=office.clock()), "own_reminders.pause-is-over"),
        (lambda own, by, office: own.pause("14 мая", by=by, now=office.clock()), "own_reminders.pause-too-long"),
        (lambda own, by, office: own.pause("когда-нибудь", by=by, now=office.clock()), "typed_day.not-a-day"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_changes(
    office: Office, olga: Member, look: Look, change: Change, reason: str
) -> None:
    with pytest.raises(Refusal, match=reason.replace(".", r"\.")):
        await change(own(office), olga, office)
    assert (look.rows(ROWS), look.rows(DEEDS)) == ([], [])


async def test_strangers_and_whoever_has_not_agreed_set_nothing(office: Office, look: Look) -> None:
    duty, now = Duty(Role.COORDINATOR), office.clock()
    hesitant = await enrolled(office.core, OLGA, duty, now=now, has_agreed=False)
    for by, reason in ((STRANGER, "access.refused"), (hesitant, "access.consent-first")):
        for asked in (own(office).look(by=by, now=now), own(office).wake(by=by, now=now)):
            with pytest.raises(Refusal, match=reason.replace(".", r"\.")):
                await asked
    assert look.count("own_reminders") == 0
