"""An answer is awaited: what counts as one, what does not, and what survives a restart."""

from collections.abc import Callable

import pytest

from rehearsal.person import Person
from rehearsal.stock import PICTURE
from tests.handlers.conftest import Reopen
from tests.handlers.desk import Desk

TEXT_PLEASE = "Жду ответ текстом. Если передумали — нажмите «Отмена» под вопросом или откройте /menu."
TITLE = "SELECT title FROM item WHERE number = 16"
AS_IT_WAS = [("Организация первого опроса участников проекта",)]


@pytest.fixture
async def question(desk: Desk) -> Desk:
    """The title of item 16 is awaited."""
    await desk.opens(desk.marina, "/roadmap", "Дальше", "п. 16", "Исправить", "Название")
    return desk


@pytest.mark.parametrize(
    "sends",
    [
        lambda who: who.sends_photo(PICTURE),
        lambda who: who.sends_photo(PICTURE, caption="Новое название"),
        lambda who: who.sends_voice(b"ogg", 3),
        lambda who: who.sends_document(b"1", "приказ.pdf"),
        lambda who: who.sends_location(57.0, 41.0),
        lambda who: who.says("/nonsense"),
        lambda who: who.says("/bind"),
    ],
)
async def test_what_is_no_text_is_no_answer_and_the_question_stands(
    question: Desk, sends: Callable[[Person], object]
) -> None:
    sends(question.marina)
    await question.settle()
    assert question.screen(question.marina) == TEXT_PLEASE
    assert question.look.rows(TITLE) == AS_IT_WAS
    await question.says(question.marina, "Новое название")
    assert question.look.rows(TITLE) == [("Новое название",)]


@pytest.mark.parametrize("command", ["/start", "/menu", "/now", "/month", "/roadmap", "/unclear", "/groups", "/rules"])
async def test_command_comes_first_and_ends_the_question(question: Desk, command: str) -> None:
    shown = await question.says(question.marina, command)
    assert shown.buttons[-1] in ("В меню", "Помощь")
    assert (await question.says(question.marina, "Спасибо")).text.startswith("Я понимаю кнопки.")
    assert question.look.rows(TITLE) == AS_IT_WAS


async def test_help_is_read_without_losing_the_question(question: Desk) -> None:
    await question.says(question.marina, "/help")
    await question.says(question.marina, "Новое название")
    assert question.look.rows(TITLE) == [("Новое название",)]


@pytest.mark.parametrize("data", ["go:now", "go:roadmap", "go:menu", "go:rules", "go:days", "item:2", "cancel"])
async def test_another_screen_ends_the_question(question: Desk, data: str) -> None:
    await question.forges(question.marina, data)
    await question.says(question.marina, "Спасибо")
    assert question.look.rows(TITLE) == AS_IT_WAS


async def test_question_asked_last_is_the_one_that_is_answered(question: Desk) -> None:
    await question.forges(question.marina, "field:16:indicator")
    await question.says(question.marina, "Не менее 95 %")
    assert question.look.rows("SELECT title, indicator FROM item WHERE number = 16") == [
        (*AS_IT_WAS[0], "Не менее 95 %")
    ]


async def test_question_to_one_is_not_answered_by_another(question: Desk) -> None:
    shown = await question.says(question.pavel, "Новое название")
    assert shown.text.startswith("Я понимаю кнопки.")
    assert question.look.rows(TITLE) == AS_IT_WAS


async def test_answer_in_a_group_is_not_an_answer(question: Desk) -> None:
    group = await question.group("500+", "500+")
    await question.says(question.marina, "Новое название", group)
    assert question.look.rows(TITLE) == AS_IT_WAS


async def test_awaited_answer_survives_a_restart(question: Desk, reopen: Reopen) -> None:
    again = await reopen()
    card = await again.says(again.marina, "Новое название")
    assert card.text.startswith("⏳ п. 16 Новое название\n")
    assert again.look.rows(TITLE) == [("Новое название",)]


async def test_moved_deadline_half_way_survives_a_restart(desk: Desk, reopen: Reopen) -> None:
    await desk.opens(desk.marina, "/roadmap", "Дальше", "п. 16", "Исправить", "Срок")
    await desk.says(desk.marina, "10–31 марта")
    again = await reopen()
    await again.presses(again.marina, "Без основания")
    assert "\nСрок: 10–31 марта " in again.screen(again.marina)


async def test_old_buttons_work_after_a_restart(desk: Desk, reopen: Reopen) -> None:
    shown = await desk.opens(desk.marina, "/roadmap", "Дальше")
    again = await reopen()
    await again.presses(again.marina, "п. 16", message=shown)
    assert shown.text.startswith("⏳ п. 16 ")


async def test_old_buttons_work_a_year_later(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/roadmap", "Дальше")
    await desk.sleeps("2023-03-10 12:00")
    await desk.presses(desk.marina, "п. 16", message=shown)
    assert shown.text.startswith("⚠️ п. 16 ")
