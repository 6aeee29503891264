"""The times of interviews as whoever leads one makes them, gives them to schools, moves and takes them away."""

from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from actions.outbox import Outbox
from bot.core import Core
from domain.meeting import Coming
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from storage import registry as registry_rows
from tests import meetings
from tests.actions.gathered import Gathering, chat, gathering
from tests.actions.interviewed import VERA, Interview, at, drafted, interview
from tests.people import PAVEL, Look, RecordingChannel, SettableClock, Somebody, comes_in, enrolled

EXPERT = Somebody("Эмма Экспертова", Account("telegram", 500_000_114))
KEPT = "state, starts_at, minutes, slot_minutes, slot_break, changes"


@pytest.fixture
async def there(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, marina: Member
) -> Gathering:
    return await gathering(core, outbox, channel, clock, marina)


@pytest.fixture
async def held(there: Gathering, look: Look) -> Interview:
    return await interview(there, look)


async def reason(doing: Coroutine[Any, Any, Any]) -> str:
    with pytest.raises(Refusal) as refused:
        await doing
    return refused.value.reason


async def plan(held: Interview, text: str, minutes: int = 20, pause: int = 0) -> None:
    await held.core.meeting_planning.plan(held.id, text, minutes, pause, by=held.by, now=held.now)


async def drop(held: Interview, time: datetime, *, sure: bool = False) -> None:
    await held.core.meeting_planning.drop(held.id, time, sure=sure, by=held.by, now=held.now)


async def give(held: Interview, clock: str, school: int) -> None:
    await held.core.meeting_giving.give(held.id, at(clock), held.schools[school], by=held.by, now=held.now)


async def move(held: Interview, school: int, text: str) -> None:
    await held.core.meeting_giving.move(held.id, held.schools[school], text, by=held.by, now=held.now)


async def test_a_draft_becomes_an_interview_and_begins_with_its_first_time(there: Gathering, look: Look) -> None:
    held = await drafted(there, look, "23.03 10–11\n22.03 9:00–9:40", 5)
    assert held.times() == {"22 09:00": None, "23 10:00": None, "23 10:25": None}
    assert held.meeting(KEPT) == ("draft", "2022-03-22 06:00:00.000000", 24 * 60 + 85 + 20, 20, 5, 0)
    sheet = await held.sheet()
    assert (len(sheet.schools), sheet.lacking, sheet.is_odd) == (3, 0, False)
    await drop(held, at("10:00", 23))
    assert (await held.sheet()).lacking == 1
    await plan(held, "24.03 6:30–7:00", 60, 10)
    assert held.times() == {"22 09:00": None, "23 10:25": None, "24 06:30": None}
    assert (await held.sheet()).is_odd
    assert held.look.rows("SELECT about FROM audit WHERE deed = 'slots-made' ORDER BY id") == [
        (f'{{"meeting": {held.id}, "count": {count}}}',) for count in (3, 2, 3)
    ]


async def test_hours_that_cannot_be_change_nothing(there: Gathering, look: Look) -> None:
    held = await drafted(there, look)
    before = held.times()
    for text, why in (
        ("22.03", "no-hours"),
        ("23.03 9–10\n22.03 9:30–11", "there-already"),
        ("23.03 9:00–9:10", "short-hours"),
        ("01.03 9–10", "past-hours"),
    ):
        assert await reason(plan(held, text)) == f"meeting_slot.{why}"
    assert held.times() == before


async def test_of_an_ordinary_draft_the_length_is_one_of_those_offered(there: Gathering, look: Look) -> None:
    made = await meetings.drafted(there.core, there.leader, there.clock(), at("09:00"))
    held = Interview(made, there, look, there.anna, (*there.schools, 0))
    assert await reason(plan(held, "22.03 9–10", 7)) == "meeting_slot.no-length"
    assert await reason(plan(held, "22.03 9–10", 20, 3)) == "meeting_slot.no-length"
    assert held.times() == {}


async def test_a_draft_is_an_ordinary_meeting_again(there: Gathering, look: Look) -> None:
    held = await drafted(there, look)
    unplan = held.core.meeting_planning.unplan
    await unplan(held.id, by=held.by, now=held.now)
    await unplan(held.id, by=held.by, now=held.now)
    assert held.times() == {}
    assert held.meeting(KEPT) == ("draft", None, 60, None, 0, 0)
    assert await reason(held.core.meeting_calling.preview(held.id, by=held.by, now=held.now)) == "meeting.no-time"


async def test_what_was_looked_at_is_looked_at_again_after_the_times_are_others(there: Gathering, look: Look) -> None:
    held = await drafted(there, look)
    await held.core.meeting_calling.preview(held.id, by=held.by, now=held.now)
    await plan(held, "23.03 9–10")
    assert await reason(held.core.meeting_calling.call(held.id, by=held.by, now=held.now)) == "meeting.look-first"


