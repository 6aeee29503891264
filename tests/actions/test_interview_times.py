"""The times of interviews: a school takes one, moves, gives it up; two at once; whose school it is."""

import asyncio
from collections.abc import Coroutine
from datetime import date
from typing import Any

import pytest

from actions.meeting_slot_look import OwnSlots
from actions.outbox import Outbox
from bot.core import Core, build_core
from bot.settings import Settings
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from storage import meeting_slot as slot_rows
from storage import registry as registry_rows
from tests.actions.gathered import Gathering, chat, gathering
from tests.actions.interviewed import Interview, at, drafted, interview
from tests.people import IGOR, Look, RecordingChannel, SettableClock, Somebody, a_school, enrolled

LATE = Somebody("Пётр Поздний", Account("telegram", 500_000_112))
DEPUTY = Somebody("Зоя Заменина", Account("telegram", 500_000_113))
NOBODY: dict[str, int | None] = {"22 09:00": None, "22 09:20": None, "22 09:40": None}


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


async def own(held: Interview, who: Member, school: int = 0) -> OwnSlots:
    return await held.core.meeting_slots.look(held.id, held.schools[school], by=who, now=held.now)


async def test_a_school_takes_a_time_and_its_invited_people_hear_of_it(held: Interview) -> None:
    there, before = held.there, held.meeting("changes")
    assert await held.takes(there.anna, "09:20")
    assert held.times() == NOBODY | {"22 09:20": 0}
    assert held.deeds() == [(there.anna.person_id, "slot-taken")]
    told = (
        "✅ Время собеседования выбрано: 22 марта, вт, 09:20–09:40\n"
        "Семинар по документам\nШкола № 7\nГде: Иваново, Большая Воробьёвская, 80"
    )
    assert await held.heard() == {chat(there.olga): [told]}
    assert (before, held.meeting("changes")) == ((0,), (1,))
    found = await own(held, there.anna)
    assert (found.own, [one.starts_at for one in found.sheet.free]) == (
        found.sheet.at(at("09:20")),
        [at("09:00"), at("09:40")],
    )


async def test_another_time_is_taken_in_place_of_the_first_and_the_same_again_is_nothing(held: Interview) -> None:
    there = held.there
    await held.takes(there.anna, "09:20")
    await held.heard()
    assert await held.takes(there.olga, "09:00")
    assert held.times() == NOBODY | {"22 09:00": 0}
    heard = await held.heard()
    assert heard[chat(there.anna)][0].endswith("\nБыло: 22 марта, вт, 09:20–09:40")
    assert list(heard) == [chat(there.anna)]
    assert await held.takes(there.olga, "09:00")
    assert await held.heard() == {}
    assert held.deeds() == [(there.anna.person_id, "slot-taken"), (there.olga.person_id, "slot-taken")]
    assert held.meeting("changes") == (2,)


async def test_a_time_is_given_up(held: Interview) -> None:
    there = held.there
    await held.takes(there.anna, "09:20")
    await held.heard()
    free = held.core.meeting_slots.free
    found = await free(held.id, held.schools[0], by=there.olga, now=held.now)
    assert found.own is None
    assert held.times() == NOBODY
    assert (await held.heard())[chat(there.anna)][0].splitlines()[0] == (
        "⚠️ Ваша школа освободила время собеседования: 22 марта, вт, 09:20–09:40"
    )
    await free(held.id, held.schools[0], by=there.olga, now=held.now)
    assert held.deeds() == [(there.anna.person_id, "slot-taken"), (there.olga.person_id, "slot-freed")]


async def test_of_two_who_press_in_the_same_second_one_has_the_time_and_the_other_keeps_its_own(
    held: Interview, settings: Settings
) -> None:
    """Two processes: each with a connection of its own."""
    there, other = held.there, build_core(settings)
    await held.takes(there.igor, "09:00", 1)
    ways = [(held.core, there.anna, 0), (other, there.igor, 1), (other, held.vera, 2), (held.core, there.olga, 0)]
    taken = await asyncio.gather(
        *(
            core.meeting_slots.take(held.id, at("09:40"), held.schools[school], by=who, now=held.now)
            for core, who, school in ways
        )
    )
    await other.database.close()
    winners = {school for one, (_, _, school) in zip(taken, ways, strict=True) if one.is_own}
    (winner,) = winners
    assert held.times() == {"22 09:00": None if winner == 1 else 1, "22 09:20": None, "22 09:40": winner}
    assert [one.found.sheet.slots for one in taken if not one.is_own][-1] == (await held.sheet()).slots


