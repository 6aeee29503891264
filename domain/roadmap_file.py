"""A roadmap as a TOML file: read whole, or refused with everything that is wrong in it at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.deadline import parse_deadline
from domain.roadmap import Channel, Executor, Flag, Item, NamedSchool, Roadmap, ShippedSurvey, Threshold
from domain.roadmap_checks import NUMBERS, Scope
from domain.roadmap_schema import ItemEntry, ItemFlag, RoadmapEntry, RoadmapFlag, SurveyEntry, ThresholdEntry
from domain.toml_file import NotTomlError, details_of, parsed, path, reason_of

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
    try:
        raw = parsed(text)
    except NotTomlError as error:
        details = {"line": str(error.line), "column": str(error.column)} if error.line else {}
        reason = "roadmap_file.broken" if error.line else "roadmap_file.unreadable"
        raise RoadmapFileError((Defect(None, "", reason, details),)) from error
    return check_roadmap(raw)


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


def _defect(error: ErrorDetails, raw: Mapping[str, Any]) -> Defect:
    item, field = _where(error["loc"], raw)
    return Defect(item, field, reason_of(error, _REASONS, _GENERIC), details_of(error))


def _where(loc: tuple[int | str, ...], raw: Mapping[str, Any]) -> tuple[int | None, str]:
    if loc[0] == "items" and len(loc) > 1 and isinstance(loc[1], int):
        number = _number(raw["items"][loc[1]])
        if number is not None:
            return number, path(loc[2:])
    return None, path(loc)


def _number(entry: Any) -> int | None:
    number = entry.get("number") if isinstance(entry, dict) else None
    return number if type(number) is int and NUMBERS[0] <= number <= NUMBERS[1] else None


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
        surveys=tuple(_survey(one) for one in entry.surveys),
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


def _survey(entry: SurveyEntry) -> ShippedSurvey:
    audience = frozenset(entry.audience)
    return ShippedSurvey(entry.item, entry.form, audience, entry.anonymous, entry.per_school, entry.target)


def _threshold(entry: ThresholdEntry | None) -> Threshold | None:
    return Threshold(entry.kind, entry.target, entry.of) if entry else None


def _flags(entries: list[RoadmapFlag] | list[ItemFlag]) -> tuple[Flag, ...]:
    return tuple(Flag(one.field, one.state, one.note) for one in entries)
