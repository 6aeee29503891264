"""«83 из 92»: how many participants answered, as it is typed."""

import pytest

from domain.refusal import Refusal
from domain.told_number import number_of


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("83", (83, 92)),
        ("83 из 90", (83, 90)),
        (" ответили 83\nиз 90 чел. ", (83, 90)),
        ("83/90", (83, 90)),
        ("0", (0, 92)),
        ("92", (92, 92)),
    ],
)
def test_a_number_is_understood(typed: str, number: tuple[int, int]) -> None:
    assert number_of(typed, 92) == number


@pytest.mark.parametrize(
    ("typed", "of", "reason"),
    [
        ("почти все", 92, "told_number.no-number"),
        ("", 92, "told_number.no-number"),
        ("90 %", 92, "told_number.no-number"),
        ("-5", 92, "told_number.no-number"),
        ("83 из 92 на 10.03", 92, "told_number.no-number"),
        ("93", 92, "told_number.more-than-all"),
        ("9 из 8", 92, "told_number.more-than-all"),
        ("83", 0, "told_number.nobody"),
        ("0 из 0", 92, "told_number.nobody"),
        ("5 из 999999999", 92, "told_number.too-many"),
    ],
)
def test_what_is_no_number_of_people_is_refused(typed: str, of: int, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        number_of(typed, of)
    assert refused.value.reason == reason
