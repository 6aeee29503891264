"""The documents of a school: which there are to be, in what state each is, and who may bring it into another."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.evidence import KeptFile
from domain.refusal import Refusal
from domain.risk_factor import RiskFactor


class DocumentKind(StrEnum):
    """What a school places: two documents on its development, a programme against each risk of its own, and in two
    stages what confirms that there is a change."""

    CONCEPT = "concept"
    PROGRAMME = "programme"
    ANTIRISK = "antirisk"
    STAGE_1 = "stage-1"
    STAGE_2 = "stage-2"


class DocumentState(StrEnum):
    """none → draft ↔ placed → accepted; placed, accepted → remarks → placed. The least advanced first."""

    NONE = "none"
    DRAFT = "draft"
    REMARKS = "remarks"
    PLACED = "placed"
    ACCEPTED = "accepted"


ON_SITE = frozenset({DocumentState.REMARKS, DocumentState.PLACED, DocumentState.ACCEPTED})
"""States of a document that the school has placed."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """Which document of which school. ``risk_factor_id`` is of a programme against a risk, 0 of the others."""

    school_id: int
    kind: DocumentKind
    risk_factor_id: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """What a school has in a place of its checklist; ``id`` is 0 where nothing was said of it yet.

    ``name`` is the file's, ``remote_id`` how the ``messenger`` it came through knows it. ``changed_at`` is UTC.
    """

    id: int
    slot: Slot
    state: DocumentState = DocumentState.NONE
    link: str = ""
    name: str = ""
    remote_id: str = ""
    file: KeptFile | None = None
    changed_at: datetime | None = None
    changed_by: int | None = None
    messenger: str = ""

    @property
    def has_content(self) -> bool:
        """Whether there is anything to open."""
        return bool(self.link or self.remote_id)

    @property
    def version(self) -> int:
        """What tells whether it changed since somebody looked at it."""
        return moment(self.changed_at) if self.changed_at else 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a checklist. ``risk`` names the risk of a programme; ``is_own`` is false where the risk was taken from
    the school since. ``open_remarks`` are not fixed yet."""

    document: Document
    risk: str = ""
    open_remarks: int = 0
    is_own: bool = True

    @property
    def kind(self) -> DocumentKind:
        """Of which kind the document is."""
        return self.document.slot.kind

    @property
    def state(self) -> DocumentState:
        """In what state the document is."""
        return self.document.state

    @property
    def is_many(self) -> bool:
        """Whether several papers stand in this one place."""
        return self.kind in (DocumentKind.STAGE_1, DocumentKind.STAGE_2)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(at: datetime) -> int:
    """An instant as a button carries it: microseconds since 1970."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def slots(school_id: int, own: Iterable[int]) -> list[Slot]:
    """The checklist of a school that works on these risks."""
    return [
        *(Slot(school_id, kind) for kind in (DocumentKind.CONCEPT, DocumentKind.PROGRAMME)),
        *(Slot(school_id, DocumentKind.ANTIRISK, one) for one in own),
        *(Slot(school_id, kind) for kind in (DocumentKind.STAGE_1, DocumentKind.STAGE_2)),
    ]


def checklist(
    school_id: int,
    factors: Iterable[RiskFactor],
    own: Collection[int],
    kept: Iterable[Document],
    open_remarks: Mapping[int, int],
) -> list[Line]:
    """A school's documents, those that are not there too; last the programmes against risks it has no more: what was
    written is not lost, and is back in its place when the risk is.

    ``open_remarks`` are counted by the document's id.
    """
    names = {one.id: one.name for one in factors}
    known = {one.slot: one for one in kept if one.slot.school_id == school_id}
    wanted = slots(school_id, [one for one in names if one in own])
    rest = [slot for slot in sorted(known) if slot not in wanted and known[slot].id]
    return [
        Line(found, names.get(slot.risk_factor_id, ""), open_remarks.get(found.id, 0), is_own=slot in wanted)
        for slot in (*wanted, *rest)
        if (found := known.get(slot, Document(0, slot))).id or slot in wanted
    ]


# --- From one state into another --------------------------------------------------------------------------------------


NO_FILE: Mapping[str, Any] = {"name": "", "messenger": "", "remote_id": "", "file": None}
"""What a document holds where it holds no file."""


def may_change(line: Line) -> None:
    """Raises ``Refusal`` unless the school may add, take away and mark."""
    if not line.is_own:
        raise Refusal("document.not-own-risk")
    if line.state is DocumentState.ACCEPTED:
        raise Refusal("document.accepted-already")


def changed(line: Line, **content: Any) -> Document:
    """The document with another link or file, or without: a draft at first, and again when nothing is left.

    Raises ``Refusal``.
    """
    may_change(line)
    return _holding(replace(line.document, **content))


def without_file(document: Document) -> Document:
    """The document whose file turned out to be none that is taken, in whatever state it is."""
    return _holding(replace(document, **NO_FILE))


def _holding(document: Document) -> Document:
    begins = document.state is DocumentState.NONE
    return replace(document, state=DocumentState.DRAFT) if begins is document.has_content else document


def marked(line: Line, wanted: DocumentState) -> Document:
    """The document with the school's own mark: «черновик», or «размещён» where there is something to open.

    Placed while remarks are not fixed, it is «замечания» again. Raises ``Refusal``.
    """
    may_change(line)
    if wanted not in (DocumentState.DRAFT, DocumentState.PLACED):
        raise Refusal("document.not-yours-to-mark")
    if wanted is DocumentState.PLACED and not line.document.has_content:
        raise Refusal("document.nothing-to-place")
    return replace(line.document, state=after_remarks(wanted, line.open_remarks))


def accepted(line: Line, seen: int) -> Document:
    """The document after a reviewer's «Принять» of the version they have ``seen``. Raises ``Refusal``."""
    if line.state is DocumentState.ACCEPTED:
        return line.document
    if line.state not in ON_SITE:
        raise Refusal("document.not-placed")
    if line.open_remarks:
        raise Refusal("document.open-remarks", count=line.open_remarks)
    if line.document.version != seen:
        raise Refusal("document.changed-since")
    return replace(line.document, state=DocumentState.ACCEPTED)


def not_accepted(line: Line) -> Document:
    """The document where accepting it was a mistake: the school may change it again."""
    if line.state is not DocumentState.ACCEPTED:
        return line.document
    return replace(line.document, state=DocumentState.PLACED)


def after_remarks(state: DocumentState, open_remarks: int) -> DocumentState:
    """The state when remarks came or were fixed: «замечания» is one of a placed document, and of no other."""
    if state not in ON_SITE:
        return state
    if open_remarks:
        return DocumentState.REMARKS
    return DocumentState.PLACED if state is DocumentState.REMARKS else state
