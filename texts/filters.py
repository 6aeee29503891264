"""Filters of the templates: Russian plurals, days, and titles on one line."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import cache
from itertools import accumulate, islice
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from markupsafe import escape

from domain.agenda import Status
from domain.board import Stand
from domain.deadline import Deadline, DeadlineKind
from domain.indicator import IndicatorState
from domain.notice import effective

_RU = Locale.parse("ru")
_WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_NBSP = "\u00a0"
_ESCAPED = {letter: len(escape(letter)) for letter in "&<>\"'"}
"""How long HTML writes them; every other letter is one."""


def plural(count: int, one: str, few: str, many: str) -> str:
    """«1 школа», «2 школы», «5 школ» by Babel's Russian rules; the number is included."""
    forms = {"one": one, "few": few}
    return f"{count}{_NBSP}{forms.get(_RU.plural_form(count), many)}"


def day(value: date, *, year: bool = False) -> str:
    """«20 марта, вс»; with the year «20 марта 2022, вс»."""
    return f"{_date(value, year=year)}, {_WEEKDAYS[value.weekday()]}"


def day_brief(value: date) -> str:
    """«пн 14.03»: two of them stand beside each other on buttons."""
    return f"{_WEEKDAYS[value.weekday()]} {value:%d.%m}"


def day_month(value: date) -> str:
    """«20 марта»."""
    return _date(value, year=False)


def month(value: date) -> str:
    """«март 2022»."""
    return str(format_date(value, "LLLL y", locale=_RU))


def left(days: int) -> str:
    """«осталось 3 дня», «сегодня последний день», «просрочено на 2 дня»; ``days`` to the deadline."""
    if days == 0:
        return "сегодня последний день"
    if days < 0:
        return f"просрочено на {plural(-days, 'день', 'дня', 'дней')}"
    verb = "остался" if _RU.plural_form(days) == "one" else "осталось"
    return f"{verb} {plural(days, 'день', 'дня', 'дней')}"


def working_left(days: int) -> str:
    """«остался 1 рабочий день», «осталось 2 рабочих дня»."""
    verb = "остался" if _RU.plural_form(days) == "one" else "осталось"
    return f"{verb} {plural(days, 'рабочий день', 'рабочих дня', 'рабочих дней')}"


def after(days: int) -> str:
    """«завтра», «через 3 дня»; ``days`` until it begins."""
    return "завтра" if days == 1 else f"через {plural(days, 'день', 'дня', 'дней')}"


