"""The first five minutes of everybody: from the code, or without one, to what they came for."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from rehearsal.region import Post
from tests.stories.conftest import Play, goes, played

AGREED = "✅ Вы вошли: команда школы."


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[Play]:
    """Thursday, 10 March: the first survey begins, the last school of the region has nobody who has come in."""
    async with played("2022-03-10 12:00", tmp_path) as (play, _):
        yield play


async def a_code_for(play: Play, name: str) -> str:
    """The coordinator finds a person by the surname and gives them a code."""
    marina = play.cast.coordinator
    await marina.says("/people")
    await goes(marina, "Найти человека")
    await marina.says(name)
    await goes(marina, "Код для входа")
    return marina.sees("Код для входа:").text.splitlines()[1]


async def test_coordinator_sees_who_is_missing_and_calls_them_in(play: Play) -> None:
    marina, newcomer = play.cast.coordinator, play.cast.newcomers[0]
    await marina.says("/menu")
    assert marina.last().text.startswith("⏳ Мои задачи: ")
    await goes(marina, "Регион", "Кто не вошёл", "Школы, откуда никто не вошёл: 1")
    marina.sees("Центральная городская СОШ")
    await goes(marina, "Центральная городская СОШ")
    assert "ещё не в боте" in marina.last().text
    await goes(marina, newcomer.name, "Код для входа")
    marina.sees("https://t.me/roadmap_500_bot?start=")
    await goes(marina, "К людям и школам", "Карточки с кодами", "Все, кто не вошёл: 2", "Сделать карточки")
    assert marina.sees("карточки с кодами, действуют по 9 апреля, сб").media is not None
    await goes(marina, "К людям и школам", "Журнал")
    marina.sees("Марина Королёва — ")


async def test_director_comes_in_by_a_code_and_begins_with_what_is_due(play: Play) -> None:
    director = play.cast.newcomers[0]
    code = await a_code_for(play, director.name.split()[-1])
    await director.says(code.lower())
    director.sees(director.name)
    director.does_not_see("п. 20")
    await goes(director, "Согласен")
    assert director.last().text.startswith(AGREED)
    await goes(director, "Мои задачи", "п. 20")
    director.sees("Показатель: Замечания и предложения в ИС МЭДК")
    await goes(director, "Отложить", "Отложить до понедельника")
    director.sees("Напомню 14 марта")
    await goes(director, "В меню", "Обо мне", "Мои напоминания", "Другой час", "08:00")
    director.sees("Напоминаю в 08:00")
    await director.says("/menu")
    await goes(director, "Моя школа")
    director.sees("Центральная городская СОШ")
    director.does_not_see("Средняя школа № 37")


async def test_forwarded_link_lets_nobody_else_in(play: Play) -> None:
    director, stranger = play.cast.newcomers[0], play.cast.stranger
    code = await a_code_for(play, director.name.split()[-1])
    await director.follows(f"https://t.me/roadmap_500_bot?start={code}")
    await goes(director, "Согласен")
    await stranger.follows(f"https://t.me/roadmap_500_bot?start={code}")
    assert stranger.last().text.startswith("По этому коду уже вошли")
    stranger.does_not_see(director.name)
    await director.follows(f"https://t.me/roadmap_500_bot?start={code}")
    assert director.last().text.startswith("⏳ Мои задачи: ")


async def test_teacher_without_a_code_asks_and_is_let_in(play: Play) -> None:
    teacher, marina = play.cast.stranger, play.cast.coordinator
    await teacher.starts()
    await goes(teacher, "Я из школы …", "Согласен", "Дальше ›", "Южский район", "Талицкая СОШ")
    await teacher.says("Прохожий Игорь Львович")
    await teacher.says("учитель")
    await goes(teacher, "Отправить заявку")
    teacher.sees("Заявка ждёт ответа координатора")
    await marina.says("/menu")
    await goes(marina, "Заявки")
    marina.sees("Прохожий Игорь Львович")
    await goes(marina, "Принять как нового")
    await play.stage.jump_by(timedelta(minutes=1))
    teacher.sees("✅ Координатор принял заявку: Вы в проекте.")
    await teacher.says("/menu")
    await goes(teacher, "Моя школа")
    assert "Прохожий Игорь Львович" in teacher.last().text
    teacher.does_not_see("ООШ № 6")


async def test_curator_sees_the_own_schools_and_no_others(play: Play) -> None:
    curator = play.cast.of(Post.CURATOR)[0]
    own = play.cast.parts[curator].schools
    await curator.says("/menu")
    await goes(curator, "Мои школы")
    assert curator.last().buttons[:-1] == list(own)
    await goes(curator, own[0])
    curator.sees("Кураторы\n• " + curator.name)
    await curator.says("/tasks")
    assert "п. 12" in curator.last().text
    await goes(curator, "п. 12")
    assert "Закрыть пункт" not in curator.last().buttons


async def test_municipal_coordinator_sees_the_own_municipality(play: Play) -> None:
    municipal = play.cast.of(Post.MUNICIPAL)[0]
    home = play.cast.parts[municipal].place
    await municipal.says("/menu")
    await goes(municipal, "Регион")
    assert municipal.last().text.startswith(f"{home}, 10 марта, чт\n")
    await goes(municipal, "Кто не вошёл")
    assert "из 1" in municipal.last().text
    await municipal.says("/tasks")
    assert "п. 24" in municipal.last().text


async def test_organiser_finds_what_the_organisation_carries_out(play: Play) -> None:
    university = play.cast.of(Post.ORGANISER)[0]
    await university.says("/menu")
    await goes(university, "Мои задачи")
    assert "п. 15" in university.last().text
    await goes(university, "п. 15")
    university.sees("Организация цикла семинаров")
    await university.says("/menu")
    await goes(university, "Регион", "Школы")
    assert "Школы: 8" in university.last().text


async def test_stranger_learns_nothing(play: Play) -> None:
    stranger = play.cast.stranger
    for words in ("/start", "/menu", "/people", "/tasks", "Лебедева", "AAAA-BBBB-CCCC"):
        await stranger.says(words)
    known = {person.name for person in play.cast.parts}
    told = " ".join(message.text for message in stranger.messages(stranger.private()) if message.sender.is_bot)
    assert [name for name in known if name in told] == []


async def test_who_does_not_agree_is_left_alone_and_may_think_better_of_it(play: Play) -> None:
    director, marina = play.cast.newcomers[0], play.cast.coordinator
    code = await a_code_for(play, director.name.split()[-1])
    await director.says(code)
    await goes(director, "Не согласен")
    director.sees("бот ничего Вам не пришлёт")
    await play.stage.jump_by(timedelta(minutes=1))
    marina.sees("нет согласия на обработку персональных данных")
    await director.says("/tasks")
    assert "Согласие на обработку персональных данных" in director.last().text
    await goes(director, "Согласен")
    assert director.last().text.startswith(AGREED)
