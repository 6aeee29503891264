"""Which call meets which trouble."""

import pytest

from rehearsal.faults import ANY, SENDS, Faults


def taken(faults: Faults, *methods: str) -> list[str | None]:
    """The kinds that calls of these methods meet, one after another."""
    return [fault.kind if (fault := faults.take(method)) else None for method in methods]


def test_counted_troubles_come_in_the_order_they_were_asked_for() -> None:
    faults = Faults()
    faults.fail("sendMessage", times=2)
    faults.flood("sendMessage")
    assert taken(faults, *["sendmessage"] * 4) == ["error", "error", "flood", None]


def test_troubles_without_an_end_take_turns_after_the_counted_ones() -> None:
    faults = Faults()
    faults.drop(SENDS, None)
    faults.fail(SENDS, None)
    faults.flood(SENDS, 2)
    assert taken(faults, *["sendmessage"] * 6) == ["flood", "flood", "drop", "error", "drop", "error"]


@pytest.mark.parametrize(
    ("method", "met"),
    [
        (SENDS, ["error", "error", None, None]),
        (ANY, ["error", "error", "error", "error"]),
        ("sendPhoto", [None, "error", None, None]),
    ],
)
def test_trouble_is_met_only_by_the_methods_it_is_meant_for(method: str, met: list[str | None]) -> None:
    faults = Faults()
    faults.fail(method, None)
    assert taken(faults, "sendmessage", "sendphoto", "editmessagetext", "getupdates") == met


def test_one_kind_is_cleared_and_the_others_stay() -> None:
    faults = Faults()
    faults.fail(SENDS, None)
    faults.silence(SENDS, 3)
    faults.slow(ANY, 0.5)
    faults.clear("error")
    assert [fault.kind for fault in faults.planned] == ["silence"]
    assert faults.late("sendmessage") == 0.5
    faults.clear()
    assert (faults.planned, faults.late("sendmessage")) == ([], 0.0)


def test_slow_is_of_one_method_or_of_all() -> None:
    faults = Faults()
    faults.slow("sendMessage", 0.3)
    assert (faults.late("sendmessage"), faults.late("getme")) == (0.3, 0.0)
    faults.slow(ANY, 0.1)
    assert (faults.late("sendmessage"), faults.late("getme")) == (0.3, 0.1)
    faults.slow("sendMessage", 0)
    assert faults.late("sendmessage") == 0.1
