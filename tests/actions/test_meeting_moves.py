"""Moved, changed, cancelled: whoever was told hears of it once, with what is so now."""

from collections.abc import Coroutine
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from actions.outbox import Outbox
from bot.core import Core
from domain.item_field import ItemField
from domain.meeting import Coming, Meeting
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from tests import meetings
from tests.actions.gathered import Gathering, chat, gathering
from tests.actions.interviewed import VERA
from tests.people import PAVEL, RecordingChannel, SettableClock, a_roadmap, an_item, enrolled, msk

BEGINS = "2022-05-12 10:00"
NIGHT = "2022-05-05 22:00"
MORNING = "2022-05-06 08:30"


@pytest.fixture
async def hall(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, marina: Member
) -> Gathering:
    clock.set("2022-05-05 12:00")
    return await gathering(core, outbox, channel, clock, marina)


@pytest.fixture
async def item(hall: Gathering) -> int:
    """Item 21 is after 29 April."""
    await hall.core.roadmaps.load(a_roadmap(an_item(21, "после 29 апреля")), now=hall.clock())
    async with hall.core.database.read() as tx:
        (roadmap,) = await roadmap_rows.all_roadmaps(tx)
    return roadmap.items[0].id


def moves(hall: Gathering, one: int, moment: str) -> Coroutine[Any, Any, Any]:
    return hall.core.meeting_moves.move(one, msk(moment), by=hall.leader, now=hall.clock())


def amends(hall: Gathering, one: int, **what: Any) -> Coroutine[Any, Any, Any]:
    def change(before: Meeting) -> Meeting:
        return replace(before, **what)

    return hall.core.meeting_moves.amend(one, change, by=hall.leader, now=hall.clock())


def cancels(hall: Gathering, one: int) -> Coroutine[Any, Any, Any]:
    return hall.core.meeting_moves.cancel(one, "Нет зала", by=hall.leader, now=hall.clock())


async def held_on(hall: Gathering) -> date | None:
    async with hall.core.database.read() as tx:
        (roadmap,) = await roadmap_rows.all_roadmaps(tx)
    return roadmap.items[0].item.held_on


def about(said: dict[int, list[str]], who: Member) -> list[list[str]]:
    """What somebody heard of the meeting, in lines."""
    return [text.splitlines() for text in said.get(chat(who), []) if meetings.TITLE in text.splitlines()[0]]


# --- Told once, as it is


async def test_moved_and_changed_at_night_it_is_told_as_moved_and_asked_anew(hall: Gathering) -> None:
    one = await hall.called(BEGINS)
    await hall.core.meeting_answers.answer(one, Coming.YES, by=hall.anna, now=hall.clock())
    hall.clock.set(NIGHT)
    await moves(hall, one, "2022-05-13 11:00")
    await amends(hall, one, place="Актовый зал лицея", link="")
    assert about(await hall.at(MORNING), hall.anna) == [
        [
            f"📅 <b>{meetings.TITLE}</b>: другое время",
            "",
            "Теперь: 13 мая, пт, 11:00–12:30",
            "Где: Актовый зал лицея",
            "",
            "Вы будете?",
        ]
    ]


async def test_moved_twice_at_night_nobody_hears_of_a_time_that_they_never_knew(hall: Gathering) -> None:
    one = await hall.called(BEGINS)
    hall.clock.set(NIGHT)
    await moves(hall, one, "2022-05-13 11:00")
    await moves(hall, one, "2022-05-14 12:00")
    (told,) = about(await hall.at(MORNING), hall.anna)
    assert "Теперь: 14 мая, сб, 12:00–13:30" in told
    assert not any("13 мая" in line for line in told)


async def test_changed_twice_at_night_the_agenda_is_told_as_well(hall: Gathering) -> None:
    one = await hall.called(BEGINS)
    hall.clock.set(NIGHT)
    await amends(hall, one, agenda="Новая повестка")
    await amends(hall, one, place="Актовый зал лицея")
    (told,) = about(await hall.at(MORNING), hall.anna)
    assert told[-2:] == ["Повестка:", "Новая повестка"]


