"""The bot is down, the network is bad, a group changes its id: what people hear all the same."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from rehearsal.faults import Faults
from rehearsal.stage import Stage
from tests.people import MOSCOW, msk
from tests.stories.conftest import Play, goes, played


async def days_of(stage: Stage, to: str, first: date, last: date) -> list[date]:
    """The days on which an address is told something."""
    lines = await stage.app.core.outlook.forecast(first, last)
    return sorted({line.at.astimezone(MOSCOW).date() for line in lines if line.to == to})


async def test_bot_that_was_down_for_two_days_says_nothing_stale(tmp_path: Path) -> None:
    async with played("2022-03-21 20:30", tmp_path) as (play, stage):
        project, marina = play.cast.project, play.cast.coordinator.private()
        for address in ("group:500+", "role:coordinator"):
            days = await days_of(stage, address, date(2022, 3, 22), date(2022, 3, 24))
            assert days == [date(2022, 3, 22), date(2022, 3, 23), date(2022, 3, 24)]
        await play.stops()
        play.world.clock.set(msk("2022-03-24 11:20"))
        again = await play.starts()
        await again.jump_to(msk("2022-03-24 23:00"))
        for chat in (project, marina):
            assert [at for at, _ in play.mornings(chat)] == ["2022-03-24 11:20"]
        assert play.mornings(project)[0][1] == (
            "📅 Сегодня, 24 марта, чт\n"
            "⏳ п. 16 Первый опрос участников — до 24 марта, чт (сегодня последний день)\n"
            "\u00a0\u00a0\u00a0ответили: 0 % из 90 %\n"
            "⚠️ п. 18 Собеседования о промежуточных результатах — срок был 23 марта, ср (просрочено на 1\u00a0день)"
        )


async def test_bot_that_comes_back_in_the_evening_waits_for_the_next_morning(tmp_path: Path) -> None:
    async with played("2022-03-16 18:00", tmp_path) as (play, _):
        known = len(play.mornings(play.cast.project))
        await play.stops()
        play.world.clock.set(msk("2022-03-17 20:05"))
        again = await play.starts()
        await again.jump_to(msk("2022-03-18 07:59"))
        assert len(play.mornings(play.cast.project)) == known
        await again.jump_to(msk("2022-03-18 09:00"))
        assert [at for at, _ in play.mornings(play.cast.project)][known:] == ["2022-03-18 09:00"]


async def test_presses_made_while_the_bot_was_down_are_answered_when_it_is_back(tmp_path: Path) -> None:
    async with played("2022-03-10 12:00", tmp_path) as (play, _):
        marina = play.cast.coordinator
        await play.stops()
        asked = marina.says("/now")
        await play.starts()
        await asked
        assert marina.last().text.startswith("📅 Сегодня, 10 марта, чт\n\nПросрочено\n")


async def test_restart_in_the_middle_of_a_correction_loses_nothing(tmp_path: Path) -> None:
    async with played("2022-03-10 12:00", tmp_path) as (play, stage):
        marina = play.cast.coordinator
        await stage.jump_by(timedelta(minutes=1))
        await marina.says("/roadmap")
        await goes(marina, "Дальше ›", "п. 16", "Исправить", "Срок")
        await play.stops()
        await play.starts()
        await marina.says("10–31 марта")
        assert marina.last().text.startswith("п. 16 Понял так: 10–31 марта.\n")
        await play.stops()
        again = await play.starts()
        await marina.says("письмо № 5")
        assert marina.sees("\nСрок: 10–31 марта ") is marina.last()
        await again.jump_by(timedelta(minutes=1))
        assert play.said(play.cast.project)[-1].text == (
            "📅 п. 16 Первый опрос участников\nПеренесено: 10–24 марта → 10–31 марта.\nОснование: письмо № 5"
        )


async def test_every_chat_gets_its_morning_once_through_floods_errors_and_cut_lines(tmp_path: Path) -> None:
    async with played("2022-03-15 18:00", tmp_path) as (play, stage):
        chats = (play.cast.project, play.cast.vector, play.cast.coordinator.private())
        spoils: dict[str, Callable[[Faults], None]] = {
            "2022-03-16": lambda faults: faults.flood("sendMessage", times=2, retry_after=7),
            "2022-03-17": lambda faults: faults.fail("sendMessage", times=3, code=500),
            "2022-03-18": lambda faults: faults.drop("sendMessage", times=3),
            "2022-03-21": lambda faults: faults.fail("sendMessage", times=2, code=502),
        }
        for morning, spoil in spoils.items():
            spoil(play.world.faults)
            await stage.jump_to(msk(f"{morning} 12:00"))
        for chat in chats:
            came = Counter(at[:10] for at, _ in play.mornings(chat))
            assert set(came.values()) <= {1}
        assert set(await days_of(stage, "group:500+", date(2022, 3, 16), date(2022, 3, 21))) == {
            date.fromisoformat(at[:10]) for at, _ in play.mornings(play.cast.project) if at > "2022-03-16"
        }
        assert play.look.outbox("state NOT IN ('sent', 'withdrawn')") == []
        assert play.look.rows("SELECT max(attempts) > 1 FROM outbox") == [(1,)]


async def test_answer_of_the_server_lost_on_the_way_makes_two_messages_at_most(tmp_path: Path) -> None:
    async with played("2022-03-15 18:00", tmp_path) as (play, stage):
        play.world.faults.drop("sendMessage", after=True)
        await stage.jump_to(msk("2022-03-16 12:00"))
        came = Counter(text for _, text in [*play.mornings(play.cast.project), *own(play)])
        assert sorted(came.values()) == [1, 2]


def own(play: Play) -> list[tuple[str, str]]:
    """The coordinator's messages of the day."""
    return play.mornings(play.cast.coordinator.private())


async def test_group_that_became_a_supergroup_at_night_gets_its_morning_once(tmp_path: Path) -> None:
    async with played("2022-01-19 18:00", tmp_path) as (play, stage):
        vector = play.cast.vector
        first, *_ = await days_of(stage, "group:ВУ", date(2022, 1, 20), date(2022, 11, 1))
        await stage.jump_to(msk(f"{first - timedelta(days=1)} 23:00"))
        await play.stops()
        known = len(play.said(vector))
        heir = play.world.migrate(vector)
        play.world.bot.queue.clear()  # nobody told the bot
        again = await play.starts()
        await again.jump_to(msk(f"{first} 19:00"))
        assert [at for at, _ in play.mornings(heir)] == [f"{first} 09:00"]
        assert len([one for one in vector.live() if one.sender.is_bot and one.service is None]) == known
        assert (heir.id, "ВУ") in play.look.rows("SELECT chat_id, channel FROM group_chat")
