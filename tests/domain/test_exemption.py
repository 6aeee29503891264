"""Why an item does not apply to somebody."""

import pytest

from domain.exemption import reason_of
from domain.refusal import Refusal


def test_a_reason_is_one_line() -> None:
    assert reason_of(" Школа\n на ремонте ") == "Школа на ремонте"
    assert reason_of("я" * 300) == "я" * 300


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "exemption.no-reason"),
        (" — ", "exemption.no-reason"),
        ("ок", "exemption.no-reason"),
        ("я" * 301, "exemption.long-reason"),
    ],
)
def test_no_reason_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        reason_of(typed)
    assert refused.value.reason == reason
