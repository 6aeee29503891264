"""Checks of single fields of a roadmap file, for the models of ``domain/roadmap_schema.py``.

A refusal carries its text id as pydantic's error type: ``roadmap_file.…``, or the deadline's own reason.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from pydantic import AfterValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from domain.deadline import DeadlineError, parse_deadline
from domain.registry import name_key

YEARS: Final = (2000, 2100)
NUMBERS: Final = (1, 999)
REACH: Final = 5
"""A deadline further from the roadmap's year than so many years is a slip of the pen: 2032 for 2022."""

_LEAP: Final = 2024  # stands for a year that cannot be read, so that 29.02 is not refused because of it
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a field is checked against outside itself; ``None`` is what cannot be read, and refuses nothing.

    ``taken`` collects the numbers and ids already met.
    """

    year: int | None
    executors: frozenset[str] | None
    channels: frozenset[str] | None
    taken: set[tuple[str, object]] = field(default_factory=set)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Self:
        """Read leniently: a file with a wrong heading still has its items checked."""
        year = raw.get("year")
        known = type(year) is int and YEARS[0] <= year <= YEARS[1]
        return cls(year if known else None, _ids(raw.get("executors")), _ids(raw.get("channels")))


def _ids(entries: Any) -> frozenset[str] | None:
    if not isinstance(entries, list):
        return None
    found = [entry.get("id") for entry in entries if isinstance(entry, dict)]
    return frozenset(one.strip() for one in found if isinstance(one, str))


def _scope(info: ValidationInfo) -> Scope:
    scope = info.context
    if not isinstance(scope, Scope):
        raise TypeError("validate with context=Scope.of(raw)")
    return scope


def refused(reason: str, **details: str) -> PydanticCustomError:
    """The error of a check; ``details`` are the variables of the text."""
    return PydanticCustomError(reason, "refused", details)


def printable(value: str) -> str:
    """One line: no control characters, no line breaks, no marks that turn the direction of writing."""
    if any(unicodedata.category(one) in {"Cc", "Zl", "Zp"} or one in _TURNING for one in value):
        raise refused("roadmap_file.control-character")
    return value


def inside(value: int, low: int, high: int) -> int:
    """A number between two others, both allowed."""
    if not low <= value <= high:
        raise refused("roadmap_file.out-of-range", min=str(low), max=str(high))
    return value


def between(low: int, high: int) -> AfterValidator:
    """``inside`` with its bounds fixed."""
    return AfterValidator(lambda value: inside(value, low, high))


def matching(pattern: str, reason: str) -> AfterValidator:
    """The whole value is of the pattern."""

    def check(value: str) -> str:
        if re.fullmatch(pattern, value) is None:
            raise refused(reason)
        return value

    return AfterValidator(check)


def unique(what: str) -> AfterValidator:
    """The first of two equal numbers or ids of a file passes, the second is refused."""

    def check(value: object, info: ValidationInfo) -> object:
        taken = _scope(info).taken
        if (what, value) in taken:
            raise refused("roadmap_file.duplicate", value=str(value))
        taken.add((what, value))
        return value

    return AfterValidator(check)


def declared(known: Callable[[Scope], frozenset[str] | None], reason: str) -> AfterValidator:
    """The id stands among those that the file declares."""

    def check(value: str, info: ValidationInfo) -> str:
        ids = known(_scope(info))
        if ids is not None and value not in ids:
            raise refused(reason, id=value)
        return value

    return AfterValidator(check)


def each_once(values: list[str]) -> list[str]:
    """No id is repeated within one list."""
    twice = next((one for at, one in enumerate(values) if one in values[:at]), None)
    if twice is not None:
        raise refused("roadmap_file.duplicate", value=twice)
    return values


def named_once(schools: list[Any]) -> list[Any]:
    """No school is named twice in one municipality, whatever the letter case, quotes and «ё»."""
    keys = [(name_key(one.municipality), name_key(one.name)) for one in schools]
    twice = next((at for at, one in enumerate(keys) if one in keys[:at]), None)
    if twice is not None:
        raise refused("roadmap_file.duplicate", value=schools[twice].name)
    return schools


def understood(value: str, info: ValidationInfo) -> str:
    """The wording of a deadline that the parser takes; its refusals pass through."""
    year = _scope(info).year
    try:
        deadline = parse_deadline(value, year=_LEAP if year is None else year)
    except DeadlineError as error:
        raise refused(error.reason.value, fragment=error.fragment) from error
    days = (deadline.start, deadline.end)
    if year is not None and any(day is not None and abs(day.year - year) > REACH for day in days):
        raise refused("roadmap_file.deadline-far", year=str(year))
    return value
