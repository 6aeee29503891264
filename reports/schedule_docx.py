"""The approved schedule of visits as an annex to an order. Takes a while: call it by ``asyncio.to_thread``."""

from typing import TYPE_CHECKING, Final

from domain.visit_paper import PlannedVisit, SchedulePaper
from reports.docx_page import blank, file_of, first, grid, head, number_pages, say
from texts import Texts

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Row

_SIZE = 12
_MARGINS: Final = (15, 10, 15, 20)
_COLUMNS: Final = {"row": 11, "municipality": 36, "school-address": 62, "curator-position": 44, "day": 27}
"""Column → its width in millimetres: as much as there is between the margins."""


def schedule_docx(paper: SchedulePaper, texts: Texts) -> bytes:
    """The visits by their days under the months, headings on every page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as PLACE  # noqa: PLC0415  heavy

    title = texts.plain("visit_paper.schedule-title")
    page = blank(title, paper.made_on, size=_SIZE, margins=_MARGINS)
    annex = say(page.add_paragraph(), texts.plain("visit_paper.schedule-annex", paper=paper))
    annex.alignment = PLACE.RIGHT
    for words, bold in ((f"\n{title}", True), (texts.plain("visit_paper.schedule-where", paper=paper) + "\n", False)):
        say(page.add_paragraph(), words, bold=bold).alignment = PLACE.CENTER
    _table(page, paper, texts)
    say(page.add_paragraph(), "\n" + texts.plain("visit_paper.schedule-total", paper=paper))
    number_pages(page)
    return file_of(page)


def _table(page: "Document", paper: SchedulePaper, texts: Texts) -> None:
    months = list(paper.by_month)
    table = grid(page, 1 + len(months) + len(paper.visits), list(_COLUMNS.values()))
    rows = iter(table.rows)
    head(next(rows), [texts.plain(f"visit_paper.column-{name}") for name in _COLUMNS])
    number = 0
    for month, visits in months:
        _month(next(rows), texts.plain("visit_paper.schedule-month", month=month))
        for visit in visits:
            number += 1
            _visit(next(rows), number, visit, texts)


def _month(row: "_Row", words: str) -> None:
    """Across the table, and never alone at the foot of a page."""
    cells = row.cells
    whole = cells[0].merge(cells[-1])
    say(first(whole), words, bold=True).paragraph_format.keep_with_next = True


def _visit(row: "_Row", number: int, visit: PlannedVisit, texts: Texts) -> None:
    nobody = texts.plain("visit_paper.nobody")
    values = (
        (str(number),),
        (visit.municipality or nobody,),
        (visit.school, visit.address),
        (visit.curator or nobody, visit.position),
        tuple(texts.plain(f"visit_paper.schedule-{part}", visit=visit) for part in ("day", "number")),
    )
    for cell, parts in zip(row.cells, values, strict=True):
        say(first(cell), "\n".join(" ".join(part.split()) for part in parts if part))
