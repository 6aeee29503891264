"""What the bot says by itself, to whom, when, and when it keeps silent (design: notices.md).

Item 1 of the tests is «до 30 марта» (a Wednesday): its days are 16, 23, 25 and 29 March ahead, 30 March, and overdue
from 31 March. The week of 9 March has its Monday and Tuesday off.
"""

from datetime import date, timedelta

import pytest

from actions.notices import Later
from bot.core import Core
from domain.item_field import ItemField
from domain.outbox import Failure, FailureKind
from domain.people import Member
from domain.refusal import Refusal
from tests.actions.office import Office
from tests.people import (
    MARINA,
    PAVEL,
    PROJECT_CHAT,
    SCHOOL,
    STRANGER,
    VECTOR_CHAT,
    Look,
    SettableClock,
    a_roadmap,
    an_item,
    bound,
    comes_in,
    ivanovo,
    msk,
)

NOON = msk("2022-03-09 12:00")
HERS, HIS = MARINA.account.account_id, PAVEL.account.account_id
UNTIL_30 = an_item(1, "до 30 марта")
FAR = an_item(99, "до 30 ноября")
"""Keeps a roadmap alive."""


@pytest.fixture
async def settled(office: Office, marina: Member) -> Office:
    """The coordinator is in, «500+» is bound, item 1 is loaded, the greetings are over; Thursday 10 March, noon."""
    await office.load(UNTIL_30, FAR)
    await bound(office.core, marina, office.clock())
    await office.at("2022-03-10 12:00")
    return office


@pytest.fixture
async def ending(office: Office, marina: Member) -> Office:
    """The same, but item 1 is the last one of its roadmap."""
    await office.load(UNTIL_30)
    await bound(office.core, marina, office.clock())
    await office.at("2022-03-10 12:00")
    return office


# --- One message a chat and day


async def test_lines_of_a_day_come_in_one_message_by_number(office: Office, marina: Member) -> None:
    await office.load(an_item(7, "23 марта"), an_item(2, "до 30 марта"), an_item(5, "22 марта"))
    await bound(office.core, marina, office.clock())
    said = await office.at("2022-03-23 09:00")
    (text,) = said[PROJECT_CHAT]
    assert [text.index(f"п. {number} ") > 0 for number in (2, 5, 7)] == [True] * 3
    assert text.index("п. 2 ") < text.index("п. 5 ") < text.index("п. 7 ")


async def test_planning_again_adds_nothing(settled: Office, look: Look) -> None:
    said = await settled.at("2022-03-16 09:00")
    assert {chat: len(texts) for chat, texts in said.items()} == {PROJECT_CHAT: 1, HERS: 1}
    lines = look.count("notice_line")
    assert await settled.core.notices.plan(settled.clock()) == 0
    assert await settled.at("2022-03-16 09:00:20") == {}
    assert await settled.at("2022-03-16 19:59") == {}
    assert look.count("notice_line") == lines


async def test_item_is_spoken_of_on_its_days_only(settled: Office) -> None:
    assert await settled.days(PROJECT_CHAT, "2022-03-11", "2022-04-30") == [16, 23, 25, 29, 30, 31]


async def test_long_day_is_cut_and_says_how_much_is_left(office: Office, marina: Member) -> None:
    await office.load(*[an_item(number, "до 30 марта", short_title="ж" * 60) for number in range(1, 31)])
    await bound(office.core, marina, office.clock())
    (text,) = (await office.at("2022-03-30 09:00"))[PROJECT_CHAT]
    assert text.count("⏳") == 12
    assert "и ещё 18" in text
    assert len(text) < 3900


async def test_two_roadmaps_are_told_apart(settled: Office) -> None:
    other = a_roadmap(an_item(1, "30.03.2022", year=2023), slug="other-2023", year=2023)
    await settled.core.roadmaps.load(other, now=settled.clock())
    (text,) = (await settled.at("2022-03-30 09:00"))[PROJECT_CHAT]
    assert "п. 1 (2022)" in text
    assert "п. 1 (2023)" in text


