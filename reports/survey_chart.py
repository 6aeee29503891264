"""What was answered as pictures for a phone: bars with their numbers, words wrapped; a few questions in each.

A messenger shows a photo with 1,280 points on its longer side: none is higher, so that the type stays large.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from domain.survey_result import QuestionResult
from texts import Texts

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

WIDTH, HIGHEST = 1080, 1280
_MARGIN, _GAP = 48, 40
_TITLE, _NOTE, _LABEL, _NUMBER = 38, 30, 34, 34
_BAR, _UNDER_BAR = 40, 22
_TITLE_LINES, _LABEL_LINES = 4, 3
_LINE: Final = 1.3
"""Height of a line of type, in its size."""
_INK, _GREY, _FULL, _EMPTY = "#1B1B1B", "#595959", "#2F5597", "#E4E9F2"
_ROOM_FOR_NUMBER, _SHORT = 290, 120
_drawing = threading.Lock()
"""matplotlib draws one picture at a time."""


@dataclass(frozen=True, slots=True)
class _Bar:
    """``indent`` is the room for its label on the left; without one the label stands above."""

    label: tuple[str, ...]
    number: str
    share: float
    indent: float

    @property
    def height(self) -> float:
        above = 0 if self.indent else len(self.label) * _LABEL * _LINE
        return above + _BAR + _UNDER_BAR


@dataclass(frozen=True, slots=True)
class _Block:
    """A question, or as much of it as stands in one picture."""

    title: tuple[str, ...]
    note: tuple[str, ...]
    bars: list[_Bar] = field(default_factory=list)

    @property
    def height(self) -> float:
        head = len(self.title) * _TITLE * _LINE + len(self.note) * _NOTE * _LINE + _UNDER_BAR
        return head + sum(one.height for one in self.bars) + _GAP


def charts(title: str, questions: Sequence[QuestionResult], texts: Texts) -> list[bytes]:
    """PNG files in the order of the questions; of questions that nobody answered, and of words, there are none."""
    drawn = [(number, one) for number, one in enumerate(questions, 1) if one.tallies and one.answered]
    if not drawn:
        return []
    with _drawing:
        paper = _Paper()
        heading = paper.wrapped(texts.plain("survey_results.chart-heading", title=title), _NOTE, WIDTH - 2 * _MARGIN, 2)
        above = len(heading) * _NOTE * _LINE + 2 * _MARGIN
        pages = list(_pages(_blocks(paper, drawn, texts), HIGHEST - above))
        return [paper.drawn(heading, page) for page in pages]


def _blocks(paper: "_Paper", drawn: Sequence[tuple[int, QuestionResult]], texts: Texts) -> Iterator[_Block]:
    wide = WIDTH - 2 * _MARGIN
    for place, one in drawn:
        said = {"number": place, "one": one, "question": one.question}
        title = paper.wrapped(texts.plain("survey_results.chart-title", **said), _TITLE, wide, _TITLE_LINES, bold=True)
        note = paper.wrapped(texts.plain("survey_results.chart-note", **said), _NOTE, wide, 2)
        labels = []
        for order, tally in enumerate(one.tallies, 1):
            words = texts.plain("survey_results.tally", tally=tally, question=one.question, room=120)
            unnamed = texts.plain("survey_results.chart-option", place=order)
            labels.append(paper.wrapped(words, _LABEL, wide, _LABEL_LINES) or (unnamed,))
        indent = paper.indent(labels)
        figures = [texts.plain("survey_results.chart-number", tally=tally) for tally in one.tallies]
        bars = [
            _Bar(label, number, tally.percent / 100, indent)
            for label, number, tally in zip(labels, figures, one.tallies, strict=True)
        ]
        yield _Block(title, note, bars)


def _pages(blocks: Iterator[_Block], room: float) -> Iterator[list[_Block]]:
    """As many blocks as have room; only one that has more than a picture's is cut, between its bars."""
    page: list[_Block] = []
    left = room
    for block in blocks:
        part = _Block(block.title, block.note)
        if page and block.height > left:
            yield page
            page, left = [], room
        for bar in block.bars:
            if part.bars and part.height + bar.height > left:
                yield [*page, part]
                page, left, part = [], room, _Block(block.title, block.note)
            part.bars.append(bar)
        page.append(part)
        left -= part.height
    yield page


