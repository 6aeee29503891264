"""What a school promised in a visit: said to be done, opened again, taken back; by whom."""

from datetime import date

import pytest

from actions.outbox import Outbox
from bot.core import Core
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from storage import agreed as agreed_rows
from tests.actions.visited import ANNA, NATALYA, SVETLANA, Fieldwork, fieldwork
from tests.people import STRANGER, Look, RecordingChannel, SettableClock, enrolled

STATES = "SELECT done_at IS NOT NULL, done_by, dropped_at IS NOT NULL FROM agreed_action"
PROMISED = 1


@pytest.fixture
async def field(core: Core, clock: SettableClock, marina: Member) -> Fieldwork:
    """Anna's school has promised to bring its site up to date by 15 April."""
    clock.set("2022-03-01 12:00")
    found = await fieldwork(core, clock, marina)
    visit = await found.approved(date(2022, 3, 14))
    clock.set("2022-03-14 15:00")
    await found.reported(visit)
    await core.visit_reviews.accept(visit, 1, by=marina, now=clock())
    return found


async def test_school_says_it_is_done_and_the_curator_hears_of_it_once(
    field: Fieldwork, core: Core, clock: SettableClock, outbox: Outbox, channel: RecordingChannel, look: Look
) -> None:
    for _ in range(2):
        card = await core.agreed_actions.done(PROMISED, by=field.anna, now=clock.advance(minutes=1))
        assert not card.agreed.is_open
    while await outbox.deliver():
        pass
    assert channel.texts(NATALYA.account.account_id)[-1].splitlines() == [
        "✅ Договорённость выполнена: Школа № 7",
        "Обновить сайт — до 15 апреля, пт, завуч",
    ]
    assert len(look.outbox("key LIKE 'agreed:%:done:%'")) == 1
    assert look.rows(STATES) == [(1, field.anna.person_id, 0)]
    async with core.database.read() as tx:
        assert await agreed_rows.count_open(tx, field.schools) == 0


async def test_curator_opens_it_again_and_the_school_hears(
    field: Fieldwork, core: Core, clock: SettableClock, outbox: Outbox, channel: RecordingChannel, look: Look
) -> None:
    await core.agreed_actions.done(PROMISED, by=field.anna, now=clock())
    for _ in range(2):
        await core.agreed_actions.open_again(PROMISED, by=field.natalya, now=clock.advance(minutes=1))
    while await outbox.deliver():
        pass
    assert channel.texts(ANNA.account.account_id)[-1].startswith("⏳ Куратор отметил: ещё не сделано\n")
    assert len(look.outbox("key LIKE 'agreed:%:opened:%'")) == 1
    assert look.rows(STATES) == [(0, None, 0)]


async def test_curator_takes_it_back_for_good(
    field: Fieldwork, core: Core, clock: SettableClock, outbox: Outbox, channel: RecordingChannel, look: Look
) -> None:
    for _ in range(2):
        await core.agreed_actions.drop(PROMISED, by=field.natalya, now=clock.advance(minutes=1))
    while await outbox.deliver():
        pass
    assert channel.texts(ANNA.account.account_id)[-1].startswith("✅ Договорённость снята куратором")
    assert len(look.outbox("key LIKE 'agreed:%:dropped:%'")) == 1
    await core.agreed_actions.done(PROMISED, by=field.anna, now=clock())
    await core.agreed_actions.open_again(PROMISED, by=field.natalya, now=clock())
    assert look.rows(STATES) == [(0, None, 1)]
    assert await core.agreed_actions.of_school(field.schools[0], by=field.anna, now=clock()) == []


async def test_what_is_done_is_not_taken_back(field: Fieldwork, core: Core, clock: SettableClock, look: Look) -> None:
    await core.agreed_actions.done(PROMISED, by=field.anna, now=clock())
    card = await core.agreed_actions.drop(PROMISED, by=field.natalya, now=clock())
    assert card.agreed.dropped_at is None
    assert look.outbox("key LIKE 'agreed:%:dropped:%'") == []


async def test_everybody_does_their_own_part_only(
    field: Fieldwork, core: Core, clock: SettableClock, look: Look
) -> None:
    other = await enrolled(core, SVETLANA, Duty(Role.SCHOOL, field.schools[1]), now=clock())
    use, now = core.agreed_actions, clock()
    for who in (STRANGER, other, field.natalya, field.coordinator):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await use.done(PROMISED, by=who, now=now)
    for who in (STRANGER, other, field.anna, field.coordinator):
        for does in (use.open_again, use.to_drop, use.drop):
            with pytest.raises(Refusal, match=r"access\.refused"):
                await does(PROMISED, by=who, now=now)
    for who in (STRANGER, other):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await use.card(PROMISED, by=who, now=now)
        with pytest.raises(Refusal, match=r"access\.refused"):
            await use.of_school(field.schools[0], by=who, now=now)
    assert look.rows(STATES) == [(0, None, 0)]


async def test_what_is_not_there_is_said_to_those_who_see_everything(
    field: Fieldwork, core: Core, clock: SettableClock
) -> None:
    with pytest.raises(Refusal, match=r"agreed\.gone"):
        await core.agreed_actions.card(99, by=field.coordinator, now=clock())
    with pytest.raises(Refusal, match=r"access\.refused"):
        await core.agreed_actions.card(99, by=field.anna, now=clock())
