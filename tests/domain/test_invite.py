"""How codes look and are recognised, until when they work, and when too many were tried."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from domain.invite import ALPHABET, card_expiry, code_hash, draw_code, looks_like_code, open_again
from tests.people import MOSCOW, msk

NOON = msk("2022-03-09 12:00")


def minutes(*ago: float) -> list[datetime]:
    """Tries so many minutes before noon."""
    return [NOON - timedelta(minutes=one) for one in ago]


def test_a_code_is_three_groups_of_four_without_letters_that_look_alike() -> None:
    chance = Random(7)  # noqa: S311 - codes that let nobody in
    for _ in range(200):
        groups = draw_code(chance).split("-")
        assert [len(group) for group in groups] == [4, 4, 4]
        assert set("".join(groups)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("01IO")


@pytest.mark.parametrize(
    "typed",
    [
        "7KM2-HN4P-X9CD",
        "7km2-hn4p-x9cd",
        "7KM2HN4PX9CD",
        " 7KM2 HN4P  X9CD\n",
        "7KM2–HN4P—X9CD",
        "7КМ2-НN4Р-Х9СD",
        "7км2-нn4р-х9сd",
    ],
)
def test_however_a_code_is_typed_it_is_the_same(typed: str) -> None:
    assert code_hash(typed) == code_hash("7KM2-HN4P-X9CD")
    assert looks_like_code(typed)


@pytest.mark.parametrize("typed", ["7KM2-HN4P-X9C", "7KM2-HN4P-X9CDD", "7K01-HN4P-X9CD", "7KM2-HN4P-X9CD-2222"])
def test_a_code_with_a_mistake_is_meant_as_a_code_and_is_another(typed: str) -> None:
    assert looks_like_code(typed)
    assert code_hash(typed) != code_hash("7KM2-HN4P-X9CD")


@pytest.mark.parametrize(
    "typed",
    [
        *("", "1", "п. 16", "Здравствуйте", "Марина Королёва", "8 910 123-45-67", "10.03-24.03.2022", "организация"),
        *("Organisation", "7KM2", "приказ № 7 от 12.03", "/start 7KM2-HN4P-X9CD", "🎓" * 12, "7KM2-HN4P-X9CD" * 3),
    ],
)
def test_words_and_numbers_are_no_codes(typed: str) -> None:
    assert not looks_like_code(typed)


@pytest.mark.parametrize(
    ("issued", "until"),
    [
        ("2022-03-10 12:00", "2022-04-09 23:59:59"),
        ("2022-03-10 00:00", "2022-04-09 23:59:59"),
        ("2022-03-10 23:59", "2022-04-09 23:59:59"),
        ("2021-12-31 09:00", "2022-01-30 23:59:59"),
    ],
)
def test_a_personal_code_works_to_the_end_of_a_day(issued: str, until: str) -> None:
    assert card_expiry(msk(issued), MOSCOW) == msk(until)
    assert card_expiry(msk(issued), MOSCOW).tzinfo is UTC


@pytest.mark.parametrize(
    ("tries", "again"),
    [
        ([], None),
        (minutes(*range(9, 0, -1)), None),
        (minutes(*range(10, 0, -1)), 59),
        (minutes(60, *range(8, -1, -1)), 60),
        (minutes(61, *range(8, -1, -1)), None),
        (minutes(*range(110, 60, -5)), None),
        (minutes(*range(100, 50, -5)), 5),
        (minutes(*[60] * 10), None),
        (minutes(*[59] * 10), 1),
        (minutes(*[1] * 30), 59),
    ],
)
def test_after_ten_tries_within_an_hour_the_door_is_closed_for_an_hour(
    tries: list[datetime], again: float | None
) -> None:
    """``again``: in how many minutes."""
    assert open_again(tries, NOON) == (None if again is None else NOON + timedelta(minutes=again))
