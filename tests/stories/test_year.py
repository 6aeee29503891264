"""The year of the roadmap, lived through day by day with nobody pressing anything."""

import re
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.forecast import Forecast
from rehearsal.messages import Message
from tests.people import MOSCOW, msk
from tests.stories.conftest import MORNING, Play, local, played

NUMBER = re.compile(r"^[⏳⚠️]+ п\. (\d+) ", re.MULTILINE)
FIRST, LAST = date(2021, 11, 25), date(2022, 12, 1)


def merged(lines: list[Forecast], to: str) -> list[tuple[str, list[int]]]:
    """The forecast of one address as one message a day: its local time and the items it names."""
    days: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        if line.to == to:
            days[f"{line.at.astimezone(MOSCOW):%Y-%m-%d %H:%M}"].append(line.item)
    return sorted((at, sorted(items)) for at, items in days.items())


def heard(play: Play, messages: list[Message]) -> list[tuple[str, list[int]]]:
    """What came: the local time and the items named."""
    return [(local(one), sorted(map(int, NUMBER.findall(one.text)))) for one in messages]


@pytest.mark.timeout(120)
async def test_what_each_group_hears_in_a_year_is_what_was_forecast(tmp_path: Path) -> None:
    async with played("2021-11-24 08:30", tmp_path) as (play, stage):
        lines = await stage.app.core.outlook.forecast(FIRST, LAST)
        await stage.jump_to(msk("2022-12-01 23:00"))
        cast = play.cast
        for group, address in ((cast.project, "group:500+"), (cast.vector, "group:ВУ")):
            said = play.said(group)
            assert heard(play, said) == merged(lines, address)
            assert [one for one in said if not one.text.startswith(MORNING)] == []
        everything = [one for one in play.world.messages() if one.sender.is_bot and one.service is None]
        by_itself = [one for one in everything if one.at > msk("2021-11-24 09:00")]
        assert len(by_itself) > 150
        assert {one.at.astimezone(MOSCOW).hour for one in by_itself} <= set(range(8, 20))
        mornings = [(one.chat.id, one.at.date()) for one in by_itself if one.text.startswith(MORNING)]
        assert len(mornings) == len(set(mornings))
        assert play.look.outbox("state NOT IN ('sent', 'withdrawn')") == []
        offers = [one for one in play.said(cast.coordinator.private()) if "завершена" in one.text]
        assert [local(one) for one in offers] == ["2022-12-01 08:30"]


async def test_after_the_last_deadline_nobody_hears_anything_but_the_offer(tmp_path: Path) -> None:
    async with played("2022-12-01 08:00", tmp_path) as (play, stage):
        known = len(play.world.messages())
        await stage.jump_by(timedelta(days=60))
        assert [one.text.split("\n")[0] for one in play.world.messages()[known:]] == [
            "📅 Дорожная карта на 2022 год завершена: последний срок был 30 ноября."
        ]


async def test_year_ends_and_the_january_holidays_are_kept(tmp_path: Path) -> None:
    async with played("2021-12-28 18:00", tmp_path) as (play, stage):
        lines = await stage.app.core.outlook.forecast(date(2021, 12, 29), date(2022, 1, 20))
        await stage.jump_to(msk("2022-01-20 21:00"))
        found = heard(play, play.said(play.cast.project))
        assert found == merged(lines, "group:500+")
        assert found[:1] == [("2021-12-29 09:00", [7])]
        days = {at[:10] for at, _ in found}
        assert days & {f"2022-01-{day:02}" for day in range(1, 10)} == set()
        assert "2021-12-31" not in days
        own = {at[:10] for at, _ in play.mornings(play.cast.coordinator.private())}
        assert own & ({f"2022-01-{day:02}" for day in range(1, 10)} | {"2021-12-31"}) == set()
