"""The number and the date of an order as people type them."""

from datetime import date

import pytest

from domain.order import Order, is_order, order_of
from domain.refusal import Refusal

TODAY = date(2022, 3, 20)
MARCH, DECEMBER = date(2022, 3, 12), date(2021, 12, 25)


@pytest.mark.parametrize(
    ("typed", "number", "day"),
    [
        ("№ 15 от 12.03.2022", "15", MARCH),
        ("№15 от 12.03.22", "15", MARCH),
        ("15 от 12.03.2022", "15", MARCH),
        ("№ 15, 12.03.2022", "15", MARCH),
        ("№ 15 от 12/03/2022", "15", MARCH),
        ("Приказ № 15-О от 12 марта 2022 г.", "15-О", MARCH),
        ("приказ директора школы № 15/1 от 12 марта 2022 года", "15/1", MARCH),
        ("Приказ № 15 от «12» марта 2022 г.", "15", MARCH),
        ("приказ номер 15 дата: 12.03.2022", "15", MARCH),
        ("  №\n15   от\t12.03.2022 ", "15", MARCH),
        ("01-05/123 от 12 марта", "01-05/123", MARCH),
        ("№ 15 от 25.12", "15", DECEMBER),
        ("№ 15 от 20.03.2022", "15", TODAY),
    ],
)
def test_order_is_understood(typed: str, number: str, day: date) -> None:
    assert order_of(typed, TODAY) == Order(number, day)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "evidence.no-order"),
        ("№ 15", "evidence.no-order"),
        ("12.03.2022", "evidence.no-order"),
        ("от 12.03.2022", "evidence.no-order"),
        ("№ от 12.03.2022", "evidence.no-order"),
        ("№ абв от 12.03.2022", "evidence.no-order"),
        ("№ 15 от 31.02.2022", "evidence.no-order"),
        ("№ 15 от 12.03–14.03.2022", "evidence.no-order"),
        ("№ 15 от марта", "evidence.no-order"),
        ("№ 15 от 12.03.1922", "evidence.no-order"),
        ("№ 15 от 21.03.2022", "evidence.order-ahead"),
        (f"№ {'9' * 61} от 12.03.2022", "evidence.long-number"),
        ("15 " * 2000, "evidence.no-order"),
    ],
)
def test_what_is_no_order_is_refused(typed: str, why: str) -> None:
    with pytest.raises(Refusal) as caught:
        order_of(typed, TODAY)
    assert caught.value.reason == why


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("№ 15 от 12.03.2022", True),
        ("приказ 15 от 12 марта", True),
        ("15 12.03.2022", False),
        ("Провели семинар 12 марта, было 25 человек", False),
        ("№ 15 от 31.02.2022", False),
        ("Спасибо", False),
        ("№ 15 от 12.03.2022 " + "и ещё " * 100, False),
    ],
)
def test_order_is_told_from_a_text(typed: str, expected: bool) -> None:
    assert is_order(typed, TODAY) is expected
