"""What a school hears of an interview by itself: by its own time, and to choose one while it has none."""

import pytest

from actions.outbox import Outbox
from bot.core import Core
from domain.meeting import Coming
from domain.people import Member
from domain.refusal import Refusal
from tests.actions.gathered import Gathering, chat, gathering
from tests.actions.interviewed import Interview, interview
from tests.people import Look, RecordingChannel, SettableClock, msk

HOURS = "22.03 9:00–10:00\n23.03 15:00–16:00"


@pytest.fixture
async def there(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, marina: Member
) -> Gathering:
    return await gathering(core, outbox, channel, clock, marina)


@pytest.fixture
async def held(there: Gathering, look: Look) -> Interview:
    return await interview(there, look, HOURS)


async def heard(held: Interview, who: Member) -> list[tuple[str, str]]:
    """(moment, the line about it) of what arrives at somebody until it is over."""
    moments = [f"2022-03-{day} {time}" for day in range(14, 25) for time in ("09:00", "12:00", "14:20", "18:00")]
    found = []
    for moment in moments:
        for text in (await held.there.at(moment)).get(chat(who), []):
            found += [(moment, line) for line in text.splitlines() if "Семинар" in line or "время" in line]
    return found


async def test_a_school_hears_by_its_own_time(held: Interview) -> None:
    await held.takes(held.there.igor, "15:20", 1, day=23)
    assert await heard(held, held.there.igor) == [
        ("2022-03-16 09:00", "📅 Семинар по документам — 23 марта, ср, 15:20 (через 7 дней)"),
        ("2022-03-22 09:00", "📅 Семинар по документам — 23 марта, ср, 15:20 (завтра)"),
        ("2022-03-23 14:20", "⏳ <b>Через час: Семинар по документам</b>"),
    ]


async def test_a_school_without_a_time_is_reminded_to_choose_one(held: Interview) -> None:
    assert await heard(held, held.there.igor) == [
        ("2022-03-15 09:00", "📅 Семинар по документам — собеседования с 22 марта, вт"),
        ("2022-03-15 09:00", "   ⚠️ Школа не выбрала время"),
        ("2022-03-21 09:00", "📅 Семинар по документам — собеседования с 22 марта, вт"),
        ("2022-03-21 09:00", "   ⚠️ Школа не выбрала время"),
    ]


async def test_the_outlook_knows_the_time_of_each_school(held: Interview) -> None:
    await held.takes(held.there.igor, "15:20", 1, day=23)
    moments = await held.core.outlook.moments(held.now, msk("2022-03-31 00:00"))
    assert {msk("2022-03-16 09:00"), msk("2022-03-22 09:00"), msk("2022-03-23 14:20")} <= {*moments}


async def test_it_may_be_answered_until_the_schools_own_time(held: Interview) -> None:
    answers, there = held.core.meeting_answers, held.there
    await held.takes(there.anna, "09:20")
    there.clock.set("2022-03-22 09:30")
    with pytest.raises(Refusal) as caught:
        await answers.answer(held.id, Coming.YES, by=there.anna, now=held.now)
    assert caught.value.reason == "meeting_guest.begun"
    own, _ = await answers.answer(held.id, Coming.YES, by=there.igor, now=held.now)
    assert own.lacks_time
    await held.takes(there.igor, "15:20", 1, day=23)
    own = await answers.card(held.id, by=there.igor, now=held.now)
    assert [(name, each.starts_at) for name, each in own.times] == [("Школа № 8", msk("2022-03-23 15:20"))]
    assert not own.lacks_time
