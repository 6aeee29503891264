"""The whole product over HTTP against the stand-in, with a clock that is moved."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.settings import Settings
from rehearsal.chats import Chat
from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.region import Cast, cast_of
from rehearsal.stage import Stage, open_stage
from rehearsal.world import World
from rehearsal.world_server import WorldServer
from tests.conftest import database_url
from tests.laid import a_world, laid
from tests.people import MOSCOW, Look, msk
from tests.stories import processes
from tests.stories.processes import Server, process

pytest.register_assert_rewrite("tests.stories.item_20_before", "tests.stories.item_20_after")
pytest.register_assert_rewrite("tests.stories.visits", "tests.stories.visits_planned", "tests.stories.visits_held")

MORNING = "📅 Сегодня, "


@dataclass
class Play:
    """A world with its server; the bot in it is started and stopped as the story needs."""

    world: World
    base: str
    folder: Path
    cast: Cast
    running: AsyncExitStack = field(default_factory=AsyncExitStack)
    stage: Stage = field(init=False)
    """The one that runs, or ran last."""

    async def starts(self) -> Stage:
        """The bot starts over the same database."""
        settings = Settings(_env_file=None, bot_token=None)
        stage = await self.running.enter_async_context(open_stage(self.world, self.base, self.folder, settings))
        self.stage = stage
        return stage

    async def stops(self) -> None:
        """The bot stops, as it does at a signal."""
        await self.running.aclose()

    @property
    def look(self) -> Look:
        """The committed rows."""
        return Look(self.folder / "rehearsal.db")

    def said(self, chat: Chat) -> list[Message]:
        """What the bot said in a chat by itself and in answers, oldest first; a group's upgrade is looked through."""
        now = getattr(chat, "now", chat)
        return [one for one in now.live() if one.sender.is_bot and one.service is None]

    def mornings(self, chat: Chat) -> list[tuple[str, str]]:
        """(local time, text) of the messages of the day."""
        return [(local(one), one.text) for one in self.said(chat) if one.text.startswith(MORNING)]


async def goes(who: Person, *buttons: str) -> None:
    """Somebody presses buttons one after another in their private chat."""
    for button in buttons:
        await who.presses(button, chat=who.private())


def local(message: Message) -> str:
    """When a message came, Moscow time."""
    return f"{message.at.astimezone(MOSCOW):%Y-%m-%d %H:%M}"


@asynccontextmanager
async def empty(start: str, folder: Path) -> AsyncIterator[tuple[Play, Stage]]:
    """From a Moscow time on: the bot runs, the order is loaded, nobody has come in yet."""
    world = a_world(msk(start))
    async with _on(world, folder, cast_of(world)) as play:
        yield play, await play.starts()


@asynccontextmanager
async def played(start: str, folder: Path) -> AsyncIterator[tuple[Play, Stage]]:
    """From a Moscow time on: everybody is in but the last school's team and the stranger, both groups are bound."""
    region = await laid(msk(start), folder)
    async with _on(region.world, folder, region.cast) as play:
        await region.goes_on(await play.starts())
        yield play, play.stage


@asynccontextmanager
async def _on(world: World, folder: Path, cast: Cast) -> AsyncIterator[Play]:
    async with WorldServer(world) as server:
        play = Play(world, server.base, folder, cast)
        try:
            yield play
        finally:
            await play.stops()
    assert world.complaints == []


@pytest.fixture
def now() -> datetime:
    """The wall clock, for stories with real processes."""
    return datetime.now(UTC)  # noqa: TID251


@pytest.fixture(scope="module")
def server_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    words = ("rehearsal.server", "--no-flood", "--token", processes.TOKEN)
    with process(*words, folder=tmp_path_factory.mktemp("server")) as running:
        assert running.stdout is not None
        yield Server(running.stdout.readline().strip())


@pytest.fixture
def server(server_process: Server) -> Server:
    server_process.ask("reset")
    return server_process


@pytest.fixture
def environment(server: Server, database_file: Path, now: datetime) -> dict[str, str]:
    """A deployment in whose zone it is about noon, so that nobody is asleep."""
    ahead = 12 - now.hour
    zone = "Etc/UTC" if ahead == 0 else f"Etc/GMT{-ahead:+d}"
    return {
        "BOT_TOKEN": processes.TOKEN,
        "TELEGRAM_API": server.base,
        "DATABASE_URL": database_url(database_file),
        "TIMEZONE": zone,
    }
