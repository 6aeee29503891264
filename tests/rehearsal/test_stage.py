"""The stage: the scene is set by the product's own buttons, and every due moment is lived through in order."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.settings import Settings
from rehearsal.chats import Chat
from rehearsal.region import Cast
from rehearsal.stage import TOKEN, Stage, open_stage
from rehearsal.world_server import WorldServer
from tests.laid import a_world, laid
from tests.people import MOSCOW, Look, msk

START = msk("2021-11-24 08:30")


@dataclass
class Scene:
    """An open stage with its cast."""

    stage: Stage
    cast: Cast
    look: Look

    def times(self, chat: Chat) -> list[str]:
        """When the bot said what belongs to the day, Moscow time."""
        said = [one for one in chat.live() if one.sender.is_bot and one.text.startswith("📅 Сегодня")]
        return [f"{one.at.astimezone(MOSCOW):%Y-%m-%d %H:%M}" for one in said]


@asynccontextmanager
async def opened(start: datetime, folder: Path) -> AsyncIterator[Scene]:
    """The scene is set at that moment."""
    region = await laid(start, folder)
    world, settings = region.world, Settings(_env_file=None, bot_token=None)
    async with WorldServer(world) as server, open_stage(world, server.base, folder, settings) as stage:
        await region.goes_on(stage)
        yield Scene(stage, region.cast, Look(folder / "rehearsal.db"))
    assert world.complaints == []


@pytest.fixture
async def scene(folder: Path) -> AsyncIterator[Scene]:
    async with opened(START, folder) as scene:
        yield scene


async def test_scene_is_set_by_the_buttons_that_anybody_would_press(scene: Scene) -> None:
    cast, look = scene.cast, scene.look
    assert look.rows("SELECT chat_id, channel FROM group_chat ORDER BY id") == [
        (cast.project.id, "500+"),
        (cast.vector.id, "ВУ"),
    ]
    coordinators = "SELECT name FROM duty JOIN person ON person.id = person_id WHERE role = 'coordinator'"
    assert look.rows(coordinators) == [("Марина Королёва",)]
    assert look.count("item") == 34
    assert (scene.stage.world.clock() - START) < timedelta(minutes=1)


async def test_next_notice_is_the_next_thing_said_to_anybody(scene: Scene) -> None:
    stage = scene.stage
    found = []
    for _ in range(4):
        found.append(await stage.jump_to_next_notice())
        await stage.world.settle()
    days = ["2021-11-24 09:00", "2021-11-25 09:00", "2021-11-26 09:00", "2021-11-29 08:30"]
    assert found == [msk(day) for day in days]
    assert scene.times(scene.cast.coordinator.private()) == days
    assert scene.times(scene.cast.project) == []


async def test_jump_over_weeks_says_every_day_at_its_own_time(scene: Scene) -> None:
    assert await scene.stage.jump_by(timedelta(days=24)) >= START + timedelta(days=24)
    await scene.stage.world.settle()
    assert scene.times(scene.cast.project) == [
        "2021-12-06 09:00", "2021-12-13 09:00", "2021-12-16 09:00", "2021-12-17 09:00",
    ]  # fmt: skip


async def test_jump_into_the_past_leaves_the_clock_alone(scene: Scene) -> None:
    before = scene.stage.world.clock()
    assert await scene.stage.jump_to(before - timedelta(days=1)) == before


async def test_stage_stays_where_nothing_is_to_be_said(tmp_path: Path) -> None:
    async with opened(msk("2022-12-05 12:00"), tmp_path) as scene:
        await scene.stage.jump_by(timedelta(minutes=1))
        before, calls = scene.stage.world.clock(), scene.stage.world.calls["sendMessage"]
        assert await scene.stage.jump_to_next_notice() == before
        assert scene.stage.world.calls["sendMessage"] == calls


async def test_what_is_put_off_by_an_error_is_tried_again_on_the_way(scene: Scene) -> None:
    stage = scene.stage
    await stage.jump_to(msk("2021-12-06 08:59"))
    stage.world.faults.fail("sendMessage", times=2)
    await stage.jump_to(msk("2021-12-06 12:00"))
    await stage.world.settle()
    assert scene.times(scene.cast.project) == ["2021-12-06 09:00"]
    assert scene.look.rows("SELECT count(*) FROM outbox WHERE state != 'sent'") == [(0,)]


async def test_group_that_was_upgraded_gets_its_notice_at_the_moment_it_was_due(scene: Scene) -> None:
    stage = scene.stage
    await stage.jump_to(msk("2022-01-12 23:00"))
    heir = stage.world.migrate(scene.cast.vector)
    stage.world.bot.queue.clear()
    await stage.jump_to(msk("2022-01-13 12:00"))
    await stage.world.settle()
    assert scene.times(heir) == ["2022-01-13 09:00"]


async def test_jumps_asked_for_at_once_are_made_one_after_another(scene: Scene) -> None:
    start = scene.stage.world.clock()
    async with asyncio.TaskGroup() as jumping:
        for _ in range(3):
            jumping.create_task(scene.stage.jump_by(timedelta(days=1)))
    await scene.stage.world.settle()
    assert scene.stage.world.clock() >= start + timedelta(days=1)
    assert len(scene.times(scene.cast.project)) == len(set(scene.times(scene.cast.project)))


async def test_real_settings_are_left_alone(tmp_path: Path) -> None:
    world = a_world(START)
    real = Settings(_env_file=None, database_url=f"sqlite+aiosqlite:///{tmp_path / 'real.db'}", timezone="Asia/Omsk")
    (folder := tmp_path / "rehearsal").mkdir()
    async with WorldServer(world) as server, open_stage(world, server.base, folder, real) as stage:  # left at once
        assert stage.app.core.settings.timezone == "Asia/Omsk"
        assert stage.app.bot.token == TOKEN
    assert os.listdir(tmp_path) == ["rehearsal"]  # noqa: PTH208  nothing waits on this folder
