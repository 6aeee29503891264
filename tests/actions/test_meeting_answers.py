"""«Приду», «Не смогу», «Придёт другой»: said, changed, refused; «Мои встречи» and «Кто придёт»."""

import asyncio
from datetime import date
from typing import Any

import pytest

from actions.outbox import Outbox
from bot.core import Core
from domain.evidence import SentFile
from domain.meeting import Coming, MeetingState, Paper
from domain.meeting_who import WhoPart
from domain.outbox import OutFile
from domain.own_data import Category, KeptMeeting
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from tests import meetings
from tests.actions.gathered import Gathering, chat, gathering
from tests.people import PAVEL, STRANGER, Look, RecordingChannel, SettableClock, enrolled, msk
from tests.people import registered as in_registry

BEGINS = "2022-03-24 10:00"


@pytest.fixture
async def hall(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, marina: Member
) -> Gathering:
    clock.set("2022-03-01 12:00")
    return await gathering(core, outbox, channel, clock, marina)


@pytest.fixture
async def one(hall: Gathering) -> int:
    return await hall.called(BEGINS)


async def says(hall: Gathering, one: int, who: Member, coming: Coming, words: str = "") -> bool:
    return (await hall.core.meeting_answers.answer(one, coming, words, by=who, now=hall.clock()))[1]


async def why_not(hall: Gathering, one: int, who: Member, coming: Coming = Coming.YES, words: str = "") -> str:
    with pytest.raises(Refusal) as caught:
        await says(hall, one, who, coming, words)
    return caught.value.reason


def answers_of(look: Look, who: Member) -> list[tuple[Any, ...]]:
    return look.rows("SELECT coming, why, other FROM meeting_guest WHERE person_id = ?", who.person_id)


def deeds(look: Look) -> list[tuple[Any, ...]]:
    return look.rows("SELECT person_id FROM audit WHERE deed = 'meeting-answered' ORDER BY id")


# --- Answering


async def test_an_answer_is_kept_changed_and_said_once(hall: Gathering, one: int, look: Look) -> None:
    sent = len(hall.channel.sent)
    assert await says(hall, one, hall.anna, Coming.YES)
    assert not await says(hall, one, hall.anna, Coming.YES)
    assert await says(hall, one, hall.anna, Coming.NO, " Болею ")
    assert not await says(hall, one, hall.anna, Coming.NO, "Болею")
    assert answers_of(look, hall.anna) == [("no", "Болею", "")]
    assert await says(hall, one, hall.anna, Coming.OTHER, "Петрова Анна,  завуч")
    assert answers_of(look, hall.anna) == [("other", "", "Петрова Анна, завуч")]
    assert deeds(look) == [(hall.anna.person_id,)] * 3
    await hall.goes_on()
    assert len(hall.channel.sent) == sent  # whoever leads it hears of no single answer


async def test_two_presses_at_once_are_one_answer(hall: Gathering, one: int, look: Look) -> None:
    every = [says(hall, one, hall.anna, Coming.YES) for _ in range(5)]
    every += [says(hall, one, hall.igor, Coming.NO, "Уроки") for _ in range(5)]
    assert sorted(await asyncio.gather(*every)) == [False] * 8 + [True] * 2
    assert answers_of(look, hall.anna) == [("yes", "", "")]
    assert answers_of(look, hall.igor) == [("no", "Уроки", "")]
    assert len(deeds(look)) == 2


@pytest.mark.parametrize(
    ("coming", "words", "reason"),
    [
        (Coming.NO, "", "meeting.no-words"),
        (Coming.NO, "…", "meeting.no-words"),
        (Coming.NO, "я" * 301, "meeting.long-why"),
        (Coming.OTHER, " ", "meeting.no-words"),
        (Coming.OTHER, "я" * 151, "meeting.long-name"),
    ],
)
async def test_a_reason_and_a_name_are_wanted(
    hall: Gathering, one: int, coming: Coming, words: str, reason: str
) -> None:
    assert await why_not(hall, one, hall.anna, coming, words) == reason


