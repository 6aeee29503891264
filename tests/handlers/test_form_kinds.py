"""A report on a phone: lines, days at hand, photos, voice and places sent while something else is asked, marks."""

from dataclasses import replace

import pytest

from domain.form import Form, Question
from rehearsal.messages import Message
from rehearsal.page.acting import VOICE
from tests.actions.trial import AGREED, MET, PHOTOS, REMARKS, SEEN, WAS, WHERE, Trial, tries
from tests.handlers.conftest import Reopen
from tests.handlers.desk import Desk

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
HOW = "Напишите одним сообщением, каждую запись с новой строки: до 3 записей, в каждой до 60 знаков."


@pytest.fixture
def trial(desk: Desk) -> Trial:
    """Today is 10 March 2022, a Thursday."""
    return tries(desk.app.core, Trial())


async def begins(desk: Desk, trial: Trial, *questions: Question) -> Message:
    """Marina begins a report that asks this."""
    if questions:
        trial.form = Form("Отчёт", questions)
    await desk.opens(desk.marina, "/menu")
    await desk.forges(desk.marina, "fw:trial:1:0:go-on")
    return desk.said(desk.marina)


def seen(desk: Desk) -> list[str]:
    return desk.said(desk.marina).text.replace("\u00a0", " ").splitlines()


async def test_report_is_filled_in_and_each_answer_is_marked(desk: Desk, trial: Trial) -> None:
    first = await begins(desk, trial, MET, WAS, WHERE, SEEN, AGREED)
    assert first.text.splitlines() == ["Отчёт о визите", "", "1 из 4. Кто встречал?"]
    await desk.presses(desk.marina, "Директор")
    assert seen(desk) == [
        "✅ Записано: Кто встречал? — Директор",
        "",
        "Отчёт о визите",
        "",
        "2 из 4. Когда был визит?",
        "Выберите день или напишите другой, например: 15 марта, 15.03, вчера, пятница.",
    ]
    assert desk.said(desk.marina).buttons == ["9 марта, ср", "10 марта, чт", "‹ Назад", "Продолжу позже"]
    await desk.presses(desk.marina, "9 марта")
    assert seen(desk)[0] == "✅ Записано: Когда был визит? — 9 марта 2022, ср"
    await desk.says(desk.marina, "Уроки 5 «А»")
    assert seen(desk) == [
        "✅ Записано: Что увидели? — Уроки 5 «А»",
        "",
        "Отчёт о визите",
        "",
        "4 из 4. О чём договорились? (можно пропустить)",
        f"{HOW} Если записать нечего — напишите «нет».",
    ]
    await desk.says(desk.marina, "1. Совет до 15.04\n2. Педсовет <b>")
    assert seen(desk) == [
        "Отчёт о визите",
        "",
        "4 из 4. О чём договорились?",
        "",
        "Понял так:",
        "1. Совет до 15.04",
        "2. Педсовет <b> — 10.03",
        "Верно?",
    ]
    await desk.presses(desk.marina, "Верно")
    assert seen(desk) == [
        "✅ Записано: О чём договорились? — 2 записи",
        "",
        "Отчёт о визите",
        "⏳ Проверьте и нажмите «Отправить»: пока ответы не отправлены.",
        "",
        "1. Кто встречал? — Директор",
        "2. Когда был визит? — 9 марта 2022, ср",
        "3. Что увидели? — Уроки 5 «А»",
        "4. О чём договорились? — 2 записи",
    ]
    await desk.presses(desk.marina, "Отправить")
    assert seen(desk) == ["Отчёт отправлен."]


async def test_lines_are_shown_when_they_are_to_be_others(desk: Desk, trial: Trial) -> None:
    trial.given = {"agreed": ("Совет", "Педсовет")}
    await begins(desk, trial, AGREED, MET)
    await desk.presses(desk.marina, "‹ Назад")
    assert seen(desk)[2:7] == [
        "1 из 2. О чём договорились? (можно пропустить)",
        "Сейчас:",
        "1. Совет",
        "2. Педсовет",
        "",
    ]
    await desk.says(desk.marina, "а\nб\nв\nг")
    assert seen(desk) == ["Записей 4, а нужно до 3. Объедините похожие и пришлите все одним сообщением."]
    await desk.says(desk.marina, f"а\n{'я' * 61}")
    assert seen(desk) == ["Запись 2 слишком длинная: 61 знаков, нужно до 60. Сократите её и пришлите все записи снова."]


async def test_day_that_is_not_yet_is_refused(desk: Desk, trial: Trial) -> None:
    await begins(desk, trial, WAS, MET)
    await desk.says(desk.marina, "завтра")
    assert seen(desk) == ["Этот день ещё не наступил: 11 марта 2022, пт. Напишите прошедший день или «сегодня»."]
    await desk.says(desk.marina, "понедельник")
    assert seen(desk)[-1] == "Понял так: 7 марта 2022, пн. Верно?"


async def test_day_at_hand_that_was_chosen_has_its_mark(desk: Desk, trial: Trial) -> None:
    await begins(desk, trial, WAS, MET)
    await desk.presses(desk.marina, "9 марта")
    await desk.presses(desk.marina, "‹ Назад")
    assert desk.said(desk.marina).buttons[:2] == ["✅ 9 марта, ср", "10 марта, чт"]


