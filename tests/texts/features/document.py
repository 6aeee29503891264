"""Values for the documents of schools."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.document import DocumentCard, Sheet
from domain.document import Document, DocumentKind, DocumentState, Line, Slot
from domain.document_picture import Standing
from domain.registry import School
from tests.texts.features.person import called

if TYPE_CHECKING:
    from tests.texts.values import Mood

ZONE = ZoneInfo("Europe/Moscow")
AT = datetime(2022, 3, 17, 6, tzinfo=UTC)
STANDINGS = [(None, 0, 0), (DocumentState.NONE, 0, 1), (DocumentState.DRAFT, 2, 3)]


def lines(mood: "Mood") -> list[Line]:
    """Every kind in every state, with everything there is and with nothing."""
    found = []
    for kind in DocumentKind:
        risk = 3 if kind is DocumentKind.ANTIRISK else 0
        for state in DocumentState:
            bare = Document(7, Slot(1, kind, risk), state)
            full = Document(
                8, bare.slot, state, _link(mood), mood.line, "file", changed_at=AT, changed_by=7, messenger="telegram"
            )
            found += [Line(bare, mood.line if risk else ""), Line(full, mood.line if risk else "", 21)]
            found += [Line(full, mood.line, 1, is_own=False)] if risk else []
    return found


def _link(mood: "Mood") -> str:
    return "https://школа.рф/" + mood.text[:480].replace(" ", "")


def sheet(mood: "Mood", shown: list[Line], *, able: bool = True) -> Sheet:
    school = School(1, mood.line, 1)
    return Sheet(school, mood.line, tuple(shown), 21, keeps=able, reviews=able, ticks=able)


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Of one document every shape; of lists one and so many that not all are shown."""
    every = lines(mood)
    for line in every:
        for able in (True, False):
            seen = sheet(mood, [line], able=able)
            yield _one(name, mood, line, seen) | _lists(mood, seen, [line])
    for many in (every[:1], every[:40], every[:1] + every[20:35] * 2):
        for able in (True, False):
            seen = sheet(mood, many, able=able)
            yield _one(name, mood, every[0], seen) | _lists(mood, seen, many)


def _one(name: str, mood: "Mood", line: Line, seen: Sheet) -> dict[str, Any]:
    return {
        "doc": line,
        "document": line.document,
        "sheet": seen,
        "card": DocumentCard(seen, line, ZONE, called(mood)),
        "kind": line.kind,
        "school": School(1, mood.line, 1) if name.startswith("told-") else mood.line,
        "name": mood.line,
        "why": mood.line,
        "limit": 20,
        "count": line.open_remarks,
        "waiting": line.open_remarks,
        "total": 21,
        "page": 1,
        "pages": 4,
    }


def _lists(mood: "Mood", seen: Sheet, shown: list[Line]) -> dict[str, Any]:
    school = School(1, mood.line, 1)
    return {
        "own": [one for one in shown if one.is_own] or shown,
        "others": [one for one in shown if not one.is_own],
        "shown": [Standing(school, *one) for one in STANDINGS * 2],
        "counts": [(kind, [(state, 21) for state in (*DocumentState, None)] if shown else []) for kind in DocumentKind],
    }
