"""Two schools change their times at an interview: asking, agreeing, keeping; when a wish is not there any more."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from actions.outbox import Outbox
from bot.core import Core, build_core
from bot.settings import Settings
from domain.people import Member
from domain.refusal import Refusal
from tests.actions.gathered import chat, gathering
from tests.actions.interviewed import Interview, at, interview
from tests.people import Look, RecordingChannel, SettableClock

TAKEN = {"22 09:00": 0, "22 09:20": 1, "22 09:40": None}
OF = "Семинар по документам\n{school}\nГде: Иваново, Большая Воробьёвская, 80"


@pytest.fixture
async def held(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, marina: Member, look: Look
) -> Interview:
    """School 7 comes at nine, school 8 twenty minutes later."""
    there = await gathering(core, outbox, channel, clock, marina)
    held = await interview(there, look)
    await held.takes(there.anna, "09:00")
    await held.takes(there.igor, "09:20", 1)
    await held.heard()
    return held


async def reason(doing: Coroutine[Any, Any, Any]) -> str:
    with pytest.raises(Refusal) as refused:
        await doing
    return refused.value.reason


async def agrees(held: Interview, who: Member, theirs: str = "09:00", own: str = "09:20") -> None:
    await held.core.meeting_swaps.agree(held.id, at(theirs), at(own), by=who, now=held.now)


async def keeps(held: Interview, who: Member, theirs: str = "09:00", own: str = "09:20") -> None:
    await held.core.meeting_swaps.keep(held.id, at(theirs), at(own), by=who, now=held.now)


async def test_a_school_asks_another_once(held: Interview) -> None:
    there = held.there
    assert not await held.asks(there.anna, "09:20")
    assert (held.times(), held.wishes()) == (TAKEN, [(0, 1)])
    told = (
        "Школа № 7 просит поменяться временем собеседования\n"
        "Её 22 марта, вт, 09:00–09:20, Ваше 22 марта, вт, 09:20–09:40.\n" + OF.format(school="Школа № 8")
    )
    heard = await held.heard()
    assert list(heard) == [chat(there.igor)]
    assert heard[chat(there.igor)][0].startswith(told)
    assert not await held.asks(there.olga, "09:20")
    assert (held.wishes(), await held.heard()) == ([(0, 1)], {})
    assert held.deeds(3) == [(there.anna.person_id, "slot-asked")]
    message = held.there.channel.sent[-1]
    minute = int(at("09:00").timestamp()) // 60
    assert [button.data for button in message.buttons[0]] == [
        f"msyes:{held.id}:{minute}:{minute + 20}",
        f"msno:{held.id}:{minute}:{minute + 20}",
    ]


async def test_schools_change_their_times_and_only_their_people_hear_of_it(held: Interview) -> None:
    there = held.there
    await held.asks(there.anna, "09:20")
    await held.heard()
    changes = held.meeting("changes")
    await agrees(held, there.igor)
    assert (held.times(), held.wishes()) == ({"22 09:00": 1, "22 09:20": 0, "22 09:40": None}, [])
    heard = await held.heard()
    assert heard.keys() == {chat(there.anna), chat(there.olga)}
    assert heard[chat(there.anna)] == [
        "✅ Обмен состоялся. Теперь Ваше время: 22 марта, вт, 09:20–09:40\n"
        + OF.format(school="Школа № 7")
        + "\nБыло: 22 марта, вт, 09:00–09:20"
    ]
    assert held.deeds(3) == [(there.anna.person_id, "slot-asked"), (there.igor.person_id, "slots-swapped")]
    assert held.look.rows("SELECT school_id, taken_by FROM meeting_slot WHERE school_id > 0 ORDER BY starts_at") == [
        (held.schools[1], there.igor.person_id),
        (held.schools[0], there.anna.person_id),
    ]
    assert held.meeting("changes") != changes
    assert await reason(agrees(held, there.igor)) == "meeting_slot.no-wish"
    assert await reason(agrees(held, there.anna)) == "meeting_slot.no-wish"


async def test_a_school_keeps_its_time_and_the_other_hears_of_it(held: Interview) -> None:
    there = held.there
    await held.asks(there.anna, "09:20")
    await held.heard()
    await keeps(held, there.igor)
    assert (held.times(), held.wishes()) == (TAKEN, [])
    heard = await held.heard()
    assert heard.keys() == {chat(there.anna), chat(there.olga)}
    assert heard[chat(there.olga)] == [
        "Школа № 8 не может поменяться временем\nВаше время прежнее: 22 марта, вт, 09:00–09:20\n"
        + OF.format(school="Школа № 7")
    ]
    assert held.deeds(4) == [(there.igor.person_id, "slot-kept")]
    assert await reason(keeps(held, there.igor)) == "meeting_slot.no-wish"


async def test_where_the_team_has_several_the_others_hear_what_one_answered(held: Interview) -> None:
    there = held.there
    await held.asks(there.igor, "09:00", 1)
    heard = await held.heard()
    assert heard.keys() == {chat(there.anna), chat(there.olga)}
    await keeps(held, there.anna, "09:20", "09:00")
    heard = await held.heard()
    assert heard[chat(there.olga)][0].splitlines()[:2] == [
        "Обмен временем отклонён: Школа № 8",
        "Ваше время прежнее: 22 марта, вт, 09:00–09:20",
    ]
    assert heard.keys() == {chat(there.olga), chat(there.igor)}


async def test_two_that_ask_each_other_have_changed(held: Interview) -> None:
    there = held.there
    await held.asks(there.anna, "09:20")
    await held.heard()
    assert await held.asks(there.igor, "09:00", 1)
    assert (held.times(), held.wishes()) == ({"22 09:00": 1, "22 09:20": 0, "22 09:40": None}, [])
    assert (await held.heard()).keys() == {chat(there.anna), chat(there.olga)}


async def test_a_school_has_one_open_wish(held: Interview) -> None:
    there = held.there
    await held.takes(held.vera, "09:40", 2)
    await held.asks(there.anna, "09:20")
    assert await reason(held.asks(there.anna, "09:40")) == "meeting_slot.asked-another"
    await held.core.meeting_swaps.withdraw(held.id, held.schools[0], by=there.olga, now=held.now)
    assert held.wishes() == []
    await held.asks(there.anna, "09:40")
    assert held.wishes() == [(0, 2)]
    heard = await held.heard()
    assert chat(there.igor) not in heard
    await held.core.meeting_swaps.withdraw(held.id, held.schools[1], by=there.igor, now=held.now)
    assert held.wishes() == [(0, 2)]


async def test_a_wish_that_nobody_made_is_not_agreed_to(held: Interview) -> None:
    there = held.there
    await held.asks(there.anna, "09:20")
    for who, theirs, own in (
        (there.anna, "09:00", "09:20"),
        (held.vera, "09:00", "09:20"),
        (there.igor, "09:40", "09:20"),
        (there.igor, "09:20", "09:00"),
        (there.igor, "10:00", "09:20"),
    ):
        assert await reason(agrees(held, who, theirs, own)) == "meeting_slot.no-wish"
        assert await reason(keeps(held, who, theirs, own)) == "meeting_slot.no-wish"
    assert await reason(agrees(held, there.leader)) == "meeting_slot.not-yours"
    assert (held.times(), held.wishes()) == (TAKEN, [(0, 1)])


async def test_only_the_time_of_a_school_is_asked_for_and_by_one_that_has_one(held: Interview) -> None:
    there = held.there
    assert await reason(held.asks(held.vera, "09:20", 2)) == "meeting_slot.choose-first"
    assert await reason(held.asks(there.anna, "09:40")) == "meeting_slot.free"
    assert await reason(held.asks(there.anna, "11:00")) == "meeting_slot.free"
    assert not await held.asks(there.anna, "09:00")
    assert held.wishes() == []


@pytest.mark.parametrize("what", ["asker moves", "asked moves", "asker frees", "asked frees", "leader moves", "third"])
async def test_a_wish_lapses_when_one_of_the_times_is_another(held: Interview, what: str) -> None:
    there, slots = held.there, held.core.meeting_slots
    await held.asks(there.anna, "09:20")
    match what:
        case "asker moves":
            await held.takes(there.anna, "09:40")
        case "asked moves":
            await held.takes(there.igor, "09:40", 1)
        case "asker frees":
            await slots.free(held.id, held.schools[0], by=there.anna, now=held.now)
        case "asked frees":
            await slots.free(held.id, held.schools[1], by=there.igor, now=held.now)
        case "leader moves":
            await held.core.meeting_giving.move(held.id, held.schools[1], "22.03 15:00", by=there.leader, now=held.now)
        case "third":
            await held.takes(held.vera, "09:40", 2)
            await held.asks(held.vera, "09:20", 2)
            await agrees(held, there.igor, "09:40")
    assert held.wishes() == []
    assert await reason(agrees(held, there.igor)) == "meeting_slot.no-wish"
    assert all("просит" not in text for texts in (await held.heard()).values() for text in texts)


async def test_a_wish_lapses_when_one_of_the_times_has_begun_and_when_the_meeting_is_off(held: Interview) -> None:
    there = held.there
    await held.asks(there.anna, "09:20")
    there.clock.set("2022-03-22 09:00")
    assert await reason(agrees(held, there.igor)) == "meeting_slot.no-wish"
    assert await reason(held.asks(there.igor, "09:00", 1)) == "meeting_slot.begun"
    there.clock.set("2022-03-10 09:00")
    await held.core.meeting_moves.cancel(held.id, "Карантин", by=there.leader, now=held.now)
    assert await reason(agrees(held, there.igor)) == "meeting_slot.no-wish"
    assert await reason(held.asks(there.anna, "09:20")) == "meeting_slot.over"
    assert held.times() == TAKEN


async def test_agreeing_and_moving_away_in_the_same_second_leave_each_school_with_one_time(
    held: Interview, settings: Settings
) -> None:
    there, other = held.there, build_core(settings)
    await held.asks(there.anna, "09:20")
    agreed, moved = await asyncio.gather(
        other.meeting_swaps.agree(held.id, at("09:00"), at("09:20"), by=there.igor, now=held.now),
        held.core.meeting_slots.take(held.id, at("09:40"), held.schools[0], by=there.olga, now=held.now),
        return_exceptions=True,
    )
    await other.database.close()
    assert not isinstance(moved, BaseException)
    if isinstance(agreed, Refusal):
        assert held.times() == {"22 09:00": None, "22 09:20": 1, "22 09:40": 0}
    else:
        assert held.times() == {"22 09:00": 1, "22 09:20": None, "22 09:40": 0}
