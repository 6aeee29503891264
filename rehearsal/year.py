"""The year without a page, as fast as it goes: what every person and every group got."""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.settings import Settings
from domain.forecast import SaidLine
from rehearsal.clock import MovableClock
from rehearsal.journal import Beginning
from rehearsal.region import Cast, Post, cast_of
from rehearsal.stage import TOKEN, Stage, open_scene, open_stage
from rehearsal.world import World
from rehearsal.world_server import WorldServer
from reports.year import Got
from texts import Texts

_EVENING = time(23, 59)


@dataclass(frozen=True, slots=True)
class Year:
    """What came of a year: everything that arrived, oldest first, and how many requests the bot made."""

    got: list[Got]
    calls: Counter[str]
    complaints: list[str]


async def play_year(
    beginning: Beginning, settings: Settings, texts: Texts, watch: Callable[[World], None] | None = None
) -> Year:
    """Play from the beginning to the last day of the roadmap's year, nobody pressing anything.

    ``watch`` sees the world before the bot starts. The bot talks over HTTP to the stand-in on loopback, as always.
    """
    world = World(MovableClock(beginning.at))
    world.add_bot(TOKEN, "roadmap_500_bot", texts.plain("rehearsal.bot-name"))
    if watch is not None:
        watch(world)
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder:
        async with WorldServer(world) as server, open_stage(world, server.base, Path(folder), settings) as stage:
            cast = cast_of(world, beginning.people, beginning.schools)
            await open_scene(stage, cast)
            await world.settle()
            opened = world.next_order()
            last = date(max(one.roadmap.year for one in await stage.app.core.roadmaps.all()), 12, 31)
            await stage.jump_to(datetime.combine(last, _EVENING, settings.zone).astimezone(UTC))
            await world.settle()
            lines = await stage.app.core.outlook.said(beginning.at.date(), last)
            names = await _names(stage, cast)
            got = list(_got(world, opened, lines, names, settings.zone))
            return Year(got, world.calls.copy(), world.complaints)


def _got(world: World, opened: int, said: list[SaidLine], names: dict[int, str], zone: ZoneInfo) -> Iterator[Got]:
    items: dict[tuple[int, str], set[int]] = defaultdict(set)
    for line in said:
        items[line.chat.chat_id, line.message_id].add(line.item)
    for one in world.messages():
        if one.order > opened and one.sender.is_bot and one.service is None:
            about = tuple(sorted(items[one.chat.id, str(one.id)]))
            yield Got(one.at.astimezone(zone), names[one.chat.id], about, one.text, tuple(one.buttons))


async def _names(stage: Stage, cast: Cast) -> dict[int, str]:
    """Chat id → address: ``group:<channel>`` or ``person:<role>:<place>``, numbered where that is shared."""
    names = {one.chat.chat_id: f"group:{one.channel}" for one in await stage.app.core.groups.known()}
    shared: Counter[str] = Counter()
    for person, part in cast.parts.items():
        role = part.post.role or Post.STRANGER.value
        name = f"person:{role}:{part.place}"
        shared[name] += 1
        names[person.id] = name if shared[name] == 1 else f"{name}:{shared[name]}"
    return names