async def test_group_hears_only_of_items_whose_channels_name_it(office: Office, marina: Member) -> None:
    await office.load(
        UNTIL_30, an_item(2, "до 30 марта", channels=("ВУ", "site")), an_item(3, "до 30 марта", channels=())
    )
    await bound(office.core, marina, office.clock())
    await bound(office.core, marina, office.clock(), "ВУ", chat_id=VECTOR_CHAT)
    said = await office.at("2022-03-30 09:00")
    assert ("п. 1 " in said[PROJECT_CHAT][0], "п. 2 " in said[PROJECT_CHAT][0]) == (True, False)
    assert ("п. 1 " in said[VECTOR_CHAT][0], "п. 2 " in said[VECTOR_CHAT][0]) == (False, True)
    assert not any("п. 3 " in texts[0] for chat, texts in said.items() if chat != HERS)


async def test_coordinator_hears_privately_only_of_what_is_theirs_and_of_overdue(
    office: Office, marina: Member
) -> None:
    await office.load(an_item(1, "до 30 марта", executors=("department",)), FAR)
    await bound(office.core, marina, office.clock())
    await office.at("2022-03-10 12:00")
    mondays, overdue = [14, 21, 28], [31, 7, 14, 21]
    assert await office.days(HERS, "2022-03-11", "2022-04-03") == [*mondays, *overdue[:1]]
    assert await office.days(HERS, "2022-04-05", "2022-04-09") == [*overdue[1:2], 8]  # 7 working days late
    assert sum("срок был" in text for text in office.channel.texts(HERS)) == 2


# --- The time of day


async def test_nothing_before_nine(settled: Office) -> None:
    assert await settled.at("2022-03-16 00:00") == {}
    assert await settled.at("2022-03-16 08:30") == {}
    assert await settled.at("2022-03-16 08:59:59") == {}
    assert set(await settled.at("2022-03-16 09:00")) == {PROJECT_CHAT, HERS}


@pytest.mark.parametrize("moment", ["20:00", "20:01", "23:59:59"])
async def test_nothing_at_eight_in_the_evening_and_later(settled: Office, look: Look, moment: str) -> None:
    before = look.count("outbox")
    assert await settled.at(f"2022-03-16 {moment}") == {}
    assert look.count("outbox") == before
    assert await settled.at("2022-03-17 09:00") == {}


async def test_bot_that_was_down_in_the_morning_speaks_when_it_is_back(settled: Office) -> None:
    assert set(await settled.at("2022-03-16 19:59")) == {PROJECT_CHAT, HERS}


async def test_what_was_missed_the_day_before_is_never_sent(settled: Office) -> None:
    assert await settled.at("2022-03-17 09:00") == {}


async def test_first_start_in_the_middle_of_the_year_does_not_tell_the_past(office: Office, marina: Member) -> None:
    await office.core.roadmaps.load(ivanovo(), now=office.clock())
    await bound(office.core, marina, office.clock())
    (text,) = (await office.at("2022-03-10 09:00"))[PROJECT_CHAT]
    assert text.count("п. ") == 1
    assert "п. 16 " in text


async def test_message_that_was_not_sent_by_evening_is_computed_anew_next_morning(settled: Office, look: Look) -> None:
    settled.clock.set("2022-03-29 09:00")
    await settled.core.notices.plan(settled.clock())
    (text,) = (await settled.at("2022-03-30 09:00"))[PROJECT_CHAT]
    assert "сегодня последний день" in text
    states = look.rows("SELECT state FROM outbox WHERE key LIKE 'day:%:group:1' ORDER BY id")
    assert states == [("expired",), ("sent",)]


# --- The digest