async def test_after_the_call_hours_are_added_and_free_times_taken_away(held: Interview) -> None:
    await plan(held, "23.03 9–9:20")
    await drop(held, at("09:00"))
    await drop(held, at("09:00"))
    assert held.times() == {"22 09:20": None, "22 09:40": None, "23 09:00": None}
    assert held.meeting("starts_at, changes") == ("2022-03-22 06:20:00.000000", 2)
    assert await held.heard() == {}
    await drop(held, at("09:20"))
    await drop(held, at("09:40"))
    (invitation,) = held.look.rows("SELECT text FROM broadcast")[0]
    assert invitation.splitlines()[2].startswith("23 марта, ср: у каждой школы своё время")
    assert await reason(held.core.meeting_planning.unplan(held.id, by=held.by, now=held.now)) == (
        "meeting.called-already"
    )
    assert await reason(drop(held, at("09:00", 23))) == "meeting_slot.last"


async def test_who_comes_for_no_school_hears_of_other_hours(there: Gathering, look: Look) -> None:
    core, now = there.core, there.clock()
    expert = await enrolled(core, EXPERT, Duty(Role.ORGANISER, organisation="university"), now=now)
    held = await drafted(there, look)
    await meetings.choose(core, held.id, held.by, now, [one.person_id or 0 for one in (there.anna, expert)])
    await core.meeting_calling.preview(held.id, by=held.by, now=now)
    await core.meeting_calling.call(held.id, by=held.by, now=now)
    await held.heard()
    await plan(held, "23.03 9–10:30")
    heard = await held.heard()
    assert heard[EXPERT.account.account_id][-1] == (
        "📅 <b>Семинар по документам</b>: другие часы собеседований\n"
        "С 22 марта, вт, 09:00 до 23 марта, ср, 10:20\nГде: Иваново, Большая Воробьёвская, 80\n"
        "Ссылка: https://meet.example/seminar"
    )
    assert chat(there.anna) not in heard


async def test_an_ordinary_meeting_that_was_called_becomes_an_interview_and_its_guests_hear_of_it(
    there: Gathering, look: Look
) -> None:
    plain = await there.called("2022-03-22 10:00")
    held = Interview(plain, there, look, there.anna, (*there.schools, 0))
    await held.core.meeting_answers.answer(plain, Coming.YES, by=there.anna, now=held.now)
    await plan(held, "22.03 9–10")
    assert held.look.rows("SELECT DISTINCT coming FROM meeting_guest") == [(None,)]
    heard = await held.heard()
    assert [text.splitlines()[0] for text in heard[chat(there.olga)]] == ["⏳ Выберите время собеседования"]
    assert heard[chat(there.olga)][0].splitlines()[-1] == (
        "Ближайшее свободное: 22 марта, вт, 09:00–09:20. Всего свободно: 3."
    )


async def test_a_school_is_given_a_time_moved_to_another_and_freed_and_hears_of_each(held: Interview) -> None:
    there = held.there
    await give(held, "09:20", 1)
    await give(held, "09:20", 1)
    told = (
        "📅 Время собеседования Вашей школы: 22 марта, вт, 09:20–09:40\nСеминар по документам\nШкола № 8\n"
        "Где: Иваново, Большая Воробьёвская, 80\nВремя назначил тот, кто ведёт встречу."
    )
    assert (await held.heard())[chat(there.igor)] == [told]
    await give(held, "09:00", 1)
    assert (await held.heard())[chat(there.igor)][0].splitlines()[-1] == (
        "Было: 22 марта, вт, 09:20–09:40. Время перенёс тот, кто ведёт встречу."
    )
    assert held.times() == {"22 09:00": 1, "22 09:20": None, "22 09:40": None}
    vacate = held.core.meeting_giving.vacate
    await vacate(held.id, at("09:00"), by=held.by, now=held.now)
    await vacate(held.id, at("09:00"), by=held.by, now=held.now)
    assert (await held.heard())[chat(there.igor)][0].splitlines()[0] == (
        "⚠️ Время собеседования Вашей школы освобождено: 22 марта, вт, 09:00–09:20"
    )
    leader = held.by.person_id
    assert held.deeds() == [(leader, "slot-taken"), (leader, "slot-taken"), (leader, "slot-freed")]
    assert held.meeting("changes") == (3,)


async def test_a_time_is_given_once_and_to_schools_that_were_called(held: Interview) -> None:
    there = held.there
    await held.takes(there.anna, "09:00")
    assert await reason(give(held, "09:00", 1)) == "meeting_slot.taken"
    assert await reason(give(held, "10:00", 1)) == "meeting_slot.gone"
    unknown = replace(held, schools=(*held.schools[:2], 999))
    assert await reason(give(unknown, "09:20", 2)) == "meeting_slot.no-school"
    there.clock.set("2022-03-22 09:20")
    assert await reason(give(held, "09:20", 1)) == "meeting_slot.begun"


