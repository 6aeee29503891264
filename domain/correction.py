"""Correcting an item by hand: what a person may type for each field, and what it becomes."""

from dataclasses import replace
from typing import Any

from domain.deadline import Deadline, DeadlineError, DeadlineKind, parse_deadline
from domain.item_field import ItemField
from domain.refusal import Refusal
from domain.roadmap import Item, OwedBy, Roadmap, ThresholdKind
from domain.roadmap_checks import REACH

LONGEST = {ItemField.TITLE: 1500, ItemField.SHORT: 60, ItemField.INDICATOR: 1500}


def corrected(item: Item, field: ItemField, text: str, roadmap: Roadmap) -> Item:
    """The item with one field changed and no longer flagged. Raises ``Refusal`` that says what to type instead.

    Executors are ids joined by commas, who owes is a value of ``OwedBy``: the chat offers them as buttons.
    """
    flags = tuple(flag for flag in item.flags if flag.field != field)
    line = " ".join(text.split())
    match field:
        case ItemField.DEADLINE:
            return _with_deadline(replace(item, flags=flags), line, roadmap.year)
        case ItemField.HELD_ON:
            return _held_on(replace(item, flags=flags), line, roadmap.year)
        case ItemField.EXECUTORS:
            known = {executor.id for executor in roadmap.executors}
            chosen = tuple(one for one in text.split(",") if one in known)
            if not chosen:
                raise Refusal("roadmap.no-executor")
            return replace(item, executors=chosen, flags=flags)
        case ItemField.OWED_BY:
            return _owed_by(replace(item, flags=flags), line)
    if field not in LONGEST:
        raise Refusal("roadmap.only-confirmed")
    if not line or len(line) > LONGEST[field]:
        raise Refusal("roadmap.bad-length", limit=LONGEST[field])
    changed: dict[str, Any] = {field.attribute: line, "flags": flags}
    return replace(item, **changed)


def _owed_by(item: Item, party: str) -> Item:
    """What is counted in municipalities, or in the people of schools, is owed by nobody else."""
    if party not in set(OwedBy):
        raise Refusal("correction.no-party")
    counted = counted_party(item)
    if counted is not None and party != counted:
        raise Refusal("correction.counted-party", party=counted)
    return replace(item, owed_by=OwedBy(party))


def counted_party(item: Item) -> OwedBy | None:
    """The only party that can owe an item because of how its indicator counts; ``None`` where any can."""
    threshold = item.threshold
    if threshold is not None and threshold.kind is ThresholdKind.PER_MUNICIPALITY:
        return OwedBy.MUNICIPALITY
    return OwedBy.SCHOOL if threshold is not None and threshold.of == "participants" else None


def _with_deadline(item: Item, text: str, year: int) -> Item:
    deadline = _understood(text, year)
    return replace(item, deadline=deadline, deadline_text=text, held_on=None)


def _held_on(item: Item, text: str, year: int) -> Item:
    if item.deadline.kind is not DeadlineKind.AFTER:
        raise Refusal("roadmap.no-date-to-choose")
    chosen = _understood(text, year)
    if chosen.kind is not DeadlineKind.ON or chosen.end is None:
        raise Refusal("roadmap.one-day-please")
    if item.deadline.start is not None and chosen.end <= item.deadline.start:
        raise Refusal("roadmap.too-early", start=item.deadline.start)
    return replace(item, held_on=chosen.end)


def _understood(text: str, year: int) -> Deadline:
    """As in a roadmap's file: a year far from the roadmap's own is a slip of the pen."""
    try:
        deadline = parse_deadline(text, year=year)
    except DeadlineError as error:
        raise Refusal(error.reason, fragment=error.fragment) from error
    if any(day is not None and abs(day.year - year) > REACH for day in (deadline.start, deadline.end)):
        raise Refusal("roadmap_file.deadline-far", year=year)
    return deadline
