"""«Быстрый опрос»: typed, seen exactly as it will arrive, sent to whom it says; nothing of it is lost by a restart."""

import pytest

from rehearsal.pressing import Answer
from tests.handlers.conftest import Reopen
from tests.handlers.desk import Desk

POLL = ["/menu", "Опросы", "Быстрый опрос"]
SURVEY = 4
"""The first after the three that are shipped."""
BUTTONS = [
    *("Отправить", "Вопрос", "Варианты", "Кому", "Сделать анонимным", "До сегодня", "До завтра", "3 дня"),
    *("Другой день", "Удалить", "К опросам", "В меню"),
]


def lines(desk: Desk) -> list[str]:
    return desk.said(desk.marina).text.replace("\u00a0", " ").split("\n")


async def asks(desk: Desk, question: str, options: str) -> list[str]:
    await desk.opens(desk.marina, *POLL)
    await desk.says(desk.marina, question)
    await desk.says(desk.marina, options)
    return lines(desk)


async def test_a_poll_is_seen_as_it_will_arrive_and_arrives_so(desk: Desk, seven: int) -> None:
    shown = await asks(desk, "Придёте <b>завтра</b>? 🙂", "Приду\n\n Не   приду \n<i>Не знаю</i>")
    assert shown == [
        *("Так придёт каждому:", "", "Придёте <b>завтра</b>? 🙂", "До 13 марта, вс.", ""),
        *("• Приду", "• Не приду", "• <i>Не знаю</i>", "", "———"),
        "Кому: все участники — 2 человека",
        "Не анонимно: видно, кто что ответил. Пока не отправлено.",
    ]
    assert desk.said(desk.marina).buttons == BUTTONS
    await desk.presses(desk.marina, "До завтра")
    await desk.presses(desk.marina, "Сделать анонимным")
    assert lines(desk)[3] == "До 11 марта, пт. Ответ анонимный."
    assert await desk.presses(desk.marina, "Отправить") == Answer("Опрос запущен, приглашений: 2.")
    await desk.tick()
    arrived = desk.said(desk.olga)
    assert arrived.text == "Придёте <b>завтра</b>? 🙂\nДо 11 марта, пт. Ответ анонимный."
    assert arrived.buttons == ["Приду", "Не приду", "<i>Не знаю</i>"]
    await desk.presses(desk.olga, "Приду")
    assert desk.look.rows("SELECT count(*) FROM survey_part WHERE answered_on IS NOT NULL") == [(1,)]


async def test_yes_and_no_need_no_typing(desk: Desk, seven: int) -> None:
    await desk.opens(desk.marina, *POLL)
    await desk.says(desk.marina, "Придёте?")
    await desk.presses(desk.marina, "Да/Нет")
    assert lines(desk)[5:7] == ["• Да", "• Нет"]
    await desk.presses(desk.marina, "Отправить")
    await desk.tick()
    assert desk.said(desk.igor).buttons == ["Да", "Нет"]


async def test_pressed_twice_it_is_sent_once_and_is_then_a_survey(desk: Desk, seven: int) -> None:
    await asks(desk, "Придёте?", "Да\nНет")
    preview = desk.said(desk.marina)
    send = preview.keyboard[0][0]["callback_data"]
    await desk.presses(desk.marina, "Отправить")
    assert await desk.forges(desk.marina, send, preview) == Answer("Опрос запущен.")
    assert desk.look.rows("SELECT count(*) FROM survey_said") == [(2,)]
    answer = await desk.forges(desk.marina, f"svpollyn:{SURVEY}")
    assert answer.text == ("Этот опрос уже отправлен, изменить вопрос нельзя. Нужен другой — сделайте новый.")


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("—", "Нужен вопрос словами. Напишите ещё раз."),
        ("\u200b\u202e", "Нужен вопрос словами. Напишите ещё раз."),
        ("я" * 601, "Слишком длинно: 601 знаков, нужно до 600. Сократите и пришлите снова."),
        ("я" * 4000, "Слишком длинно: 4000 знаков, нужно до 600. Сократите и пришлите снова."),
    ],
)
async def test_a_wrong_question_is_refused_and_still_awaited(desk: Desk, typed: str, refusal: str) -> None:
    await desk.opens(desk.marina, *POLL)
    assert (await desk.says(desk.marina, typed)).text == refusal
    assert desk.look.count("survey") == SURVEY - 1
    await desk.says(desk.marina, "🙂 Ну как?")
    assert lines(desk)[0] == "🙂 Ну как?"


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("Один", "Нужно от 2 до 10 вариантов, каждый с новой строки, а прислано: 1. Напишите ещё раз."),
        (
            "\n".join(map(str, range(200))),
            "Нужно от 2 до 10 вариантов, каждый с новой строки, а прислано: 200. Напишите ещё раз.",
        ),
        ("Да\nнет\n«ДА»", "Вариант ««ДА»» повторяется. Уберите повтор и пришлите все варианты снова."),
        (
            "Да\n" + "я" * 101,
            "Вариант 2 слишком длинный: 101 знаков, нужно до 100. Сократите и пришлите все варианты снова.",
        ),
    ],
)
async def test_wrong_options_are_refused_and_still_awaited(desk: Desk, typed: str, refusal: str) -> None:
    await desk.opens(desk.marina, *POLL)
    await desk.says(desk.marina, "Придёте?")
    assert (await desk.says(desk.marina, typed)).text == refusal
    await desk.says(desk.marina, "👍\n👎")
    assert lines(desk)[5:7] == ["• 👍", "• 👎"]


