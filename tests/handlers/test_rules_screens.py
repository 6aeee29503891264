"""«Уведомления»: the numbers, and the special days of the region."""

import pytest

from domain.notice_rules import Rules
from rehearsal.pressing import Answer
from tests.handlers.desk import Desk

SETTINGS = "SELECT name, value FROM setting"


def path_to(row: int) -> list[str]:
    """What leads to the question about a row."""
    return ["/rules", *["Дальше ›"] * ((row - 1) // 10), str(row)]


DAYS = "SELECT day, working, note FROM day_override ORDER BY day"


async def test_sheet_shows_every_number_and_opens_each(desk: Desk) -> None:
    shown = await desk.says(desk.marina, "/rules")
    rows = shown.text.split("\n")
    for _ in range(2):
        await desk.presses(desk.marina, "Дальше ›")
        rows += shown.text.split("\n")[3:]
    for _ in range(2):
        await desk.presses(desk.marina, "‹ Назад")
    assert rows[:4] == [
        "Когда бот пишет сам",
        "Нажмите номер строки, чтобы изменить. Изменение касается только того, что ещё не отправлено.",
        "",
        "1. Утреннее сообщение, часы: 09:00",
    ]
    assert shown.buttons == [*map(str, range(1, 11)), "Дальше ›", "Особые дни", "В меню"]
    assert len(shown.keyboard) <= 8
    assert [row.partition(".")[0] for row in rows[3:]] == [str(number) for number in range(1, len(Rules.names()) + 1)]
    for number in range(1, len(Rules.names()) + 1):
        label, _, now = rows[number + 2].partition(" ")[2].rpartition(": ")
        shown = await desk.opens(desk.marina, *path_to(number))
        assert shown.text == f"{label}\nСейчас: {now}, обычно: {now}. Напишите новое значение."
        assert shown.buttons == ["Как обычно", "Отмена"]


@pytest.mark.parametrize(
    ("row", "typed", "name", "kept", "usual"),
    [
        (1, "9.30", "morning", "09:30", "09:00"),
        (6, "10; 2, 2", "by_ahead", "10, 2", "14, 7, 3, 1"),
        (14, " 20 ", "repeated_on", "20", "25"),
    ],
)
async def test_number_of_each_kind_is_changed_and_brought_back(
    desk: Desk, row: int, typed: str, name: str, kept: str, usual: str
) -> None:
    await desk.opens(desk.marina, *path_to(row))
    shown = await desk.says(desk.marina, typed)
    assert shown.text.split("\n")[(row - 1) % 10 + 3].endswith(f": {kept} (обычно {usual})")
    assert desk.look.rows(SETTINGS) == [(name, f'"{kept}"')]
    await desk.presses(desk.marina, str(row))
    assert shown.text.endswith(f"Сейчас: {kept}, обычно: {usual}. Напишите новое значение.")
    await desk.presses(desk.marina, "Как обычно")
    assert shown.text.split("\n")[(row - 1) % 10 + 3].endswith(f": {usual}")
    assert desk.look.rows(SETTINGS) == []


@pytest.mark.parametrize(
    ("row", "typed", "refusal"),
    [
        (1, "25:00", "Нужно время, например «09:00». Напишите ещё раз."),
        (1, "утром", "Нужно время, например «09:00». Напишите ещё раз."),
        (
            1,
            "21:00",
            (
                "Часы не сходятся: молчание утром, затем сводка, затем сообщение, затем молчание вечером. "
                "Напишите другое время."
            ),
        ),
        (5, "0", "Нужны числа от 1 до 60, несколько — через запятую. Напишите ещё раз."),
        (5, "7, ", "Нужны числа от 1 до 60, несколько — через запятую. Напишите ещё раз."),
        (5, "семь", "Нужны числа от 1 до 60, несколько — через запятую. Напишите ещё раз."),
        (8, "61", "Нужны числа от 1 до 60, несколько — через запятую. Напишите ещё раз."),
        (8, "²", "Нужны числа от 1 до 60, несколько — через запятую. Напишите ещё раз."),
    ],
)
async def test_wrong_value_is_refused_with_what_to_write_and_still_awaited(
    desk: Desk, row: int, typed: str, refusal: str
) -> None:
    await desk.opens(desk.marina, "/rules", str(row))
    assert (await desk.says(desk.marina, typed)).text == refusal
    assert desk.look.rows(SETTINGS) == []
    await desk.says(desk.marina, "09:15" if row == 1 else "5")
    assert len(desk.look.rows(SETTINGS)) == 1


async def test_changed_morning_is_when_the_next_message_comes(desk: Desk) -> None:
    group = await desk.group("500+", "500+")
    await desk.opens(desk.marina, "/rules", "1")
    await desk.says(desk.marina, "10:45")
    await desk.moves("2022-03-23 18:00")
    last = desk.marina.last(group)
    assert (last.text.split("\n")[0], last.at.isoformat()) == (
        "📅 Сегодня, 23 марта, ср", "2022-03-23T07:45:00+00:00",
    )  # fmt: skip


async def test_special_days_are_added_shown_and_forgotten(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/rules", "Особые дни")
    nothing = "Особые дни\nОни важнее производственного календаря: региональные праздники, дни экзаменов.\nПока нет."
    assert (shown.text, shown.buttons) == (nothing, ["Нерабочий день", "Рабочий день", "К уведомлениям"])
    await desk.presses(desk.marina, "Нерабочий день")
    assert shown.text == (
        "Какой день сделать нерабочим? Напишите дату, после запятой можно примечание: «20 июня 2022, день области»."
    )
    await desk.says(desk.marina, "20 июня 2022, день <области>")
    await desk.presses(desk.marina, "Рабочий день")
    shown = await desk.says(desk.marina, "25.06.2022")
    assert shown.text.split("\n")[2:] == [
        "20 июня 2022, пн — нерабочий, день <области>",
        "25 июня 2022, сб — рабочий",
    ]
    assert desk.look.rows(DAYS) == [("2022-06-20", 0, "день <области>"), ("2022-06-25", 1, "")]
    for day in ("20 июня", "25 июня"):
        await desk.presses(desk.marina, f"Убрать {day}")
    assert (shown.text, desk.look.rows(DAYS)) == (nothing, [])
    await desk.presses(desk.marina, "К уведомлениям")
    assert shown.text.startswith("Когда бот пишет сам\n")


async def test_special_day_said_again_replaces_the_first_word(desk: Desk) -> None:
    for button in ("Нерабочий день", "Рабочий день"):
        await desk.opens(desk.marina, "/rules", "Особые дни", button)
        await desk.says(desk.marina, "20.06.2022")
    assert desk.look.rows(DAYS) == [("2022-06-20", 1, "")]


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("31 июня 2022", "Такой даты нет в календаре: «31 июня 2022». "),
        ("июнь", "Нужен один день, например «16 мая». Напишите дату ещё раз."),
        ("день области", "Срок не распознан: «день области». "),
    ],
)
async def test_day_that_cannot_be_is_refused_and_still_awaited(desk: Desk, typed: str, refusal: str) -> None:
    await desk.opens(desk.marina, "/rules", "Особые дни", "Нерабочий день")
    assert (await desk.says(desk.marina, typed)).text.startswith(refusal)
    await desk.says(desk.marina, "20.06.2022")
    assert desk.look.rows(DAYS) == [("2022-06-20", 0, "")]


async def test_forgetting_a_day_twice_is_forgetting_it_once(desk: Desk) -> None:
    await desk.opens(desk.marina, "/rules", "Особые дни", "Нерабочий день")
    shown = await desk.says(desk.marina, "20.06.2022")
    presses = [desk.marina.presses("Убрать 20 июня", shown) for _ in range(2)]
    await desk.settle()
    assert [press.answers for press in presses] == [[Answer("")], [Answer("")]]


async def test_many_special_days_fit_one_screen(desk: Desk) -> None:
    for day in range(1, 29):
        await desk.forges(desk.marina, "day:0")
        await desk.says(desk.marina, f"{day}.07.2022, {'долгое примечание ' * 20}")
    shown = desk.said(desk.marina)
    assert len(shown.text) < 3900
    assert len(shown.keyboard) <= 8
