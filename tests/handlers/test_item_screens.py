"""Cards, closing with and without a note, opening again, history."""

from rehearsal.pressing import Answer
from tests.handlers.desk import Desk

CARD = """⏳ п. 16 Организация первого опроса участников проекта

Срок: 10–24 марта (осталось 14\u00a0дней)
В приказе: 10.03-24.03.2022
Исполнители: Региональный координатор
Показатель: Не менее 90 % участников проекта приняли участие в опросе
Цель: не менее 90 % (участники)
Где освещается: Сайт Департамента, Электронная почта регионального координатора, 500+
Состояние: Идёт"""
CLOSED = "SELECT number, closing_note, closed_by FROM item WHERE closed_at IS NOT NULL"
CHANGES = "SELECT field, before, after, note, person_id FROM item_change ORDER BY id"
DONE = Answer("Пункт закрыт.")
OFFERED = ["Опрос", "Не применимо"]
BEFORE = Answer("Пункт уже закрыт.")


async def test_card_says_everything_about_an_item(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/roadmap", "Дальше", "п. 16")
    assert shown.text == CARD
    assert shown.buttons == ["Закрыть пункт", "Отложить", *OFFERED, "Исправить", "История", "К списку", "В меню"]
    await desk.presses(desk.marina, "К списку")
    assert "страница 2 из 4" in shown.text


async def test_card_says_what_is_to_be_confirmed(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/unclear", "п. 8")
    flags = (
        "Требует уточнения\n"
        "⚠️ Название: в скане не читается — Ячейка «Мероприятие» в скане потеряна.\n"
        "⚠️ Показатель: в скане не читается — Ячейка «Показатель реализации» в скане потеряна."
    )
    assert shown.text.endswith(f"Состояние: Просрочено\n\n{flags}")
    assert "Показатель: не указан\n" in shown.text


async def test_card_of_an_item_without_a_deadline_says_so(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/unclear", "п. 17")
    assert "\n\nСрок: не указан\nИсполнители: " in shown.text
    assert "Состояние: Без срока\n" in shown.text


async def test_card_of_an_item_after_a_date_offers_to_choose_the_day(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/unclear", "п. 21")
    assert shown.buttons[:2] == ["Назначить дату", "Закрыть пункт"]


async def test_closing_asks_for_a_note_and_keeps_it(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/roadmap", "Дальше", "п. 16", "Закрыть пункт")
    question = "Чем подтверждено закрытие? Напишите примечание: номер и дату документа, ссылку."
    assert shown.text == f"п. 16 Первый опрос участников\n{question}"
    assert shown.buttons == ["Без примечания", "Отмена"]
    card = await desk.says(desk.marina, "приказ № 7 <от 1 марта>")
    assert card.text.endswith("Состояние: Закрыто\nЗакрыт 10.03.2022 12:00: приказ № 7 <от 1 марта>")
    assert card.buttons == ["Открыть снова", *OFFERED, "Исправить", "История", "К списку", "В меню"]
    assert desk.look.rows(CLOSED) == [(16, "приказ № 7 <от 1 марта>", 1)]
    assert desk.look.rows(CHANGES) == [("state", "open", "closed", "приказ № 7 <от 1 марта>", 1)]


async def test_closing_without_a_note(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/roadmap", "Дальше", "п. 16", "Закрыть пункт")
    assert await desk.presses(desk.marina, "Без примечания") == DONE
    assert shown.text.endswith("Состояние: Закрыто\nЗакрыт 10.03.2022 12:00")
    assert desk.look.rows(CLOSED) == [(16, "", 1)]


async def test_cancelled_closing_changes_nothing(desk: Desk) -> None:
    await desk.opens(desk.marina, "/roadmap", "п. 2", "Закрыть пункт")
    assert await desk.presses(desk.marina, "Отмена") == Answer("Отменено, ничего не изменено.")
    shown = await desk.says(desk.marina, "приказ № 7")
    assert shown.text.startswith("Я понимаю кнопки.")
    assert desk.look.rows(CLOSED) == []


async def test_closing_twice_is_closing_once_and_says_so(desk: Desk) -> None:
    await desk.opens(desk.marina, "/roadmap", "п. 2", "Закрыть пункт")
    assert await desk.forges(desk.marina, "closed:2") == DONE
    assert await desk.forges(desk.marina, "closed:2") == BEFORE
    assert await desk.forges(desk.marina, "close:2") == BEFORE
    assert desk.screen(desk.marina).endswith("Закрыт 10.03.2022 12:00")
    assert (len(desk.look.rows(CLOSED)), len(desk.look.rows(CHANGES))) == (1, 1)


async def test_same_button_pressed_twice_quickly_is_answered_twice_and_done_once(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/roadmap", "п. 2", "Закрыть пункт")
    presses = [desk.marina.presses("Без примечания", shown) for _ in range(2)]
    await desk.settle()
    assert [press.answers for press in presses] == [[DONE], [BEFORE]]
    assert (len(desk.look.rows(CLOSED)), len(desk.look.rows(CHANGES))) == (1, 1)


async def test_two_coordinators_closing_at_once_close_once_and_both_see_it_closed(desk: Desk) -> None:
    for who in (desk.marina, desk.pavel):
        await desk.opens(who, "/roadmap", "п. 2", "Закрыть пункт")
    desk.marina.says("приказ Марины")
    desk.pavel.says("приказ Павла")
    await desk.settle()
    ((_, note, _),) = desk.look.rows(CLOSED)
    assert note in ("приказ Марины", "приказ Павла")
    assert len(desk.look.rows(CHANGES)) == 1
    for who in (desk.marina, desk.pavel):
        assert desk.screen(who).endswith(f"Закрыт 10.03.2022 12:00: {note}")


async def test_reopened_item_is_open_and_its_history_tells_it(desk: Desk) -> None:
    await desk.opens(desk.marina, "/roadmap", "Дальше", "п. 16", "Закрыть пункт")
    shown = await desk.says(desk.marina, "приказ № 7")
    assert await desk.presses(desk.marina, "Открыть снова") == Answer("Пункт снова открыт.")
    assert shown.text == CARD
    assert desk.look.rows(CLOSED) == []
    await desk.presses(desk.marina, "История")
    assert shown.text == (
        "п. 16 Первый опрос участников\n"
        "10.03.2022 12:00 Марина Королёва: Состояние: открыт снова\n"
        "10.03.2022 12:00 Марина Королёва: Состояние: закрыт (приказ № 7)"
    )
    await desk.presses(desk.marina, "К пункту")
    assert shown.text == CARD


async def test_reopening_an_open_item_changes_nothing(desk: Desk) -> None:
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, "reopen:16")
    assert (desk.screen(desk.marina), desk.look.rows(CHANGES)) == (CARD, [])


async def test_history_of_an_untouched_item_says_so(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/roadmap", "п. 2", "История")
    assert shown.text.endswith("\nНичего не менялось.")
    assert shown.buttons == ["К пункту"]


async def test_note_that_looks_like_an_invitation_is_still_a_note(desk: Desk) -> None:
    await desk.opens(desk.marina, "/roadmap", "п. 2", "Закрыть пункт")
    shown = await desk.says(desk.marina, "2345-6789-2345-6789")
    assert shown.text.endswith("Закрыт 10.03.2022 12:00: 2345-6789-2345-6789")


async def test_long_note_is_kept_shorter_and_the_card_still_fits(desk: Desk) -> None:
    await desk.opens(desk.marina, "/roadmap", "п. 2", "Закрыть пункт")
    shown = await desk.says(desk.marina, "слово " * 680)
    assert len(shown.text) < 3900
    assert [len(note) for _, note, _ in desk.look.rows(CLOSED)] == [1000]
