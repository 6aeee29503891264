"""Lines about what was agreed on, as curators type them on the phone."""

from datetime import date

import pytest

from domain.agreed import OWNER_LIMIT, Agreed, kept_agreed, read_agreed
from domain.refusal import Refusal

TODAY = date(2022, 3, 14)
"""A Monday."""
APRIL = date(2022, 4, 15)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("обновить сайт до 15.04, завуч", Agreed("Обновить сайт", APRIL, "завуч")),
        ("Обновить сайт до 15 апреля, завуч", Agreed("Обновить сайт", APRIL, "завуч")),
        ("Обновить сайт к 15 апреля завуч", Agreed("Обновить сайт", APRIL, "завуч")),
        ("Обновить сайт — до 15.04.2022 — Иванова И. И.", Agreed("Обновить сайт", APRIL, "Иванова И. И.")),
        ("Обновить сайт (до 15.04)", Agreed("Обновить сайт", APRIL)),
        ("обновить сайт, срок: до 15/04", Agreed("Обновить сайт", APRIL)),
        ("обновить сайт до 15 апреля 2022 г., завуч", Agreed("Обновить сайт", APRIL, "завуч")),
        ("обновить сайт до 15 апреля, пт, завуч", Agreed("Обновить сайт", APRIL, "завуч")),
        ("обновить сайт до пятницы, завуч", Agreed("Обновить сайт", date(2022, 3, 18), "завуч")),
        ("Довести до 20 учеников до 15.04", Agreed("Довести до 20 учеников", APRIL)),
        ("педсовет к 14.03", Agreed("Педсовет", TODAY)),
        ("педсовет к понедельнику", Agreed("Педсовет", date(2022, 3, 21))),
        ("прислать план до завтра, завуч", Agreed("Прислать план", date(2022, 3, 15), "завуч")),
        ("обновить сайт, срок 15 апреля, завуч", Agreed("Обновить сайт", APRIL, "завуч")),
        (
            "обновить сайт до 15.04, воспитатель группы до 5 лет",
            Agreed("Обновить сайт", APRIL, "воспитатель группы до 5 лет"),
        ),
        ("черновик до 20 марта, план до 15.04", Agreed("Черновик до 20 марта, план", APRIL)),
    ],
)
def test_what_by_when_and_who_is_read(line: str, found: Agreed) -> None:
    assert read_agreed(line, TODAY) == found


@pytest.mark.parametrize(
    "words",
    ["Обновить сайт — до 15 апреля 2022, пт — завуч", "Обновить сайт — до 15 апреля 2022, пт"],
)
def test_line_is_read_again_as_it_is_kept(words: str) -> None:
    owner = "завуч" if "завуч" in words else ""
    assert read_agreed(words, TODAY) == Agreed("Обновить сайт", APRIL, owner)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("обновить сайт", "visit.no-deed-day"),
        ("", "visit.no-deed-day"),
        ("до 15.04", "visit.no-deed"),
        ("обновить сайт до конца марта", "visit.no-deed-day"),
        ("открыть группу до 5 лет", "visit.no-deed-day"),
        ("обновить сайт до 31 апреля", "typed_day.impossible"),
        ("— до 15.04", "visit.no-deed"),
        ("обновить сайт до 13.03.2022", "visit.deed-day"),
        ("обновить сайт до 15.04.2030", "visit.deed-day"),
        ("обновить сайт до 15.04, " + "я" * (OWNER_LIMIT + 1), "visit.long-owner"),
    ],
)
def test_what_says_no_deed_or_no_day_is_refused(line: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_agreed(line, TODAY)
    assert refused.value.reason == reason


@pytest.mark.parametrize("near", [date(2022, 4, 20), date(2021, 1, 10)])
def test_what_was_taken_is_read_whenever_it_is_looked_at(near: date) -> None:
    assert kept_agreed("Обновить сайт — до 15 апреля 2022, пт — завуч", near) == Agreed("Обновить сайт", APRIL, "завуч")
