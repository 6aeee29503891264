"""The list of risks and a school's profile as they are seen and pressed."""

import pytest

from domain.risk_factor import RISK_LIMIT
from rehearsal.pressing import Answer
from tests.handlers.desk import Desk

REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
DEAD = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
GONE = Answer("Этого фактора в списке больше нет. Откройте список ещё раз.", alert=True)


async def test_a_curator_ticks_the_profile_and_programmes_appear(desk: Desk, seven: int) -> None:
    shown = await desk.opens(desk.igor, "/menu", "Документы", "Рисковый профиль")
    assert shown.text == (
        "Школа № 7\nРисковый профиль\n\nПока ничего не отмечено.\n\n"
        "Нажмите на фактор, чтобы отметить его или снять отметку. "
        "Снятая отметка ничего не удаляет: программа школы сохранится."
    )
    assert shown.buttons[1:3] == ["Дефицит педагогических кадров", "Недостаточная предметна…еских работников"]
    assert shown.buttons[-3:] == ["Дальше ›", "К документам школы", "В меню"]
    await desk.presses(desk.igor, "Дефицит педагогических кадров")
    assert "\n• Дефицит педагогических кадров\n" in desk.screen(desk.igor)
    assert "✅ Дефицит педагогических кадров" in desk.said(desk.igor).buttons
    await desk.presses(desk.igor, "Дальше ›")
    await desk.presses(desk.igor, "Низкий уровень дисциплины в классе")
    assert desk.said(desk.igor).buttons[-3:] == ["‹ Назад", "К документам школы", "В меню"]
    sheet = await desk.opens(desk.olga, "/menu", "Документы")
    assert sheet.text.splitlines()[5:7] == [
        "Программа «Дефицит педагогических кадров» — нет",
        "Программа «Низкий уровень дисциплины в классе» — нет",
    ]
    seen = await desk.opens(desk.olga, "/menu", "Документы", "Рисковый профиль")
    assert seen.text.endswith("Профиль отмечает куратор или региональный координатор. Если он неверен — напишите им.")
    assert seen.buttons == ["К документам школы", "В меню"]


async def test_the_same_press_twice_is_one(desk: Desk, seven: int) -> None:
    await desk.says(desk.igor, "/menu")
    for _twice in range(2):
        await desk.forges(desk.igor, f"risktick:{seven}:2:1:0")
    assert desk.look.rows("SELECT school_id, risk_factor_id FROM school_risk") == [(seven, 2)]


async def test_what_was_written_is_shown_apart_when_the_risk_is_gone(desk: Desk, seven: int) -> None:
    await desk.says(desk.igor, "/menu")
    await desk.forges(desk.igor, f"risktick:{seven}:2:1:0")
    await desk.opens(desk.olga, "/menu", "Документы", "Дефицит педагогических кадров", "Файл или ссылка")
    await desk.says(desk.olga, "школа.рф/кадры")
    await desk.forges(desk.igor, f"risktick:{seven}:2:0:0")
    sheet = await desk.opens(desk.olga, "/menu", "Документы")
    assert "\n\nНе входят в рисковый профиль\nПрограмма «Дефицит педагогических кадров» — черновик\n" in sheet.text
    await desk.presses(desk.olga, "Дефицит педагогических кадров")
    card = desk.said(desk.olga)
    assert card.text.endswith("Документ сохранён и вернётся в список, если фактор отметят снова.")
    assert card.buttons == ["К документам школы", "В меню"]
    refused = await desk.forges(desk.olga, f"docadd:{seven}:antirisk:2")
    assert refused.text.startswith("Этого фактора больше нет в рисковом профиле школы")


async def test_the_coordinator_keeps_the_list(desk: Desk, seven: int) -> None:
    shown = await desk.opens(desk.marina, "/menu", "Документы", "Факторы риска")
    assert shown.text.splitlines()[:2] == ["Факторы риска: 10", "• Низкий уровень оснащения школы"]
    assert shown.buttons[-4:] == ["Дальше ›", "Добавить", "Ко всем школам", "В меню"]
    await desk.presses(desk.marina, "Добавить")
    assert (await desk.says(desk.marina, "—")).text.startswith("Нужны буквы")
    added = await desk.says(desk.marina, "Далеко <до> школы")
    assert added.text.startswith("✅ Добавлено в список.\n\nФакторы риска: 11\n")
    await desk.presses(desk.marina, "Дальше ›")
    await desk.presses(desk.marina, "Дальше ›")
    await desk.presses(desk.marina, "Далеко <до> школы")
    assert desk.screen(desk.marina) == "Далеко <до> школы"
    await desk.presses(desk.marina, "Переименовать")
    known = await desk.says(desk.marina, "дефицит педагогических кадров")
    assert known.text.startswith("Фактор «Дефицит педагогических кадров» уже есть или был в списке.")
    assert (await desk.says(desk.marina, "Далеко ехать")).text == "Далеко ехать"
    await desk.presses(desk.marina, "Убрать из списка")
    assert desk.screen(desk.marina).startswith("Убрать из списка: Далеко ехать?\n")
    assert await desk.presses(desk.marina, "Да, убрать") == Answer("Убрано из списка.")
    assert desk.screen(desk.marina).startswith("Факторы риска: 10\n")
    for data in ("risk:11", "riskname:11", "riskend:11", "riskgone:11", f"risktick:{seven}:11:1:0"):
        assert await desk.forges(desk.marina, data) == GONE


async def test_a_name_at_its_limit_fits_every_screen(desk: Desk, seven: int) -> None:
    await desk.opens(desk.marina, "/menu", "Документы", "Факторы риска")
    for number in range(20):
        await desk.presses(desk.marina, "Добавить")
        await desk.says(desk.marina, "<" * (RISK_LIMIT - 3) + f"я{number:02}")
    for risk in range(1, 31):
        await desk.forges(desk.marina, f"risktick:{seven}:{risk}:1:0")
    assert "\nи ещё 10\n" in desk.screen(desk.marina)
    await desk.forges(desk.marina, f"docs:{seven}")
    assert "\nи ещё " in desk.screen(desk.marina)
    await desk.forges(desk.marina, f"doc:{seven}:antirisk:30")
    assert "<<<" in desk.screen(desk.marina)
    await desk.presses(desk.marina, "Замечание")
    await desk.says(desk.marina, "<" * 999 + "я")
    assert desk.screen(desk.marina).startswith("✅ Замечание сохранено.")


@pytest.mark.parametrize(
    "data", ["risks:0", "risk:1", "risknew", "riskname:1", "riskend:1", "riskgone:1", "risktick:1:1:1:0", "profile:1:0"]
)
async def test_others_keep_no_list_and_reach_no_other_school(desk: Desk, seven: int, data: str) -> None:
    for who in (desk.olga, desk.igor):
        await desk.says(who, "/menu")
        assert await desk.forges(who, data) == REFUSED
    assert desk.look.count("risk_factor") == desk.look.count("school_risk") == 0


@pytest.mark.parametrize("data", ["risk:0", "risks:x", "risktick:9:1:2:0", "risktick:9:0:1:0", "profile:0:0"])
async def test_forged_buttons_are_dead(desk: Desk, seven: int, data: str) -> None:
    await desk.says(desk.marina, "/menu")
    assert await desk.forges(desk.marina, data) == DEAD
