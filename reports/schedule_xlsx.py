"""The approved schedule of visits as XLSX. Takes a while: call it by ``asyncio.to_thread``."""

from typing import TYPE_CHECKING, Final

from domain.visit_paper import SchedulePaper
from reports.cells import explain, saved
from reports.table_xlsx import table
from texts import Texts

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_COLUMNS: Final = {
    "row": 6,
    "day": 16,
    "municipality": 28,
    "school": 44,
    "address": 44,
    "curator": 32,
    "position": 30,
    "number": 8,
}
"""Column → its width in characters."""


def schedule_xlsx(paper: SchedulePaper, texts: Texts) -> bytes:
    """A row a visit by their days; and a sheet that says what it is an annex of."""
    from openpyxl import Workbook  # noqa: PLC0415  heavy

    book = Workbook()
    sheet: Worksheet = book.create_sheet(texts.plain("visit_paper.schedule-sheet"))
    columns = [(texts.plain(f"visit_paper.column-{name}"), width) for name, width in _COLUMNS.items()]
    table(
        sheet,
        columns,
        (
            [place, one.day, one.municipality, one.school, one.address, one.curator, one.position, one.number]
            for place, one in enumerate(paper.in_order, 1)
        ),
    )
    parts = ("title", "where", "annex", "total")
    about = "\n".join(texts.plain(f"visit_paper.schedule-{part}", paper=paper) for part in parts)
    explain(book, texts.plain("visit_paper.schedule-about"), about)
    book.remove(book.worksheets[0])
    return saved(book)
