"""«Дорожная карта»: pages and filters, honest and forged."""

import pytest

from rehearsal.pressing import Answer
from tests.handlers.desk import Desk

FILTERS = ["По месяцу", "По исполнителю", "По состоянию"]


def items(buttons: list[str]) -> list[int]:
    return [int(one.removeprefix("п. ")) for one in buttons if one.startswith("п. ")]


async def test_pages_hold_all_items_and_end_at_both_ends(desk: Desk) -> None:
    shown = await desk.says(desk.marina, "/roadmap")
    seen = items(shown.buttons)
    assert "‹ Назад" not in shown.buttons
    for page in (2, 3, 4):
        await desk.presses(desk.marina, "Дальше ›")
        assert shown.text.split("\n")[0] == f"Дорожная карта — 34\u00a0пункта, страница {page} из 4"
        seen += items(shown.buttons)
    assert seen == list(range(1, 35))
    assert "Дальше ›" not in shown.buttons
    await desk.presses(desk.marina, "‹ Назад")
    assert items(shown.buttons) == list(range(19, 28))


@pytest.mark.parametrize(
    ("page", "shown"), [("-1", 1), ("-99999999999999999999", 1), ("4", 4), ("99999999999999999999999999", 4)]
)
async def test_page_out_of_range_is_the_nearest_one(desk: Desk, page: str, shown: int) -> None:
    await desk.says(desk.marina, "/roadmap")
    await desk.forges(desk.marina, f"list:all:-:{page}")
    assert f"страница {shown} из 4" in desk.screen(desk.marina)


async def test_filter_by_month(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/roadmap", "По месяцу")
    assert (shown.text, shown.buttons[0], shown.buttons[-2:]) == (
        "За какой месяц показать пункты?", "ноябрь 2021", ["декабрь 2022", "Все пункты"],
    )  # fmt: skip
    await desk.presses(desk.marina, "май 2022")
    assert shown.text.split("\n")[0] == "май 2022 — 4\u00a0пункта"
    assert items(shown.buttons) == [15, 23, 24, 26]


async def test_filter_by_executor(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/roadmap", "По исполнителю", "Кураторы")
    assert (shown.text.split("\n")[0], items(shown.buttons)) == ("Кураторы — 3\u00a0пункта", [12, 13, 26])


async def test_filtered_pages_stay_filtered(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/roadmap", "По исполнителю", "Региональный координатор")
    first = items(shown.buttons)
    await desk.presses(desk.marina, "Дальше ›")
    assert shown.text.startswith("Региональный координатор — ")
    assert min(items(shown.buttons)) > max(first)
    await desk.presses(desk.marina, "Все пункты")
    assert shown.text.startswith("Дорожная карта — 34\u00a0пункта, страница 1")


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("Просрочено", list(range(1, 10))),
        ("Идёт", [15, 16, 19, 20, 23, 24, 31]),
        ("Без срока", [17, 22]),
        ("Ждёт даты", []),
        ("Закрыто", []),
    ],
)
async def test_filter_by_state(desk: Desk, state: str, found: list[int]) -> None:
    shown = await desk.opens(desk.marina, "/roadmap", "По состоянию", state)
    assert (shown.text.split(" — ")[0], items(shown.buttons)) == (state, found)


async def test_empty_result_says_so_and_offers_a_way_out(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/roadmap", "По состоянию", "Закрыто")
    assert shown.text == "Закрыто — 0\u00a0пунктов\n\nТаких пунктов нет."
    assert shown.buttons == [*FILTERS, "Все пункты", "В меню"]


async def test_unclear_lists_the_flagged_items(desk: Desk) -> None:
    shown = await desk.says(desk.marina, "/unclear")
    assert shown.text.startswith("Требуют уточнения — 11\u00a0пунктов, страница 1 из 2\n")
    assert items(shown.buttons) == [1, 7, 8, 9, 11, 17, 21, 22, 26]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("list:executor:nobody:0", []),
        ("list:executor:-:5", []),
        ("list:status:nonsense:0", []),
        ("list:month:nonsense:0", list(range(1, 10))),
        ("list:month:202213:0", list(range(1, 10))),
        ("list:month:20220²:0", list(range(1, 10))),
        ("list:month:000001:0", list(range(1, 10))),
        ("list:month:999912:0", list(range(1, 10))),
        ("list:month:299912:0", []),
        ("list:nonsense:<b>:0", list(range(1, 10))),
        ("list:::0", list(range(1, 10))),
    ],
)
async def test_garbage_in_a_filter_shows_all_or_nothing_never_a_failure(
    desk: Desk, data: str, found: list[int]
) -> None:
    await desk.says(desk.marina, "/menu")
    assert await desk.forges(desk.marina, data) == Answer("")
    assert items(desk.said(desk.marina).buttons) == found


@pytest.mark.parametrize("data", ["list:all:-:x", "list:all:-", "list:all:-:0:0", "filter:nonsense", "filter:", "list"])
async def test_garbage_that_is_no_filter_is_a_dead_button(desk: Desk, data: str) -> None:
    await desk.says(desk.marina, "/menu")
    dead = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
    assert await desk.forges(desk.marina, data) == dead
