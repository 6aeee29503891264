"""Remarks, answers and «Текст для МЭДК» as they are seen and pressed."""

import pytest

from domain.remark import REMARK_LIMIT
from rehearsal.pressing import Answer
from tests.handlers.conftest import Reopen
from tests.handlers.desk import Desk

REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
DEAD = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
NEW = ["Замечание", "Предложение"]
BACK = ["К замечаниям школы", "В меню"]


async def remarks(desk: Desk, text: str = "Нет сроков <и> целей") -> None:
    """Igor remarks on the concept."""
    await desk.opens(desk.igor, "/menu", "Документы", "Концепция развития", "Замечание")
    await desk.says(desk.igor, text)


async def test_a_remark_goes_to_the_school_and_the_answer_comes_back(desk: Desk, seven: int) -> None:
    await desk.opens(desk.igor, "/menu", "Документы", "Концепция развития", "Замечание")
    assert desk.screen(desk.igor) == (
        "Замечание\nКонцепция развития\nШкола № 7\n\n"
        "Напишите текст одним сообщением, до 1000 знаков. Школа получит его сразу, он же войдёт в текст для МЭДК."
    )
    card = await desk.says(desk.igor, "Нет сроков <и> целей")
    assert card.text == (
        "✅ Замечание сохранено. Школе сообщено.\n\nЗамечание\nКонцепция развития\nШкола № 7\n\n"
        "Нет сроков <и> целей\n10.03.2022 12:00, Игорь Прохожий\n\nСостояние: ждёт ответа школы"
    )
    assert card.buttons == ["Ещё замечание", "Ещё предложение", "Исправлено", "Изменить текст", "К документу", *BACK]
    await desk.tick()
    told = desk.said(desk.olga)
    assert told.text == ("⚠️ Замечание\nКонцепция развития\nШкола № 7\n\nНет сроков <и> целей\n\nАвтор: Игорь Прохожий")
    assert told.buttons == ["Ответить", "Посмотреть"]
    await desk.presses(desk.olga, "Ответить")
    assert desk.screen(desk.olga).endswith("Напишите ответ: что сделано или когда будет сделано, до 1000 знаков.")
    answered = await desk.says(desk.olga, "Добавили <сроки>")
    assert answered.text.startswith("✅ Ответ сохранён и передан на проверку.\n\nЗамечание\n")
    assert answered.buttons == ["Изменить ответ", "К документу", *BACK]
    await desk.tick()
    back = desk.said(desk.igor)
    assert back.text == (
        "Школа ответила\nШкола № 7\nКонцепция развития\n\nЗамечание\nНет сроков <и> целей\n\nОтвет\nДобавили <сроки>"
    )
    assert back.buttons == ["Исправлено", "Не исправлено", "Посмотреть"]


async def test_not_fixed_goes_back_and_fixed_is_the_end(desk: Desk, seven: int) -> None:
    await remarks(desk)
    await desk.tick()
    await desk.presses(desk.olga, "Ответить")
    await desk.says(desk.olga, "Добавили")
    await desk.tick()
    assert await desk.presses(desk.igor, "Не исправлено") == Answer("Отмечено, школе сообщено.")
    assert "\nСостояние: не исправлено, ждёт ответа школы" in desk.screen(desk.igor)
    await desk.tick()
    again = desk.said(desk.olga)
    assert again.text.startswith("⚠️ Замечание пока не исправлено\n")
    await desk.presses(desk.olga, "Ответить")
    await desk.says(desk.olga, "Теперь точно")
    await desk.tick()
    assert await desk.presses(desk.igor, "Исправлено") == Answer("Отмечено.")
    assert "\nСостояние: ✅ исправлено\n" in desk.screen(desk.igor)
    assert desk.said(desk.igor).buttons == ["Не исправлено", "К документу", *BACK]
    done = Answer("Это уже отмечено исправленным, ответ больше не нужен.", alert=True)
    assert await desk.forges(desk.olga, "remanswer:1", message=again) == done


