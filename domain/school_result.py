"""What one school has done, beside the average of all schools; no other school is named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.board import Measured
from domain.completion import CompletionState
from domain.debtor import Debtor
from domain.roadmap import OwedBy


class LineState(StrEnum):
    """What is to be said of one item of a school."""

    DONE = "done"
    REVIEW = "review"
    RETURNED = "returned"
    LATE = "late"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One item of the school's; of ``of`` schools that owe it ``others`` have done it."""

    row: Measured
    state: LineState
    others: int
    of: int

    @property
    def percent(self) -> int:
        """The share of the schools, in whole percent rounded down."""
        return self.others * 100 // self.of if self.of else 0


@dataclass(frozen=True, slots=True)
class SchoolResult:
    """A school on a local day, its items by number."""

    name: str
    today: date
    lines: tuple[ResultLine, ...]

    @property
    def done(self) -> int:
        """How many of its items the school has done."""
        return sum(line.state is LineState.DONE for line in self.lines)

    @property
    def percent(self) -> int:
        """The same as a share, in whole percent rounded down."""
        return self.done * 100 // len(self.lines) if self.lines else 0

    @property
    def average(self) -> int:
        """What the schools have done of these items all together, in whole percent rounded down."""
        of = sum(line.of for line in self.lines)
        return sum(line.others for line in self.lines) * 100 // of if of else 0


def school_result(
    school_id: int, name: str, rows: Iterable[Measured], states: Mapping[int, CompletionState], today: date
) -> SchoolResult:
    """``rows`` are measured among all schools, ``states`` say how the school's own confirmations stand by item.

    What was closed is done by everybody: nothing more is asked.
    """
    own = Debtor(OwedBy.SCHOOL, school_id)
    lines = [_line(own, row, states.get(row.kept.id), today) for row in rows if own in row.who]
    return SchoolResult(name, today, tuple(lines))


def _line(own: Debtor, row: Measured, state: CompletionState | None, today: date) -> ResultLine:
    others = len(row.who) if not row.kept.is_open else sum(one in row.facts.accepted for one in row.who)
    return ResultLine(row, _state(own, row, state, today), others, len(row.who))


def _state(own: Debtor, row: Measured, state: CompletionState | None, today: date) -> LineState:
    if not row.kept.is_open or own in row.facts.accepted:
        return LineState.DONE
    if state is CompletionState.SENT:
        return LineState.REVIEW
    if state is CompletionState.RETURNED:
        return LineState.RETURNED
    end = row.indicator.end
    return LineState.LATE if end is not None and end < today else LineState.OPEN
