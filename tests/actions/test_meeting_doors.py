"""The door of a meeting: by a code, by a button, by the list; who may come through it, and how often they may try."""

import asyncio
from datetime import date, timedelta

import pytest

from bot.core import Core, build_core
from bot.settings import Settings
from domain.meeting import CameBy, Coming
from domain.meeting_door import DoorBy, DoorFor
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from tests.actions.met import START, Met, met
from tests.meetings import called
from tests.people import IGOR, PAVEL, STRANGER, Look, SettableClock, comes_in, enrolled, msk

CAME = "SELECT person_id, came_by FROM meeting_guest WHERE came_at IS NOT NULL ORDER BY person_id"
TRIES = "SELECT tries FROM meeting_guest WHERE person_id = ?"


@pytest.fixture
async def meeting(core: Core, clock: SettableClock, marina: Member) -> Met:
    return await met(core, clock, marina)


def wrong(code: str) -> str:
    """Another code."""
    return f"{(int(code) + 1) % 10_000:04}"


async def test_whoever_types_the_code_has_come_once(meeting: Met, core: Core, clock: SettableClock, look: Look) -> None:
    code, olga = await meeting.opens(), meeting.teams[0][0]
    assert (len(code), code.isdigit()) == (4, True)
    arrival = await core.meeting_arrivals.unasked(f" {code[:2]} {code[2:]} ", by=olga, now=clock())
    assert arrival is not None
    assert (arrival.at, arrival.other, arrival.kept and arrival.kept.item.number) == (clock(), "", 10)
    first = clock()
    clock.advance(minutes=1)
    again = await core.meeting_arrivals.typed(meeting.meeting, code, by=olga, now=clock())
    pressed = await core.meeting_arrivals.press(meeting.meeting, by=olga, now=clock())
    assert (again.at, pressed.at) == (first, first)
    assert look.rows(CAME) == [(olga.person_id, "code")]
    assert look.rows("SELECT count(*) FROM audit WHERE deed = 'meeting-came'") == [(1,)]


async def test_what_is_no_code_is_nobody_s_business(meeting: Met, core: Core, clock: SettableClock) -> None:
    olga = meeting.teams[0][0]
    assert await core.meeting_arrivals.unasked("4827", by=olga, now=clock()) is None
    await meeting.opens()
    for text in ("привет", "48271", "482", "48.27", ""):
        assert await core.meeting_arrivals.unasked(text, by=olga, now=clock()) is None
        with pytest.raises(Refusal, match=r"meeting_door\.no-code"):
            await core.meeting_arrivals.typed(meeting.meeting, text, by=olga, now=clock())
    assert (await meeting.guest(olga)).guest.tries == 0


async def test_five_wrong_codes_and_then_whoever_leads(meeting: Met, core: Core, clock: SettableClock) -> None:
    code, olga = await meeting.opens(), meeting.teams[0][0]
    for left in (4, 3, 2, 1):
        with pytest.raises(Refusal, match=r"meeting_door\.wrong-code") as found:
            await core.meeting_arrivals.unasked(wrong(code), by=olga, now=clock())
        assert found.value.details == {"left": left}
    for text in (wrong(code), wrong(code), code):
        with pytest.raises(Refusal, match=r"meeting_door\.too-many"):
            await core.meeting_arrivals.unasked(text, by=olga, now=clock())
    with pytest.raises(Refusal, match=r"meeting_door\.too-many"):
        await core.meeting_arrivals.press(meeting.meeting, by=olga, now=clock())
    assert (await meeting.guest(olga)).guest.tries == 5
    await meeting.marks(olga)
    assert (await meeting.guest(olga)).guest.came_by is CameBy.LIST