async def test_monday_digest_comes_at_half_past_eight_with_the_day_s_lines_in_one_message(
    office: Office, marina: Member
) -> None:
    items = (
        an_item(1, "до 4 апреля"),
        an_item(2, "до 11 марта"),
        an_item(3, "после 1 марта"),
        an_item(4, "до 10 марта"),
    )
    await office.load(*items)
    await bound(office.core, marina, office.clock())
    await office.at("2022-03-18 12:00")
    assert await office.at("2022-03-21 08:29:59") == {}
    said = await office.at("2022-03-21 08:30")
    (text,) = said[HERS]
    assert set(said) == {HERS}
    day, week = text.split("<b>Неделя</b>")
    week, late = week.split("<b>Просрочено</b>")
    late, waiting = late.split("<b>Назначьте дату</b>")
    assert ["п. 1 " in part for part in (day, week, late, waiting)] == [True, False, False, False]
    assert ["п. 2 " in part for part in (day, week, late, waiting)] == [True, False, False, False]  # said once
    assert ["п. 4 " in part for part in (day, week, late, waiting)] == [False, False, True, False]
    assert ["п. 3 " in part for part in (week, late, waiting)] == [False, False, True]
    assert set(await office.at("2022-03-21 09:00")) == {PROJECT_CHAT}


async def test_digest_comes_once_a_week_even_with_nothing_to_say(office: Office, marina: Member) -> None:
    await office.load(an_item(1, "до 30 ноября"))
    assert await office.days(HERS, "2022-03-10", "2022-04-03", at="08:30") == [14, 21, 28]


async def test_digest_of_a_week_whose_monday_is_off_comes_on_its_first_working_day(
    office: Office, marina: Member
) -> None:
    await office.load(an_item(1, "до 30 ноября"))
    assert await office.days(HERS, "2022-03-05", "2022-03-12", at="08:30") == [9]


async def test_every_coordinator_gets_the_digest(settled: Office) -> None:
    await comes_in(settled.core, PAVEL, settled.clock())
    assert set(await settled.at("2022-03-21 08:30")) == {HERS, HIS}


# --- Reminders without an answer, and putting off


async def test_after_four_unanswered_reminders_an_item_stays_only_in_the_digest(settled: Office) -> None:
    assert await settled.days(HERS, "2022-03-15", "2022-03-20") == [16]
    await settled.at("2022-03-23 09:00")
    await settled.at("2022-03-25 09:00")
    assert HERS in await settled.at("2022-03-29 09:00")
    assert set(await settled.at("2022-03-30 09:00")) == {PROJECT_CHAT}
    assert set(await settled.at("2022-03-31 09:00")) == {PROJECT_CHAT}
    (text,) = (await settled.at("2022-04-04 08:30"))[HERS]
    assert text.index("<b>Просрочено</b>") < text.index("п. 1 ")


async def test_looking_at_an_item_answers_its_reminders(settled: Office, marina: Member) -> None:
    for day in (16, 23, 25, 29):
        await settled.at(f"2022-03-{day} 09:00")
    settled.clock.set("2022-03-29 12:00")
    await settled.core.roadmaps.card(await settled.item_id(), by=marina, now=settled.clock())
    assert HERS in await settled.at("2022-03-30 09:00")


async def test_reminder_that_arrives_after_the_answer_is_not_answered_by_it(settled: Office, marina: Member) -> None:
    await settled.core.rules.change_rule("unanswered_cap", "1", by=marina, now=settled.clock())
    settled.clock.set("2022-03-16 09:00")
    settled.channel.will(HERS, Failure(FailureKind.RETRY_AFTER, retry_after=timedelta(hours=2)))
    await settled.core.notices.plan(settled.clock())
    await settled.outbox.deliver()
    settled.clock.set("2022-03-16 10:00")
    await settled.core.roadmaps.card(await settled.item_id(), by=marina, now=settled.clock())
    assert HERS in await settled.at("2022-03-16 11:00")
    assert HERS not in await settled.at("2022-03-23 09:00")


async def test_reminder_of_a_morning_when_the_bot_was_down_counts_from_its_arrival(
    settled: Office, marina: Member
) -> None:
    await settled.core.rules.change_rule("unanswered_cap", "1", by=marina, now=settled.clock())
    settled.clock.set("2022-03-16 11:00")
    await settled.core.roadmaps.card(await settled.item_id(), by=marina, now=settled.clock())
    assert HERS in await settled.at("2022-03-16 12:00")
    assert HERS not in await settled.at("2022-03-23 09:00")


