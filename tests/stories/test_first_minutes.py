"""Each role's first five minutes with the bot, from its first word on."""

import re
from datetime import timedelta
from pathlib import Path

from domain.people import Role
from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.region import Post
from tests.people import msk
from tests.stories.conftest import empty, goes, played
from tests.workbook import XLSX, a_workbook

NOON = "2022-03-09 12:00"
LAST_SCHOOL = "Центральная городская СОШ"
REFUSED = "Это доступно не всем участникам. Если Вам это нужно — напишите координатору."
LINK = re.compile(r"https://t\.me/\S+")


def link_in(message: Message) -> str:
    """The link that the coordinator passes on."""
    found = LINK.search(message.text)
    assert found is not None
    return found[0]


def menu(who: Person) -> list[str]:
    """The buttons of the latest message in somebody's private chat."""
    return who.last(who.private()).buttons


async def test_coordinator_begins_with_nobody_and_ends_with_a_director_in(tmp_path: Path) -> None:
    async with empty(NOON, tmp_path) as (play, stage):
        marina, director = play.cast.coordinator, play.cast.newcomers[0]
        from_operator = await stage.app.core.invites.invite(Role.COORDINATOR, now=play.world.clock())
        await marina.follows(f"https://t.me/roadmap_500_bot?start={from_operator.code}")
        marina.sees("Согласие на обработку персональных данных")
        await goes(marina, "Согласен")
        marina.sees("Вы вошли: региональный координатор.")
        await goes(marina, "Люди и школы")
        marina.sees("Школ: 8, людей: 1, вошли: 1")
        await goes(marina, "Кто не вошёл", "Школы, откуда никто не вошёл: 8")
        marina.sees(f"• {LAST_SCHOOL}, г. Родники")
        await marina.says("/people")
        await goes(marina, "Список в Excel", "Скачать шаблон")
        people = [(director.name, "директор", "команда школы", "г. Родники", LAST_SCHOOL, "да", "")]
        await marina.sends_document(a_workbook(people), "Люди.xlsx", mime=XLSX)
        marina.sees("Новых людей: 1")
        await goes(marina, "Загрузить")
        await marina.says("/people")
        marina.sees("Школ: 8, людей: 2, вошли: 1")
        await goes(marina, "Найти человека")
        await marina.says("Савина")
        marina.sees("Ещё не в боте")
        await goes(marina, "Код для входа")
        await director.follows(link_in(marina.sees("Действует один раз")))
        await goes(director, "Согласен")
        director.sees("Вы вошли: команда школы.")
        await goes(marina, "К людям и школам")
        marina.sees("Школ: 8, людей: 2, вошли: 2")
        await goes(marina, "Кто не вошёл")
        marina.sees("Школы, где кто-то вошёл: 1 из 8")


async def test_director_comes_by_the_card_s_code_and_settles_in(tmp_path: Path) -> None:
    async with played(NOON, tmp_path) as (play, stage):
        marina, director = play.cast.coordinator, play.cast.newcomers[0]
        await marina.says("/people")
        await goes(marina, "Школы", LAST_SCHOOL, director.name, "Код для входа")
        code = marina.sees("Действует один раз").text.splitlines()[1]
        await director.starts()
        director.sees("Это служебный помощник проекта «500+».")
        await director.says(code.lower().replace("-", " "))
        await goes(director, "Согласен")
        director.sees("⚠️ Просрочено: 1")
        assert menu(director)[:3] == ["Мои задачи", "Отложить", "Моя школа"]
        await goes(director, "Мои задачи")
        director.sees("⏳ п. 20 Концептуальные документы и антирисковые программы — до 20 марта, вс (осталось 11")
        await goes(director, "п. 20")
        assert menu(director) == ["Подтвердить", "Отложить", "К списку", "В меню"]
        await goes(director, "Отложить", "Отложить на 3 дня")
        director.sees("Напомню 14 марта, пн. Срок пункта не изменился.")
        await director.says("/menu")
        await goes(director, "Обо мне", "Мои напоминания", "Другой час", "15:00")
        director.sees("Напоминаю в 15:00, пн–пт")
        await director.says("/menu")
        await goes(director, "Моя школа")
        assert director.sees("• Маргарита Быкова, заместитель директора") is director.sees("• Светлана Орлова, куратор")
        known = len(play.mornings(director.private()))
        await stage.jump_to(msk("2022-03-10 18:00"))
        assert play.mornings(director.private())[known:] == [
            ("2022-03-09 15:00", "📅 Сегодня, 9 марта, ср\n⏳ п. 16 Первый опрос участников — начнётся 10 марта, чт"),
            (
                "2022-03-10 15:00",
                "📅 Сегодня, 10 марта, чт\n⏳ п. 16 Первый опрос участников — пройдите до 24 марта, чт",
            ),
        ]


