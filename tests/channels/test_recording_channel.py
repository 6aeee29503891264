"""The doubles of ``tests/people.py`` do what the real ones promise."""

import pytest

from domain.guard import NetworkInsideTransactionError
from domain.outbox import ChatAddress, Failure, FailureKind, Outgoing, Sent
from storage.database import Database
from tests.people import RecordingChannel, SettableClock, msk

HELLO = Outgoing(ChatAddress("telegram", 1), "привет")


async def test_recording_channel_takes_messages_in_order_with_their_instants(
    channel: RecordingChannel, clock: SettableClock
) -> None:
    other = Outgoing(ChatAddress("telegram", 2), "всем")
    assert [await channel.send(HELLO), await channel.send(other)] == [Sent("1"), Sent("2")]
    assert channel.tried == [(clock(), HELLO), (clock(), other)]
    assert (channel.texts(1), channel.texts(2)) == (["привет"], ["всем"])


async def test_recording_channel_ends_the_next_attempts_as_it_was_told(channel: RecordingChannel) -> None:
    async def gone(message: Outgoing) -> Failure:
        return Failure(FailureKind.GONE, message.text)

    channel.will(1, Failure(FailureKind.LATER), RuntimeError("сломалось"), gone)
    assert await channel.send(HELLO) == Failure(FailureKind.LATER)
    with pytest.raises(RuntimeError, match="сломалось"):
        await channel.send(HELLO)
    assert await channel.send(HELLO) == Failure(FailureKind.GONE, "привет")
    assert await channel.send(HELLO) == Sent("1")
    assert (len(channel.tried), channel.sent) == (4, [HELLO])


async def test_recording_channel_refuses_to_send_inside_a_transaction(
    channel: RecordingChannel, database: Database
) -> None:
    async with database.transaction():
        with pytest.raises(NetworkInsideTransactionError):
            await channel.send(HELLO)
    assert channel.tried == []


def test_settable_clock_stands_until_it_is_set() -> None:
    clock = SettableClock(msk("2022-03-09 12:00"))
    assert clock() == clock() == msk("2022-03-09 12:00")
    assert clock.set("2022-03-09 09:00") == clock() == msk("2022-03-09 09:00")
    assert clock.advance(minutes=5, seconds=1) == clock() == msk("2022-03-09 09:05:01")
