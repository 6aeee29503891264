"""What is said past the outbox takes its places among the answers of handlers."""

from channels.aside import Aside
from channels.limiter import Limiter
from domain.outbox import ChatAddress, OutFile, Outgoing, Sent
from tests.people import RecordingChannel, SettableClock


async def test_it_goes_at_once_and_is_counted(channel: RecordingChannel, clock: SettableClock) -> None:
    limiter = Limiter(clock)
    message = Outgoing(ChatAddress("telegram", 1), "▓▓░░ 50 %", edits="7")
    assert await Aside(channel, limiter).send(message) == Sent("1")
    assert channel.sent == [message]
    assert (limiter.answers(), limiter.answers(is_bulk=True)) == (1, 2)


async def test_each_message_of_an_album_is_counted(channel: RecordingChannel, clock: SettableClock) -> None:
    limiter = Limiter(clock)
    files = (OutFile("p1", is_photo=True), OutFile("p2", is_photo=True))
    await Aside(channel, limiter).send(Outgoing(ChatAddress("telegram", 1), "да", files=files))
    assert limiter.answers() == 3