async def test_whoever_took_over_from_a_guest_hears_of_moves_and_that_it_is_off(hall: Gathering) -> None:
    one = await hall.called(BEGINS, hall.anna)
    people = hall.anna.person_id or 0, hall.igor.person_id or 0
    await hall.core.replacements.replace(*people, by=hall.leader, now=hall.clock())
    await hall.goes_on()
    await moves(hall, one, "2022-05-13 11:00")
    assert len(about(await hall.goes_on(), hall.igor)) == 1
    hall.clock.advance(minutes=5)
    await cancels(hall, one)
    said = await hall.goes_on()
    assert len(about(said, hall.igor)) == 1
    assert chat(hall.anna) not in said


async def test_whom_the_invitation_has_not_reached_hears_of_nothing(hall: Gathering) -> None:
    hall.clock.set(NIGHT)
    one = await hall.called(BEGINS)
    await moves(hall, one, "2022-05-13 11:00")
    (told,) = about(await hall.at(MORNING), hall.anna)
    assert told[0] == f"📅 <b>{meetings.TITLE}</b>"
    assert "13 мая, пт, 11:00–12:30" in told


# --- The item


async def test_of_two_meetings_the_later_one_is_the_day_of_the_item(hall: Gathering, item: int) -> None:
    guests = [hall.anna.person_id or 0]
    late = await meetings.called(hall.core, hall.leader, hall.clock(), msk(BEGINS), guests, item)
    early = await meetings.called(hall.core, hall.leader, hall.clock(), msk("2022-05-10 10:00"), guests, item)
    assert await held_on(hall) == date(2022, 5, 12)
    third = await meetings.drafted(hall.core, hall.leader, hall.clock(), msk("2022-05-11 10:00"), item)
    await meetings.choose(hall.core, third, hall.leader, hall.clock(), guests)
    assert not (await hall.core.meeting_calling.preview(third, by=hall.leader, now=hall.clock())).chooses
    await moves(hall, third, "2022-05-13 10:00")
    assert (await hall.core.meeting_calling.preview(third, by=hall.leader, now=hall.clock())).chooses
    await cancels(hall, late)
    assert await held_on(hall) == date(2022, 5, 10)
    await cancels(hall, early)
    assert await held_on(hall) is None


async def test_where_the_item_became_possible_later_a_meeting_is_still_changed_and_cancelled(
    hall: Gathering, item: int
) -> None:
    guests = [hall.anna.person_id or 0]
    late = await meetings.called(hall.core, hall.leader, hall.clock(), msk(BEGINS), guests, item)
    early = await meetings.called(hall.core, hall.leader, hall.clock(), msk("2022-05-10 10:00"), guests, item)
    await hall.core.roadmaps.correct(item, ItemField.DEADLINE, "после 11 мая", by=hall.leader, now=hall.clock())
    card = await amends(hall, early, place="Актовый зал лицея")
    assert card.one.place == "Актовый зал лицея"
    with pytest.raises(Refusal) as refused:
        await moves(hall, early, "2022-05-11 10:00")
    assert refused.value.reason == "roadmap.too-early"
    await moves(hall, late, "2022-05-13 10:00")
    assert await held_on(hall) == date(2022, 5, 13)
    await cancels(hall, late)
    assert await held_on(hall) is None


async def test_a_change_that_moves_nothing_leaves_the_day_that_a_person_chose(hall: Gathering, item: int) -> None:
    guests = [hall.anna.person_id or 0]
    one = await meetings.called(hall.core, hall.leader, hall.clock(), msk(BEGINS), guests, item)
    await hall.core.roadmaps.correct(item, ItemField.HELD_ON, "20.05.2022", by=hall.leader, now=hall.clock())
    await amends(hall, one, title="Семинар")
    assert await held_on(hall) == date(2022, 5, 20)


async def test_a_closed_item_keeps_its_day(hall: Gathering, item: int) -> None:
    guests = [hall.anna.person_id or 0]
    one = await meetings.called(hall.core, hall.leader, hall.clock(), msk(BEGINS), guests, item)
    await hall.core.roadmaps.close(item, "", by=hall.leader, now=hall.clock())
    await moves(hall, one, "2022-05-13 10:00")
    await cancels(hall, one)
    assert await held_on(hall) == date(2022, 5, 12)