async def test_reminders_that_never_arrived_do_not_count(settled: Office, marina: Member) -> None:
    await settled.core.rules.change_rule("unanswered_cap", "1", by=marina, now=settled.clock())
    settled.channel.will(HERS, Failure(FailureKind.OURS))
    assert HERS not in await settled.at("2022-03-16 09:00")
    assert HERS in await settled.at("2022-03-23 09:00")


@pytest.mark.parametrize(
    ("told", "later", "until"),
    [
        ("2022-03-16", Later.TOMORROW, "2022-03-17"),
        ("2022-03-16", Later.THREE_DAYS, "2022-03-21"),
        ("2022-03-16", Later.MONDAY, "2022-03-21"),
        ("2022-03-25", Later.TOMORROW, "2022-03-28"),
    ],
)
async def test_put_off_reminder_wakes_on_its_working_day(
    settled: Office, marina: Member, told: str, later: Later, until: str
) -> None:
    await settled.at(f"{told} 09:00")
    answer = await settled.core.notices.snooze(date.fromisoformat(told), later, by=marina, now=settled.clock())
    assert answer == date.fromisoformat(until)
    at = "08:30" if answer.weekday() == 0 else "09:00"
    (text,) = (await settled.at(f"{until} {at}"))[HERS]
    assert text.index("п. 1 ") < (text.index("<b>Неделя</b>") if "<b>Неделя</b>" in text else len(text))


async def test_putting_off_moves_only_one_s_own_reminder_and_never_the_deadline(
    settled: Office, marina: Member
) -> None:
    await comes_in(settled.core, PAVEL, settled.clock())
    await settled.at("2022-03-23 09:00")
    await settled.core.notices.snooze(date(2022, 3, 23), Later.THREE_DAYS, by=marina, now=settled.clock())
    assert set(await settled.at("2022-03-25 09:00")) == {PROJECT_CHAT, HIS}
    said = await settled.at("2022-03-28 08:30")
    assert "п. 1 " in said[HERS][0].split("<b>Неделя</b>")[0]
    assert "п. 1 " not in said[HIS][0].split("<b>Неделя</b>")[0]
    assert HERS in await settled.at("2022-03-29 09:00")
    kept = (await settled.core.roadmaps.all())[0].items[0]
    assert (kept.item, kept.corrected) == (UNTIL_30, frozenset())


async def test_putting_off_counts_as_an_answer(settled: Office, marina: Member) -> None:
    await settled.core.rules.change_rule("unanswered_cap", "1", by=marina, now=settled.clock())
    await settled.at("2022-03-16 09:00")
    await settled.core.notices.snooze(date(2022, 3, 16), Later.TOMORROW, by=marina, now=settled.clock())
    assert HERS in await settled.at("2022-03-17 09:00")


async def test_closed_item_does_not_wake(settled: Office, marina: Member) -> None:
    await settled.at("2022-03-16 09:00")
    await settled.core.notices.snooze(date(2022, 3, 16), Later.TOMORROW, by=marina, now=settled.clock())
    await settled.core.roadmaps.close(await settled.item_id(), "", by=marina, now=settled.clock())
    assert await settled.at("2022-03-17 09:00") == {}


@pytest.mark.parametrize(("member", "reason"), [(STRANGER, r"access\.refused"), (SCHOOL, r"notice\.nothing-to-snooze")])
async def test_nobody_puts_off_what_they_were_not_told(
    settled: Office, look: Look, member: Member, reason: str
) -> None:
    await settled.at("2022-03-16 09:00")
    with pytest.raises(Refusal, match=reason):
        await settled.core.notices.snooze(date(2022, 3, 16), Later.TOMORROW, by=member, now=settled.clock())
    assert look.count("attention") == 0


# --- Who gets nothing


