"""The report of a visit on one page of A4. Takes a while: call it by ``asyncio.to_thread``."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Final

from domain.visit_paper import ReportPaper
from reports.docx_page import blank, file_of, first, grid, head, pad, say
from reports.photo import shrunk
from reports.visit_sheet import (
    ENDS,
    GAP,
    LINE,
    MARGIN,
    PHOTO,
    SIDES,
    SIGN_GAP,
    SIZE,
    TITLE_LINE,
    TITLE_SIZE,
    Sheet,
    sheet_of,
)
from texts import Texts

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shared import Length
    from docx.text.paragraph import Paragraph

PHOTOS: Final = 4


def visit_docx(paper: ReportPaper, texts: Texts) -> bytes:
    """Who was where and when, the answers beside those of the visit before, remarks, proposals, what was agreed on, and
    up to four photos. Long texts are cut so that it stays one page; a photo that cannot be read is left out."""
    photos = list(islice(_readable(paper.photos), PHOTOS))
    sheet = sheet_of(paper, texts, photos=bool(photos))
    name = texts.plain("visit_paper.report-file", paper=paper)
    page = blank(name, paper.sent_on, size=SIZE, margins=(MARGIN, MARGIN, MARGIN, MARGIN))
    say(_line(page, high=TITLE_LINE), sheet.title, bold=True, size=TITLE_SIZE)
    for fact in sheet.facts:
        say(_line(page), fact)
    if sheet.rows:
        _answers(page, sheet)
    for heading, entries in sheet.lists:
        say(_line(page, above=GAP), heading, bold=True)
        for entry in entries:
            say(_line(page), entry)
    for note in sheet.notes:
        say(_line(page), note)
    if photos:
        _pictures(page, photos, texts)
    say(_line(page, above=SIGN_GAP), texts.plain("visit_paper.report-signature"))
    return file_of(page)


def _readable(contents: Iterable[bytes]) -> Iterable[bytes]:
    return (small for content in contents if (small := shrunk(content)) is not None)


def _line(page: "Document", *, above: float = 0, high: float = LINE) -> "Paragraph":
    return _exactly(page.add_paragraph(), above=above, high=high)


def _exactly(paragraph: "Paragraph", *, above: float = 0, high: float = LINE) -> "Paragraph":
    """Lines of that height whatever letters are on them."""
    from docx.enum.text import WD_LINE_SPACING  # noqa: PLC0415  heavy
    from docx.shared import Pt  # noqa: PLC0415

    look = paragraph.paragraph_format
    look.line_spacing_rule, look.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(high)
    look.space_before = Pt(above)
    return paragraph


def _answers(page: "Document", sheet: Sheet) -> None:
    _exactly(page.paragraphs[-1]).paragraph_format.space_after = _points(GAP)
    table = grid(page, len(sheet.rows), sheet.widths)
    pad(table, sides=SIDES * 20, ends=ENDS * 20)
    for place, (row, said) in enumerate(zip(table.rows, sheet.rows, strict=True)):
        cells = row.cells
        for cell in cells:
            _exactly(first(cell))
        if place == 0:
            head(row, said)
            continue
        for column, (cell, words) in enumerate(zip(cells, said, strict=True)):
            say(first(cell), words, bold=column == 0)


def _pictures(page: "Document", photos: Sequence[bytes], texts: Texts) -> None:
    """Side by side in one line, each as large as there is room for it."""
    from docx.shared import Mm  # noqa: PLC0415  heavy

    strip = page.add_paragraph()
    strip.paragraph_format.space_before = strip.paragraph_format.space_after = _points(GAP)
    for number, photo in enumerate(photos, 1):
        picture = strip.add_run().add_picture(BytesIO(photo), width=Mm(PHOTO[0]))
        if picture.height > Mm(PHOTO[1]):
            picture.width, picture.height = _scaled(picture.width, picture.height, Mm(PHOTO[1])), Mm(PHOTO[1])
        picture._inline.docPr.set("descr", texts.plain("visit_paper.report-photo", number=number))  # noqa: SLF001
        strip.add_run(" ")


def _scaled(width: int, height: int, most: int) -> "Length":
    from docx.shared import Emu  # noqa: PLC0415  heavy

    return Emu(width * most // height)


def _points(points: float) -> "Length":
    from docx.shared import Pt  # noqa: PLC0415  heavy

    return Pt(points)
