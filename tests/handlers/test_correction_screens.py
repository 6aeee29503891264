"""Correcting an item by hand: every field, every refusal, and who is told of a moved deadline."""

from datetime import date

import pytest

from rehearsal.pressing import Answer
from tests.handlers.desk import Desk

CHANGES = "SELECT field, before, after, note, person_id FROM item_change ORDER BY id"
LONG = "Нужен текст до {} знаков. Напишите короче и отправьте ещё раз."
UNDERSTOOD = "Напишите основание — его увидят те, кому срок уже был объявлен. Номер письма, приказа или пара слов."


async def asked(desk: Desk, field: str, number: int = 16) -> str:
    """The coordinator presses «Исправить» and a field; the question."""
    shown = await desk.opens(desk.marina, "/menu")
    await desk.forges(desk.marina, f"item:{number}", shown)
    await desk.presses(desk.marina, "Исправить")
    await desk.presses(desk.marina, field)
    return shown.text


async def test_fields_are_offered_and_flagged_ones_can_be_confirmed(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/unclear", "п. 8", "Исправить")
    assert shown.text == (
        "п. 8 Мероприятие п. 8 (в скане не читается)\nЧто исправить?\n"
        "⚠️ Название: в скане не читается — Ячейка «Мероприятие» в скане потеряна.\n"
        "⚠️ Показатель: в скане не читается — Ячейка «Показатель реализации» в скане потеряна."
    )
    assert [[one["text"] for one in row] for row in shown.keyboard] == [
        ["Название", "Верно"],
        ["Короткое название"],
        ["Срок"],
        ["Исполнители"],
        ["Показатель", "Верно"],
        ["Кто должен"],
        ["К пункту"],
    ]


async def test_confirmed_field_asks_no_more_and_the_history_says_so(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/unclear", "п. 8", "Исправить")
    assert await desk.presses(desk.marina, "Верно") == Answer("Отмечено: верно.")
    assert "Название: в скане не читается" not in shown.text
    await desk.presses(desk.marina, "Верно")
    assert (shown.text, "Верно" in shown.buttons) == (
        "п. 8 Мероприятие п. 8 (в скане не читается)\nЧто исправить?", False,
    )  # fmt: skip
    assert (await desk.card(8)).kept.item.flags == ()
    await desk.presses(desk.marina, "К пункту")
    await desk.presses(desk.marina, "История")
    assert shown.text.split("\n")[1:] == [
        "10.03.2022 12:00 Марина Королёва: Показатель: подтверждено",
        "10.03.2022 12:00 Марина Королёва: Название: подтверждено",
    ]


async def test_confirming_twice_is_confirming_once(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/unclear", "п. 8", "Исправить")
    for _ in range(2):
        assert await desk.forges(desk.marina, "right:8:title", shown) == Answer("Отмечено: верно.")
    assert len(desk.look.rows(CHANGES)) == 1


@pytest.mark.parametrize(
    ("field", "question", "typed", "column", "kept"),
    [
        (
            "Название",
            "п. 16 Название сейчас:\nОрганизация первого опроса участников проекта\n\nНапишите новое, до 1500 знаков.",
            "Первый  опрос\nучастников <проекта> & школ",
            "title",
            "Первый опрос участников <проекта> & школ",
        ),
        (
            "Короткое название",
            (
                "п. 16 Короткое название сейчас:\nПервый опрос участников\n\n"
                "Напишите новое, до 60 знаков: оно стоит в уведомлениях."
            ),
            "Опрос 1",
            "short_title",
            "Опрос 1",
        ),
        (
            "Показатель",
            (
                "п. 16 Показатель сейчас:\nНе менее 90 % участников проекта приняли участие в опросе\n\n"
                "Напишите новый, до 1500 знаков."
            ),
            "Не менее 95 %",
            "indicator",
            "Не менее 95 %",
        ),
    ],
)
async def test_text_of_a_field_is_asked_typed_and_kept(
    desk: Desk, field: str, question: str, typed: str, column: str, kept: str
) -> None:
    assert await asked(desk, field) == question
    card = await desk.says(desk.marina, typed)
    assert card.text.startswith("⏳ п. 16 ")
    assert card.buttons[0] == "Закрыть пункт"
    assert desk.look.rows(f"SELECT {column} FROM item WHERE number = 16") == [(kept,)]  # noqa: S608  ours
    ((_, _, after, why, person),) = desk.look.rows(CHANGES)
    assert (after, why, person) == (kept, "", 1)


@pytest.mark.parametrize(
    ("field", "typed", "limit"),
    [("Название", "я" * 1501, 1500), ("Короткое название", "я" * 61, 60), ("Показатель", "я" * 1501, 1500)],
)
async def test_text_too_long_is_refused_and_still_awaited(desk: Desk, field: str, typed: str, limit: int) -> None:
    await asked(desk, field)
    assert (await desk.says(desk.marina, typed)).text == LONG.format(limit)
    assert desk.look.rows(CHANGES) == []
    await desk.says(desk.marina, typed[:limit])
    assert len(desk.look.rows(CHANGES)) == 1


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        (
            "31 февраля",
            (
                "Такой даты нет в календаре: «31 февраля». "
                "Проверьте число, месяц и год и напишите, например, «до 20.03.2022»."
            ),
        ),
        (
            "24.03-10.03.2022",
            (
                "Конец раньше начала: «24.03-10.03.2022». "
                "Поменяйте даты местами или напишите год у каждой, например «15.12.2022 – 20.01.2023»."
            ),
        ),
        (
            "<b>потом</b>",
            (
                "Срок не распознан: «<b>потом</b>». Напишите, например, "
                "«до 20.03.2022», «10.03 – 24.03.2022», «июнь 2022» или «по отдельному графику»."
            ),
        ),
        ("до 30 марта 2035", "Срок отстоит от 2022 года больше чем на пять лет. Проверьте год: похоже на опечатку."),
    ],
)
async def test_impossible_deadline_is_refused_with_what_to_write_and_still_awaited(
    desk: Desk, typed: str, refusal: str
) -> None:
    await asked(desk, "Срок")
    assert (await desk.says(desk.marina, typed)).text == refusal
    assert (await desk.says(desk.marina, "до 30 марта")).text.startswith("п. 16 Понял так: до 30 марта, ср.\n")
    assert desk.look.rows(CHANGES) == []


async def test_deadline_is_read_back_before_it_is_saved(desk: Desk) -> None:
    question = await asked(desk, "Срок")
    assert question.startswith("п. 16 Срок сейчас: 10.03-24.03.2022\n\nНапишите новый, как в приказе: ")
    shown = await desk.says(desk.marina, "10–31 марта")
    assert (shown.text, shown.buttons) == (
        f"п. 16 Понял так: 10–31 марта.\n{UNDERSTOOD}", ["Без основания", "Отмена"],
    )  # fmt: skip
    assert (await desk.card(16)).kept.item.deadline.end == date(2022, 3, 24)
    await desk.presses(desk.marina, "Без основания")
    assert "\nСрок: 10–31 марта (остался 21\u00a0день)\nИсправлено: 10–31 марта\n" in shown.text
    assert desk.look.rows(CHANGES) == [("deadline", "10.03-24.03.2022", "10–31 марта", "", 1)]


async def test_those_who_were_told_hear_that_a_deadline_moved_and_why(desk: Desk) -> None:
    project = await desk.group("500+", "500+")
    other = await desk.group("Вектор успеха", "ВУ")
    await desk.tick()
    told = desk.marina.sees("⏳ п. 16 Первый опрос участников — началось: 10–24 марта", project)
    assert told is desk.marina.last(project)
    await asked(desk, "Срок")
    await desk.says(desk.marina, "10–31 марта")
    await desk.says(desk.marina, "письмо № 5 <от 9 марта>")
    await desk.moves("2022-03-10 12:01")
    news = (
        "📅 п. 16 Первый опрос участников\nПеренесено: 10–24 марта → 10–31 марта.\nОснование: письмо № 5 <от 9 марта>"
    )
    for who, chat in ((desk.marina, project), (desk.marina, None), (desk.pavel, None)):
        assert who.last(chat or who.private()).text == news
        assert who.last(chat or who.private()).buttons == ["Подробнее"]
    assert [one for one in desk.marina.messages(other) if one.sender.is_bot and one.service is None] == []


async def test_those_who_were_not_told_hear_nothing_of_a_move(desk: Desk) -> None:
    project = await desk.group("500+", "500+")
    await asked(desk, "Срок", 28)
    await desk.says(desk.marina, "сентябрь")
    await desk.says(desk.marina, "письмо № 5")
    await desk.moves("2022-03-10 12:01")
    desk.marina.does_not_see("Перенесено", project)


async def test_cancelled_deadline_stays_as_it_was(desk: Desk) -> None:
    await asked(desk, "Срок")
    await desk.says(desk.marina, "10–31 марта")
    assert await desk.presses(desk.marina, "Отмена") == Answer("Отменено, ничего не изменено.")
    await desk.says(desk.marina, "письмо № 5")
    assert desk.look.rows(CHANGES) == []


async def test_second_press_without_a_reason_is_kindly_refused_and_saved_once(desk: Desk) -> None:
    await asked(desk, "Срок")
    shown = await desk.says(desk.marina, "10–31 марта")
    presses = [desk.marina.presses("Без основания", shown) for _ in range(2)]
    await desk.settle()
    dead = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
    assert [press.answers for press in presses] == [[Answer("")], [dead]]
    assert len(desk.look.rows(CHANGES)) == 1


async def test_executors_are_added_and_taken_away_by_buttons(desk: Desk) -> None:
    shown_text = await asked(desk, "Исполнители")
    assert shown_text.endswith("Кто исполняет? Нажмите, чтобы добавить или убрать.")
    shown = desk.said(desk.marina)
    assert shown.buttons[0] == "✅ Региональный координатор"
    assert shown.buttons[-2:] == ["Команды школ", "Готово"]
    await desk.presses(desk.marina, "Кураторы")
    await desk.presses(desk.marina, "✅ Региональный координатор")
    assert [one for one in shown.buttons if one.startswith("✅")] == ["✅ Кураторы"]
    assert (await desk.card(16)).kept.item.executors == ("curators",)
    await desk.presses(desk.marina, "Готово")
    assert "\nИсполнители: Кураторы\n" in shown.text
    await desk.presses(desk.marina, "История")
    assert shown.text.split("\n")[1:] == [
        "10.03.2022 12:00 Марина Королёва: Исполнители: Региональный координатор, Кураторы → Кураторы",
        "10.03.2022 12:00 Марина Королёва: Исполнители: Региональный координатор → Региональный координатор, Кураторы",
    ]


async def test_last_executor_cannot_be_taken_away(desk: Desk) -> None:
    await asked(desk, "Исполнители")
    refusal = Answer("У пункта должен остаться хотя бы один исполнитель. Сначала добавьте другого.", alert=True)
    assert await desk.presses(desk.marina, "✅ Региональный координатор") == refusal
    assert (await desk.card(16)).kept.item.executors == ("coordinator",)


async def test_executor_nobody_knows_changes_nothing(desk: Desk) -> None:
    await asked(desk, "Исполнители")
    await desk.forges(desk.marina, "exec:16:nobody")
    assert (await desk.card(16)).kept.item.executors == ("coordinator",)
    assert desk.look.rows(CHANGES) == []


async def test_day_of_an_item_after_a_date_is_chosen_and_its_group_hears_of_it(desk: Desk) -> None:
    project = await desk.group("500+", "500+")
    shown = await desk.opens(desk.marina, "/unclear", "п. 21", "Назначить дату")
    assert shown.text.endswith("По приказу: после 29 апреля. Какой день назначить? Например: «16 мая».")
    await desk.says(desk.marina, "16 мая")
    await desk.says(desk.marina, "письмо № 6")
    assert "\nСрок: 16 мая, пн\nПо приказу: после 29 апреля\n" in desk.screen(desk.marina)
    assert "Перенести дату" in desk.said(desk.marina).buttons
    await desk.moves("2022-03-10 12:01")
    news = "📅 п. 21 Совещание по итогам первого мониторинга\nНазначено на 16 мая, пн.\nОснование: письмо № 6"
    assert desk.marina.last(project).text == news


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("29 апреля", "Этот пункт проводится после 29 апреля. Выберите день позже."),
        ("май", "Нужен один день, например «16 мая». Напишите дату ещё раз."),
        ("16.05.2036", "Срок отстоит от 2022 года больше чем на пять лет. Проверьте год: похоже на опечатку."),
    ],
)
async def test_day_that_cannot_be_is_refused_and_still_awaited(desk: Desk, typed: str, refusal: str) -> None:
    await desk.opens(desk.marina, "/unclear", "п. 21", "Назначить дату")
    assert (await desk.says(desk.marina, typed)).text == refusal
    assert (await desk.says(desk.marina, "16.05.2022")).text.startswith("п. 21 Понял так: 16 мая, пн.")


async def test_item_with_a_date_of_its_own_takes_no_other_day(desk: Desk) -> None:
    await desk.forges(desk.marina, "field:16:held_on")
    shown = await desk.says(desk.marina, "16 мая")
    assert shown.text == "У этого пункта срок указан в приказе. Чтобы изменить его, нажмите «Исправить»."


async def test_corrections_of_two_coordinators_both_stay(desk: Desk) -> None:
    await asked(desk, "Показатель")
    await desk.forges(desk.pavel, "field:16:short")
    desk.marina.says("Не менее 95 %")
    desk.pavel.says("Опрос 1")
    await desk.settle()
    item = (await desk.card(16)).kept.item
    assert (item.indicator, item.short_title) == ("Не менее 95 %", "Опрос 1")