async def test_person_who_blocked_the_bot_gets_nothing(settled: Office) -> None:
    await settled.core.people.blocked(MARINA.account, now=settled.clock())
    assert set(await settled.at("2022-03-16 09:00")) == {PROJECT_CHAT}
    await settled.core.people.unblocked(MARINA.account)
    assert set(await settled.at("2022-03-23 09:00")) == {PROJECT_CHAT, HERS}


async def test_closed_item_is_not_spoken_of_and_an_opened_one_is_again(settled: Office, marina: Member) -> None:
    item_id = await settled.item_id()
    await settled.core.roadmaps.close(item_id, "", by=marina, now=settled.clock())
    assert await settled.at("2022-03-16 09:00") == {}
    await settled.core.roadmaps.reopen(item_id, by=marina, now=settled.clock())
    assert set(await settled.at("2022-03-23 09:00")) == {PROJECT_CHAT, HERS}


async def test_item_closed_before_its_message_went_is_left_out_of_it(settled: Office, marina: Member) -> None:
    await settled.load(UNTIL_30, an_item(2, "до 30 марта"))
    settled.clock.set("2022-03-16 09:00")
    await settled.core.notices.plan(settled.clock())
    await settled.core.roadmaps.close(await settled.item_id(1), "", by=marina, now=settled.clock())
    (text,) = (await settled.at("2022-03-16 09:01"))[PROJECT_CHAT]
    assert ("п. 1 " in text, "п. 2 " in text) == (False, True)


# --- An old roadmap


async def test_old_roadmap_is_silent_and_is_offered_to_be_carried_over_once(ending: Office, look: Look) -> None:
    await ending.days(HERS, "2022-03-28", "2022-03-30")
    said = await ending.at("2022-03-31 08:30")
    roadmap = (await ending.core.roadmaps.all())[0].roadmap
    assert said == {HERS: [ending.core.texts.html("notice.carry-over", roadmap=roadmap, end=date(2022, 3, 30))]}
    (buttons,) = look.rows("SELECT buttons FROM outbox WHERE key LIKE 'carry-over:%'")[0]
    assert '"carry:1:2023"' in buttons
    assert await ending.days(HERS, "2022-04-01", "2022-04-30") == []
    assert await ending.days(PROJECT_CHAT, "2022-05-01", "2022-05-10") == []


async def test_carried_roadmap_is_not_offered(ending: Office, marina: Member) -> None:
    await ending.core.roadmaps.carry_over(1, 2023, by=marina, now=ending.clock())
    assert HERS not in await ending.at("2022-04-01 09:00")


async def test_another_region_s_new_roadmap_does_not_stand_for_ours(ending: Office) -> None:
    tver = a_roadmap(an_item(1, "до 30 ноября", year=2023), slug="tver-2023", year=2023, region="Тверская область")
    await ending.core.roadmaps.load(tver, now=ending.clock())
    assert HERS in await ending.at("2022-03-31 09:00")


async def test_deadline_moved_on_wakes_an_old_roadmap(ending: Office, marina: Member) -> None:
    await ending.at("2022-04-01 09:00")
    ending.clock.set("2022-04-01 12:00")
    item_id = await ending.item_id()
    await ending.core.roadmaps.correct(item_id, ItemField.DEADLINE, "до 29 апреля", by=marina, now=ending.clock())
    assert PROJECT_CHAT in await ending.at("2022-04-15 09:00")


# --- Rules and special days


async def test_changed_rule_touches_only_what_is_not_sent(settled: Office, marina: Member, look: Look) -> None:
    await settled.at("2022-03-16 09:00")
    sent = look.outbox("state = 'sent'")
    settled.clock.set("2022-03-23 09:00")
    await settled.core.notices.plan(settled.clock())
    await settled.core.rules.change_rule("by_ahead", "10, 2", by=marina, now=settled.clock())
    assert await settled.at("2022-03-23 09:01") == {}
    assert look.outbox("state = 'sent'") == sent
    assert await settled.days(PROJECT_CHAT, "2022-03-24", "2022-03-31") == [28, 30, 31]