@pytest.mark.usefixtures("no_surveys")
async def test_the_author_corrects_the_text(desk: Desk, seven: int) -> None:
    await remarks(desk)
    await desk.tick()
    await desk.presses(desk.igor, "Изменить текст")
    assert desk.screen(desk.igor) == (
        "Замечание\nКонцепция развития\n\nНет сроков <и> целей\n\n"
        "Напишите текст, как должно быть, до 1000 знаков. Школа получит его сразу."
    )
    shown = await desk.says(desk.igor, "Нет целей")
    assert shown.text.startswith("✅ Текст изменён.\n\nЗамечание\n")
    assert "\nНет целей\n10.03.2022 12:00, Игорь Прохожий; текст изменён 10.03.2022 12:00\n" in shown.text
    await desk.tick()
    told = desk.said(desk.olga)
    assert told.text == "⚠️ Текст замечания изменён\nКонцепция развития\nШкола № 7\n\nНет целей\n\nАвтор: Игорь Прохожий"
    await desk.presses(desk.olga, "Ответить")
    await desk.says(desk.olga, "Добавили")
    late = Answer(
        "Школа уже ответила или это снято, поэтому текст не меняется. Если нужно — сделайте ещё одно замечание.",
        alert=True,
    )
    assert await desk.forges(desk.igor, "remtext:1", message=shown) == late
    assert await desk.forges(desk.olga, "remtext:1") == REFUSED


async def test_a_proposal_on_an_item(desk: Desk, seven: int) -> None:
    await desk.opens(desk.igor, "/menu", "Документы", "Замечания", "Предложение")
    chosen = desk.said(desk.igor)
    assert chosen.text == "Школа № 7\nПредложение: к чему?"
    assert chosen.buttons[-3:] == ["По пункту дорожной карты", "К замечаниям школы", "Отмена"]
    await desk.presses(desk.igor, "По пункту дорожной карты")
    assert "\nп. 20 Концептуальные документы и антирисковые программы\n" in desk.screen(desk.igor)
    await desk.presses(desk.igor, "п. 20")
    shown = await desk.says(desk.igor, "Добавить схему")
    assert shown.text.startswith("✅ Предложение сохранено. Школе сообщено.\n\nПредложение\nп. 20 ")
    assert shown.buttons == ["Ещё замечание", "Ещё предложение", "Учтено", "Изменить текст", *BACK]
    await desk.presses(desk.igor, "Ещё предложение")
    await desk.says(desk.igor, "И ещё одну")
    await desk.presses(desk.igor, "К замечаниям школы")
    listed = desk.said(desk.igor)
    assert listed.text == (
        "Школа № 7\nЗамечания и предложения: 2\n⏳ Ждут ответа школы: 2\n\n"
        "1. п. 20 Концептуальные документы и антирисковые программы\n"
        "Предложение: И ещё одну — ждёт ответа школы\n"
        "2. п. 20 Концептуальные документы и антирисковые программы\n"
        "Предложение: Добавить схему — ждёт ответа школы"
    )
    assert listed.buttons == ["1", "2", *NEW, "Текст для МЭДК", "К документам школы", "В меню"]
    await desk.presses(desk.igor, "2")
    assert "\nДобавить схему\n" in desk.screen(desk.igor)