async def test_two_people_with_their_last_try_at_once(meeting: Met, core: Core, clock: SettableClock) -> None:
    code, (olga, inna) = await meeting.opens(), meeting.teams[0]
    for who in (olga, inna):
        for _ in range(4):
            with pytest.raises(Refusal, match=r"wrong-code"):
                await core.meeting_arrivals.unasked(wrong(code), by=who, now=clock())
    tries = [(olga, code), (olga, wrong(code)), (inna, wrong(code)), (inna, wrong(code)), (inna, code)]
    results = await asyncio.gather(
        *(core.meeting_arrivals.unasked(text, by=who, now=clock()) for who, text in tries), return_exceptions=True
    )
    assert [type(one).__name__ for one in results] == ["Arrival", "Arrival", "Refusal", "Refusal", "Refusal"]
    assert (await meeting.guest(olga)).guest.came_by is CameBy.CODE
    assert ((await meeting.guest(inna)).guest.came_at, (await meeting.guest(inna)).guest.tries) == (None, 5)


async def test_the_button_goes_to_whoever_has_not_come(
    meeting: Met, core: Core, clock: SettableClock, look: Look
) -> None:
    olga, inna = meeting.teams[0]
    await meeting.marks(olga)
    assert await meeting.opens(DoorBy.BUTTON) == ""
    rows = look.rows("SELECT person_id, due_at, expires_at FROM outbox WHERE key LIKE 'meeting-door:%' ORDER BY id")
    assert {row[0] for row in rows} == {one.person_id for team in meeting.teams for one in team} - {olga.person_id}
    assert {row[1] for row in rows} == {"2022-03-10 06:55:00.000000"}
    assert {row[2] for row in rows} == {"2022-03-10 07:10:00.000000"}
    await meeting.opens(DoorBy.BUTTON, DoorFor.THIRTY)
    assert len(look.outbox("key LIKE 'meeting-door:%'")) == 3
    arrival = await core.meeting_arrivals.press(meeting.meeting, by=inna, now=clock())
    assert arrival.at == clock()
    assert look.rows(CAME) == [(olga.person_id, "list"), (inna.person_id, "button")]


async def test_late_presses_get_a_sentence(meeting: Met, core: Core, clock: SettableClock, look: Look) -> None:
    olga = meeting.teams[0][0]
    with pytest.raises(Refusal, match=r"meeting_door\.not-open"):
        await core.meeting_arrivals.press(meeting.meeting, by=olga, now=clock())
    await meeting.opens(DoorBy.BUTTON)
    view = await core.meeting_door.shut(meeting.meeting, by=meeting.marina, now=clock())
    assert not view.is_open
    await core.meeting_door.shut(meeting.meeting, by=meeting.marina, now=clock())
    assert {state for _, state in look.outbox("key LIKE 'meeting-door:%'")} == {"withdrawn"}
    with pytest.raises(Refusal, match=r"meeting_door\.shut"):
        await core.meeting_arrivals.press(meeting.meeting, by=olga, now=clock())
    assert look.rows("SELECT deed FROM audit WHERE deed LIKE 'meeting-%t' ORDER BY id") == [("meeting-shut",)]
    code = await meeting.opens()
    clock.advance(minutes=15)
    with pytest.raises(Refusal, match=r"meeting_door\.shut"):
        await core.meeting_arrivals.typed(meeting.meeting, code, by=olga, now=clock())
    assert await core.meeting_arrivals.unasked(code, by=olga, now=clock()) is None
    assert await meeting.opens() != ""
    assert (await meeting.guest(olga)).guest.came_at is None


async def test_a_code_asked_for_before_the_button_took_its_place(
    meeting: Met, core: Core, clock: SettableClock, look: Look
) -> None:
    code, (olga, _) = await meeting.opens(), meeting.teams[0]
    assert (await core.meeting_arrivals.press(meeting.meeting, by=olga, now=clock())).at is None
    await meeting.opens(DoorBy.BUTTON)
    assert (await core.meeting_arrivals.typed(meeting.meeting, code, by=olga, now=clock())).at == clock()
    assert look.rows(CAME) == [(olga.person_id, "button")]