async def test_photo_and_voice_at_a_question_in_words_are_attached_and_it_stays_asked(desk: Desk, trial: Trial) -> None:
    await begins(desk, trial, SEEN, REMARKS, PHOTOS)
    desk.marina.sends_voice(VOICE.read_bytes(), 3)
    await desk.settle()
    assert seen(desk) == [
        "✅ Получено 1 из 1",
        "",
        "Отчёт о визите",
        "",
        "1 из 3. Что увидели?",
        "Напишите одним сообщением, до 200 знаков.",
    ]
    await desk.says(desk.marina, "Уроки")
    desk.marina.sends_document(PDF, "План.pdf", mime="application/pdf")
    await desk.settle()
    assert seen(desk)[0] == "✅ Получено 1 из 1"
    assert seen(desk)[4] == "2 из 3. Замечания? (можно пропустить)"
    await desk.says(desk.marina, "нет")
    assert seen(desk)[-3:] == ["1. Что увидели? — Уроки", "2. Замечания? — нет ответа", "3. Фото и документы — 2 файла"]


async def test_album_at_what_is_to_be_confirmed_leaves_it_to_be_confirmed(desk: Desk, trial: Trial) -> None:
    await begins(desk, trial, AGREED, PHOTOS)
    await desk.says(desk.marina, "Совет до 15.04")
    desk.marina.sends_document(PDF, "План.pdf", mime="application/pdf")
    await desk.settle()
    assert seen(desk) == [
        "✅ Получено 1 из 1",
        "",
        "Отчёт о визите",
        "",
        "1 из 2. О чём договорились?",
        "",
        "Понял так:",
        "1. Совет до 15.04",
        "Верно?",
    ]
    await desk.presses(desk.marina, "Верно")
    assert seen(desk)[-2:] == ["1. О чём договорились? — 1 запись", "2. Фото и документы — 1 файл"]
    desk.marina.sends_document(PDF + b"\n", "Ещё.pdf", mime="application/pdf")
    await desk.settle()
    assert (seen(desk)[0], seen(desk)[-1]) == ("✅ Получено 1 из 1", "2. Фото и документы — 2 файла")


async def test_place_is_kept_beside_the_question_and_changed_from_the_summary(desk: Desk, trial: Trial) -> None:
    await begins(desk, trial, MET, WHERE)
    desk.marina.sends_location(57.0, 40.97)
    await desk.settle()
    assert seen(desk) == ["✅ Записано: Место — место на карте", "", "Отчёт о визите", "", "1 из 1. Кто встречал?"]
    await desk.presses(desk.marina, "Директор")
    await desk.presses(desk.marina, "Изменить ответ")
    assert desk.said(desk.marina).buttons == ["1. Кто встречал?", "2. Место", "Вернуться к ответам"]
    await desk.presses(desk.marina, "2. Место")
    assert seen(desk)[2:] == [
        "Место (можно пропустить)",
        "Сейчас: место на карте",
        "Пришлите место: скрепка → «Геопозиция».",
    ]
    await desk.presses(desk.marina, "Пропустить")
    assert seen(desk)[-1] == "1. Кто встречал? — Директор"


async def test_photo_is_refused_where_no_question_takes_it_anywhere(desk: Desk, trial: Trial) -> None:
    await begins(desk, trial, SEEN, replace(PHOTOS, anywhere=False))
    desk.marina.sends_document(PDF, "План.pdf", mime="application/pdf")
    await desk.settle()
    assert seen(desk) == ["Здесь нужен ответ словами или кнопкой. Файл не сохранён."]
    desk.marina.sends_location(57.0, 40.97)
    await desk.settle()
    assert seen(desk) == ["К этому вопросу место не приложить. Ответьте кнопкой или словами."]


async def test_report_that_was_sent_says_what_its_feature_says(desk: Desk, trial: Trial) -> None:
    trial.sent_note = "⏳ Отчёт у координатора."
    await begins(desk, trial, MET, WHERE)
    await desk.presses(desk.marina, "Директор")
    await desk.presses(desk.marina, "Отправить")
    await begins(desk, trial)
    assert seen(desk) == ["Отчёт о визите", "⏳ Отчёт у координатора.", "", "1. Кто встречал? — Директор"]


async def test_report_that_came_back_is_not_deleted(desk: Desk, trial: Trial) -> None:
    trial.may_drop = False
    await begins(desk, trial, MET)
    await desk.presses(desk.marina, "Директор")
    assert desk.said(desk.marina).buttons == ["Отправить", "Изменить ответ", "‹ Назад", "Продолжу позже"]
    answer = await desk.forges(desk.marina, "fw:trial:1:0:drop-sure")
    assert answer.text == "Эти ответы уже отправляли, удалить их нельзя. Исправьте их и отправьте снова."
    assert desk.look.count("form_run") == 1


async def test_report_goes_on_after_a_restart_with_what_was_typed_and_not_confirmed(
    desk: Desk, trial: Trial, reopen: Reopen
) -> None:
    await begins(desk, trial, AGREED, PHOTOS)
    await desk.says(desk.marina, "Совет до 15.04")
    again = await reopen()
    tries(again.app.core, trial)
    again.marina.sends_document(PDF, "План.pdf", mime="application/pdf")
    await again.settle()
    assert seen(again)[-3:] == ["Понял так:", "1. Совет до 15.04", "Верно?"]
    for _ in range(5):
        await again.forges(again.marina, "fs:trial:1:0:right:agreed")
    assert seen(again)[0] == "✅ Записано: О чём договорились? — 1 запись"
    assert [{*now} for _before, now in trial.kept] == [{"photos"}, {"photos", "agreed"}]
