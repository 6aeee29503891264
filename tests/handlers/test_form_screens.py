"""Filling in a survey on a phone: whole screens, old buttons, two phones, restarts, whatever else people send."""

from datetime import date
from typing import Any

import pytest

from domain.form import Form, Option, Question, QuestionKind
from domain.people import Duty, Role
from domain.survey import Survey
from rehearsal.messages import Message
from rehearsal.posting import post
from storage import registry as registry_rows
from tests.actions.surveyed import CLEAR, DAY, FORM, HARD, SHORT, a_survey
from tests.handlers.conftest import Reopen
from tests.handlers.desk import Desk
from tests.people import a_school

WHERE = Question("where", "Где Вы?", QuestionKind.LOCATION)
PAPERS = Question("papers", "Приложите документы", QuestionKind.FILE, most=2)
LONG = Question(
    "long", "Выберите", QuestionKind.ONE, options=tuple(Option(f"o{one}", f"Вариант {one}") for one in range(1, 13))
)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
async def asked(desk: Desk, seven: int, no_surveys: None) -> Desk:
    """Olga leads school № 7, Igor is its curator."""
    return desk


async def laid(desk: Desk, form: Form = SHORT, **more: Any) -> Survey:
    today = desk.app.core.project.today(desk.world.clock())
    survey = await a_survey(desk.app.core, form, opens=today, closes=date(2022, 12, 24), **more)
    await desk.app.core.survey_course.run(desk.world.clock())
    return survey


def text(message: Message) -> list[str]:
    return message.text.replace("\u00a0", " ").splitlines()


async def test_survey_is_answered_from_the_menu_to_the_end(asked: Desk) -> None:
    await laid(asked, FORM)
    olga = asked.olga
    home = await asked.opens(olga, "/menu")
    assert home.buttons[0] == "Пройти опрос"
    assert "Ждут Вашего ответа: Как идёт работа (до 24 декабря)" in text(home)
    await asked.presses(olga, "Пройти опрос")
    first = asked.said(olga)
    assert text(first) == [
        "Как идёт работа",
        "До 24 декабря, сб, 5 вопросов, около 2 минут. Каждый ответ сохраняется сразу.",
        "",
        "1 из 5. Понятно ли, что делать школе?",
    ]
    assert first.buttons == ["1", "2", "3", "4", "5", "Продолжу позже"]
    await asked.presses(olga, "4", message=first)
    several = asked.said(olga)
    assert several.id == first.id
    assert text(several) == [
        "Как идёт работа",
        "",
        "2 из 5. Что помогло?",
        "Отметьте всё, что подходит, не больше 2, потом нажмите «Готово».",
    ]
    assert several.buttons == ["Куратор", "Семинары", "Методички", "‹ Назад", "Продолжу позже"]
    await asked.presses(olga, "Семинары")
    await asked.presses(olga, "Куратор")
    assert asked.said(olga).buttons[:4] == ["✅ Куратор", "✅ Семинары", "Методички", "Готово"]
    refused = await asked.presses(olga, "Методички")
    assert refused.text == "Можно отметить не больше 2. Снимите лишнюю отметку и выберите снова."
    await asked.presses(olga, "Готово")
    await asked.presses(olga, "Да")
    await asked.says(olga, "Не хватает <b>учителей</b> 🙂")
    await asked.says(olga, "завтра")
    assert text(asked.said(olga))[-1] == "Понял так: 11 марта 2022, пт. Верно?"
    await asked.presses(olga, "Верно")
    await asked.says(olga, "двенадцать")
    assert asked.screen(olga) == "Это не число. Напишите цифрами, например: 12 или 1,5"
    await asked.says(olga, "12")
    await asked.presses(olga, "Верно")
    assert text(asked.said(olga)) == [
        "Как идёт работа",
        "⏳ Проверьте и нажмите «Отправить»: пока ответы не отправлены.",
        "",
        "1. Понятно ли, что делать школе? — 4 из 5",
        "2. Что помогло? — Куратор; Семинары",
        "3. Было ли трудно? — да",
        "4. Что именно? — Не хватает <b>учителей</b> 🙂",
        "5. Когда приезжал куратор? — 11 марта 2022, пт",
        "6. Сколько было встреч? — 12",
    ]
    assert asked.said(olga).buttons == [
        *("Отправить", "Изменить ответ", "‹ Назад", "Удалить ответы", "Продолжу позже"),
    ]
    answer = await asked.presses(olga, "Отправить")
    assert answer.text == "Ответы приняты. Спасибо."
    assert text(asked.said(olga)) == [
        "✅ Ответы приняты. Как идёт работа",
        "Спасибо, что нашли время.",
        "Изменить их можно до 24 декабря, сб.",
    ]
    assert asked.look.rows("SELECT count(*) FROM survey_part WHERE answered_on IS NOT NULL") == [(1,)]
    assert "Пройти опрос" not in (await asked.opens(olga, "/menu")).buttons


