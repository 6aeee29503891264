"""What is remarked on a school's document or on its part of an item, what the school answers, and what went to МЭДК."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.document import Line, Slot, moment
from domain.refusal import Refusal
from domain.registry import tidy
from domain.roadmap import KeptItem

REMARK_LIMIT = 1000
"""Characters of a remark, and of an answer to it."""


class RemarkKind(StrEnum):
    """A remark has to be fixed before the document is accepted; a proposal has not."""

    REMARK = "remark"
    PROPOSAL = "proposal"


class Turn(StrEnum):
    """Whose turn it is."""

    SCHOOL = "school"
    AUTHOR = "author"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark or a proposal: on a document of the school (``document_id``), on an item (``item_id``), or made in a
    visit (``visit_id``).

    ``answered_at`` is empty again once the answer was not enough; the answer stays. ``corrected_at`` is when its author
    wrote the text anew. Instants are UTC.
    """

    id: int
    school_id: int
    kind: RemarkKind
    text: str
    at: datetime
    author_id: int | None = None
    document_id: int | None = None
    item_id: int | None = None
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: int | None = None
    fixed_at: datetime | None = None
    fixed_by: int | None = None
    placed_at: datetime | None = None
    placed_by: int | None = None
    corrected_at: datetime | None = None
    visit_id: int | None = None

    @property
    def turn(self) -> Turn:
        """Who is to do something now."""
        if self.fixed_at is not None:
            return Turn.NOBODY
        return Turn.SCHOOL if self.answered_at is None else Turn.AUTHOR

    @property
    def holds_up(self) -> bool:
        """Whether its document cannot be accepted yet."""
        return self.kind is RemarkKind.REMARK and self.fixed_at is None

    @property
    def version(self) -> int:
        """The moment of the last change."""
        changes = (self.at, self.corrected_at, self.answered_at, self.fixed_at)
        return max(moment(one) for one in changes if one is not None)

    @property
    def is_to_place(self) -> bool:
        """Whether МЭДК does not have it as it is now."""
        return self.placed_at is None or self.version > moment(self.placed_at)


@dataclass(frozen=True, slots=True)
class Target:
    """What is remarked on: a place of a school's checklist, or the school's part of an item."""

    school_id: int
    slot: Slot | None = None
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class VisitName:
    """A visit as people call it: which one it was, on which local day."""

    number: int
    day: date


@dataclass(frozen=True, slots=True)
class Subject:
    """What a remark is on, as people call it: a line of the school's checklist, an item, or a visit."""

    line: Line | None = None
    item: KeptItem | None = None
    visit: VisitName | None = None


def remark_text(text: str) -> str:
    """A remark or an answer as it was typed, its lines kept. Raises ``Refusal`` for nothing, and for too much."""
    words = "\n".join(line for raw in text.splitlines() if (line := tidy(raw)))
    if not words:
        raise Refusal("remark.no-text")
    if len(words) > REMARK_LIMIT:
        raise Refusal("remark.long-text", limit=REMARK_LIMIT)
    return words


def may_answer(remark: Remark) -> None:
    """Raises ``Refusal`` where it is fixed: nobody waits for an answer."""
    if remark.fixed_at is not None:
        raise Refusal("remark.fixed-already")


def may_correct(remark: Remark, person_id: int | None) -> None:
    """Raises ``Refusal`` unless somebody made it, and the school has only read it so far."""
    if remark.author_id is None or remark.author_id != person_id:
        raise Refusal("remark.not-yours")
    if remark.answer or remark.fixed_at is not None:
        raise Refusal("remark.answered-already")


def corrects(remark: Remark, person_id: int | None) -> bool:
    """Whether somebody may correct its text; for showing a button."""
    try:
        may_correct(remark, person_id)
    except Refusal:
        return False
    return True


def holding_up(remarks: Iterable[Remark]) -> dict[int, int]:
    """Document id → how many of its remarks are not fixed; documents without any are left out."""
    found: dict[int, int] = {}
    for one in remarks:
        if one.document_id is not None and one.holds_up:
            found[one.document_id] = found.get(one.document_id, 0) + 1
    return found