async def test_another_day_has_a_door_of_its_own(meeting: Met, core: Core, clock: SettableClock, look: Look) -> None:
    code, olga = await meeting.opens(span=DoorFor.END), meeting.teams[0][0]
    await core.meeting_moves.move(meeting.meeting, START + timedelta(minutes=20), by=meeting.marina, now=clock())
    assert await meeting.opens() == code
    await meeting.opens(DoorBy.BUTTON)
    await core.meeting_moves.move(meeting.meeting, START + timedelta(days=7), by=meeting.marina, now=clock())
    with pytest.raises(Refusal, match=r"meeting_door\.not-open"):
        await core.meeting_arrivals.press(meeting.meeting, by=olga, now=clock())
    assert look.rows("SELECT count(*) FROM outbox WHERE key LIKE 'meeting-door:%' AND state = 'planned'") == [(0,)]


async def test_whoever_came_instead_has_come_instead_when_it_begins_later(
    meeting: Met, core: Core, clock: SettableClock
) -> None:
    clock.set("2022-03-10 09:00")
    olga, inna = meeting.teams[0]
    for who in (olga, inna):
        await core.meeting_answers.answer(meeting.meeting, Coming.OTHER, "Вера Сизова", by=who, now=clock())
    clock.set("2022-03-10 09:55")
    await core.meeting_arrivals.unasked(await meeting.opens(), by=olga, now=clock())
    await core.meeting_moves.move(meeting.meeting, START + timedelta(minutes=20), by=meeting.marina, now=clock())
    came, asked_anew = (await meeting.guest(olga)).guest, (await meeting.guest(inna)).guest
    assert (came.coming, came.other, asked_anew.coming) == (Coming.OTHER, "Вера Сизова", None)


async def test_the_code_stays_while_the_door_is_open(meeting: Met, clock: SettableClock) -> None:
    code = await meeting.opens(span=DoorFor.TEN)
    clock.advance(minutes=5)
    assert await meeting.opens(span=DoorFor.END) == code
    view = await meeting.core.meeting_door.look(meeting.meeting, by=meeting.marina, now=clock())
    assert view.card.one.door_closes == START + timedelta(minutes=90)
    assert await meeting.opens(DoorBy.BUTTON) == ""
    assert await meeting.opens() != ""


async def test_the_door_is_opened_from_half_an_hour_before_to_the_end_of_the_day(
    meeting: Met, clock: SettableClock
) -> None:
    for text, why in (
        ("2022-03-10 09:29", "early"),
        ("2022-03-10 09:30", None),
        ("2022-03-10 23:59", None),
        ("2022-03-11 00:00", "day-over"),
    ):
        clock.set(text)
        if why is None:
            await meeting.opens(span=DoorFor.TEN)
            continue
        with pytest.raises(Refusal, match=rf"meeting_door\.{why}"):
            await meeting.opens()
    await meeting.marks(meeting.teams[0][0])  # by the list also afterwards


async def test_a_door_open_at_midnight(core: Core, clock: SettableClock, marina: Member, look: Look) -> None:
    found = await met(core, clock, marina)
    late = await called(core, marina, clock(), msk("2022-03-10 23:30"))
    clock.set("2022-03-10 23:55")
    view = await core.meeting_door.open(late, DoorBy.BUTTON, DoorFor.FIFTEEN, by=marina, now=clock())
    assert (view.told, look.outbox("key LIKE 'meeting-door:%'")) == (0, [])
    clock.set("2022-03-11 00:05")
    olga, inna = found.teams[0]
    assert (await core.meeting_arrivals.press(late, by=olga, now=clock())).at == clock()
    view = await core.meeting_door.open(late, DoorBy.CODE, DoorFor.END, by=marina, now=clock())
    assert view.card.one.door_closes == msk("2022-03-11 01:00")
    clock.set("2022-03-11 00:59")
    assert await core.meeting_arrivals.unasked(view.card.one.code, by=inna, now=clock()) is not None
    clock.set("2022-03-11 01:00")
    with pytest.raises(Refusal, match=r"meeting_door\.day-over"):
        await core.meeting_door.open(late, DoorBy.CODE, DoorFor.END, by=marina, now=clock())


