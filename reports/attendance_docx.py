"""Who was at a meeting, for its minutes. Takes a while: call it by ``asyncio.to_thread``."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from domain.meeting_paper import AttendancePaper
from reports.docx_page import blank, file_of, first, grid, head, number_pages, pad, say
from texts import Texts

if TYPE_CHECKING:
    from docx.document import Document

_SIZE: Final = 11
_MARGINS: Final = (15, 10, 15, 20)
_CAME: Final = {"row": 10, "name": 50, "position": 42, "place": 48, "mark": 30}
_MISSED: Final = {"row": 10, "name": 50, "position": 42, "place": 48, "why": 30}
"""Column → its width in millimetres: as much as there is between the margins."""
_LONGEST: Final = 300
"""Characters of a cell."""


def attendance_docx(paper: AttendancePaper, texts: Texts) -> bytes:
    """Those who came, and how that is known; those who were invited and did not come, and why; how many of each."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as PLACE  # noqa: PLC0415  heavy

    title = texts.plain("meeting_door.paper-title")
    page = blank(texts.plain("meeting_door.paper-file", paper=paper), paper.made_on, size=_SIZE, margins=_MARGINS)
    say(page.add_paragraph(), title, bold=True, size=14).alignment = PLACE.CENTER
    say(page.add_paragraph(), texts.plain("meeting_door.paper-about", paper=paper) + "\n")
    if paper.came:
        rows = [
            (each.name, each.position, each.place, texts.plain("meeting_door.paper-mark", each=each, zone=paper.zone))
            for each in paper.came
        ]
        _table(page, texts, _CAME, rows)
    if paper.missed:
        heading = say(page.add_paragraph(), "\n" + texts.plain("meeting_door.paper-missed"), bold=True)
        heading.paragraph_format.keep_with_next = True
        reasons = [
            (each.name, each.position, each.place, texts.plain("meeting_door.paper-why", each=each))
            for each in paper.missed
        ]
        _table(page, texts, _MISSED, reasons)
    say(page.add_paragraph(), "\n" + texts.plain("meeting_door.paper-total", paper=paper))
    number_pages(page)
    return file_of(page)


def _table(page: "Document", texts: Texts, columns: dict[str, int], rows: Sequence[Iterable[str]]) -> None:
    table = grid(page, 1 + len(rows), list(columns.values()))
    pad(table, sides=70, ends=20)
    lines = iter(table.rows)
    head(next(lines), [texts.plain(f"meeting_door.column-{name}") for name in columns])
    for number, (row, values) in enumerate(zip(lines, rows, strict=True), start=1):
        for cell, words in zip(row.cells, (str(number), *values), strict=True):
            say(first(cell), _cut(words))


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