async def test_the_time_of_a_school_is_moved_as_it_is_typed(held: Interview) -> None:
    there = held.there
    await held.takes(there.igor, "09:20", 1)
    await held.heard()
    await move(held, 1, "23.03 15:05")
    assert held.times() == {"22 09:00": None, "22 09:40": None, "23 15:05": 1}
    assert held.meeting("minutes, changes") == (24 * 60 + 6 * 60 + 5 + 20, 2)
    heard = await held.heard()
    assert heard[chat(there.igor)][0].splitlines()[0] == (
        "📅 Время собеседования Вашей школы: 23 марта, ср, 15:05–15:25"
    )
    await move(held, 1, "23.03 15:05")
    await move(held, 1, "22.03 9:40")
    assert held.times() == {"22 09:00": None, "22 09:40": 1, "23 15:05": None}


async def test_a_time_is_not_moved_into_another_nor_into_the_past(held: Interview) -> None:
    there = held.there
    await held.takes(there.igor, "09:20", 1)
    for text, why in (
        ("22.03 9:50", "meeting_slot.meets-another"),
        ("22.03 8:50", "meeting_slot.meets-another"),
        ("08.03 9:00", "meeting.past-time"),
        ("23.03", "typed_moment.no-time"),
    ):
        assert await reason(move(held, 1, text)) == why
    assert await reason(move(held, 0, "23.03 10:00")) == "meeting_slot.no-time"
    await move(held, 1, "22.03 9:20")
    await move(held, 1, "22.03 9:20")
    assert held.times() == {"22 09:00": None, "22 09:20": 1, "22 09:40": None}


async def test_a_taken_time_is_taken_away_by_who_is_sure(held: Interview) -> None:
    there = held.there
    await held.takes(there.igor, "09:20", 1)
    await held.heard()
    assert await reason(drop(held, at("09:20"))) == "meeting_slot.taken"
    await drop(held, at("09:20"), sure=True)
    assert held.times() == {"22 09:00": None, "22 09:40": None}
    heard = await held.heard()
    assert heard[chat(there.igor)][0].splitlines()[0] == "❌ Этого времени больше нет: 22 марта, вт, 09:20–09:40"
    assert held.deeds(2) == [(held.by.person_id, "slot-freed"), (held.by.person_id, "slots-made")]


async def test_a_time_that_is_wished_for_can_be_taken_away(held: Interview) -> None:
    there = held.there
    await held.takes(there.anna, "09:00")
    await held.takes(there.igor, "09:20", 1)
    await held.asks(there.anna, "09:20")
    await drop(held, at("09:20"), sure=True)
    assert (held.times(), held.wishes()) == ({"22 09:00": 0, "22 09:40": None}, [])


async def test_schools_without_a_time_are_reminded_once_a_day(held: Interview) -> None:
    there = held.there
    await held.takes(there.anna, "09:00")
    await held.heard()

    async def remind() -> int:
        return (await held.core.meeting_giving.remind(held.id, by=held.by, now=held.now))[1]

    assert await remind() == 2
    heard = await held.heard()
    assert heard.keys() == {chat(there.igor), VERA.account.account_id}
    assert await remind() == 0
    there.clock.set("2022-03-10 12:00")
    assert await remind() == 2
    await held.takes(there.igor, "09:20", 1)
    assert (await held.heard()).keys() == {VERA.account.account_id}
    await drop(held, at("09:40"))
    assert await reason(remind()) == "meeting_slot.none-free"
    await plan(held, "23.03 9–10")
    await held.takes(held.vera, "09:00", 2, 23)
    assert await reason(remind()) == "meeting_slot.all-chose"
    assert (
        held.look.rows("SELECT about FROM audit WHERE deed = 'meeting-reminded'")
        == [(f'{{"meeting": {held.id}, "count": 2}}',)] * 2
    )


async def test_nobody_but_its_leader_and_coordinators_plans(held: Interview) -> None:
    there, core = held.there, held.core
    pavel = await comes_in(core, PAVEL, held.now)
    assert len((await core.meeting_planning.look(held.id, by=pavel, now=held.now)).slots) == 3
    other = await enrolled(core, EXPERT, Duty(Role.ORGANISER, organisation="university"), now=held.now)
    for who, why in ((there.anna, "access.refused"), (other, "meeting.gone")):
        intruding = replace(held, there=replace(there, leader=who))
        assert await reason(core.meeting_planning.look(held.id, by=who, now=held.now)) == why
        assert await reason(core.meeting_planning.unplan(held.id, by=who, now=held.now)) == why
        assert await reason(plan(intruding, "23.03 9–10")) == why
        assert await reason(drop(intruding, at("09:00"))) == why
        assert await reason(give(intruding, "09:00", 0)) == why
        assert await reason(move(intruding, 0, "23.03 10:00")) == why
        assert await reason(core.meeting_giving.vacate(held.id, at("09:00"), by=who, now=held.now)) == why
        assert await reason(core.meeting_giving.remind(held.id, by=who, now=held.now)) == why