def short(text: str, limit: int = 60) -> str:
    """One line of at most ``limit`` characters, cut at a word with an ellipsis.

    What HTML writes longer («&lt;») counts as written, with a third to spare for ordinary quotation marks: a message
    of short lines is short whatever somebody typed.
    """
    line = " ".join(str(text).split())
    if len(line) <= limit and len(escape(line)) <= limit * 4 // 3:
        return line
    room = min(limit, _fitting(line, limit * 4 // 3))
    kept = line[: max(room, 1) - 1]
    whole_words = kept if line[len(kept)] == " " else kept.rsplit(" ", 1)[0]
    return whole_words.rstrip(",;:—– ") + "…"


def short_lines(text: str, limit: int = 600) -> str:
    """The same with the lines kept: at most ``limit`` characters of them all, empty lines left out."""
    kept: list[str] = []
    for line in filter(None, (" ".join(raw.split()) for raw in str(text).splitlines())):
        room = limit - sum(len(one) + 1 for one in kept)
        kept.append(short(line, max(room, 1)))
        if kept[-1] != line:
            break
    return "\n".join(kept)


def _fitting(line: str, limit: int) -> int:
    """How many characters of a line take at most ``limit`` when they are escaped."""
    lengths = accumulate(_ESCAPED.get(letter, 1) for letter in line[:limit])
    return sum(length <= limit for length in lengths)


def named(ids: str, parties: Iterable[Any]) -> str:
    """The names behind ids joined by commas: of executors, in the history of an item."""
    names = {one.id: one.name for one in parties}
    return ", ".join(names.get(one, one) for one in ids.split(", ") if one)


def when(deadline: Deadline, today: date | None = None) -> str:
    """A deadline as people say it: «до 20 марта, вс», «10–24 марта», «июнь 2022», «после 29 апреля».

    One that ends in another year than ``today`` names its year: «до 20 декабря 2021, пн».
    """
    start, end = deadline.start, deadline.end
    last = end or start
    year = today is not None and last is not None and last.year != today.year
    match deadline.kind:
        case DeadlineKind.ON if end:
            return day(end, year=year)
        case DeadlineKind.BY if end:
            return f"до {day(end, year=year)}"
        case DeadlineKind.AFTER if start:
            return f"после {_date(start, year=year)}"
        case DeadlineKind.BETWEEN if start and end:
            return span(start, end, year=year) if deadline.exact else _months(start, end)
        case DeadlineKind.RECURRING:
            return ", ".join(["регулярно", *_edges(deadline)])
    return "срок не указан"


@cache
def _date(value: date, *, year: bool) -> str:
    return str(format_date(value, "d MMMM y" if year else "d MMMM", locale=_RU))


def _edges(deadline: Deadline) -> list[str]:
    """The window of a recurring deadline, as far as it is named."""
    match deadline.start, deadline.end:
        case date() as start, date() as end:
            return [span(start, end) if deadline.exact else _months(start, end)]
        case date() as start, None:
            return [f"с {day_month(start)}"]
        case None, date() as end:
            return [f"до {day(end)}"]
    return []


def span(start: date, end: date, *, year: bool = False) -> str:
    """«22 марта, вт»; of several days «22–23 марта», «31 декабря 2022 – 1 января 2023»."""
    if start == end:
        return day(end, year=year)
    if start.year != end.year:
        return f"{_date(start, year=True)} – {_date(end, year=True)}"
    first = str(start.day) + "–" if start.month == end.month else f"{day_month(start)} – "
    return first + _date(end, year=year)


def _months(start: date, end: date) -> str:
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return f"в течение {start.year} года"
    if (start.year, start.month) == (end.year, end.month):
        return month(end)
    first = month(start) if start.year != end.year else str(format_date(start, "LLLL", locale=_RU))
    return f"{first} – {month(end)}"


_MARKS = {
    **dict.fromkeys(("overdue", "failed", "threatened"), "⚠️"),
    "running": "⏳",
    **dict.fromkeys(("closed", "done"), "✅"),
}


def mark(status: Status | IndicatorState | Stand) -> str:
    """The status mark in front of an item."""
    return _MARKS.get(status, "📅")


def local(value: datetime, zone: ZoneInfo) -> datetime:
    """An instant in the reader's zone."""
    return value.astimezone(zone)


def clock(value: datetime | time) -> str:
    """«09:00»."""
    return value.strftime("%H:%M")


def stamp(value: datetime) -> str:
    """«24.11.2021 09:00» of an instant already in the reader's zone."""
    return value.strftime("%d.%m.%Y %H:%M")


def size(count: int) -> str:
    """Bytes as people say them: «850 КБ», «1,2 МБ»."""
    if count < 1024 * 1000:
        return f"{max(1, round(count / 1024))}{_NBSP}КБ"
    return f"{count / 1024 / 1024:.1f}{_NBSP}МБ".replace(".", ",")


def decimal(value: float, digits: int = 2) -> str:
    """«4,25», «4»: rounded, with a comma."""
    whole, _, rest = f"{value:.{digits}f}".partition(".")
    rest = rest.rstrip("0")
    return f"{whole},{rest}" if rest else "0" if whole == "-0" else whole


def some(items: list[Any], limit: int) -> list[Any]:
    """The first ``limit`` of a list; the template says how many more there are."""
    return list(islice(items, limit))


FILTERS: dict[str, Callable[..., Any]] = {
    "plural": plural,
    "day": day,
    "day_brief": day_brief,
    "day_month": day_month,
    "month": month,
    "span": span,
    "left": left,
    "working_left": working_left,
    "after": after,
    "short": short,
    "short_lines": short_lines,
    "named": named,
    "when": when,
    "effective": effective,
    "mark": mark,
    "local": local,
    "clock": clock,
    "stamp": stamp,
    "some": some,
    "decimal": decimal,
    "size": size,
}
