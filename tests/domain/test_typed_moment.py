"""A day with a time as people type it."""

import pytest

from domain.refusal import Refusal
from domain.typed_moment import read_moment
from tests.people import MOSCOW, msk

NOW = msk("2022-03-10 12:00")
"""A Thursday noon."""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("завтра 10:00", "2022-03-11 10:00"),
        ("Завтра в 10:00", "2022-03-11 10:00"),
        ("10:00 завтра", "2022-03-11 10:00"),
        ("завтра, 9-30", "2022-03-11 09:30"),
        ("15.03 9:30", "2022-03-15 09:30"),
        ("15.03 9.30", "2022-03-15 09:30"),
        ("15.03.2022 9:05", "2022-03-15 09:05"),
        ("15 марта 2022 в 18:00", "2022-03-15 18:00"),
        ("15 марта в 9", "2022-03-15 09:00"),
        ("14.03 в 10 часов", "2022-03-14 10:00"),
        ("послезавтра к 8 часам", "2022-03-12 08:00"),
        ("в пятницу в 10", "2022-03-11 10:00"),
        ("через неделю 10:00", "2022-03-17 10:00"),
        ("18:30", "2022-03-10 18:30"),
        ("в 18", "2022-03-10 18:00"),
        ("9 утра", "2022-03-10 09:00"),
        ("сегодня 9:00", "2022-03-10 09:00"),
        ("вчера 10:00", "2022-03-09 10:00"),
        ("20 декабря 9:00", "2022-12-20 09:00"),
    ],
)
def test_what_is_typed_is_the_instant_that_is_meant(typed: str, meant: str) -> None:
    assert read_moment(typed, now=NOW, zone=MOSCOW) == msk(meant)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("завтра", "typed_moment.no-time"),
        ("15.03", "typed_moment.no-time"),
        ("25:00", "typed_moment.no-time"),
        ("завтра 10:75", "typed_moment.no-time"),
        ("<b>&", "typed_moment.no-time"),
        ("когда-нибудь 10:00", "typed_day.not-a-day"),
        ("31.02 10:00", "typed_day.impossible"),
    ],
)
def test_what_is_no_day_or_has_no_time_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_moment(typed, now=NOW, zone=MOSCOW)
    assert refused.value.reason == reason
