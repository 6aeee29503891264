"""A year in which people press everything: each request of the bot is judged by Telegram's own specification."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from rehearsal.person import Person
from rehearsal.region import Post
from rehearsal.spec import Spec, spec_file
from rehearsal.stage import Stage
from rehearsal.world import World
from tests.people import msk
from tests.stories.conftest import played

COMMANDS = (
    *("/menu", "/now", "/month", "/roadmap", "/unclear", "/groups", "/rules", "/help", "/tasks", "/people"),
    "что-то непонятное",
)
STEPS_A_MONTH = 25
OTHERS_STEPS = 4
A_MOMENT = timedelta(seconds=5)
"""Nobody presses faster: the messenger lets a bot say about one message a second to a chat."""


def judge(world: World, spec: Spec | None) -> tuple[Counter[str], list[str]]:
    """Count the requests that were let through and collect what the specification says against them."""
    judged: Counter[str] = Counter()
    problems: list[str] = []

    def audit(method: str, asked: dict[str, object], result: object) -> None:
        judged[method] += 1
        problems.extend([] if spec is None else spec.call(method, asked, result))

    world.audit = audit
    return judged, problems


async def looks_around(who: Person, known: set[str], steps: int) -> None:
    """Press what was never pressed yet, wherever it leads; a command when there is nothing new on the screen."""
    commands = iter(COMMANDS * steps)
    for _ in range(steps):
        who.world.clock.advance(A_MOMENT)
        new = [button for button in who.last(who.private()).buttons if button not in known]
        if not new:
            await who.says(next(commands))
            continue
        known.add(new[0])
        await who.presses(new[0], who.last(who.private()))


@pytest.mark.timeout(120)
async def test_every_request_of_a_year_full_of_presses_is_valid(tmp_path: Path) -> None:
    path = spec_file()
    async with played("2021-11-24 08:30", tmp_path) as (play, stage):
        before = Counter(play.world.calls)
        judged, problems = judge(play.world, Spec(path) if path else None)
        cast = play.cast
        others = [cast.directors[0], cast.of(Post.CURATOR)[0], cast.of(Post.MUNICIPAL)[0], cast.of(Post.ORGANISER)[0]]
        await lives_through(stage, cast.coordinator, others, cast.stranger)
        assert problems == []
        assert +judged == play.world.calls - before
        assert set(judged) >= {"sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates"}
    if path is None:
        pytest.skip("../shared/specs/telegram-bot-api.json is not on this machine: requests were not judged by it")


async def lives_through(stage: Stage, coordinator: Person, others: list[Person], stranger: Person) -> None:
    """Month after month everybody looks around."""
    await stranger.starts()
    known: set[str] = set()
    theirs: dict[Person, set[str]] = {person: set() for person in others}
    while stage.world.clock() < msk("2022-12-02 12:00"):
        await stage.jump_by(timedelta(days=31))
        await looks_around(coordinator, known, STEPS_A_MONTH)
        for person, pressed in theirs.items():
            await looks_around(person, pressed, OTHERS_STEPS)
        await looks_around(stranger, known, 2)
