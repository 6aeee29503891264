"""Each role's first five minutes with the bot, from its first word on."""

import re
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
        marina.sees(LAST_SCHOOL)
        await goes(marina, "К сводке") if "К сводке" in menu(marina) else None
        await marina.says("/people")
        await goes(marina, "Список в Excel", "Скачать шаблон")
        people = [(director.name, "директор", "команда школы", "г. Родники", LAST_SCHOOL, "да", "")]
        await marina.sends_document(a_workbook(people), "Люди.xlsx", mime=XLSX)
        marina.sees("Добавится")
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
        assert menu(director) == [
            "Мои задачи", "Отложить", "Моя школа", "Дорожная карта", "Месяц", "Обо мне", "Помощь",
        ]  # fmt: skip
        await goes(director, "Мои задачи")
        director.sees("п. 20 Концептуальные документы и антирисковые программы — до 20 марта, вс (осталось 11 дней)")
        await goes(director, "п. 20")
        assert "Закрыть пункт" not in menu(director)
        await goes(director, "Отложить", "Отложить на 3 дня")
        director.sees("Напомню 14 марта")
        await director.says("/menu")
        await goes(director, "Обо мне", "Мои напоминания", "Другой час", "15:00")
        director.sees("Напоминаю в 15:00")
        await director.says("/menu")
        await goes(director, "Моя школа")
        director.sees("• Маргарита Быкова, заместитель директора")
        director.sees("• Светлана Орлова, куратор")
        known = len(play.mornings(director.private()))
        await stage.jump_to(msk("2022-03-10 18:00"))
        (morning,) = play.mornings(director.private())[known:]
        assert morning == (
            "2022-03-10 15:00",
            "📅 Сегодня, 10 марта, чт\n⏳ п. 16 Первый опрос участников — началось: 10–24 марта",
        )


async def test_teacher_asks_to_be_let_in_and_is(tmp_path: Path) -> None:
    async with played(NOON, tmp_path) as (play, _):
        marina, vera = play.cast.coordinator, play.world.add_person("Вера", "Новикова")
        await vera.starts()
        await goes(vera, "Я из школы …", "Согласен", "г. о. Тейково", "МСОШ № 2")
        await vera.says("Новикова Вера Петровна")
        await vera.says("учитель математики")
        vera.sees("МСОШ № 2")
        await goes(vera, "Отправить заявку")
        await vera.says("Меня уже записали?")
        assert menu(vera) == ["Отозвать заявку"]
        await marina.says("/menu")
        await goes(marina, "Люди и школы", "Заявки: 1" if "Заявки: 1" in menu(marina) else "Заявки")
        marina.sees("Новикова Вера Петровна")
        await goes(marina, "Принять как нового")
        await _delivered(play)
        vera.sees("Новикова Вера Петровна")
        await goes(vera, "Открыть меню")
        await goes(vera, "Моя школа")
        vera.sees("• Сергей Тихонов, директор — ответственный")
        vera.does_not_see("Ольга Лебедева")
