"""The number and the date of an order as somebody typed them: «№ 15-О от 12.03.2022», «приказ 15 от 12 марта»."""

import re
from dataclasses import dataclass
from datetime import date

from domain.deadline import DeadlineError, DeadlineKind, parse_deadline
from domain.evidence import NUMBER_LIMIT
from domain.refusal import Refusal
from domain.registry import tidy

_OLDEST = 2000
_WHOLE = re.compile(
    r"(?:[^\W\d_]{3,}\s+){0,4}"  # «приказ директора школы»
    r"(?P<sign>№|N|номер\b)?\s*(?P<number>\S(?:.*?\S)??)[\s,;]+(?P<of>от\s+|дата:?\s+)?(?P<day>\d.*)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[\s.]*(?:г(?:ода|\.)?)[\s.]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Order:
    """The number as it was typed, and the day of the order."""

    number: str
    day: date


def is_order(text: str, today: date) -> bool:
    """Whether somebody typed the number and the date of an order and nothing else, with «№» or «от» between them."""
    found = _WHOLE.fullmatch(_plain(text))
    if found is None or not (found["sign"] or found["of"]) or len(text) > NUMBER_LIMIT + 60:
        return False
    try:
        order_of(text, today)
    except Refusal:
        return False
    return True


def order_of(text: str, today: date) -> Order:
    """Without a year it is the latest such day up to ``today``. Raises ``Refusal`` for anything that is not a number
    with a day of the calendar, and for a day that has not come yet."""
    found = _WHOLE.fullmatch(_plain(text))
    number = found["number"].strip(" ,;") if found else ""
    if found is None or not any(sign.isdigit() for sign in number):
        raise Refusal("evidence.no-order")
    if len(number) > NUMBER_LIMIT:
        raise Refusal("evidence.long-number", limit=NUMBER_LIMIT)
    day = _day(_YEAR.sub("", found["day"]), today)
    if day > today:
        raise Refusal("evidence.order-ahead", day=day)
    if day.year < _OLDEST:
        raise Refusal("evidence.no-order")
    return Order(number, day)


def _plain(text: str) -> str:
    """«от «12» марта» as orders write it is «от 12 марта»."""
    return tidy(re.sub(r'[«»„“”"]', "", text))


def _day(wording: str, today: date) -> date:
    days = [day for year in (today.year, today.year - 1) if (day := _read(wording, year)) is not None]
    if not days:
        raise Refusal("evidence.no-order")
    return next((day for day in days if day <= today), days[0])


def _read(wording: str, year: int) -> date | None:
    try:
        read = parse_deadline(wording.replace("/", "."), year=year)
    except DeadlineError:
        return None
    return read.end if read.kind is DeadlineKind.ON else None
