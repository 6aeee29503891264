"""Carrying a roadmap over to another year: the same items, their years moved, every date to be confirmed."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from domain.deadline import Deadline, DeadlineError, DeadlineKind, parse_deadline
from domain.roadmap import Flag, FlagState, Item, Roadmap
from domain.roadmap_checks import YEARS

_FULL: Final = (
    r"(?<!\d)(?<!№)(?<!№\s)(?P<full>2[01]\d\d)(?!\d)"
    r"(?:(?P<slash>\s*[/‐‑‒–—―−-]\s*)(?P<next>\d\d)(?=\s*уч))?"
)
"""A year, and what stands for the second one in «2022/23 учебный год»; a school's number is not a year."""

_SHORT: Final = (
    r"(?P<before>(?<!\d)\d{1,2}\s*\.\s*\d{1,2}\s*\.\s*)(?P<dated>\d\d)(?!\d)|(?<![\d.])(?P<named>\d\d)(?=\s*г)"
)
"""«20.03.22» and «март 22 г.»: a year in a deadline; in a title the same may be a school: «№ 22, г. Родники»."""

_IN_PROSE: Final = re.compile(_FULL)
_IN_DEADLINE: Final = re.compile(f"{_FULL}|{_SHORT}", re.IGNORECASE)
_LEAP_DAY: Final = re.compile(
    r"(?<!\d)29(?=[»\"”“]?(?:-?[а-яё]{1,3}(?![а-яё]))?(?:\s*фев|\s*\.\s*0?2(?!\d)))", re.IGNORECASE
)
_SLUG_LENGTH: Final = 40


def carried_over(roadmap: Roadmap, *, year: int) -> Roadmap:
    """The same items for another year, each planned deadline flagged as carried.

    The number of the new order is not known yet, and its date is the old one moved: both are flagged.
    """
    if not YEARS[0] <= year <= YEARS[1]:
        raise ValueError(f"year {year} is out of range")
    by = year - roadmap.year
    return replace(
        roadmap,
        slug=_slug(roadmap.slug, year),
        title=_prose(roadmap.title, roadmap.year, by),
        year=year,
        order_number="",
        order_date=_moved(roadmap.order_date, by),
        items=tuple(_item(item, roadmap.year, by) for item in roadmap.items),
        flags=_order_flags(roadmap),
    )


def _slug(slug: str, year: int) -> str:
    base = re.sub(r"-?(?<!\d)\d{4}$", "", slug)[: _SLUG_LENGTH - len("-2022")].rstrip("-")
    return f"{base}-{year}" if base else str(year)


def _order_flags(roadmap: Roadmap) -> tuple[Flag, ...]:
    kept = [flag for flag in roadmap.flags if flag.field not in {"order_number", "order_date"}]
    return (Flag("order_number", FlagState.MISSING), Flag("order_date", FlagState.CARRIED), *kept)


def _item(item: Item, year: int, by: int) -> Item:
    text, deadline = _deadline(item.deadline_text, year, by)
    return replace(
        item,
        title=_prose(item.title, year, by),
        short_title=_prose(item.short_title, year, by),
        indicator=_prose(item.indicator, year, by),
        deadline_text=text,
        deadline=deadline,
        flags=_flags(item),
        held_on=None,
    )


def _flags(item: Item) -> tuple[Flag, ...]:
    """The note of a carried deadline is its wording in the year before."""
    if item.deadline.kind is DeadlineKind.NONE:
        return item.flags
    kept = [flag for flag in item.flags if (flag.field, flag.state) != ("deadline", FlagState.CARRIED)]
    return (*kept, Flag("deadline", FlagState.CARRIED, item.deadline_text))


def _deadline(text: str, year: int, by: int) -> tuple[str, Deadline]:
    """A year that the wording leaves out is the new roadmap's. 29 February becomes 28 where the year has none."""
    moved = _IN_DEADLINE.sub(lambda found: _later(found, by), text)
    try:
        return moved, parse_deadline(moved, year=year + by)
    except DeadlineError:
        shorter = _LEAP_DAY.sub("28", moved)
        return shorter, parse_deadline(shorter, year=year + by)


def _prose(text: str, year: int, by: int) -> str:
    """Only years next to the roadmap's own are moved: «ФГОС 2010 года» stays."""

    def near(found: re.Match[str]) -> str:
        return _later(found, by) if abs(int(found["full"]) - year) <= 1 else found[0]

    return _IN_PROSE.sub(near, text)


def _later(found: re.Match[str], by: int) -> str:
    parts = found.groupdict()
    if parts["full"]:
        following = f"{parts['slash']}{_two_digits(parts['next'], by)}" if parts["next"] else ""
        return f"{int(parts['full']) + by}{following}"
    if parts["dated"]:
        return parts["before"] + _two_digits(parts["dated"], by)
    return _two_digits(parts["named"], by)


def _two_digits(written: str, by: int) -> str:
    return f"{(int(written) + by) % 100:02}"


def _moved(day: date, by: int) -> date:
    """The same day of another year; 28 February for a 29th that the year does not have."""
    try:
        return day.replace(year=day.year + by)
    except ValueError:
        return day.replace(year=day.year + by, day=28)