async def test_nobody_else_answers_or_learns_that_it_is_there(hall: Gathering) -> None:
    one = await hall.called(BEGINS, hall.anna)
    for who in (hall.igor, hall.olga, hall.leader):
        assert await why_not(hall, one, who) == await why_not(hall, 999, who) == "meeting_guest.not-yours"
    assert await why_not(hall, one, STRANGER) == "access.refused"
    assert await hall.core.meeting_answers.mine(by=hall.igor, now=hall.clock()) == []


async def test_a_draft_is_nobodys_yet(hall: Gathering) -> None:
    one = await meetings.drafted(hall.core, hall.leader, hall.clock(), msk(BEGINS))
    await meetings.choose(hall.core, one, hall.leader, hall.clock(), [hall.anna.person_id or 0])
    assert await why_not(hall, one, hall.anna) == "meeting_guest.not-yours"


async def test_until_it_begins_and_never_of_what_is_cancelled(hall: Gathering, one: int) -> None:
    hall.clock.set("2022-03-24 09:59")
    assert await says(hall, one, hall.anna, Coming.YES)
    hall.clock.set(BEGINS)
    assert await why_not(hall, one, hall.anna, Coming.NO, "Болею") == "meeting_guest.begun"
    other = await hall.called("2022-03-25 10:00")
    await hall.core.meeting_moves.cancel(other, "Нет докладчика", by=hall.leader, now=hall.clock())
    assert await why_not(hall, other, hall.anna) == "meeting_guest.cancelled"


async def test_what_was_said_is_asked_anew_where_it_is_moved(hall: Gathering, one: int, look: Look) -> None:
    await says(hall, one, hall.anna, Coming.OTHER, "Петрова Анна")
    await hall.core.meeting_moves.move(one, msk("2022-03-25 10:00"), by=hall.leader, now=hall.clock())
    assert answers_of(look, hall.anna) == [(None, "", "")]


async def test_an_answer_takes_back_what_asks_for_it(hall: Gathering, one: int, look: Look) -> None:
    hall.clock.set("2022-03-02 21:00")
    await hall.core.meeting_who.nudge(one, by=hall.leader, now=hall.clock())
    await says(hall, one, hall.anna, Coming.YES)
    said = await hall.at("2022-03-03 08:00")
    assert {*said} == {chat(hall.olga), chat(hall.igor)}


# --- Looking


async def test_mine_are_those_ahead_then_those_that_were(hall: Gathering) -> None:
    past = await hall.called("2022-03-02 10:00")
    older = await hall.called("2022-03-01 15:00")
    later, sooner = await hall.called("2022-03-26 10:00"), await hall.called("2022-03-20 10:00")
    gone = await hall.called("2022-03-22 10:00")
    await hall.core.meeting_moves.cancel(gone, "Нет зала", by=hall.leader, now=hall.clock())
    mine = await hall.core.meeting_answers.mine(by=hall.anna, now=msk("2022-03-10 12:00"))
    assert [own.one.id for own in mine] == [sooner, gone, later, past, older]
    mine = await hall.core.meeting_answers.mine(by=hall.anna, now=msk("2022-03-23 12:00"))
    assert [own.one.id for own in mine] == [later, sooner, past, older]


async def test_the_card_says_what_is_theirs_alone(hall: Gathering, one: int) -> None:
    await says(hall, one, hall.igor, Coming.NO, "Болею")
    own = await hall.core.meeting_answers.card(one, by=hall.anna, now=hall.clock())
    assert (own.one.title, own.guest.key, own.guest.coming, own.may_answer) == (
        *("Семинар по документам", hall.anna.recipient, None, True),
    )
    assert "Болею" not in repr(own)


