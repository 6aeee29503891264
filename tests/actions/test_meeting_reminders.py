"""What guests hear of a meeting by itself: a week, a day and an hour before; nothing twice, nothing at night."""

from datetime import date, timedelta

import pytest

from actions.outbox import Outbox
from bot.core import Core
from domain.broadcast import Circle
from domain.meeting import Coming
from domain.people import Member
from tests.actions.gathered import Gathering, chat, gathering
from tests.meetings import drafted
from tests.people import PROJECT_CHAT, Look, RecordingChannel, SettableClock, a_roadmap, an_item, bound, msk

DAY = "2022-03-24"
"""A Thursday."""
WEEK = "📅 <b>Сегодня, 17 марта, чт</b>"
SOON = "⏳ <b>Через час: Семинар по документам</b>"


@pytest.fixture
async def hall(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, marina: Member
) -> Gathering:
    clock.set("2022-03-01 12:00")
    return await gathering(core, outbox, channel, clock, marina)


def moments(first: str, last: str, *, since: str = "") -> list[str]:
    """Whatever the bot might speak at from one day to another, both included."""
    times = ("00:30", "07:59", "08:00", "08:30", "09:00", "09:30", "12:00", "14:00", "19:30", "21:00")
    start, days = date.fromisoformat(first), (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    every = [f"{start + timedelta(days=day)} {time}" for day in range(days) for time in times]
    return [one for one in every if one > since]


async def test_everybody_hears_a_week_a_day_and_an_hour_before_and_nothing_else(hall: Gathering) -> None:
    await hall.called(f"{DAY} 10:00")
    heard = await hall.over(hall.olga, moments("2022-03-15", "2022-03-25"))
    assert heard == [
        ("2022-03-17 09:00", WEEK),
        ("2022-03-23 09:00", "📅 <b>Сегодня, 23 марта, ср</b>"),
        ("2022-03-24 09:00", SOON),
    ]


async def test_the_morning_tells_when_where_and_what_was_answered(hall: Gathering) -> None:
    one = await hall.called(f"{DAY} 10:00")
    answers, now = hall.core.meeting_answers, hall.clock()
    await answers.answer(one, Coming.YES, by=hall.anna, now=now)
    await answers.answer(one, Coming.OTHER, "Петрова Анна, завуч", by=hall.igor, now=now)
    said = await hall.at("2022-03-23 09:00")
    when = "📅 Семинар по документам — 24 марта, чт, 10:00 (завтра)"
    assert said[chat(hall.anna)][0].splitlines()[1:] == [
        when,
        "   Иваново, Большая Воробьёвская, 80; ✅ придёте",
    ]
    assert said[chat(hall.igor)][0].splitlines()[2].endswith("; вместо Вас: Петрова Анна, завуч")
    assert said[chat(hall.olga)][0].splitlines()[2].endswith("; ⏳ ждём ответа")
    buttons = next(one.buttons for one in reversed(hall.channel.sent) if one.chat.chat_id == chat(hall.anna))
    assert (buttons[0][0].text, buttons[0][0].data) == ("Встреча 24 марта", f"mtmy:{one}")


async def test_an_hour_before_the_place_and_the_link_come(hall: Gathering) -> None:
    one = await hall.called(f"{DAY} 10:00")
    answers, now = hall.core.meeting_answers, hall.clock()
    await answers.answer(one, Coming.YES, by=hall.anna, now=now)
    await answers.answer(one, Coming.OTHER, "Петрова Анна", by=hall.igor, now=now)
    said = await hall.at(f"{DAY} 09:00")
    place = [
        SOON,
        "Начало в 10:00",
        "Где: Иваново, Большая Воробьёвская, 80",
        "Ссылка: https://meet.example/seminar",
    ]
    assert said[chat(hall.anna)][0].splitlines() == place
    assert said[chat(hall.igor)][0].splitlines() == [
        *place,
        "",
        "Вместо Вас придёт Петрова Анна: передайте время, место и ссылку.",
    ]
    assert said[chat(hall.olga)][0].splitlines()[-1] == "Вы ещё не ответили. Вы будете?"
    sent = {message.chat.chat_id: message.buttons for message in hall.channel.sent}
    assert [one.data for row in sent[chat(hall.anna)] for one in row] == [f"mtmy:{one}"]
    assert [one.data for one in sent[chat(hall.olga)][0]] == [f"mtsay:{one}:yes", f"mtsay:{one}:no"]


async def test_who_does_not_come_hears_nothing_more(hall: Gathering) -> None:
    one = await hall.called(f"{DAY} 10:00")
    await hall.core.meeting_answers.answer(one, Coming.NO, "Болею", by=hall.olga, now=hall.clock())
    assert await hall.over(hall.olga, moments("2022-03-16", "2022-03-25")) == []


@pytest.mark.parametrize(
    ("begins", "heard"),
    [
        ("08:00", []),
        ("08:30", [("2022-03-24 08:00", "⏳ <b>Через 30 минут: Семинар по документам</b>")]),
        ("20:30", [("2022-03-24 19:30", SOON)]),
        ("21:30", []),
        ("06:00", []),
    ],
)
async def test_never_in_the_quiet_moments(hall: Gathering, begins: str, heard: list[tuple[str, str]]) -> None:
    await hall.called(f"{DAY} {begins}")
    assert await hall.over(hall.anna, moments(DAY, "2022-03-25")) == heard


async def test_one_that_could_not_go_in_time_does_not_go_at_all(hall: Gathering) -> None:
    await hall.called(f"{DAY} 10:00")
    hall.clock.set(f"{DAY} 09:00")
    await hall.core.meeting_course.run(hall.clock())
    said = await hall.at(f"{DAY} 10:00")
    assert not any("Через" in text for texts in said.values() for text in texts)
    assert not any("Через" in text for texts in (await hall.at(f"{DAY} 10:05")).values() for text in texts)


async def test_a_bot_that_was_off_says_how_long_there_is_still(hall: Gathering) -> None:
    await hall.called(f"{DAY} 10:00")
    said = await hall.at(f"{DAY} 09:39")
    assert "⏳ <b>Через 21 минуту: Семинар по документам</b>" in said[chat(hall.anna)][-1]
    assert chat(hall.anna) not in await hall.at(f"{DAY} 09:40")


async def test_moved_twice_in_a_minute_it_reminds_of_the_last_time_alone(hall: Gathering) -> None:
    one = await hall.called(f"{DAY} 10:00")
    hall.clock.set("2022-03-23 12:00")
    for moment in ("2022-03-25 11:00", "2022-03-25 13:00"):
        await hall.core.meeting_moves.move(one, msk(moment), by=hall.leader, now=hall.clock())
        hall.clock.advance(seconds=20)
    heard = await hall.over(hall.anna, ["2022-03-23 12:01", *moments(DAY, "2022-03-26")])
    assert heard == [
        ("2022-03-23 12:01", "📅 <b>Семинар по документам</b>: другое время"),
        ("2022-03-24 09:00", "📅 <b>Сегодня, 24 марта, чт</b>"),
        ("2022-03-25 12:00", SOON),
    ]


async def test_moved_after_it_was_reminded_of_it_reminds_anew(hall: Gathering) -> None:
    one = await hall.called(f"{DAY} 10:00")
    assert len((await hall.at(f"{DAY} 09:00"))[chat(hall.anna)]) == 1
    hall.clock.set(f"{DAY} 09:10")
    await hall.core.meeting_moves.move(one, msk(f"{DAY} 15:00"), by=hall.leader, now=hall.clock())
    assert await hall.over(hall.anna, moments(DAY, "2022-03-25", since=f"{DAY} 09:10")) == [
        (f"{DAY} 09:30", "📅 <b>Семинар по документам</b>: другое время"),
        (f"{DAY} 14:00", SOON),
    ]


async def test_moved_to_within_the_hour_the_news_are_the_reminder(hall: Gathering) -> None:
    one = await hall.called("2022-03-30 10:00")
    hall.clock.set(f"{DAY} 09:10")
    await hall.core.meeting_moves.move(one, msk(f"{DAY} 10:00"), by=hall.leader, now=hall.clock())
    heard = await hall.over(hall.anna, [f"{DAY} 09:11", f"{DAY} 09:12", f"{DAY} 09:50"])
    assert heard == [(f"{DAY} 09:11", "📅 <b>Семинар по документам</b>: другое время")]


async def test_called_for_tomorrow_the_invitation_is_the_reminder_of_the_day(hall: Gathering) -> None:
    hall.clock.set("2022-03-23 11:00")
    await hall.called(f"{DAY} 10:00")
    assert await hall.over(hall.anna, moments("2022-03-23", DAY, since="2022-03-23 11:00")) == [(f"{DAY} 09:00", SOON)]


async def test_cancelled_after_the_day_before_nothing_more_comes(hall: Gathering) -> None:
    one = await hall.called(f"{DAY} 10:00")
    assert len((await hall.at("2022-03-23 09:00"))[chat(hall.anna)]) == 1
    hall.clock.set("2022-03-23 13:00")
    await hall.core.meeting_moves.cancel(one, "Болезнь докладчика", by=hall.leader, now=hall.clock())
    assert await hall.over(hall.anna, moments("2022-03-23", "2022-03-25", since="2022-03-23 13:00")) == [
        ("2022-03-23 14:00", "❌ <b>Семинар по документам</b> не состоится")
    ]


async def test_cancelled_while_the_reminder_waits_it_is_taken_back(hall: Gathering, look: Look) -> None:
    one = await hall.called(f"{DAY} 10:00", hall.anna)
    hall.clock.set(f"{DAY} 09:00")
    assert await hall.core.meeting_course.run(hall.clock()) == 1
    await hall.core.meeting_moves.cancel(one, "Болезнь докладчика", by=hall.leader, now=hall.clock())
    said = await hall.goes_on()
    assert [text.splitlines()[0] for text in said[chat(hall.anna)]] == ["❌ <b>Семинар по документам</b> не состоится"]
    assert [state for _, state in look.outbox("key LIKE 'meeting-soon:%'")] == ["withdrawn"]


async def test_whoever_carries_the_duties_of_a_guest_on_leave_hears_instead(hall: Gathering) -> None:
    one = await hall.called(f"{DAY} 10:00", hall.anna)
    days = date(2022, 3, 21), date(2022, 3, 27)
    core, now = hall.core, hall.clock()
    await core.leaves.arrange(None, *days, hall.olga.person_id or 0, by=hall.anna, now=now)
    assert await hall.over(hall.anna, moments("2022-03-21", "2022-03-22")) == []
    said = await hall.at("2022-03-23 09:00")
    assert said[chat(hall.olga)][0].splitlines()[2].endswith("(за Анна Соболева)")
    olga = await core.people.member(hall.olga.account, now=hall.clock())
    own, is_new = await core.meeting_answers.answer(one, Coming.YES, by=olga, now=hall.clock())
    assert (own.instead_of, own.guest.key, is_new) == ("Анна Соболева", hall.anna.recipient, True)
    hall.clock.set("2022-03-23 12:00")
    await core.meeting_moves.move(one, msk(f"{DAY} 11:00"), by=hall.leader, now=hall.clock())
    assert {*await hall.goes_on()} == {chat(hall.anna), chat(hall.olga)}
    said = await hall.at(f"{DAY} 10:00")
    assert {person for person in said if person != chat(hall.leader)} == {chat(hall.olga)}
    assert said[chat(hall.olga)][0].splitlines()[-3:] == [
        *("Вы замещаете: Анна Соболева", "", "Вы ещё не ответили. Вы будете?"),
    ]


async def test_who_wants_nothing_for_a_while_hears_nothing(hall: Gathering) -> None:
    await hall.called(f"{DAY} 10:00", hall.anna)
    await hall.core.own_reminders.pause(date(2022, 3, 28), by=hall.anna, now=hall.clock.set("2022-03-21 12:00"))
    assert await hall.over(hall.anna, moments("2022-03-22", "2022-03-25")) == []


async def test_who_was_removed_hears_nothing(hall: Gathering) -> None:
    await hall.called(f"{DAY} 10:00", hall.anna, hall.igor)
    await hall.core.persons.remove(hall.igor.person_id or 0, by=hall.leader, now=hall.clock())
    heard = [await hall.at(moment) for moment in moments("2022-03-16", "2022-03-25")]
    assert {person for said in heard for person in said} == {chat(hall.anna)}


async def test_an_invited_group_hears_without_names(hall: Gathering) -> None:
    core, now = hall.core, hall.clock()
    await core.roadmaps.load(a_roadmap(an_item(1, "до 30 декабря")), now=now)
    group = await bound(core, hall.leader, now)
    made = await drafted(core, hall.leader, now, msk(f"{DAY} 10:00"))
    draft = await core.meeting_calling.prepare(made, by=hall.leader, now=now)
    await core.broadcast_keeping.ask(draft, lambda *_: Circle(groups=frozenset({group.id})), by=hall.leader, now=now)
    await core.meeting_calling.preview(made, by=hall.leader, now=now)
    await core.meeting_calling.call(made, by=hall.leader, now=now)
    await hall.goes_on()
    heard = {moment: (await hall.at(moment)).get(PROJECT_CHAT, []) for moment in moments("2022-03-16", "2022-03-25")}
    assert [moment for moment, said in heard.items() if said] == [
        *("2022-03-17 09:00", "2022-03-23 09:00", "2022-03-24 09:00"),
    ]
    assert heard["2022-03-23 09:00"][0].splitlines()[1:] == [
        "📅 Семинар по документам — 24 марта, чт, 10:00 (завтра)",
        "   Иваново, Большая Воробьёвская, 80",
    ]
    assert heard["2022-03-24 09:00"][0].splitlines()[0] == SOON
    assert hall.channel.sent[-1].buttons == ()


async def test_the_outlook_knows_every_moment(hall: Gathering) -> None:
    await hall.called(f"{DAY} 10:00")
    found = await hall.core.outlook.moments(hall.clock(), msk("2022-03-31 00:00"))
    assert found == [msk("2022-03-17 09:00"), msk("2022-03-23 09:00"), msk(f"{DAY} 09:00")]


async def test_the_numbers_are_rules(hall: Gathering) -> None:
    now = hall.clock()
    await hall.core.rules.change_rule("meeting_ahead", "3", by=hall.leader, now=now)
    await hall.core.rules.change_rule("meeting_before", "30", by=hall.leader, now=now)
    await hall.called(f"{DAY} 10:00")
    assert [moment for moment, _ in await hall.over(hall.anna, moments("2022-03-16", "2022-03-25"))] == [
        "2022-03-21 09:00",
        "2022-03-24 09:30",
    ]


async def test_the_day_before_is_a_working_day(hall: Gathering) -> None:
    await hall.called("2022-03-28 10:00")
    heard = await hall.over(hall.anna, moments("2022-03-19", "2022-03-28"))
    assert [moment for moment, _ in heard] == ["2022-03-21 09:00", "2022-03-25 09:00", "2022-03-28 09:00"]