async def test_one_answer_is_changed_from_the_summary(asked: Desk) -> None:
    await laid(asked)
    await asked.opens(asked.olga, "/menu", "Пройти опрос", "4", "Нет", "Изменить ответ")
    assert text(asked.said(asked.olga)) == [
        "Какой ответ изменить?",
        "1. Понятно ли, что делать школе? — 4 из 5",
        "2. Было ли трудно? — нет",
    ]
    await asked.presses(asked.olga, "1. Понятно")
    assert "Сейчас: 4 из 5" in text(asked.said(asked.olga))
    await asked.presses(asked.olga, "2")
    assert "1. Понятно ли, что делать школе? — 2 из 5" in text(asked.said(asked.olga))


async def test_answers_go_on_after_a_restart_and_on_another_day(asked: Desk, reopen: Reopen) -> None:
    await laid(asked)
    await asked.opens(asked.olga, "/menu", "Пройти опрос", "4")
    again = await reopen()
    await again.presses(again.olga, "Продолжу позже")
    await again.opens(again.olga, "/menu", "Пройти опрос")
    assert text(again.said(again.olga))[-1] == "2 из 2. Было ли трудно?"


async def test_line_typed_after_a_restart_answers_the_question_that_was_asked(asked: Desk, reopen: Reopen) -> None:
    why = Question("why", "Почему?", QuestionKind.TEXT)
    await laid(asked, Form("Текст", (why, HARD)))
    await asked.opens(asked.olga, "/menu", "Пройти опрос")
    again = await reopen()
    await again.says(again.olga, "Потому что")
    assert text(again.said(again.olga))[-1] == "2 из 2. Было ли трудно?"
    assert again.look.rows("SELECT answers FROM form_run") == [
        ('{"why": "\\u041f\\u043e\\u0442\\u043e\\u043c\\u0443 \\u0447\\u0442\\u043e"}',)
    ]


async def test_two_phones_are_one_run(asked: Desk) -> None:
    survey = await laid(asked, Form("Три", (CLEAR, HARD, DAY)))
    await asked.opens(asked.olga, "/menu", "Пройти опрос")
    one = asked.said(asked.olga)
    await asked.opens(asked.olga, "/menu", "Пройти опрос")
    other = asked.said(asked.olga)
    asked.olga.presses("4", message=one)
    asked.olga.presses("2", message=other)
    await asked.settle()
    assert asked.look.rows("SELECT answers FROM form_run") == [('{"clear": 2}',)]
    await asked.presses(asked.olga, "Да", message=other)
    await asked.forges(asked.olga, f"fa:survey:{survey.id}:0:clear:4", one)
    assert asked.look.rows("SELECT answers FROM form_run") == [('{"clear": 4, "hard": true}',)]


async def test_button_of_a_closed_survey_says_what_to_do(asked: Desk) -> None:
    await laid(asked)
    await asked.opens(asked.olga, "/menu", "Пройти опрос")
    asked.world.clock.set(asked.world.clock().replace(year=2023))
    answer = await asked.presses(asked.olga, "4")
    assert answer.text == ("Опрос закрыт 24 декабря, сб. Если нужно добавить ответ — напишите координатору.")
    assert asked.look.count("form_run") == 0


@pytest.mark.parametrize(
    "data", ["fa:survey:999:0:clear:4", "fa:visit:1:0:clear:4", "fs:survey:1:0:back:-x", "survey-go:999:0"]
)
async def test_forged_buttons_are_answered_kindly(asked: Desk, data: str) -> None:
    await laid(asked)
    await asked.opens(asked.olga, "/menu")
    answer = await asked.forges(asked.olga, data)
    assert answer.text or text(asked.said(asked.olga))
    assert asked.look.count("form_run") == 0


async def test_files_are_kept_and_counted(asked: Desk) -> None:
    await laid(asked, Form("Документы", (PAPERS, HARD)))
    await asked.opens(asked.olga, "/menu", "Пройти опрос")
    asked.olga.sends_document(PDF, "Программа.pdf", mime="application/pdf")
    await asked.settle()
    assert text(asked.said(asked.olga))[0] == "✅ Получено 1 из 1"
    assert asked.said(asked.olga).buttons[0] == "Готово"
    asked.olga.sends_document(b"MZ\x90\x00", "virus.exe")
    await asked.settle()
    assert text(asked.said(asked.olga))[:2] == [
        "⚠️ Получено 1 из 2",
        "virus.exe: это программа, такие файлы не принимаются. Не сохранено: пришлите документ, фото или ссылку.",
    ]
    await asked.presses(asked.olga, "Готово")
    await asked.presses(asked.olga, "Нет")
    assert "1. Приложите документы — 1 файл" in text(asked.said(asked.olga))