async def test_the_kept_files_are_handed_over_again_to_guests_alone(hall: Gathering, core: Core) -> None:
    made = await meetings.drafted(core, hall.leader, hall.clock(), msk(BEGINS))

    class Source:
        async def fetch(self, remote_id: str) -> bytes | None:
            return b"%PDF-1.4 " + remote_id.encode()

    sent = SentFile("telegram", "file-1", "1:7", "План.pdf", 10)
    await core.meeting_keeping.attach(made, Paper.MATERIAL, sent, Source(), by=hall.leader, now=hall.clock())
    await meetings.choose(core, made, hall.leader, hall.clock(), [hall.anna.person_id or 0])
    await core.meeting_calling.preview(made, by=hall.leader, now=hall.clock())
    await core.meeting_calling.call(made, by=hall.leader, now=hall.clock())
    answers, now = core.meeting_answers, hall.clock()
    assert await answers.papers(made, Paper.MATERIAL, by=hall.anna, now=now) == [OutFile("file-1", "План.pdf")]
    for who, paper, reason in (
        (hall.anna, Paper.MINUTES, "meeting_guest.no-files"),
        (hall.igor, Paper.MATERIAL, "meeting_guest.not-yours"),
    ):
        with pytest.raises(Refusal) as caught:
            await answers.papers(made, paper, by=who, now=now)
        assert caught.value.reason == reason


async def test_a_deputy_takes_the_meeting_into_the_calendar(hall: Gathering) -> None:
    one, now = await hall.called(BEGINS, hall.anna), hall.clock()
    with pytest.raises(Refusal):
        await hall.core.meeting_files.calendar(one, by=hall.olga, now=now)
    days = date(2022, 3, 1), date(2022, 3, 30)
    people = hall.anna.person_id or 0, hall.olga.person_id or 0
    await hall.core.leaves.arrange(people[0], *days, people[1], by=hall.leader, now=now)
    deputy = await hall.core.people.member(hall.olga.account, now=now)
    assert b"SUMMARY" in (await hall.core.meeting_files.calendar(one, by=deputy, now=now)).content


# --- «Кто придёт»


async def test_everybody_stands_by_what_they_answered(hall: Gathering) -> None:
    now = hall.clock()
    silent = await in_registry(hall.core, "Вера Ведина", Duty(Role.SCHOOL, hall.schools[1]), now=now)
    pavel = await enrolled(hall.core, PAVEL, Duty(Role.SCHOOL, hall.schools[1]), now=now)
    people = [one.person_id or 0 for one in (hall.anna, hall.olga, hall.igor, pavel)]
    one = await meetings.called(hall.core, hall.leader, now, msk(BEGINS), [*people, silent])
    await says(hall, one, hall.anna, Coming.YES)
    await says(hall, one, hall.igor, Coming.OTHER, "Петрова Анна")
    await says(hall, one, pavel, Coming.NO, "Уроки")
    found = await hall.core.meeting_who.look(one, by=hall.leader, now=now)
    assert {part: [each.name for each in people] for part, people in found.parts.items()} == {
        WhoPart.YES: ["Анна Соболева"],
        WhoPart.OTHER: ["Игорь Прохожий"],
        WhoPart.NO: ["Павел Зимин"],
        WhoPart.SILENT: ["Ольга Лебедева"],
        WhoPart.PHONE: ["Вера Ведина"],
    }
    await hall.core.persons.remove(hall.olga.person_id or 0, by=hall.leader, now=now)
    found = await hall.core.meeting_who.look(one, by=hall.leader, now=now)
    assert (found.total, found.gone, found.parts[WhoPart.SILENT]) == (4, 1, [])


async def test_only_those_who_have_not_answered_are_reminded_once_a_day(hall: Gathering, one: int, look: Look) -> None:
    await says(hall, one, hall.anna, Coming.YES)
    who, now = hall.core.meeting_who, hall.clock
    assert (await who.nudge(one, by=hall.leader, now=now())).count == 2
    said = await hall.goes_on()
    assert {*said} == {chat(hall.olga), chat(hall.igor)}
    assert said[chat(hall.olga)][0].splitlines() == [
        "⏳ <b>Вы ещё не ответили: Семинар по документам</b>",
        "24 марта, чт, 10:00–11:30",
        "Где: Иваново, Большая Воробьёвская, 80",
        "Ссылка: https://meet.example/seminar",
        "",
        "Вы будете?",
    ]
    with pytest.raises(Refusal) as caught:
        await who.nudge(one, by=hall.leader, now=now())
    assert caught.value.reason == "meeting_who.nudged-today"
    hall.clock.set("2022-03-02 12:00")
    await says(hall, one, hall.olga, Coming.YES)
    assert (await who.nudge(one, by=hall.leader, now=now())).count == 1
    assert look.rows("SELECT about FROM audit WHERE deed = 'meeting-reminded' ORDER BY id") == [
        (f'{{"meeting": {one}, "count": 2}}',),
        (f'{{"meeting": {one}, "count": 1}}',),
    ]