async def test_changed_morning_holds_from_the_next_planning(settled: Office, marina: Member) -> None:
    await settled.core.rules.change_rule("morning", "10:15", by=marina, now=settled.clock())
    assert await settled.at("2022-03-16 10:14:59") == {}
    assert set(await settled.at("2022-03-16 10:15")) == {PROJECT_CHAT, HERS}
    await settled.core.rules.change_rule("morning", None, by=marina, now=settled.clock())
    assert set(await settled.at("2022-03-23 09:00")) == {PROJECT_CHAT, HERS}


async def test_rule_changed_after_the_message_went_does_not_send_a_second_one(settled: Office, marina: Member) -> None:
    await settled.at("2022-03-16 09:00")
    await settled.core.rules.change_rule("morning", "10:00", by=marina, now=settled.clock())
    assert await settled.at("2022-03-16 10:00") == {}


async def test_special_days_move_notices(settled: Office, marina: Member) -> None:
    await settled.core.rules.add_special_day("16 марта, день области", working=False, by=marina, now=settled.clock())
    await settled.core.rules.add_special_day("27 марта", working=True, by=marina, now=settled.clock())
    assert await settled.days(PROJECT_CHAT, "2022-03-11", "2022-03-31") == [15, 23, 27, 29, 30, 31]


async def test_forgotten_special_day_is_like_any_other(settled: Office, marina: Member) -> None:
    await settled.core.rules.add_special_day("16 марта", working=False, by=marina, now=settled.clock())
    await settled.core.rules.forget_special_day(date(2022, 3, 16), by=marina, now=settled.clock())
    assert await settled.days(PROJECT_CHAT, "2022-03-14", "2022-03-17") == [16]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("morning", "девять", "rules.time"),
        ("morning", "25:00", "rules.time"),
        ("morning", "21:00", "rules.hours"),
        ("by_ahead", "0", "rules.number"),
        ("by_ahead", "7, завтра", "rules.number"),
        ("unanswered_cap", "999", "rules.number"),
        ("нет такого", "1", "rules.unknown"),
    ],
)
async def test_wrong_value_of_a_rule_is_refused_and_changes_nothing(
    core: Core, marina: Member, look: Look, name: str, text: str, reason: str
) -> None:
    with pytest.raises(Refusal) as caught:
        await core.rules.change_rule(name, text, by=marina, now=NOON)
    assert caught.value.reason == reason
    assert look.count("setting") == 0


@pytest.mark.parametrize("text", ["", "31 февраля", "с 1 по 5 мая", "когда-нибудь"])
async def test_special_day_must_be_one_day(core: Core, marina: Member, look: Look, text: str) -> None:
    with pytest.raises(Refusal) as caught:
        await core.rules.add_special_day(text, working=False, by=marina, now=NOON)
    assert core.texts.plain(caught.value.reason, **caught.value.details)
    assert look.count("day_override") == 0


async def test_rules_are_the_coordinator_s_alone(core: Core, look: Look) -> None:
    for refused in (
        core.rules.look(by=SCHOOL),
        core.rules.change_rule("morning", "10:00", by=SCHOOL, now=NOON),
        core.rules.add_special_day("1 мая", working=True, by=STRANGER, now=NOON),
        core.rules.forget_special_day(date(2022, 5, 1), by=STRANGER, now=NOON),
    ):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await refused
    assert (look.count("setting"), look.count("day_override")) == (0, 0)


async def test_rule_sheet_shows_what_is_set_beside_what_was_shipped(core: Core, marina: Member) -> None:
    await core.rules.change_rule("by_ahead", " 3;10 ", by=marina, now=NOON)
    sheet = await core.rules.add_special_day("9 мая 2022, парад", working=False, by=marina, now=NOON)
    assert (sheet.rules.by_ahead, sheet.default.by_ahead) == ((10, 3), (14, 7, 3, 1))
    assert [(one.day, one.working, one.note) for one in sheet.special_days] == [(date(2022, 5, 9), False, "парад")]