async def test_a_school_sees_its_remarks_and_makes_none(desk: Desk, seven: int) -> None:
    for number in range(8):
        await remarks(desk, f"Замечание {number}")
    for shown in (await desk.opens(desk.olga, "/menu"), await desk.opens(desk.olga, "/tasks")):
        assert "\nЗамечания и предложения ждут ответа школы: 8" in shown.text
    await desk.forges(desk.olga, "remanswer:2")
    await desk.says(desk.olga, "Есть")
    assert "\nЗамечания и предложения ждут ответа школы: 7" in (await desk.opens(desk.olga, "/menu")).text
    assert "Замечания" not in (await desk.opens(desk.igor, "/menu")).text
    shown = await desk.opens(desk.olga, "/menu", "Документы", "Замечания: 8")
    assert shown.text.splitlines()[1] == "Замечания и предложения: 8, страница 1 из 2"
    assert shown.buttons == ["1", "2", "3", "4", "5", "6", "Дальше ›", "К документам школы", "В меню"]
    await desk.presses(desk.olga, "Дальше ›")
    assert desk.said(desk.olga).buttons == ["7", "8", "‹ Назад", "К документам школы", "В меню"]
    await desk.presses(desk.olga, "8")
    assert "\nЗамечание 0\n" in desk.screen(desk.olga)
    assert desk.said(desk.olga).buttons == ["Ответить", "К документу", *BACK]


async def test_a_placed_document_shows_what_is_not_fixed(desk: Desk, seven: int) -> None:
    await desk.opens(desk.olga, "/menu", "Документы", "Концепция развития", "Файл или ссылка")
    await desk.says(desk.olga, "школа.рф/1")
    await desk.presses(desk.olga, "Размещён")
    await desk.opens(desk.igor, "/menu", "Документы", "⏳ Концепция развития", "Замечание")
    await desk.says(desk.igor, "Нет сроков")
    shown = await desk.opens(desk.olga, "/menu", "Документы")
    assert shown.text.splitlines()[3] == "⚠️ Концепция развития — замечания, не исправлено: 1"
    await desk.presses(desk.olga, "⚠️ Концепция развития")
    assert "\nСостояние: ⚠️ замечания\nНе исправлено замечаний: 1\n" in desk.screen(desk.olga)
    await desk.presses(desk.olga, "Замечания: 1")
    await desk.presses(desk.olga, "1")
    assert desk.said(desk.olga).buttons[0] == "Ответить"


@pytest.mark.parametrize(("text", "said"), [("я" * 1001, "Слишком длинно"), ("\u200b", "Нужен текст.")])
async def test_a_bad_text_is_asked_for_again(desk: Desk, seven: int, text: str, said: str) -> None:
    await remarks(desk, text)
    assert desk.screen(desk.igor).startswith(said)
    await desk.says(desk.igor, "Нет сроков")
    assert desk.screen(desk.igor).startswith("✅ Замечание сохранено.")


async def test_a_question_survives_a_restart(desk: Desk, seven: int, reopen: Reopen) -> None:
    await desk.opens(desk.igor, "/menu", "Документы", "Концепция развития", "Замечание")
    again = await reopen()
    assert (await again.says(again.igor, "Нет сроков")).text.startswith("✅ Замечание сохранено.")
    await again.tick()
    await again.presses(again.olga, "Ответить")
    again = await reopen()
    assert (await again.says(again.olga, "Есть")).text.startswith("✅ Ответ сохранён")


@pytest.mark.parametrize(
    "data",
    [
        *("remarks:1", "rempage:1:0", "remnew:1:remark:0", "remitems:1:remark:0", "remdoc:1:concept:0:remark"),
        *(
            "remitem:1:20:remark",
            "remark:99",
            "remanswer:99",
            "remtext:99",
            "remfix:99:1",
            "medk:1:0",
            "medkset:1:1",
            "medkoff:1:1",
        ),
    ],
)
async def test_another_school_is_closed(desk: Desk, seven: int, data: str) -> None:
    for who in (desk.olga, desk.igor):
        await desk.says(who, "/menu")
        assert await desk.forges(who, data) == REFUSED
    assert desk.look.count("remark") == 0


@pytest.mark.parametrize(
    "data", ["remarks:x", "remnew:9:praise:0", "remfix:1:2", "medk:9:2", "medkset:9:-1", "remark:0"]
)
async def test_forged_buttons_are_dead(desk: Desk, seven: int, data: str) -> None:
    await desk.says(desk.igor, "/menu")
    assert await desk.forges(desk.igor, data) == DEAD


