"""A roadmap as a TOML file: read whole, or refused with everything that is wrong in it at once."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.deadline import parse_deadline
from domain.roadmap import Channel, Executor, Flag, Item, NamedSchool, Roadmap, Threshold
from domain.roadmap_checks import NUMBERS, Scope
from domain.roadmap_schema import ItemEntry, ItemFlag, RoadmapEntry, RoadmapFlag, ThresholdEntry

_SHOWN: Final = 80
"""Characters of somebody's wording that a defect repeats."""

_GENERIC: Final = "roadmap_file.not-valid"
_REASONS: Final = {
    "missing": "roadmap_file.missing",
    "extra_forbidden": "roadmap_file.unknown-field",
    "string_type": "roadmap_file.not-text",
    "int_type": "roadmap_file.not-number",
    "bool_type": "roadmap_file.not-yes-or-no",
    "date_type": "roadmap_file.not-date",
    "list_type": "roadmap_file.not-list",
    "model_type": "roadmap_file.not-table",
    "string_too_short": "roadmap_file.empty",
    "too_short": "roadmap_file.empty",
    "string_too_long": "roadmap_file.too-long",
    "too_long": "roadmap_file.too-many",
    "enum": "roadmap_file.bad-choice",
    "literal_error": "roadmap_file.bad-choice",
}
"""Pydantic's own types of error; the checks of ours carry their reason as the type."""


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing to correct in the file.

    ``item`` is the order's number of the item, ``None`` for the heading and for an item whose number cannot be read;
    such an item is named by its place in ``field``: ``items[3].title``. Places are counted from one, as people do.
    ``reason`` is a text id, ``details`` are the variables of its text.
    """

    item: int | None
    field: str
    reason: str
    details: Mapping[str, str]


class RoadmapFileError(ValueError):
    """The file is not taken; ``defects`` are all that is wrong in it."""

    def __init__(self, defects: tuple[Defect, ...]) -> None:
        super().__init__(", ".join(f"{defect.item or ''}/{defect.field}: {defect.reason}" for defect in defects))
        self.defects = defects


def read_roadmap(text: str) -> Roadmap:
    """The roadmap that a TOML text describes. Raises ``RoadmapFileError``."""
    return check_roadmap(_parsed(text.removeprefix("\ufeff")))  # the mark that Windows' Notepad leaves


def check_roadmap(raw: Mapping[str, Any]) -> Roadmap:
    """The roadmap of a document already parsed. Raises ``RoadmapFileError``."""
    try:
        entry = RoadmapEntry.model_validate(raw, context=Scope.of(raw))
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise RoadmapFileError(tuple(_defect(one, raw) for one in found)) from None
    return _roadmap(entry)


def unconfirmed(roadmap: Roadmap) -> tuple[tuple[int | None, Flag], ...]:
    """«Требует уточнения»: every flag, those of the heading first (``None``), then by item."""
    heading = [(None, flag) for flag in roadmap.flags]
    return (*heading, *((item.number, flag) for item in roadmap.items for flag in item.flags))


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, column = _place(str(error), text)
        details = {"line": str(line), "column": str(column)}
        raise RoadmapFileError((Defect(None, "", "roadmap_file.broken", details),)) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets thousands deep
        raise RoadmapFileError((Defect(None, "", "roadmap_file.unreadable", {}),)) from error


def _place(message: str, text: str) -> tuple[int, int]:
    """Line and column, from the only place where Python before 3.14 tells them."""
    if found := re.search(r"at line (\d+), column (\d+)", message):
        return int(found[1]), int(found[2])
    lines = text.split("\n")
    return len(lines), len(lines[-1]) + 1


def _defect(error: ErrorDetails, raw: Mapping[str, Any]) -> Defect:
    kind = error["type"]
    reason = kind if "." in kind else _REASONS.get(kind, _GENERIC)
    item, path = _where(error["loc"], raw)
    return Defect(item, path, reason, _details(error))


def _details(error: ErrorDetails) -> dict[str, str]:
    context = error.get("ctx", {})
    match error["type"]:
        case "string_too_long":
            return {"max": str(context["max_length"]), "length": str(len(error["input"].strip()))}
        case "too_long":
            return {"max": str(context["max_length"]), "count": str(len(error["input"]))}
        case "enum" | "literal_error":
            return {"allowed": ", ".join(re.findall("'([^']*)'", context["expected"]))}
        case ours if "." in ours:
            return {name: _shown(value) for name, value in context.items()}
    return {}


def _where(loc: tuple[int | str, ...], raw: Mapping[str, Any]) -> tuple[int | None, str]:
    if loc[0] == "items" and len(loc) > 1 and isinstance(loc[1], int):
        number = _number(raw["items"][loc[1]])
        if number is not None:
            return number, _path(loc[2:])
    return None, _path(loc)


def _number(entry: Any) -> int | None:
    number = entry.get("number") if isinstance(entry, dict) else None
    return number if type(number) is int and NUMBERS[0] <= number <= NUMBERS[1] else None


def _path(loc: tuple[int | str, ...]) -> str:
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{_shown(part)}" for part in loc).removeprefix(".")


def _shown(text: str) -> str:
    """Somebody's wording, fit for a message: short, and nothing in it that does not print."""
    line = "".join(one if one.isprintable() else "�" for one in text)
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _roadmap(entry: RoadmapEntry) -> Roadmap:
    return Roadmap(
        slug=entry.slug,
        title=entry.title,
        year=entry.year,
        region=entry.region,
        order_number=entry.order.number,
        order_date=entry.order.date,
        channels=tuple(Channel(**channel.model_dump()) for channel in entry.channels),
        executors=tuple(Executor(one.id, one.name, one.role.value) for one in entry.executors),
        items=tuple(_item(one, entry.year) for one in entry.items),
        flags=_flags(entry.flags),
        schools=tuple(NamedSchool(one.name, one.municipality) for one in entry.schools),
    )


def _item(entry: ItemEntry, year: int) -> Item:
    return Item(
        number=entry.number,
        title=entry.title,
        short_title=entry.short,
        deadline_text=entry.deadline,
        deadline=parse_deadline(entry.deadline, year=year),
        executors=tuple(entry.executors),
        indicator=entry.indicator,
        channels=tuple(entry.channels),
        kind=entry.kind,
        owed_by=entry.owed_by,
        reviewed_by=tuple(entry.reviewed_by),
        threshold=_threshold(entry.threshold),
        flags=_flags(entry.flags),
    )


def _threshold(entry: ThresholdEntry | None) -> Threshold | None:
    return Threshold(entry.kind, entry.target, entry.of) if entry else None


def _flags(entries: list[RoadmapFlag] | list[ItemFlag]) -> tuple[Flag, ...]:
    return tuple(Flag(one.field, one.state, one.note) for one in entries)