async def test_teacher_asks_to_be_let_in_and_is(tmp_path: Path) -> None:
    async with played(NOON, tmp_path) as (play, stage):
        marina, vera = play.cast.coordinator, play.world.add_person("Вера", "Новикова")
        await vera.starts()
        await goes(vera, "Я из школы …", "Согласен", "г. о. Тейково", "МСОШ № 2")
        await vera.says("Новикова Вера Петровна")
        await vera.says("учитель математики")
        vera.sees("Проверьте заявку")
        await goes(vera, "Отправить заявку")
        await vera.says("Меня уже записали?")
        assert vera.last() is vera.sees("⏳ Заявка ждёт ответа координатора.")
        await stage.jump_by(timedelta(minutes=1))
        marina.sees("⏳ Заявок «Я из школы»: 1.")
        await goes(marina, "Заявки")
        marina.sees("Школа: МСОШ № 2, г. о. Тейково")
        await goes(marina, "Принять как нового")
        await stage.jump_by(timedelta(minutes=1))
        vera.sees("✅ Координатор принял заявку: Вы в проекте.")
        await goes(vera, "Открыть меню", "Моя школа")
        vera.sees("• Сергей Тихонов, директор — ответственный")
        vera.sees("• Новикова Вера Петровна, учитель математики")
        vera.does_not_see("Ольга Лебедева")


async def test_curator_sees_their_own_schools_and_no_other(tmp_path: Path) -> None:
    async with played(NOON, tmp_path) as (play, _):
        curator = play.cast.of(Post.CURATOR)[0]
        curator.sees("Вы вошли: куратор.")
        await goes(curator, "Мои школы")
        assert menu(curator) == ["Средняя школа № 37", "МСОШ № 2", "Талицкая СОШ", "В меню"]
        await goes(curator, "МСОШ № 2")
        curator.sees("• Лариса Панина, заместитель директора")
        assert menu(curator) == ["Документы", "Визиты", "Результат школы", "К списку школ", "В меню"]
        await curator.says("/menu")
        await goes(curator, "Мои задачи", "п. 12")
        curator.sees("⚠️ п. 12 Сбор графиков посещения кураторами")
        await curator.says("/menu")
        await goes(curator, "Обо мне", "Мои напоминания", "пт")
        curator.sees("Напоминаю в 09:00, пн–чт")
        assert (await curator.presses_data(curator.last(), "school:8")).text == REFUSED
        assert (await curator.presses_data(curator.last(), "go:coverage")).text == REFUSED
        curator.does_not_see("Надежда Савина")


async def test_municipal_coordinator_sees_the_schools_of_the_municipality(tmp_path: Path) -> None:
    async with played(NOON, tmp_path) as (play, _):
        elena = play.cast.of(Post.MUNICIPAL)[0]
        elena.sees("Вы вошли: муниципальный координатор.")
        elena.sees("п. 24 Муниципальные мероприятия — 1 февраля – 1 ноября")
        await goes(elena, "Регион")
        elena.sees("г. о. Иваново, 9 марта, ср\nШкол: 1, вошли в бота: 1")
        await goes(elena, "Кто не вошёл")
        elena.sees("✅ Школы, где кто-то вошёл: 1 из 1")
        await elena.says("/menu")
        await goes(elena, "Мои школы")
        elena.sees("• Ольга Лебедева, директор — ответственный")
        await elena.says("/people")
        assert elena.last().text == REFUSED
        elena.does_not_see("Сергей Тихонов")


async def test_organiser_sees_what_rests_on_the_organisation_and_the_whole_region(tmp_path: Path) -> None:
    async with played(NOON, tmp_path) as (play, _):
        dmitry = play.cast.of(Post.ORGANISER)[0]
        dmitry.sees("Вы вошли: организатор.")
        await goes(dmitry, "Мои задачи")
        dmitry.sees("⚠️ п. 6 Установочное совещание с командами")
        await goes(dmitry, "п. 6")
        assert menu(dmitry) == ["Подтвердить", "Отложить", "К списку", "В меню"]
        await dmitry.says("/menu")
        await goes(dmitry, "Регион")
        dmitry.sees("Школ: 8, вошли в бота: 7")
        await goes(dmitry, "Школы", LAST_SCHOOL)
        dmitry.sees("• Надежда Савина, директор — ответственный")
        assert menu(dmitry) == ["Документы", "Визиты", "Результат школы", "К списку школ", "В меню"]
        assert (await dmitry.presses_data(dmitry.last(), "go:people")).text == REFUSED


async def test_stranger_learns_nothing_and_is_told_the_two_ways_in(tmp_path: Path) -> None:
    async with played(NOON, tmp_path) as (play, stage):
        igor = play.cast.stranger
        await igor.starts()
        igor.sees("отправьте код сюда. Вы из школы проекта, а кода нет — нажмите «Я из школы …».")
        for text in ("/roadmap", "/menu", "Какие у вас сроки?"):
            await igor.says(text)
            assert igor.last() is igor.sees("Это служебный помощник проекта «500+».")
        await igor.says("/start AAAA-BBBB-CCCC")
        igor.sees("Такого кода нет.")
        for data in ("go:people", "item:16", "person:2", "regfile:list", "letin:1:0"):
            pressed = await igor.presses_data(igor.finds("Я из школы …"), data)
            assert pressed.text == "Подробности доступны участникам проекта. Попросите у координатора приглашение."
        await goes(igor, "Я из школы …", "Не согласен")
        igor.sees("Понятно, ничего не сохранено.")
        known = len(igor.messages(igor.private()))
        await stage.jump_to(msk("2022-03-11 18:00"))
        assert len(igor.messages(igor.private())) == known
        for person in play.cast.parts:
            if person is not igor:
                igor.does_not_see(person.name)