async def test_who_was_too_late_sees_what_is_free_and_nothing_has_changed(held: Interview) -> None:
    there = held.there
    await held.takes(there.anna, "09:20")
    await held.takes(there.igor, "09:00", 1)
    await held.heard()
    deeds, before = held.deeds(), held.look.rows("SELECT * FROM meeting_slot")
    taken = await held.core.meeting_slots.take(held.id, at("09:20"), held.schools[1], by=there.igor, now=held.now)
    assert (taken.is_own, taken.found.own, taken.found.sheet.free) == (
        False,
        taken.found.sheet.at(at("09:00")),
        [taken.found.sheet.at(at("09:40"))],
    )
    assert not await held.takes(held.vera, "10:00", 2)
    assert held.look.rows("SELECT * FROM meeting_slot") == before
    assert (held.deeds(), await held.heard()) == (deeds, {})


async def test_nobody_chooses_for_a_school_of_others(held: Interview) -> None:
    there, slots, swaps = held.there, held.core.meeting_slots, held.core.meeting_swaps
    await held.takes(there.anna, "09:00")
    await held.takes(there.igor, "09:20", 1)
    before = held.look.rows("SELECT * FROM meeting_slot")
    of_seven, now = (held.id, held.schools[0]), held.now
    for stranger in (there.igor, there.leader):
        assert await reason(slots.look(*of_seven, by=stranger, now=now)) == "meeting_slot.not-yours"
        assert await reason(slots.take(held.id, at("09:40"), held.schools[0], by=stranger, now=now)) == (
            "meeting_slot.not-yours"
        )
        assert await reason(slots.free(*of_seven, by=stranger, now=now)) == "meeting_slot.not-yours"
        assert await reason(swaps.ask(held.id, at("09:20"), held.schools[0], by=stranger, now=now)) == (
            "meeting_slot.not-yours"
        )
        assert await reason(swaps.withdraw(*of_seven, by=stranger, now=now)) == "meeting_slot.not-yours"
    assert await reason(slots.schools(999, by=there.anna, now=now)) == "meeting_slot.not-yours"
    assert held.look.rows("SELECT * FROM meeting_slot") == before


async def test_nothing_is_chosen_of_a_draft_and_by_a_school_that_was_not_called(there: Gathering, look: Look) -> None:
    held = await drafted(there, look)
    assert await reason(held.takes(there.anna, "09:00")) == "meeting_slot.not-yours"
    await held.core.meeting_calling.preview(held.id, by=held.by, now=held.now)
    await held.core.meeting_calling.call(held.id, by=held.by, now=held.now)
    other = await a_school(held.core, "Школа № 10")
    late = await enrolled(held.core, LATE, Duty(Role.SCHOOL, other), now=held.now)
    take = held.core.meeting_slots.take
    assert await reason(take(held.id, at("09:00"), other, by=late, now=held.now)) == "meeting_slot.not-yours"
    assert await held.takes(there.anna, "09:00")


async def test_an_ordinary_meeting_has_no_times(held: Interview) -> None:
    there = held.there
    plain = await there.called("2022-03-22 10:00")
    slots = held.core.meeting_slots
    assert await reason(slots.schools(plain, by=there.anna, now=held.now)) == "meeting_slot.no-slots"


async def test_whoever_is_of_two_teams_chooses_for_each(held: Interview) -> None:
    there = held.there
    async with held.core.database.transaction() as tx:
        await registry_rows.give_duty(tx, there.igor.person_id or 0, Duty(Role.SCHOOL, held.schools[0]), held.now)
    igor = await held.core.people.member(IGOR.account, now=held.now)
    _, mine = await held.core.meeting_slots.schools(held.id, by=igor, now=held.now)
    assert [school.id for school in mine] == list(held.schools[:2])
    assert await held.takes(igor, "09:00", 0)
    assert await held.takes(igor, "09:20", 1)
    assert held.times() == NOBODY | {"22 09:00": 0, "22 09:20": 1}


