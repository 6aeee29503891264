"""What of a report goes on its one page: texts cut to as many lines as there is room for.

Nobody lays the page out here, so lines are counted: each is exactly ``LINE`` high whatever letters are on it, and
widths are reckoned generously (``reports/fitting.py``). What does not fit is cut to fewer and fewer lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from domain.visit_paper import ReportPaper
from reports.fitting import fitted, lines
from texts import Texts

SIZE, TITLE_SIZE = 10, 13
LINE, TITLE_LINE = 11.5, 16.0
"""Heights of letters and of lines, in points."""
MARGIN: Final = 12
"""Millimetres on every side of the page."""
SIDES, ENDS = 4, 1
"""Room inside of a cell, in points: left and right, above and below."""
PHOTO: Final = (43, 35)
"""Millimetres that a photo has at most."""
GAP, SIGN_GAP = 5.0, 24.0
"""Points above a heading and above the signatures."""
_POINT: Final = 72 / 25.4
"""Points of a millimetre."""
_WIDE, _HIGH = 210 - 2 * MARGIN, 297 - 2 * MARGIN
_ROOM: Final = _HIGH * _POINT - 2 * LINE
"""Points from margin to margin, less what programmes differ by."""
_ALONE, _BESIDE = (70, 116), (62, 80, 44)
_BORDER = 1.0
_FACT_LINES = 2
_STEPS: Final = (
    *((most, 40, 12) for most in (12, 8, 6, 5, 4, 3, 2, 1)),
    *((1, rows, entries) for rows, entries in ((26, 8), (22, 6), (18, 5), (14, 4), (10, 3))),
)
"""Lines of a text, answers, entries of a list: every step takes less room."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page from its title to the photos: ``rows`` begin with the headings, ``widths`` are millimetres, ``high`` is
    everything with photos and signatures in points."""

    title: str
    facts: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[str, ...]
    high: float

    @property
    def fits(self) -> bool:
        """Whether it stays one page."""
        return self.high <= _ROOM


def sheet_of(paper: ReportPaper, texts: Texts, *, photos: bool) -> Sheet:
    """The fullest sheet that fits."""
    return _Fitting(paper, texts, photos).sheet()


@dataclass(frozen=True, slots=True)
class _Fitting:
    paper: ReportPaper
    texts: Texts
    photos: bool

    def sheet(self) -> Sheet:
        made = self._with(*_STEPS[-1])
        for step in _STEPS:
            if (made := self._with(*step)).fits:
                break
        return made

    def _with(self, most: int, rows: int, entries: int) -> Sheet:
        title = fitted(self._say("title"), _WIDE * _POINT, TITLE_SIZE, 1, bold=True)
        facts = tuple(_line(one, min(most, _FACT_LINES)) for one in self._facts())
        widths = _BESIDE if any(one.before for one in self.paper.lines) else _ALONE
        table = tuple(self._rows(widths, most, rows))
        lists = tuple(self._lists(most, entries))
        notes = tuple(self._notes(rows))
        high = TITLE_LINE + sum(map(_high, (*facts, *notes))) + GAP + _high_of_table(table, widths) + self._foot()
        high += sum(GAP + LINE + sum(map(_high, listed)) for _, listed in lists)
        return Sheet(title, facts, table, widths, lists, notes, high)

    def _say(self, name: str, **values: object) -> str:
        return self.texts.plain(f"visit_paper.report-{name}", paper=self.paper, **values)

    def _facts(self) -> Iterator[str]:
        yield self._say("school")
        if self.paper.address:
            yield self._say("address")
        if self.paper.curator:
            yield self._say("curator")
        yield self._say("days")

    def _rows(self, widths: Sequence[int], most: int, rows: int) -> Iterator[tuple[str, ...]]:
        if not self.paper.lines:
            return
        yield tuple(self._say(name) for name in ("question", "value", "before")[: len(widths)])
        for one in self.paper.lines[:rows]:
            said = (one.question, one.value, one.before)[: len(widths)]
            yield tuple(
                fitted(words, _inside(wide), SIZE, most, bold=not place)
                for place, (words, wide) in enumerate(zip(said, widths, strict=True))
            )

    def _lists(self, most: int, entries: int) -> Iterator[tuple[str, tuple[str, ...]]]:
        actions = [self._say("action", what=what, until=until, who=who) for what, until, who in self.paper.actions]
        named = {"remarks": self.paper.remarks, "proposals": self.paper.proposals, "actions": actions}
        for name, listed in named.items():
            said = [self._say("entry", number=number, words=one) for number, one in enumerate(listed[:entries], 1)]
            if len(listed) > entries:
                said.append(self._say("more", count=len(listed) - entries))
            if said:
                yield self._say(name), tuple(_line(one, most) for one in said)

    def _notes(self, rows: int) -> Iterator[str]:
        """What is left out of the table, and how many files there are."""
        if (left := len(self.paper.lines) - rows) > 0:
            yield _line(self._say("more", count=left), 1)
        if self.paper.attachments:
            yield _line(self._say("attachments", count=self.paper.attachments), 1)

    def _foot(self) -> float:
        return (PHOTO[1] * _POINT + 3 * GAP if self.photos else 0) + SIGN_GAP + LINE


def _line(text: str, most: int) -> str:
    return fitted(text, _WIDE * _POINT, SIZE, most)


def _high(text: str) -> float:
    return lines(text, _WIDE * _POINT, SIZE) * LINE


def _inside(wide: int) -> float:
    return wide * _POINT - 2 * SIDES - _BORDER


def _high_of_table(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> float:
    """The first cell of a row is in bold, and the whole first row."""
    return sum(_high_of_row(row, widths, place == 0) for place, row in enumerate(rows))


def _high_of_row(row: Sequence[str], widths: Sequence[int], is_head: bool) -> float:
    taken = (
        lines(words, _inside(wide), SIZE, bold=is_head or not place)
        for place, (words, wide) in enumerate(zip(row, widths, strict=True))
    )
    return max(taken) * LINE + 2 * ENDS + _BORDER