async def test_nothing_is_planned_of_what_is_over_and_nothing_given_before_the_call(
    there: Gathering, look: Look
) -> None:
    held = await drafted(there, look)
    assert await reason(give(held, "09:00", 0)) == "meeting.not-called"
    await held.core.meeting_calling.preview(held.id, by=held.by, now=held.now)
    await held.core.meeting_calling.call(held.id, by=held.by, now=held.now)
    await held.core.meeting_moves.cancel(held.id, "Карантин", by=held.by, now=held.now)
    assert await reason(plan(held, "23.03 9–10")) == "meeting.over"
    assert await reason(give(held, "09:00", 0)) == "meeting.over"
    plain = await there.called("2022-03-22 10:00")
    assert await reason(give(replace(held, id=plain), "09:00", 0)) == "meeting_slot.no-slots"


async def test_the_time_of_an_interview_is_not_changed_as_that_of_a_meeting_is(there: Gathering, look: Look) -> None:
    held = await drafted(there, look)
    amend = held.core.meeting_moves.amend
    later = amend(held.id, lambda one: replace(one, starts_at=at("12:00")), by=held.by, now=held.now)
    assert await reason(later) == "meeting.move-slots"
    longer = amend(held.id, lambda one: replace(one, minutes=30), by=held.by, now=held.now)
    assert await reason(longer) == "meeting.move-slots"
    await amend(held.id, lambda one: replace(one, title="Собеседования"), by=held.by, now=held.now)
    assert held.meeting("title") == ("Собеседования",)


async def test_on_the_second_day_further_schools_are_called(there: Gathering, look: Look) -> None:
    held = await interview(there, look, "22.03 9:00–9:40\n23.03 10–11")
    pavel = await enrolled(held.core, PAVEL, Duty(Role.SCHOOL, held.schools[0]), now=held.now)
    there.clock.set("2022-03-23 09:00")
    await meetings.choose(held.core, held.id, held.by, held.now, [pavel.person_id or 0])
    await held.core.meeting_calling.preview(held.id, by=held.by, now=held.now)
    await held.core.meeting_calling.call(held.id, by=held.by, now=held.now)
    assert len((await held.heard())[chat(pavel)]) == 1


async def test_who_takes_over_on_the_second_day_is_invited(there: Gathering, look: Look) -> None:
    held = await interview(there, look, "22.03 9:00–9:40\n23.03 10–11")
    pavel = await enrolled(held.core, PAVEL, now=held.now)
    there.clock.set("2022-03-22 12:00")
    people = there.igor.person_id or 0, pavel.person_id or 0
    await held.core.replacements.replace(*people, by=held.by, now=held.now)
    assert pavel.person_id in (await held.sheet()).people


async def test_moved_at_night_and_made_an_interview_nobody_hears_of_the_old_time(there: Gathering, look: Look) -> None:
    core, by = there.core, there.leader
    one = await there.called("2022-03-22 10:00")
    now = there.clock.set("2022-03-15 22:00")
    await core.meeting_moves.move(one, at("10:00", 24), by=by, now=now)
    await core.meeting_planning.plan(one, "25.03 9–12", 20, 0, by=by, now=now)
    said = (await there.at("2022-03-16 08:30"))[chat(there.anna)]
    assert not any("24 марта" in text for text in said)
    assert [text.splitlines()[0] for text in said] == ["⏳ Выберите время собеседования"]


async def test_who_takes_over_one_school_of_two_chooses_its_time(there: Gathering, look: Look) -> None:
    held = await interview(there, look)
    async with held.core.database.transaction() as tx:
        await registry_rows.give_duty(tx, there.igor.person_id or 0, Duty(Role.SCHOOL, held.schools[2]), held.now)
    pavel = await enrolled(held.core, PAVEL, now=held.now)
    people = there.igor.person_id or 0, pavel.person_id or 0
    async with held.core.database.read() as tx:
        duties = await registry_rows.held(tx, people[0])
    of_eight = next(row for row, duty in duties.items() if duty.school_id == held.schools[1])
    await held.core.replacements.replace(*people, of_eight, by=held.by, now=held.now)
    heir = await held.core.people.member(PAVEL.account, now=held.now)
    assert await held.takes(heir, "09:00", 1)
    assert {*people} <= (await held.sheet()).people