# --- The next moment


async def test_next_moment_is_the_next_message_of_anybody_who_can_be_reached(settled: Office) -> None:
    notices = settled.core.outlook
    assert await notices.next_moment(msk("2022-03-10 12:00")) == msk("2022-03-14 08:30")
    assert await notices.next_moment(msk("2022-03-14 08:30")) == msk("2022-03-16 09:00")
    assert await notices.next_moment(msk("2022-03-29 09:00")) == msk("2022-03-30 09:00")


async def test_nobody_reached_and_nothing_loaded_have_no_next_moment(core: Core, clock: SettableClock) -> None:
    assert await core.outlook.next_moment(clock()) is None
    await core.roadmaps.load(ivanovo(), now=clock())
    assert await core.outlook.next_moment(clock()) is None


async def test_next_moment_knows_of_reminders_that_were_put_off(settled: Office, marina: Member) -> None:
    await settled.at("2022-03-16 09:00")
    await settled.core.notices.snooze(date(2022, 3, 16), Later.TOMORROW, by=marina, now=settled.clock())
    assert await settled.core.outlook.next_moment(settled.clock()) == msk("2022-03-17 09:00")


async def test_next_moment_knows_of_the_offer_to_carry_an_old_roadmap_over(ending: Office, marina: Member) -> None:
    await ending.at("2022-03-30 09:00")
    assert await ending.core.outlook.next_moment(ending.clock()) == msk("2022-03-31 08:30")
    assert HERS in await ending.at("2022-03-31 08:30")
    assert await ending.core.outlook.next_moment(ending.clock()) is None


async def test_walking_from_moment_to_moment_says_the_same_as_every_minute_would(
    office: Office, marina: Member
) -> None:
    await office.load(UNTIL_30, an_item(2, "10.03 – 24.03.2022"), an_item(3, "после 15 марта"))
    await bound(office.core, marina, office.clock())
    await office.at("2022-03-10 08:00")
    heard = []
    while (moment := await office.core.outlook.next_moment(office.clock())) is not None and moment < msk(
        "2022-04-30 12:00"
    ):
        office.clock.now = moment
        added = await office.core.notices.plan(moment)
        while await office.outbox.deliver():
            pass
        heard.append((moment, added))
    forecast = await office.core.outlook.forecast(date(2022, 3, 10), date(2022, 4, 30))
    expected = {line.at for line in forecast if line.to in {"group:500+", "role:coordinator"}}
    assert expected <= {moment for moment, _ in heard}


async def test_what_is_coming_is_what_will_be_said_when_nobody_answers(office: Office, marina: Member) -> None:
    await office.load(UNTIL_30, FAR)
    await bound(office.core, marina, office.clock.set("2022-03-01 12:00"))
    now, last = office.clock(), date(2022, 5, 31)
    expected = [(line.at, line.chat.chat_id, line.item) for line in await office.core.outlook.coming(now, last)]
    for day in range((last - date(2022, 3, 2)).days + 1):
        for hour in ("08:30", "09:00"):
            await office.at(f"{date(2022, 3, 2) + timedelta(days=day)} {hour}")
    said = await office.core.outlook.said(date(2022, 3, 2), last)
    assert [(line.at, line.chat.chat_id, line.item) for line in said] == expected
    assert [line.at.date() for line in said if line.chat.chat_id == HERS] == [
        date(2022, 3, day) for day in (16, 23, 25, 29)
    ]


async def test_what_was_put_off_is_not_coming_before_its_day(settled: Office, marina: Member) -> None:
    await settled.at("2022-03-23 09:00")
    await settled.core.notices.snooze(date(2022, 3, 23), Later.MONDAY, by=marina, now=settled.clock())
    coming = await settled.core.outlook.coming(settled.clock(), date(2022, 3, 31))
    assert [line.at.date() for line in coming if line.chat.chat_id == HERS and line.item == 1] == [
        date(2022, 3, 29), date(2022, 3, 30), date(2022, 3, 31),
    ]  # fmt: skip