async def test_photo_instead_of_words_is_refused(asked: Desk) -> None:
    await laid(asked, Form("Текст", (Question("why", "Почему?", QuestionKind.TEXT), HARD)))
    await asked.opens(asked.olga, "/menu", "Пройти опрос")
    asked.olga.sends_document(PDF, "Ответ.pdf", mime="application/pdf")
    await asked.settle()
    assert asked.screen(asked.olga) == "Здесь нужен ответ словами или кнопкой. Файл не сохранён."
    await asked.says(asked.olga, "я" * 4000)
    assert asked.screen(asked.olga).startswith("Слишком длинно: 4000 знаков, нужно до 1000.")


async def test_place_is_taken_where_it_is_asked(asked: Desk) -> None:
    await laid(asked, Form("Место", (WHERE, HARD)))
    await asked.opens(asked.olga, "/menu", "Пройти опрос")
    await asked.says(asked.olga, "Иваново")
    assert asked.screen(asked.olga) == "Здесь нужно место на карте: скрепка → «Геопозиция»."
    asked.olga.sends_location(57.0, 40.97)
    await asked.settle()
    assert text(asked.said(asked.olga))[-1] == "2 из 2. Было ли трудно?"


async def test_long_list_of_options_is_turned_and_searched(asked: Desk) -> None:
    await laid(asked, Form("Длинный", (LONG, HARD)))
    await asked.opens(asked.olga, "/menu", "Пройти опрос")
    assert asked.said(asked.olga).buttons[:6] == [*(f"Вариант {one}" for one in range(1, 6)), "Дальше ›"]
    await asked.presses(asked.olga, "Дальше ›")
    assert asked.said(asked.olga).buttons[0] == "Вариант 6"
    await asked.says(asked.olga, "вариант 12")
    assert asked.look.rows("SELECT answers FROM form_run") == [('{"long": "o12"}',)]


async def test_answers_are_taken_back_only_after_a_question(asked: Desk) -> None:
    await laid(asked)
    await asked.opens(asked.olga, "/menu", "Пройти опрос", "4", "Нет", "Удалить ответы")
    assert asked.said(asked.olga).buttons == ["Вернуться к ответам", "Да, удалить"]
    answer = await asked.presses(asked.olga, "Да, удалить")
    assert (answer.text, asked.look.count("form_run")) == ("Ответы удалены.", 0)


async def test_survey_elsewhere_is_opened_by_a_link_and_passed_by_a_word(asked: Desk) -> None:
    await laid(asked, SHORT, link="https://example.ru/opros", code="Сирень")
    await asked.opens(asked.olga, "/menu", "Пройти опрос")
    assert asked.said(asked.olga).buttons == ["Открыть опрос", "Прошёл(ла)", "В меню"]
    await asked.presses(asked.olga, "Прошёл(ла)")
    await asked.says(asked.olga, "роза")
    assert asked.screen(asked.olga) == "Код не подходит. Проверьте его на последней странице опроса и пришлите снова."
    await asked.says(asked.olga, "сирень")
    assert "✅ Отмечено, что Вы прошли этот опрос." in text(asked.said(asked.olga))
    assert asked.look.rows("SELECT count(*) FROM survey_part WHERE answered_on IS NOT NULL") == [(1,)]


async def test_whoever_leads_two_schools_chooses_for_which(asked: Desk) -> None:
    core = asked.app.core
    second = await a_school(core, "Школа № 9")
    olga = asked.look.rows("SELECT id FROM person WHERE name = 'Ольга Лебедева'")[0][0]
    async with core.database.transaction() as tx:
        await registry_rows.give_duty(tx, olga, Duty(Role.SCHOOL, second, responsible=True), asked.world.clock())
    await laid(asked, SHORT, per_school=True)
    await asked.opens(asked.olga, "/menu", "Пройти опрос")
    assert asked.said(asked.olga).buttons == ["Школа № 7", "Школа № 9", "В меню"]
    await asked.presses(asked.olga, "Школа № 9")
    await asked.presses(asked.olga, "4")
    assert asked.look.rows("SELECT mark FROM form_run") == [(f"survey:4:school:{second}",)]


async def test_button_in_the_group_leads_to_private_and_strangers_learn_nothing(asked: Desk) -> None:
    survey = await laid(asked)
    group = await asked.group("500+", "500+", asked.olga, asked.pavel)
    notice = post(asked.world, group, asked.world.bot, text="⏳ п. 16 Первый опрос участников")
    answer = await asked.forges(asked.olga, f"survey-go:{survey.id}:0", notice)
    assert answer.text == "Отправлено Вам в личные сообщения."
    assert text(asked.said(asked.olga))[-1] == "1 из 2. Понятно ли, что делать школе?"
    refused = await asked.forges(asked.pavel, f"survey-go:{survey.id}:0", notice)
    assert refused.text == "В этом опросе Вас не спрашивают. Если это ошибка — напишите координатору."