async def test_on_new_years_eve_a_meeting_of_january_is_called(hall: Gathering) -> None:
    hall.clock.set("2022-12-31 12:00")
    one = await hall.called("2023-01-01 10:00", hall.anna)
    await moves(hall, one, "2023-01-02 10:00")
    (told,) = about(await hall.goes_on(), hall.anna)
    assert "Было: 1 января, вс, 10:00" in told


# --- Who came, who took over, who looks


async def test_where_somebody_came_it_is_not_moved_to_another_day(hall: Gathering) -> None:
    one = await hall.called("2022-05-06 10:00")
    hall.clock.set("2022-05-06 09:50")
    await hall.core.meeting_door.mark(one, [hall.anna.person_id or 0], came=True, by=hall.leader, now=hall.clock())
    with pytest.raises(Refusal) as refused:
        await moves(hall, one, "2022-05-07 10:00")
    assert refused.value.reason == "meeting.came-already"
    planned = hall.core.meeting_planning.plan(one, "07.05 9-10", 20, 0, by=hall.leader, now=hall.clock())
    with pytest.raises(Refusal) as refused:
        await planned
    assert refused.value.reason == "meeting.came-already"
    card = await moves(hall, one, "2022-05-06 10:30")
    assert (card.one.starts_at, card.turnout.came) == (msk("2022-05-06 10:30"), 1)


async def test_cancelled_when_it_is_over_it_did_not_take_place(hall: Gathering) -> None:
    one = await hall.called("2022-05-06 10:00", hall.anna)
    hall.clock.set("2022-05-06 12:00")
    await hall.goes_on()
    await cancels(hall, one)
    (told,) = about(await hall.goes_on(), hall.anna)
    assert told[0] == f"❌ <b>{meetings.TITLE}</b> не состоялась"


async def test_whoever_takes_over_from_its_leader_leads_it(hall: Gathering, core: Core) -> None:
    async with core.database.transaction() as tx:
        await registry_rows.add_organisation(tx, "institute", "Институт")
    duty = Duty(Role.ORGANISER, organisation="institute")
    pavel = await enrolled(core, PAVEL, duty, now=hall.clock())
    vera = await enrolled(core, VERA, now=hall.clock())
    called = await meetings.called(core, pavel, hall.clock(), msk(BEGINS), [hall.anna.person_id or 0])
    draft = await meetings.drafted(core, pavel, hall.clock(), msk(BEGINS))
    await meetings.choose(core, draft, pavel, hall.clock(), [hall.anna.person_id or 0])
    people = pavel.person_id or 0, vera.person_id or 0
    await core.replacements.replace(*people, by=hall.leader, now=hall.clock())
    heir = replace(vera, duties=frozenset({duty}))
    for one in (called, draft):
        assert (await core.meeting_keeping.card(one, by=heir, now=hall.clock())).one.author_id == vera.person_id
    await core.meeting_calling.preview(draft, by=heir, now=hall.clock())
    card = await core.meeting_keeping.card(called, by=heir, now=hall.clock())
    assert await core.broadcast_keeping.card(card.sent[0].id, by=heir, now=hall.clock())


async def test_of_invitations_by_others_an_organiser_sees_no_report(hall: Gathering, core: Core) -> None:
    async with core.database.transaction() as tx:
        await registry_rows.add_organisation(tx, "institute", "Институт")
    pavel = await enrolled(core, PAVEL, Duty(Role.ORGANISER, organisation="institute"), now=hall.clock())
    one = await meetings.called(core, pavel, hall.clock(), msk(BEGINS), [hall.anna.person_id or 0])
    await meetings.choose(core, one, hall.leader, hall.clock(), [hall.igor.person_id or 0])
    await core.meeting_calling.preview(one, by=hall.leader, now=hall.clock())
    await core.meeting_calling.call(one, by=hall.leader, now=hall.clock())
    seen = [await core.meeting_keeping.card(one, by=by, now=hall.clock()) for by in (pavel, hall.leader)]
    assert [[each.author_id for each in card.sent] for card in seen] == [
        [pavel.person_id],
        [hall.leader.person_id, pavel.person_id],
    ]
