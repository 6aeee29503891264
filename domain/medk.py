"""What of a school's remarks is entered into МЭДК by hand: in which order, and what it does not have yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, groupby

from domain.document import Line
from domain.remark import Remark, Subject


@dataclass(frozen=True, slots=True)
class Chapter:
    """What was remarked on one document or item, each with its number in the text."""

    subject: Subject
    remarks: tuple[tuple[int, Remark], ...]


def chapters(lines: Iterable[Line], said: Iterable[tuple[Remark, Subject]]) -> Iterator[Chapter]:
    """By documents in the order of the checklist, then by items, then by visits; numbered through."""
    places = {one.document.id: place for place, one in enumerate(lines) if one.document.id}

    def order(one: tuple[Remark, Subject]) -> tuple[int, int, int]:
        remark = one[0]
        return places.get(remark.document_id or 0, len(places)), remark.visit_id or 0, remark.item_id or 0

    numbers = count(1)
    for _, group in groupby(sorted(said, key=order), order):
        found = list(group)
        yield Chapter(found[0][1], tuple((next(numbers), remark) for remark, _ in found))


def to_place(remarks: Iterable[Remark], seen: int) -> list[Remark]:
    """Those that «Внесено в МЭДК» is said of: what the text made at the moment ``seen`` had, as it is still now."""
    return [one for one in remarks if one.is_to_place and one.version <= seen]