async def test_two_leaders_remind_once(hall: Gathering, one: int, look: Look) -> None:
    pavel = await enrolled(hall.core, PAVEL, Duty(Role.COORDINATOR), now=hall.clock())
    who, now = hall.core.meeting_who, hall.clock()
    done = await asyncio.gather(
        *(who.nudge(one, by=by, now=now) for by in (hall.leader, pavel)), return_exceptions=True
    )
    assert [type(one) for one in done].count(Refusal) == 1
    assert len(look.outbox("key LIKE 'meeting-nudge:%'")) == 3


async def test_at_night_it_waits_and_where_that_is_too_late_it_is_refused(hall: Gathering, one: int) -> None:
    who = hall.core.meeting_who
    nudged = await who.nudge(one, by=hall.leader, now=hall.clock.set("2022-03-22 22:00"))
    assert nudged.due_at == msk("2022-03-23 08:00")
    assert await hall.goes_on() == {}
    assert len(await hall.at("2022-03-23 08:00")) == 3
    with pytest.raises(Refusal) as caught:
        await who.nudge(one, by=hall.leader, now=hall.clock.set("2022-03-23 10:00"))
    assert caught.value.reason == "meeting_who.nudged-today"
    early = await hall.called("2022-03-24 08:00")
    for moment, reason in (("2022-03-23 23:00", "too-late"), ("2022-03-24 09:00", "too-late")):
        with pytest.raises(Refusal) as caught:
            await who.nudge(early, by=hall.leader, now=hall.clock.set(moment))
        assert caught.value.reason == f"meeting_who.{reason}"


async def test_all_have_answered_and_others_lead_nothing(hall: Gathering) -> None:
    one = await hall.called(BEGINS, hall.anna)
    await says(hall, one, hall.anna, Coming.YES)
    who, now = hall.core.meeting_who, hall.clock()
    draft = await meetings.drafted(hall.core, hall.leader, now, msk(BEGINS))
    for meeting, by, reason in (
        (one, hall.leader, "meeting_who.nobody-silent"),
        (draft, hall.leader, "meeting.not-called"),
        (one, hall.anna, "access.refused"),
        (999, hall.leader, "meeting.gone"),
    ):
        with pytest.raises(Refusal) as caught:
            await who.nudge(meeting, by=by, now=now)
        assert caught.value.reason == reason
    await hall.core.meeting_moves.cancel(one, "Нет зала", by=hall.leader, now=now)
    found = await who.look(one, by=hall.leader, now=now)
    assert (found.card.one.state, found.may_nudge) == (MeetingState.CANCELLED, False)


# --- One's own data


async def test_what_was_answered_is_among_ones_own_data_and_its_words_are_erased(
    hall: Gathering, one: int, look: Look
) -> None:
    await says(hall, one, hall.olga, Coming.NO, "Еду к врачу")
    await says(hall, one, hall.igor, Coming.OTHER, "Ольга Лебедева, завуч")
    data = await hall.core.own_data.look(by=hall.olga, now=hall.clock())
    assert data.meetings == (KeptMeeting(meetings.TITLE, msk(BEGINS), Coming.NO, "Еду к врачу"),)
    await hall.core.own_data.erase(by=hall.olga, now=hall.clock())
    assert answers_of(look, hall.olga) == [("no", "", "")]
    assert answers_of(look, hall.igor) == [("other", "", f"участник № {hall.olga.person_id}, завуч")]
    (erasure,) = await hall.core.erasures.all(by=hall.leader)
    assert erasure.destroyed[Category.ANSWERS] == 1
    heard = [await hall.at(moment) for moment in ("2022-03-17 09:00", "2022-03-23 09:00", "2022-03-24 09:00")]
    assert all(chat(hall.olga) not in said for said in heard)