async def test_nothing_is_lost_by_a_restart(desk: Desk, reopen: Reopen, seven: int) -> None:
    await desk.opens(desk.marina, *POLL)
    await desk.says(desk.marina, "Придёте?")
    again = await reopen()
    await again.says(again.marina, "Да\nНе знаю")
    assert lines(again)[5:7] == ["• Да", "• Не знаю"]
    shown = await again.opens(again.marina, "/menu", "Опросы", "Придёте?")
    assert shown.buttons == BUTTONS


async def test_question_options_and_last_day_may_be_other_ones(desk: Desk, seven: int) -> None:
    await asks(desk, "Придёте?", "Да\nНе знаю")
    await desk.presses(desk.marina, "Вопрос")
    assert "Вопрос сейчас: Придёте?" in lines(desk)
    await desk.says(desk.marina, "Успеете?")
    await desk.presses(desk.marina, "Варианты")
    assert lines(desk)[2:5] == ["Варианты сейчас:", "Да", "Не знаю"]
    await desk.says(desk.marina, "Успею\nНе успею")
    await desk.presses(desk.marina, "Другой день")
    await desk.says(desk.marina, "15 марта")
    assert lines(desk)[2:7] == ["Успеете?", "До 15 марта, вт.", "", "• Успею", "• Не успею"]
    await desk.presses(desk.marina, "Кому")
    await desk.presses(desk.marina, "✅ Кураторы")
    await desk.presses(desk.marina, "К опросу")
    assert lines(desk)[9] == "Кому: команды школ, муниципальные координаторы — 1 человек"


async def test_nobody_and_a_day_that_passed_cannot_be_sent(desk: Desk, seven: int) -> None:
    await asks(desk, "Придёте?", "Да\nНе знаю")
    send = desk.said(desk.marina).keyboard[0][0]["callback_data"]
    await desk.presses(desk.marina, "Кому")
    for role in ("Кураторы", "Муниципальные", "Команды школ"):
        await desk.presses(desk.marina, f"✅ {role}")
    await desk.presses(desk.marina, "К опросу")
    assert lines(desk)[-2:] == ["Кому: никого", "⚠️ Никого: выберите, кого спросить."]
    assert desk.said(desk.marina).buttons == BUTTONS[1:]
    answer = await desk.forges(desk.marina, send)
    assert answer.text is not None
    assert answer.text.startswith("Пока Вы решали, это изменил другой координатор.")
    await desk.presses(desk.marina, "Кому")
    await desk.presses(desk.marina, "Все участники")
    await desk.presses(desk.marina, "К опросу")
    await desk.moves("2022-03-14 12:00")
    await desk.opens(desk.marina, "/menu", "Опросы", "Придёте?")
    assert lines(desk)[-1] == "⚠️ Срок прошёл: выберите день."
    await desk.presses(desk.marina, "До сегодня")
    assert await desk.presses(desk.marina, "Отправить") == Answer("Опрос запущен, приглашений: 2.")
    assert desk.look.rows(f"SELECT opens, closes FROM survey WHERE id = {SURVEY}") == [("2022-03-14", "2022-03-14")]  # noqa: S608
