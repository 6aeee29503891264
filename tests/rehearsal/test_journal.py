"""A rehearsal is saved to a file and opened again: the same people, the same words, the same moment."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.settings import Settings
from rehearsal.clock import MovableClock
from rehearsal.journal import Beginning, Journal, JournalError, Step, read_journal, replay
from rehearsal.page.page import Page
from rehearsal.refusals import Json
from rehearsal.region import Cast, cast_of
from rehearsal.stage import TOKEN, Stage, open_scene, open_stage
from rehearsal.world import World
from rehearsal.world_server import WorldServer
from texts import Texts

AT = datetime(2022, 3, 9, 5, tzinfo=UTC)


@dataclass
class Play:
    """A rehearsal on its page, whose steps are written down."""

    page: Page
    stage: Stage
    cast: Cast
    journal: Journal

    async def does(self, name: str, **asked: object) -> None:
        """What the browser asks for."""
        at = self.stage.world.clock()
        await self.page.actions_on(self.stage)[name](asked)
        self.journal.keep(at, name, asked)
        await self.stage.world.settle()

    def seen(self) -> list[tuple[int, int, str, list[str]]]:
        """Everything that was said, in each chat in its order; the codes by which people came in are the same too."""
        return sorted((one.chat.id, one.id, one.text, one.buttons) for one in self.stage.world.messages())


@asynccontextmanager
async def played(journal: Journal, folder: Path) -> AsyncIterator[Play]:
    world = World(MovableClock(journal.beginning.at))
    world.add_bot(TOKEN, "roadmap_500_bot", "Дорожная карта")
    page = Page(world, Texts(), Settings(_env_file=None).zone)
    async with (
        WorldServer(world) as server,
        open_stage(world, server.base, folder, Settings(_env_file=None)) as stage,
    ):
        cast = cast_of(world, journal.beginning.people, journal.beginning.schools)
        await open_scene(stage, cast)
        assert await replay(journal.steps, stage, page.actions_on(stage)) == 0
        page.open(stage, cast, journal)
        yield Play(page, stage, cast, journal)


async def test_saved_rehearsal_opens_where_it_was(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    async with played(Journal(Beginning(at=AT)), tmp_path) as play:
        marina, project = play.cast.coordinator, play.cast.project
        await play.stage.jump_by(timedelta(days=1, hours=5))
        await play.does("say", person=marina.id, chat=marina.id, text="/menu")
        menu = marina.last()
        button = menu.button("Помощь")
        assert button is not None
        await play.does("press", person=marina.id, chat=marina.id, message=menu.id, data=button["callback_data"])
        await play.does("say", person=play.cast.directors[0].id, chat=project.id, text="Добрый день")
        await play.stage.jump_by(timedelta(days=7))
        seen, now = play.seen(), play.stage.world.clock()
        saved = play.journal.text(now)
    async with played(read_journal(saved), tmp_path_factory.mktemp("second")) as again:
        assert again.stage.world.clock() == now
        assert again.seen() == seen
        assert again.journal.text(now).splitlines()[:-1] == saved.splitlines()


async def test_step_that_the_bot_no_longer_knows_is_left_out_and_counted(tmp_path: Path) -> None:
    async with played(Journal(Beginning(at=AT)), tmp_path) as play:
        steps = [
            Step(at=AT, do="say", asked={"person": 1, "chat": 1, "text": "x"}),
            Step(at=AT, do="no-such", asked={}),
        ]
        assert await replay(steps, play.stage, play.page.actions_on(play.stage)) == 2


def test_jumps_and_reading_are_not_written_down() -> None:
    journal = Journal(Beginning(at=AT))
    for name in ("jump", "play", "read", "reopen", "restart"):
        journal.keep(AT, name, {})
    assert journal.steps == []


def test_file_grows_with_every_step_and_the_one_before_it_stays_beside(tmp_path: Path) -> None:
    file = tmp_path / "rehearsal.jsonl"
    first = Journal(Beginning(at=AT))
    first.keep_in(file)
    first.keep(AT, "say", {"text": "Здравствуйте"})
    assert read_journal(file.read_text(encoding="utf-8")).steps == first.steps
    Journal(Beginning(at=AT, people=30)).keep_in(file)
    assert read_journal(file.read_text(encoding="utf-8")).beginning.people == 30
    kept = tmp_path / "rehearsal.previous.jsonl"
    assert read_journal(kept.read_text(encoding="utf-8")).steps == first.steps


BEGINNING = '{"rehearsal":1,"at":"2022-03-09T05:00:00Z","people":25,"schools":8}\n'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("{}", 1),
        ("not json", 1),
        ('{"rehearsal":2,"at":"2022-03-09T05:00:00Z"}', 1),
        ('{"rehearsal":1,"at":"2022-03-09T05:00:00"}', 1),
        ('{"rehearsal":1,"at":"2022-03-09T05:00:00Z","people":100000}', 1),
        (BEGINNING + "{}\n", 2),
        (BEGINNING + '{"at":"2022-03-09T06:00:00Z","do":"wait","asked":{}}\n[1]\n', 3),
    ],
)
def test_file_that_is_no_saved_rehearsal_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(JournalError) as refused:
        read_journal(text)
    assert refused.value.line == line


def test_last_line_that_was_cut_off_is_left_out() -> None:
    step = '{"at":"2022-03-09T06:00:00Z","do":"wait","asked":{}}'
    assert len(read_journal(f"{BEGINNING}{step}\n{step[:20]}").steps) == 1
    assert len(read_journal(f"{BEGINNING}{step}\n{step}").steps) == 2


async def test_silences_are_not_waited_for_again(tmp_path: Path) -> None:
    async with played(Journal(Beginning(at=AT)), tmp_path) as play:
        steps = [
            Step(at=AT, do="trouble", asked={"kind": "silence", "times": 100}),
            Step(at=AT + timedelta(days=1), do="wait"),
        ]
        async with asyncio.timeout(5):
            assert await replay(steps, play.stage, play.page.actions_on(play.stage)) == 0
        assert not play.stage.world.faults.hurried


async def test_page_gives_the_file_and_asks_for_another_rehearsal(tmp_path: Path) -> None:
    async with played(Journal(Beginning(at=AT)), tmp_path) as play:
        saving, table = play.page.saving, play.page.actions_on(play.stage)
        await table["restart"]({"at": "2022-05-30T08:00", "people": 30, "schools": 9})
        wanted = await saving.wanted()
        assert wanted.beginning == Beginning(at=datetime(2022, 5, 30, 5, tzinfo=UTC), people=30, schools=9)
        await table["reopen"]({"text": wanted.text()})
        assert (await saving.wanted()).beginning == wanted.beginning
        hostile: list[tuple[str, Json]] = [
            ("reopen", {"text": "<script>"}),
            ("restart", {"at": "вчера", "people": 30, "schools": 9}),
            ("restart", {"at": "2022-05-30T08:00", "people": 3, "schools": 9}),
        ]
        for name, asked in hostile:
            with pytest.raises(ValueError):  # noqa: PT011  which one does not matter: the page says 400
                await table[name](asked)
