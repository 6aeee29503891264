"""What the coordinators do, and what the groups hear of it in the days that follow."""

from datetime import date, timedelta
from pathlib import Path

from domain.people import Role
from rehearsal.person import Person
from rehearsal.stage import Stage
from tests.people import msk
from tests.stories.conftest import goes, played


async def closes(who: Person, item: int, note: str) -> None:
    """The item is found in the list of the whole roadmap and closed."""
    await who.says("/roadmap")
    await goes(who, *["Дальше ›"] * ((item - 1) // 9), f"п. {item}", "Закрыть пункт")
    await who.says(note)
    assert who.sees("Состояние: Закрыто") is who.last()


async def named(stage: Stage, item: int, to: str, first: date, last: date) -> int:
    """On how many days an address hears of an item."""
    lines = await stage.app.core.outlook.forecast(first, last)
    return sum(line.item == item and line.to == to for line in lines)


async def test_groups_stop_hearing_of_what_is_closed(tmp_path: Path) -> None:
    async with played("2022-03-10 12:00", tmp_path) as (play, stage):
        marina, project = play.cast.coordinator, play.cast.project
        week = date(2022, 3, 11), date(2022, 3, 31)
        assert await named(stage, 20, "group:500+", *week) > 3
        await stage.jump_to(msk("2022-03-14 12:00"))
        await closes(marina, 20, "письмо № 5")
        assert await named(stage, 20, "group:500+", *week) == 0
        known = len(play.mornings(project))
        await stage.jump_to(msk("2022-03-31 12:00"))
        after = [text for _, text in play.mornings(project)[known:]]
        assert len(after) > 3
        assert [text for text in after if "п. 20 " in text] == []


async def test_two_coordinators_share_one_roadmap_and_keep_their_own_reminders(tmp_path: Path) -> None:
    async with played("2022-03-09 18:00", tmp_path) as (play, stage):
        marina, pyotr = play.cast.coordinator, play.world.add_person("Пётр", "Второв")
        invitation = await stage.app.core.invites.invite(Role.COORDINATOR, now=play.world.clock())
        await pyotr.follows(f"https://t.me/roadmap_500_bot?start={invitation.code}")
        await pyotr.presses("Согласен")
        pyotr.sees("Вы вошли: региональный координатор.")
        await stage.jump_to(msk("2022-03-10 09:30"))
        for who in (marina, pyotr):
            assert play.mornings(who.private())[-1] == (
                "2022-03-10 09:00",
                (
                    "📅 Сегодня, 10 марта, чт\n⏳ п. 16 Первый опрос участников — началось: 10–24 марта\n\n"
                    "Пора вмешаться\n⚠️ п. 14 Совещание с командами школ — 7\u00a0рабочих дней после срока"
                ),
            )
        await goes(marina, "Отложить", "Отложить до завтра")
        marina.sees("Напомню 11 марта")
        await stage.jump_to(msk("2022-03-11 09:30"))
        assert ["п. 16 " in play.mornings(who.private())[-1][1] for who in (marina, pyotr)] == [True, False]
        await closes(pyotr, 16, "отчёт № 2")
        await marina.says("/roadmap")
        await goes(marina, "Дальше ›", "п. 16")
        assert marina.last().text.endswith("Состояние: Закрыто\nЗакрыт 11.03.2022 09:30: отчёт № 2")
        await stage.jump_to(msk("2022-03-31 12:00"))
        for who in (marina, pyotr):
            assert [text for at, text in play.mornings(who.private()) if at > "2022-03-12" and "п. 16 " in text] == []


async def test_coordinator_who_blocks_the_bot_gets_nothing_and_comes_back_without_a_backlog(tmp_path: Path) -> None:
    async with played("2022-03-10 12:00", tmp_path) as (play, stage):
        marina = play.cast.coordinator
        known = len(play.said(marina.private()))
        await marina.blocks()
        await stage.jump_to(msk("2022-03-17 12:00"))
        assert len(play.said(marina.private())) == known
        await marina.says("/now")
        marina.sees("📅 Сегодня, 17 марта, чт")
        assert len(play.said(marina.private())) == known + 1
        await stage.jump_to(msk("2022-03-18 12:00"))
        assert [at for at, _ in play.mornings(marina.private())][-1] == "2022-03-18 09:00"


async def test_coordinator_wakes_to_one_message_after_a_weekend(tmp_path: Path) -> None:
    async with played("2022-03-11 18:00", tmp_path) as (play, stage):
        await stage.jump_by(timedelta(minutes=1))
        known = len(play.said(play.cast.coordinator.private()))
        await stage.jump_by(timedelta(days=3))
        came = play.mornings(play.cast.coordinator.private())
        assert len(play.said(play.cast.coordinator.private())) == known + 1
        assert came[-1][0] == "2022-03-14 08:30"