async def test_a_deputy_chooses_and_hears_for_who_is_away(held: Interview) -> None:
    there, now = held.there, held.now
    deputy = await enrolled(held.core, DEPUTY, Duty(Role.SCHOOL, held.schools[1]), now=now)
    who = there.igor.person_id or 0
    days = (date(2022, 3, 9), date(2022, 3, 20))
    await held.core.leaves.arrange(who, *days, deputy.person_id or 0, by=there.leader, now=now)
    await held.heard()
    acting = await held.core.people.member(DEPUTY.account, now=now)
    assert await held.takes(acting, "09:00", 1)
    assert await held.heard() == {}
    await held.core.meeting_giving.vacate(held.id, at("09:00"), by=there.leader, now=now)
    assert list(await held.heard()) == [DEPUTY.account.account_id]


async def test_a_time_that_has_begun_is_not_taken_and_not_left(held: Interview) -> None:
    there = held.there
    await held.takes(there.anna, "09:00")
    there.clock.set("2022-03-22 09:00")
    assert await reason(held.takes(there.anna, "09:40")) == "meeting_slot.begun-own"
    assert await reason(held.core.meeting_slots.free(held.id, held.schools[0], by=there.anna, now=held.now)) == (
        "meeting_slot.begun-own"
    )
    there.clock.set("2022-03-22 09:20")
    assert await reason(held.takes(there.igor, "09:20", 1)) == "meeting_slot.begun"
    assert await held.takes(there.igor, "09:40", 1)
    assert not (await own(held, there.anna)).may_change


async def test_nothing_is_chosen_once_the_meeting_is_cancelled(held: Interview) -> None:
    there = held.there
    await held.takes(there.anna, "09:00")
    await held.core.meeting_moves.cancel(held.id, "Карантин", by=there.leader, now=held.now)
    assert await reason(held.takes(there.igor, "09:20", 1)) == "meeting_slot.over"
    assert (await own(held, there.igor, 1)).may_change is False
    heard = await held.heard()
    assert [text.splitlines()[0] for text in heard[chat(there.olga)]] == [
        "❌ <b>Семинар по документам</b> не состоится"
    ]


async def test_the_time_of_a_school_that_left_is_free_again(held: Interview) -> None:
    there = held.there
    await held.takes(there.anna, "09:00")
    await held.core.registries.school_left(held.schools[0], by=there.leader, now=held.now)
    sheet = await held.sheet()
    seen = sheet.at(at("09:00"))
    assert seen is not None
    assert (seen.school, seen.left, seen in sheet.free) == (None, "Школа № 7", True)
    assert [school.id for school in sheet.schools] == [*held.schools[1:]]
    assert await held.takes(there.igor, "09:00", 1)
    assert held.times() == NOBODY | {"22 09:00": 1}


async def test_times_of_schools_are_found_for_several_meetings_at_once(held: Interview) -> None:
    there = held.there
    other = await held.core.meeting_keeping.make(by=there.leader, now=held.now)
    await held.core.meeting_planning.plan(other, "23.03 9-10", 30, 0, by=there.leader, now=held.now)
    await held.takes(there.anna, "09:20")
    await held.takes(there.igor, "09:00", 1)
    async with held.core.database.read() as tx:
        found = await slot_rows.of_schools(tx, [held.id, other])
    assert {key: slot.starts_at for key, slot in found.items()} == {
        (held.id, held.schools[0]): at("09:20"),
        (held.id, held.schools[1]): at("09:00"),
    }


async def test_own_data_tell_how_many_times_somebody_chose(held: Interview) -> None:
    there = held.there
    await held.takes(there.anna, "09:20")
    await held.takes(there.igor, "09:00", 1)
    await held.asks(there.olga, "09:00")
    for who, count in ((there.anna, 1), (there.olga, 1), (held.vera, 0)):
        assert (await held.core.own_data.look(by=who, now=held.now)).traces.slots == count
