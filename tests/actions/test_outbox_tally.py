"""What became of all messages: how many arrived, which did not and why."""

from datetime import timedelta

from actions.outbox import Outbox
from bot.core import Core
from domain.outbox import ChatAddress, Draft, Failure, FailureKind, OutboxState, Recipient
from storage import outbox as outbox_rows
from tests.people import RecordingChannel, SettableClock, msk

EVENING = msk("2022-03-09 20:00")


async def put(core: Core, clock: SettableClock, chat_id: int, text: str) -> None:
    async with core.database.transaction() as tx:
        recipient = Recipient(f"chat:{chat_id}", ChatAddress("telegram", chat_id), frozenset())
        await outbox_rows.put(tx, Draft(text, recipient, text, clock(), EVENING), clock())


async def test_nothing_sent_is_nothing_to_tell(outbox: Outbox) -> None:
    tally = await outbox.tally()
    assert (tally.counts, tally.unsent) == ({}, ())


async def test_tally_counts_states_and_names_what_met_trouble(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock
) -> None:
    for chat_id, text in enumerate(("дошло", "потом", "никогда", "ещё дошло"), start=1):
        await put(core, clock, chat_id, text)
    channel.will(2, Failure(FailureKind.LATER, "нет сети"), Failure(FailureKind.LATER, "нет сети"))
    channel.will(3, Failure(FailureKind.OURS, "слишком длинно"))
    await outbox.deliver()
    clock.advance(seconds=5)
    await outbox.deliver()
    await put(core, clock, 5, "впереди")
    tally = await outbox.tally()
    assert tally.counts == {OutboxState.SENT: 2, OutboxState.PLANNED: 2, OutboxState.FAILED: 1}
    found = [(one.text, one.state, one.reason, one.attempts, one.chat.chat_id) for one in tally.unsent]
    assert found == [("никогда", "failed", "ours", 1, 3), ("потом", "planned", "later", 2, 2)]
    assert tally.unsent[1].due_at == clock() + timedelta(seconds=10)


async def test_what_came_too_late_is_told_with_its_last_trouble(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock
) -> None:
    await put(core, clock, 1, "письмо")
    channel.will(1, Failure(FailureKind.LATER, "нет сети"))
    await outbox.deliver()
    clock.now = EVENING
    await outbox.deliver()
    tally = await outbox.tally()
    assert tally.counts == {OutboxState.EXPIRED: 1}
    assert [(one.state, one.reason) for one in tally.unsent] == [("expired", "later")]


async def test_only_the_latest_are_named(
    core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock
) -> None:
    for number in range(1, 6):
        await put(core, clock, number, f"№ {number}")
        channel.will(number, Failure(FailureKind.OURS))
    await outbox.deliver()
    tally = await outbox.tally(shown=2)
    assert tally.counts == {OutboxState.FAILED: 5}
    assert [one.text for one in tally.unsent] == ["№ 5", "№ 4"]
