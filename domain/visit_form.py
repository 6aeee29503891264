"""The questions of a visit's report by their ids, and what their answers mean. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.document import DocumentKind, DocumentState, Line
from domain.form import Answers, FormFile, Place, Value
from domain.form_value import files_of
from domain.refusal import Refusal

DAY, MET, OVERALL, DOCS, SEEN = "day", "met", "overall", "docs", "seen"
REMARKS, PROPOSALS, ACTIONS, FILES, PLACE, NEXT = "remarks", "proposals", "actions", "files", "place", "next"
LEVELS = (1, 2, 3, 4)
"""How far the work on a risk is: not begun, a plan, under way, a result."""
PEOPLE = ("head", "deputy", "teachers", "pupils", "parents")
"""Who may be met in a school: the options of that question."""


class Seen(StrEnum):
    """In what state a document was seen (domain.md, «Visits»)."""

    HAS = "has"
    DRAFT = "draft"
    NONE = "none"


_SEEN = {DocumentState.NONE: Seen.NONE, DocumentState.DRAFT: Seen.DRAFT}


def seen_state(state: DocumentState) -> Seen:
    """How a state of the checklist is called in a report."""
    return _SEEN.get(state, Seen.HAS)


def risk_question(risk_id: int) -> str:
    """The id of the question about a risk."""
    return f"r{risk_id}"


def risk_of(question: str) -> int | None:
    """The risk a question is about."""
    return int(question[1:]) if question[:1] == "r" and question[1:].isdigit() else None


def document_question(line: Line) -> str:
    """The id of the question about a document."""
    slot = line.document.slot
    return f"d-risk{slot.risk_factor_id}" if slot.kind is DocumentKind.ANTIRISK else f"d-{slot.kind}"


def is_document(question: str) -> bool:
    """Whether a question is about a document."""
    return question.startswith("d-")


def levels(answers: Answers) -> dict[int, int]:
    """Risk id → how far the work on it was; what was not answered is left out."""
    found = ((risk_of(question), value) for question, value in answers.items())
    return {
        risk: int(value) for risk, value in found if risk is not None and isinstance(value, str) and value.isdigit()
    }


def lines_of(value: Value) -> tuple[str, ...]:
    """The lines of an answer; none where it is something else."""
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, tuple) else ()


def all_files(answers: Answers) -> tuple[FormFile, ...]:
    """Every file among the answers."""
    return tuple(one for value in answers.values() for one in files_of(value))


def day_of(answers: Answers, question: str) -> date | None:
    """The day that was answered."""
    value = answers.get(question)
    return value if isinstance(value, date) else None


_SOUTH, _NORTH, _WEST, _EAST = 41.0, 82.0, 19.0, -168.0


def refuse_abroad(place: Place) -> None:
    """Raises ``Refusal`` for a place that is not within the bounds of Russia (in degrees; rough, for a wrong pin)."""
    if not (_SOUTH <= place.latitude <= _NORTH and (place.longitude >= _WEST or place.longitude <= _EAST)):
        raise Refusal("visit.abroad")


@dataclass(frozen=True, slots=True)
class Change:
    """How far the work on a risk is, and how far it was in the visit before (``None`` where there was none)."""

    level: int
    before: int | None = None

    @property
    def direction(self) -> int:
        """1 for better, 0 for the same (or nothing to compare with), -1 for worse."""
        before = self.level if self.before is None else self.before
        return (self.level > before) - (self.level < before)


def changes(told: Iterable[Mapping[int, int]]) -> dict[int, Change]:
    """Risk id → the latest level and the one before it; ``told`` are the levels of a school's reports, oldest first."""
    found: dict[int, Change] = {}
    for one in told:
        for risk, level in one.items():
            found[risk] = Change(level, found[risk].level if risk in found else None)
    return found