async def test_a_school_judges_and_enters_nothing_itself(desk: Desk, seven: int) -> None:
    await remarks(desk)
    await desk.says(desk.olga, "/menu")
    for data in (
        "remfix:1:1",
        "remfix:1:0",
        f"medk:{seven}:0",
        f"medkset:{seven}:{2**62}",
        f"remdoc:{seven}:concept:0:remark",
    ):
        assert await desk.forges(desk.olga, data) == REFUSED
    assert await desk.forges(desk.igor, "remanswer:1") == REFUSED
    assert desk.look.rows("SELECT fixed_at, placed_at, answer FROM remark") == [(None, None, "")]


# --- МЭДК -------------------------------------------------------------------------------------------------------------


async def test_the_text_is_copied_by_a_tap_and_marked(desk: Desk, seven: int) -> None:
    await remarks(desk)
    shown = await desk.opens(desk.igor, "/menu", "Документы", "Замечания: 1", "Текст для МЭДК")
    block = "Школа № 7, Южский район\n\nКонцепция развития\n1. Замечание: Нет сроков &lt;и&gt; целей"
    assert f"<code>{block}</code>" in shown.html
    assert shown.buttons == ["Внесено в МЭДК", *BACK]
    assert await desk.presses(desk.igor, "Внесено в МЭДК") == Answer("Отмечено внесённым: 1.")
    assert desk.screen(desk.igor) == (
        "Школа № 7\nТекст для МЭДК\n\n✅ Всё внесено.\n\n"
        "Последняя отметка: 10.03.2022 12:00, Игорь Прохожий, записей: 1"
    )
    assert desk.said(desk.igor).buttons == ["Снять последнюю отметку", "Показать всё", *BACK]
    await desk.presses(desk.igor, "Показать всё")
    assert "Нет сроков <и> целей" in desk.screen(desk.igor)
    assert await desk.presses(desk.igor, "Снять последнюю отметку") == Answer("Отметка снята, записей: 1.")
    assert "\nНе внесено: 1 из 1" in desk.screen(desk.igor)
    assert desk.look.rows("SELECT placed_at FROM remark") == [(None,)]


async def test_a_text_that_is_too_long_comes_as_a_file(desk: Desk, seven: int) -> None:
    for _ in range(5):
        await remarks(desk, "&" * (REMARK_LIMIT - 1) + "я")
    await desk.opens(desk.igor, "/menu", "Документы", "Замечания: 5", "Текст для МЭДК")
    file = desk.said(desk.igor)
    assert file.text == "Текст для МЭДК\nШкола № 7"
    assert file.media is not None
    (media,) = file.media.files
    stored = desk.world.files.get(media)
    assert stored is not None
    assert stored.name == "Замечания для МЭДК, Школа № 7.txt"
    assert stored.data.decode("utf-8-sig").startswith(
        "Школа № 7, Южский район\n\nКонцепция развития\n1. Замечание: &&&"
    )


async def test_the_longest_remark_and_answer_fit_every_screen(desk: Desk, seven: int) -> None:
    await remarks(desk, "<" * (REMARK_LIMIT - 1) + "я")
    await desk.tick()
    assert desk.said(desk.olga).text.startswith("⚠️ Замечание\n")
    await desk.presses(desk.olga, "Ответить")
    await desk.says(desk.olga, "&" * (REMARK_LIMIT - 1) + "я")
    assert desk.screen(desk.olga).startswith("✅ Ответ сохранён")
    await desk.tick()
    assert desk.said(desk.igor).text.startswith("Школа ответила\n")
    await desk.presses(desk.igor, "Исправлено")
    assert "\nСостояние: ✅ исправлено\n" in desk.screen(desk.igor)