class _Paper:
    """matplotlib with its own type, which knows Cyrillic everywhere; a point is a pixel."""

    def __init__(self) -> None:
        import matplotlib  # noqa: PLC0415  heavy: 0.8 s, 57 MiB
        from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg  # noqa: PLC0415
        from matplotlib.figure import Figure  # noqa: PLC0415
        from matplotlib.font_manager import get_font  # noqa: PLC0415

        self._figure, self._canvas = Figure, FigureCanvasAgg
        self._renderer = RendererAgg(WIDTH, HIGHEST, 72)
        folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
        self._plain, self._bold = folder / "DejaVuSans.ttf", folder / "DejaVuSans-Bold.ttf"
        self._known = {*get_font(self._plain).get_charmap()} & {*get_font(self._bold).get_charmap()}

    def wrapped(self, text: str, size: int, width: float, lines: int, *, bold: bool = False) -> tuple[str, ...]:
        """A text in lines of that width; a word that is longer is torn apart. What the type does not know (emoji), and
        what turns the text around, is left out."""
        plain = "".join(one for one in text if one.isspace() or (one.isprintable() and ord(one) in self._known))
        found, line = [], ""
        for word in plain.split():
            for piece in self._pieces(word, size, width, bold=bold):
                longer = f"{line} {piece}" if line else piece
                if line and self._width(longer, size, bold=bold) > width:
                    found.append(line)
                    line = piece
                else:
                    line = longer
        found += [line] if line else []
        return tuple(found) if len(found) <= lines else (*found[: lines - 1], self._cut(found[lines - 1], size, width))

    def indent(self, labels: Sequence[Sequence[str]]) -> float:
        """The room for labels on the left of their bars, where all are as short as «5» or «нет»; otherwise none."""
        widest = max(self._width(one[0], _LABEL, bold=False) for one in labels)
        is_short = widest <= _SHORT and all(len(one) == 1 for one in labels)
        return widest + _UNDER_BAR if is_short else 0

    def _pieces(self, word: str, size: int, width: float, *, bold: bool) -> Iterator[str]:
        while self._width(word, size, bold=bold) > width:
            fitting = next(
                end for end in range(len(word) - 1, 0, -1) if self._width(word[:end], size, bold=bold) <= width
            )
            yield word[:fitting]
            word = word[fitting:]
        yield word

    def _cut(self, line: str, size: int, width: float) -> str:
        while line and self._width(line + "…", size, bold=True) > width:
            line = line[:-1]
        return line.rstrip() + "…"

    def _width(self, text: str, size: int, *, bold: bool) -> float:
        wide, _, _ = self._renderer.get_text_width_height_descent(text, self._type(size, bold=bold), ismath=False)
        return float(wide)

    def _type(self, size: int, *, bold: bool) -> "FontProperties":
        from matplotlib.font_manager import FontProperties  # noqa: PLC0415  heavy

        return FontProperties(fname=self._bold if bold else self._plain, size=size)

    def drawn(self, heading: Sequence[str], blocks: Sequence[_Block]) -> bytes:
        """One picture."""
        height = round(2 * _MARGIN + len(heading) * _NOTE * _LINE + sum(one.height for one in blocks))
        figure = self._figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor="white")
        canvas = self._canvas(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        axes.set_axis_off()
        top = self._lines(axes, _MARGIN, heading, _NOTE, _GREY)
        for block in blocks:
            top = self._block(axes, top + _GAP, block)
        target = BytesIO()
        canvas.print_png(target)
        return target.getvalue()

    def _block(self, axes: Any, top: float, block: _Block) -> float:
        top = self._lines(axes, top, block.title, _TITLE, _INK, bold=True)
        top = self._lines(axes, top, block.note, _NOTE, _GREY) + _UNDER_BAR
        for bar in block.bars:
            top = self._bar(axes, top, bar)
        return top

    def _bar(self, axes: Any, top: float, bar: _Bar) -> float:
        from matplotlib.patches import Rectangle  # noqa: PLC0415  heavy

        if bar.indent:
            self._say(axes, _MARGIN, top + _BAR * 0.85, bar.label[0], _LABEL, _INK, bold=False)
        else:
            top = self._lines(axes, top, bar.label, _LABEL, _INK)
        left, wide = _MARGIN + bar.indent, WIDTH - 2 * _MARGIN - _ROOM_FOR_NUMBER - bar.indent
        axes.add_patch(Rectangle((left, top), wide, _BAR, facecolor=_EMPTY))
        axes.add_patch(Rectangle((left, top), wide * bar.share, _BAR, facecolor=_FULL))
        self._say(axes, left + wide + 20, top + _BAR * 0.85, bar.number, _NUMBER, _INK, bold=True)
        return top + _BAR + _UNDER_BAR

    def _lines(
        self, axes: Any, top: float, lines: Sequence[str], size: int, colour: str, *, bold: bool = False
    ) -> float:
        for line in lines:
            self._say(axes, _MARGIN, top + size, line, size, colour, bold=bold)
            top += size * _LINE
        return top

    def _say(self, axes: Any, left: float, base: float, text: str, size: int, colour: str, *, bold: bool) -> None:
        """Never as a formula, whatever dollars are in it."""
        properties = self._type(size, bold=bold)
        axes.text(left, base, text, fontproperties=properties, color=colour, va="baseline", parse_math=False)