async def test_two_open_meetings_have_two_codes(core: Core, clock: SettableClock, marina: Member) -> None:
    first = await met(core, clock, marina)
    second = await called(core, marina, clock(), START)
    code = await first.opens()
    view = await core.meeting_door.open(second, DoorBy.CODE, DoorFor.FIFTEEN, by=marina, now=clock())
    other, olga = view.card.one.code, first.teams[0][0]
    assert code != other
    arrival = await core.meeting_arrivals.typed(first.meeting, other, by=olga, now=clock())
    assert arrival.one.id == second
    text = next(one for one in ("0000", "1111", "2222") if one not in (code, other))
    with pytest.raises(Refusal, match=r"wrong-code"):
        await core.meeting_arrivals.unasked(text, by=olga, now=clock())
    assert (await first.guest(olga)).guest.tries == 1  # counted where she is still awaited


async def test_a_restart_leaves_the_door_open(meeting: Met, settings: Settings, clock: SettableClock) -> None:
    code = await meeting.opens()
    again = build_core(settings)
    try:
        view = await again.meeting_door.look(meeting.meeting, by=meeting.marina, now=clock())
        assert (view.is_open, view.card.one.code) == (True, code)
        assert await again.meeting_arrivals.unasked(code, by=meeting.teams[0][0], now=clock()) is not None
    finally:
        await again.database.close()
    assert (await meeting.guest(meeting.teams[0][0])).guest.came_by is CameBy.CODE


async def test_a_participant_comes_without_an_invitation(
    core: Core, clock: SettableClock, marina: Member, look: Look
) -> None:
    pavel = await comes_in(core, PAVEL, clock())
    meeting = await met(core, clock, marina)
    igor = await enrolled(core, IGOR, Duty(Role.CURATOR, meeting.schools[0]), now=clock())
    code = await meeting.opens()
    for who in (igor, pavel):
        with pytest.raises(Refusal, match=r"meeting_door\.not-invited"):
            await core.meeting_arrivals.press(meeting.meeting, by=who, now=clock())
    with pytest.raises(Refusal, match=r"wrong-code"):
        await core.meeting_arrivals.unasked(wrong(code), by=igor, now=clock())
    view = await core.meeting_door.look(meeting.meeting, by=marina, now=clock())
    assert len(view.card.guests) == 4  # a try makes nobody a guest
    assert await core.meeting_answers.mine(by=igor, now=clock()) == []
    with pytest.raises(Refusal, match=r"meeting_guest\.not-yours"):
        await core.meeting_answers.card(meeting.meeting, by=igor, now=clock())
    assert (await core.own_data.look(by=igor, now=clock())).meetings == ()
    assert await core.meeting_arrivals.unasked(code, by=igor, now=clock()) is not None
    view = await core.meeting_door.look(meeting.meeting, by=marina, now=clock())
    assert (view.uninvited, view.card.turnout.came, view.card.turnout.invited) == (1, 1, 4)
    assert look.rows(TRIES, igor.person_id) == [(1,)]


