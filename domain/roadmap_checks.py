"""Checks of single fields of a roadmap file, for the models of ``domain/roadmap_schema.py``.

A refusal carries its text id as pydantic's error type: ``roadmap_file.…``, or the deadline's own reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from pydantic import AfterValidator, ValidationInfo

from domain.deadline import DeadlineError, parse_deadline
from domain.registry import name_key
from domain.roadmap import ItemKind
from domain.toml_file import refused

YEARS: Final = (2000, 2100)
NUMBERS: Final = (1, 999)
REACH: Final = 5
"""A deadline further from the roadmap's year than so many years is a slip of the pen: 2032 for 2022."""

_LEAP: Final = 2024  # stands for a year that cannot be read, so that 29.02 is not refused because of it


@dataclass(frozen=True, slots=True)
class Scope:
    """What a field is checked against outside itself; ``None`` is what cannot be read, and refuses nothing.

    ``items`` are the kinds of items by number; ``taken`` collects the numbers and ids already met.
    """

    year: int | None
    executors: frozenset[str] | None
    channels: frozenset[str] | None
    items: Mapping[int, Any] | None
    taken: set[tuple[str, object]] = field(default_factory=set)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Self:
        """Read leniently: a file with a wrong heading still has its items checked."""
        year = raw.get("year")
        known = type(year) is int and YEARS[0] <= year <= YEARS[1]
        kinds = _kinds(raw.get("items"))
        return cls(year if known else None, _ids(raw.get("executors")), _ids(raw.get("channels")), kinds)


def _kinds(entries: Any) -> Mapping[int, Any] | None:
    """The first of two equal numbers counts; one that cannot be read may be any."""
    listed = [entry if isinstance(entry, dict) else {} for entry in entries] if isinstance(entries, list) else []
    numbers = [entry.get("number") for entry in listed]
    if not listed or not all(type(one) is int and NUMBERS[0] <= one <= NUMBERS[1] for one in numbers):
        return None
    return {entry["number"]: entry.get("kind", ItemKind.UNKNOWN) for entry in reversed(listed)}


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


def inside(value: int, low: int, high: int) -> int:
    """A number between two others, both allowed."""
    if not low <= value <= high:
        raise refused("roadmap_file.out-of-range", min=str(low), max=str(high))
    return value


def between(low: int, high: int) -> AfterValidator:
    """``inside`` with its bounds fixed."""
    return AfterValidator(lambda value: inside(value, low, high))


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


def a_survey(value: int, info: ValidationInfo) -> int:
    """The number of an item that is a survey."""
    items = _scope(info).items
    if items is not None and value not in items:
        raise refused("roadmap_file.unknown-item", number=str(value))
    if items is not None and items[value] != ItemKind.SURVEY and items[value] in [*ItemKind]:
        raise refused("roadmap_file.not-a-survey", number=str(value))
    return value


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
