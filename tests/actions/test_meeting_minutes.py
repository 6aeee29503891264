"""The minutes of a meeting: to whom they go, once, corrected; what becomes of the meeting's item."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from actions.outbox import Outbox
from bot.core import Core
from domain.evidence import SentFile
from domain.meeting import Coming, MeetingState, Paper
from domain.meeting_door import DoorBy, DoorFor
from domain.meeting_ending import Close, Ending
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import ItemKind, OwedBy, Threshold, ThresholdKind
from storage import registry as registry_rows
from tests.actions.completing import Handing
from tests.actions.met import START, Met, met
from tests.meetings import called
from tests.people import IGOR, Look, RecordingChannel, SettableClock, Somebody, enrolled

PDF = b"%PDF-1.7 minutes"
DECIDED = "Решили:\n1. Документы до 20 марта.\n2. <Куратору> проверить & прислать."
SENT = "key LIKE 'meeting-minutes:%'"
NOTE = "Протокол встречи «Семинар по документам» 10 марта 2022, чт"
DARYA = Somebody("Дарья Орлова", Account("telegram", 500_000_301))


@pytest.fixture
async def meeting(core: Core, clock: SettableClock, marina: Member) -> Met:
    """It is over."""
    found = await met(core, clock, marina)
    clock.set("2022-03-10 12:00")
    return found


async def of_executors(core: Core, clock: SettableClock, marina: Member, **item: Any) -> Met:
    """A meeting that its executors owe; it is over."""
    found = await met(core, clock, marina, **{"owed_by": OwedBy.EXECUTORS, "threshold": None, "reviewed_by": ()} | item)
    clock.set("2022-03-10 12:00")
    return found


async def sends(meeting: Met, close: Close = Close.FITTING, by: Member | None = None, seen: int | None = None) -> int:
    """To how many the minutes went; -1 where they had gone already."""
    by, now = by or meeting.marina, meeting.clock()
    view = await meeting.core.meeting_minutes.look(meeting.meeting, by=by, now=now)
    seen = view.seen if seen is None else seen
    told = (await meeting.core.meeting_minutes.send(meeting.meeting, seen, close, by=by, now=now)).told
    return -1 if told is None else told


async def writes(meeting: Met, text: str = DECIDED, by: Member | None = None) -> None:
    await meeting.core.meeting_minutes.write(meeting.meeting, text, by=by or meeting.marina, now=meeting.clock())


async def attaches(meeting: Met, name: str, content: bytes, source: str) -> None:
    """A document that came through the messenger."""
    sent = SentFile("telegram", f"remote-{name}", source, name, len(content))
    await meeting.core.meeting_keeping.attach(
        meeting.meeting, Paper.MINUTES, sent, Handing({sent.remote_id: content}), by=meeting.marina, now=meeting.clock()
    )


async def delivers(outbox: Outbox, clock: SettableClock) -> None:
    """Within the limits."""
    for _ in range(60):
        await outbox.deliver()
        clock.advance(seconds=1)


async def test_they_go_to_everybody_with_their_files(
    meeting: Met, core: Core, clock: SettableClock, outbox: Outbox, channel: RecordingChannel, look: Look
) -> None:
    await writes(meeting)
    await attaches(meeting, "Протокол.pdf", PDF, "1:1")
    await attaches(meeting, "Протокол.pdf", PDF, "1:1")
    await attaches(meeting, "Фото.pdf", PDF + b"2", "1:2")
    assert await sends(meeting, Close.ANYWAY) == 4
    assert len(look.outbox(SENT)) == 4
    await delivers(outbox, clock)
    told = [one for one in channel.sent if "Итоги встречи" in one.text]
    assert {one.chat.chat_id for one in told} == {one.account.account_id for team in meeting.teams for one in team}
    assert [[each.name for each in one.files] for one in told] == [["Протокол.pdf", "Фото.pdf"]] * 4
    assert "Решили:\n1. Документы до 20 марта.\n2. &lt;Куратору&gt; проверить &amp; прислать." in told[0].text
    audit = look.rows("SELECT about FROM audit WHERE deed = 'meeting-held'")
    assert audit == [(f'{{"meeting": {meeting.meeting}, "count": 4}}',)]


async def test_sent_twice_is_once_and_then_corrected(meeting: Met, clock: SettableClock, look: Look) -> None:
    await writes(meeting)
    results = await asyncio.gather(*(sends(meeting, Close.ANYWAY, seen=0) for _ in range(3)))
    assert sorted(results) == [-1, -1, 4]
    clock.advance(minutes=5)
    assert await sends(meeting, Close.ANYWAY, seen=0) == -1
    await writes(meeting, "Документы до 25 марта")
    await attaches(meeting, "Протокол.pdf", PDF, "1:1")
    view = await meeting.core.meeting_minutes.look(meeting.meeting, by=meeting.marina, now=clock())
    assert view.was_sent
    assert [await sends(meeting, Close.OPEN, seen=view.seen) for _ in range(2)] == [4, -1]
    texts = look.rows("SELECT text, state FROM outbox WHERE key LIKE 'meeting-minutes:%' ORDER BY id")
    assert [state for _, state in texts] == ["withdrawn"] * 4 + ["planned"] * 4  # nobody reads both
    assert {"Исправленные итоги встречи" in text for text, state in texts if state == "planned"} == {True}


async def test_something_is_sent_and_not_too_much(meeting: Met, core: Core, clock: SettableClock) -> None:
    for refused in (
        core.meeting_minutes.ready(meeting.meeting, by=meeting.marina, now=clock()),
        core.meeting_minutes.send(meeting.meeting, 0, Close.OPEN, by=meeting.marina, now=clock()),
    ):
        with pytest.raises(Refusal, match=r"meeting_minutes\.nothing"):
            await refused
    for text, why in (("", "no-words"), ("…", "no-words"), ("я" * 2501, "long-text"), ("<" * 1200 + "яя", "long-text")):
        with pytest.raises(Refusal, match=why):
            await writes(meeting, text)
    await writes(meeting, "я" * 2500)


async def test_before_it_begins_there_is_nothing_to_tell(core: Core, clock: SettableClock, marina: Member) -> None:
    found = await met(core, clock, marina)
    with pytest.raises(Refusal, match=r"meeting_minutes\.early"):
        await core.meeting_minutes.look(found.meeting, by=marina, now=clock())
    await core.meeting_moves.cancel(found.meeting, "Нет света", by=marina, now=clock())
    clock.set("2022-03-10 12:00")
    with pytest.raises(Refusal, match=r"meeting\.over"):
        await core.meeting_minutes.look(found.meeting, by=marina, now=clock())


async def test_what_executors_owe_is_closed_with_the_minutes(
    core: Core, clock: SettableClock, marina: Member, look: Look
) -> None:
    meeting = await of_executors(core, clock, marina)
    darya = await enrolled(core, DARYA, Duty(Role.ORGANISER, organisation="department"), now=clock())
    await writes(meeting)
    await attaches(meeting, "Протокол.pdf", PDF, "1:1")
    await sends(meeting)
    closing = (await meeting.item()).closing
    assert (closing and closing.note) == NOTE
    assert look.rows("SELECT party, state FROM completion") == [("executors", "accepted")]
    assert look.rows("SELECT kind, text, name FROM evidence ORDER BY id") == [
        ("text", NOTE, ""),
        ("file", "", "Протокол.pdf"),
    ]
    for who in (marina, darya):
        assert (await core.tasks.mine(by=who, now=clock())).tasks == ()
    board = await core.indicators.board(by=marina, now=clock())
    assert [(row.indicator.count.done, row.indicator.count.of) for row in board.rows] == [(1, 1)]
    deeds = "SELECT deed FROM audit WHERE deed IN ('confirmation-accepted', 'item-closed') ORDER BY id"
    assert look.rows(deeds) == [("confirmation-accepted",), ("item-closed",)]
    clock.advance(minutes=1)
    await sends(meeting, Close.FITTING)  # corrected, it closes nothing again
    assert look.rows(deeds) == [("confirmation-accepted",), ("item-closed",)]


async def test_what_waited_for_its_review_is_accepted_with_them(
    core: Core, clock: SettableClock, marina: Member, look: Look
) -> None:
    meeting = await of_executors(core, clock, marina, executors=("department",))
    darya = await enrolled(core, DARYA, Duty(Role.ORGANISER, organisation="department"), now=clock())
    await core.completions.begin(1, by=darya, now=clock())
    await core.completions.add_text(1, "Проведено", by=darya, now=clock())
    await core.completions.send(1, by=darya, now=clock())
    clock.advance(minutes=1)
    await writes(meeting)
    await sends(meeting)
    assert look.rows("SELECT step FROM completion_step ORDER BY id") == [("sent",), ("accepted",)]
    assert (await core.reviews.queue(by=marina, now=clock())).total == 0


async def test_left_open_where_whoever_leads_wants_it(core: Core, clock: SettableClock, marina: Member) -> None:
    meeting = await of_executors(core, clock, marina)
    await writes(meeting)
    await sends(meeting, Close.OPEN)
    assert (await meeting.item()).is_open


async def test_only_coordinators_and_its_own_organisation_close_an_item(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    meeting = await met(core, clock, marina, owed_by=OwedBy.EXECUTORS, threshold=None, executors=("department",))
    clock.set("2022-03-09 13:00")
    darya = await enrolled(core, DARYA, Duty(Role.ORGANISER, organisation="department"), now=clock())
    hers = replace(meeting, meeting=await called(core, darya, clock(), START, item_id=1))
    igor = Duty(Role.MUNICIPAL, municipality_id=1), Duty(Role.ORGANISER, organisation="department")
    both = await enrolled(core, IGOR, *igor, now=clock())
    his = replace(meeting, meeting=await called(core, both, clock(), START, item_id=1))
    async with core.database.transaction() as tx:
        await registry_rows.end_duty(tx, both.person_id or 0, igor[1], clock())
    municipal = await core.people.member(IGOR.account, now=clock())
    clock.set("2022-03-10 12:00")
    for one, by, how in ((his, municipal, Ending.NOT_YOURS), (hers, darya, Ending.CLOSES)):
        await writes(one, by=by)
        view = await core.meeting_minutes.look(one.meeting, by=by, now=clock())
        assert view.end.how is how
        await sends(one, Close.ANYWAY, by=by)
        assert (await meeting.item()).is_open is (how is Ending.NOT_YOURS)


async def test_of_what_schools_owe_whoever_leads_learns_who_is_missing(
    meeting: Met, core: Core, clock: SettableClock
) -> None:
    await meeting.marks(meeting.teams[0][0])
    await writes(meeting)
    view = await core.meeting_minutes.ready(meeting.meeting, by=meeting.marina, now=clock())
    assert (view.end.how, view.end.missing) == (Ending.LACKS, ("Школа № 2",))
    with pytest.raises(Refusal, match=r"meeting_minutes\.lacks"):
        await sends(meeting)
    assert (await core.meeting_minutes.look(meeting.meeting, by=meeting.marina, now=clock())).card.one.is_ahead
    assert await sends(meeting, Close.ANYWAY) == 4
    closing = (await meeting.item()).closing
    assert (closing and closing.note) == NOTE


async def test_a_seminar_counts_once_more(core: Core, clock: SettableClock, marina: Member, look: Look) -> None:
    more = {"threshold": Threshold(ThresholdKind.COUNT, 4), "kind": ItemKind.TRAINING}
    meeting = await of_executors(core, clock, marina, **more)
    await writes(meeting)
    await attaches(meeting, "Программа.pdf", PDF, "1:1")
    await sends(meeting)
    assert look.rows("SELECT title, day FROM happening") == [("Семинар по документам", "2022-03-10")]
    assert (await meeting.number(), (await meeting.item()).is_open) == ((1, 4), True)
    clock.advance(minutes=1)
    await sends(meeting)
    assert await meeting.number() == (1, 4)


async def test_a_meeting_of_no_item_is_only_told_of(core: Core, clock: SettableClock, marina: Member) -> None:
    found = await met(core, clock, marina)
    clock.set("2022-03-09 13:00")
    alone = await called(core, marina, clock(), START)
    clock.set("2022-03-10 12:00")
    await core.meeting_minutes.write(alone, "Всё решили", by=marina, now=clock())
    view = await core.meeting_minutes.send(alone, 0, Close.FITTING, by=marina, now=clock())
    assert (view.told, view.end.how) == (4, Ending.NOTHING)
    assert (await found.item()).is_open


async def test_whoever_came_uninvited_gets_them_too(
    core: Core, clock: SettableClock, marina: Member, look: Look
) -> None:
    meeting = await met(core, clock, marina)
    igor = await enrolled(core, IGOR, Duty(Role.CURATOR, meeting.schools[0]), now=clock())
    await core.meeting_arrivals.unasked(await meeting.opens(), by=igor, now=clock())
    clock.set("2022-03-10 12:00")
    await writes(meeting)
    assert await sends(meeting, Close.OPEN) == 5
    told = look.rows("SELECT person_id FROM outbox WHERE key LIKE 'meeting-minutes:%'")
    assert (igor.person_id,) in told


async def test_whoever_was_erased_is_named_nowhere_and_nobody_loses_the_minutes(
    meeting: Met, core: Core, clock: SettableClock, look: Look
) -> None:
    (olga, inna), (gleb, _) = meeting.teams
    clock.set("2022-03-10 09:00")
    for who, coming, words in (
        (olga, Coming.OTHER, "Инна Белова, завуч"),
        (gleb, Coming.NO, "Меня заменит Инна Белова"),
    ):
        await core.meeting_answers.answer(meeting.meeting, coming, words, by=who, now=clock())
    clock.set("2022-03-10 12:00")
    await writes(meeting, "Инна Белова готовит список.\nИнна Беловая — нет.")
    await sends(meeting, Close.OPEN)
    await core.own_data.erase(by=inna, now=clock())
    number = f"участник № {inna.person_id}"
    assert look.rows("SELECT minutes_text FROM meeting") == [(f"{number} готовит список.\nИнна Беловая — нет.",)]
    assert look.rows("SELECT other, why FROM meeting_guest WHERE other != '' OR why != '' ORDER BY person_id") == [
        (f"{number}, завуч", ""),
        ("", f"Меня заменит {number}"),
    ]
    minutes = "SELECT person_id, text FROM outbox WHERE key LIKE 'meeting-minutes:%' AND state = 'planned'"
    waits = look.rows(f"{minutes} ORDER BY person_id")
    assert [who for who, _ in waits] == sorted(one.person_id or 0 for one in (olga, *meeting.teams[1]))
    assert all(number in text and "Инна Белова " not in text for _, text in waits)


async def test_marks_do_not_change_once_they_were_sent(meeting: Met, core: Core, clock: SettableClock) -> None:
    await meeting.opens(DoorBy.BUTTON)
    await writes(meeting)
    await sends(meeting, Close.OPEN)
    view = await core.meeting_door.look(meeting.meeting, by=meeting.marina, now=clock())
    assert (view.is_open, view.may_open, view.may_mark) == (False, False, False)
    with pytest.raises(Refusal, match=r"meeting_door\.marks-closed"):
        await meeting.marks(meeting.teams[0][0])
    with pytest.raises(Refusal, match=r"meeting_door\.marks-closed"):
        await meeting.opens()
    with pytest.raises(Refusal, match=r"meeting_door\.shut"):
        await core.meeting_arrivals.press(meeting.meeting, by=meeting.teams[0][0], now=clock())


async def test_the_whole_way_of_item_10(
    core: Core, clock: SettableClock, marina: Member, look: Look, outbox: Outbox, channel: RecordingChannel
) -> None:
    """Eight schools: five come by the code, one by the button, one is marked, the last one joins a second meeting."""
    meeting = await met(core, clock, marina, schools=8)
    code = await meeting.opens()
    clock.advance(minutes=1)
    for place in range(5):
        await core.meeting_arrivals.unasked(code, by=meeting.teams[place][place % 2], now=clock())
    assert await meeting.number() == (5, 8)
    clock.advance(minutes=20)
    await meeting.opens(DoorBy.BUTTON)
    await core.meeting_arrivals.press(meeting.meeting, by=meeting.teams[5][1], now=clock())
    await core.meeting_door.mark_school(meeting.meeting, meeting.schools[6], came=True, by=marina, now=clock())
    view = await core.meeting_door.look(meeting.meeting, by=marina, now=clock())
    turnout = view.card.turnout
    assert (turnout.came, turnout.invited, turnout.teams_came, turnout.teams, turnout.percent) == (8, 16, 7, 8, 87)
    assert view.number is not None
    assert (view.number.count.percent, view.number.count.is_enough) == (87, False)
    clock.set("2022-03-10 12:00")
    await writes(meeting)
    assert await sends(meeting, Close.OPEN) == 16
    assert (await meeting.item()).is_open
    last = [one.person_id or 0 for one in meeting.teams[7]]
    again = await called(core, marina, clock(), START + timedelta(days=1), last, 1)
    clock.set("2022-03-11 10:05")
    opened = await core.meeting_door.open(again, DoorBy.CODE, DoorFor.TEN, by=marina, now=clock())
    await core.meeting_arrivals.unasked(opened.card.one.code, by=meeting.teams[7][0], now=clock())
    assert await meeting.number() == (8, 8)
    second = Met(core, clock, marina, again, meeting.schools, meeting.teams)
    clock.set("2022-03-11 12:00")
    await writes(second)
    assert await sends(second) == 2
    assert not (await meeting.item()).is_open
    for who in (marina, meeting.teams[7][1]):
        assert (await core.tasks.mine(by=who, now=clock())).tasks == ()
    held = await core.meeting_minutes.look(again, by=marina, now=clock())
    assert held.card.one.state is MeetingState.HELD
    await delivers(outbox, clock)
    assert len([one for one in channel.sent if "Итоги встречи" in one.text]) == 18