async def test_nobody_guesses_the_code_of_a_meeting_they_are_not_invited_to(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    meeting = await met(core, clock, marina)
    igor = await enrolled(core, IGOR, Duty(Role.CURATOR, meeting.schools[0]), now=clock())
    code = await meeting.opens()
    for _ in range(5):
        with pytest.raises(Refusal):
            await core.meeting_arrivals.unasked(wrong(code), by=igor, now=clock())
    with pytest.raises(Refusal, match=r"meeting_door\.too-many"):
        await core.meeting_arrivals.unasked(code, by=igor, now=clock())


async def test_strangers_learn_nothing(meeting: Met, core: Core, clock: SettableClock) -> None:
    code = await meeting.opens()
    for why in (
        core.meeting_arrivals.unasked(code, by=STRANGER, now=clock()),
        core.meeting_arrivals.unasked("0", by=STRANGER, now=clock()),
        core.meeting_arrivals.press(meeting.meeting, by=STRANGER, now=clock()),
        core.meeting_arrivals.typed(meeting.meeting, code, by=STRANGER, now=clock()),
        core.meeting_door.look(meeting.meeting, by=STRANGER, now=clock()),
    ):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await why


async def test_only_whoever_leads_opens_it(meeting: Met, core: Core, clock: SettableClock) -> None:
    olga = meeting.teams[0][0]
    organiser = await enrolled(core, IGOR, Duty(Role.ORGANISER, organisation="department"), now=clock())
    for who, why in ((olga, "access.refused"), (organiser, "meeting.gone")):
        for refused in (
            core.meeting_door.look(meeting.meeting, by=who, now=clock()),
            core.meeting_door.open(meeting.meeting, DoorBy.CODE, DoorFor.TEN, by=who, now=clock()),
            core.meeting_door.shut(meeting.meeting, by=who, now=clock()),
            core.meeting_door.mark(meeting.meeting, [1], came=True, by=who, now=clock()),
            core.meeting_papers.attendance(meeting.meeting, by=who, now=clock()),
        ):
            with pytest.raises(Refusal, match=why):
                await refused


async def test_whoever_comes_instead_is_checked_in_by_the_invited(
    meeting: Met, core: Core, clock: SettableClock
) -> None:
    clock.set("2022-03-10 09:00")
    olga = meeting.teams[0][0]
    await core.meeting_answers.answer(meeting.meeting, Coming.OTHER, "Вера Сизова, завуч", by=olga, now=clock())
    clock.set("2022-03-10 09:55")
    await meeting.opens(DoorBy.BUTTON)
    arrival = await core.meeting_arrivals.press(meeting.meeting, by=olga, now=clock())
    assert arrival.other == "Вера Сизова, завуч"
    made = await core.meeting_papers.attendance(meeting.meeting, by=meeting.marina, now=clock())
    (line,) = made.paper.came
    assert (line.name, line.instead_of, line.by) == ("Вера Сизова, завуч", "Ольга Лебедева", CameBy.BUTTON)


async def test_of_somebody_on_leave_the_deputy_is_there(
    meeting: Met, core: Core, clock: SettableClock, look: Look
) -> None:
    clock.set("2022-03-10 08:00")
    olga, inna = meeting.teams[0]
    days = date(2022, 3, 10), date(2022, 3, 12)
    await core.leaves.arrange(olga.person_id or 0, *days, inna.person_id or 0, by=meeting.marina, now=clock())
    alone = await called(core, meeting.marina, clock(), START, [olga.person_id or 0])
    clock.set("2022-03-10 10:00")
    await core.meeting_door.open(alone, DoorBy.BUTTON, DoorFor.TEN, by=meeting.marina, now=clock())
    told = look.rows("SELECT person_id FROM outbox WHERE key LIKE ?", f"meeting-door:{alone}:%")
    assert told == [(inna.person_id,)]
    deputy = await core.people.member(inna.account, now=clock())
    arrival = await core.meeting_arrivals.press(alone, by=deputy, now=clock())
    assert (arrival.at, arrival.other) == (clock(), "Инна Белова")
    made = await core.meeting_papers.attendance(alone, by=meeting.marina, now=clock())
    assert [(one.name, one.instead_of) for one in made.paper.came] == [("Инна Белова", "Ольга Лебедева")]
    await core.own_data.erase(by=deputy, now=clock())
    made = await core.meeting_papers.attendance(alone, by=meeting.marina, now=clock())
    nobody = f"участник № {inna.person_id}"  # erased, they are not taken for whoever was invited
    assert [(one.name, one.instead_of) for one in made.paper.came] == [(nobody, "Ольга Лебедева")]
