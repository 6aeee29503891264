"""The fields of an item: reading one as text, copying one, and merging a file into what is kept."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from domain.roadmap import Item, KeptItem, Threshold


class ItemField(StrEnum):
    """The values are the names in a roadmap's file; ``held_on`` stands in no file."""

    TITLE = "title"
    SHORT = "short"
    DEADLINE = "deadline"
    EXECUTORS = "executors"
    INDICATOR = "indicator"
    CHANNELS = "channels"
    THRESHOLD = "threshold"
    KIND = "kind"
    OWED_BY = "owed_by"
    REVIEWED_BY = "reviewed_by"
    HELD_ON = "held_on"

    @property
    def attribute(self) -> str:
        """The attribute of ``Item`` that holds it as people wrote it."""
        return {ItemField.SHORT: "short_title", ItemField.DEADLINE: "deadline_text"}.get(self, self.value)

    def copied(self, source: Item, target: Item) -> Item:
        """``target`` with this field, and its flag, as they are in ``source``."""
        names = ("deadline", "deadline_text") if self is ItemField.DEADLINE else (self.attribute,)
        flags = tuple(flag for flag in target.flags if flag.field != self)
        flags += tuple(flag for flag in source.flags if flag.field == self)
        values: dict[str, Any] = {name: getattr(source, name) for name in names}
        return replace(target, **values, flags=flags)


CORRECTABLE = (
    ItemField.TITLE,
    ItemField.SHORT,
    ItemField.DEADLINE,
    ItemField.EXECUTORS,
    ItemField.INDICATOR,
    ItemField.OWED_BY,
    ItemField.HELD_ON,
)
"""What the coordinator types or chooses in the chat; the other fields can only be confirmed there."""

_IN_FILE = tuple(field for field in ItemField if field is not ItemField.HELD_ON)


def text_of(item: Item, field: ItemField) -> str:
    """A field as people read it."""
    match getattr(item, field.attribute):
        case date() as day:
            return day.strftime("%d.%m.%Y")
        case tuple() as ids:
            return ", ".join(ids)
        case Threshold() as threshold:
            return " ".join(str(part) for part in (threshold.kind, threshold.target, threshold.of) if part is not None)
        case value:
            return str(value or "")


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one item that a load changed, or left as a person had corrected it."""

    number: int
    field: ItemField
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Merge:
    """An item as it is to be kept; what the file ``changed`` in it, and what was ``left`` as a person corrected it."""

    item: Item
    changed: tuple[Change, ...]
    left: tuple[Change, ...]


def merge(kept: KeptItem, item: Item) -> Merge:
    """The file's item over the kept one: a field that a person corrected or confirmed stays theirs."""
    merged = replace(item, held_on=kept.item.held_on)
    changed: list[Change] = []
    left: list[Change] = []
    for field in _IN_FILE:
        change = Change(item.number, field, text_of(kept.item, field), text_of(item, field))
        if field in kept.corrected:
            merged = field.copied(kept.item, merged)
        if change.before != change.after:
            (left if field in kept.corrected else changed).append(change)
    return Merge(merged, tuple(changed), tuple(left))
