"""A DOCX on A4 in «Times New Roman» that Word, LibreOffice and MyOffice open alike. Heavy: call it off the loop."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from reports.cells import fit_for_xml

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

FONT: Final = "Times New Roman"
_FONT_OF: Final = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_A4: Final = (210, 297)


def blank(title: str, made_on: date, *, size: float, margins: tuple[int, int, int, int]) -> "Document":
    """An empty page: ``margins`` are top, right, bottom and left in millimetres, ``size`` of the letters in points.

    Nothing in it says who made it but the title and the day.
    """
    from docx import Document  # noqa: PLC0415  heavy
    from docx.shared import Mm, Pt  # noqa: PLC0415

    page = Document()
    section = page.sections[0]
    section.page_width, section.page_height = Mm(_A4[0]), Mm(_A4[1])
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (Mm(one) for one in margins)
    section.header_distance = section.footer_distance = Mm(6)
    normal = page.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(size)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    _speak_russian(page)
    about = page.core_properties
    about.title, about.author, about.comments, about.language = fit_for_xml(title)[:255], "", "", "ru-RU"
    about.created = about.modified = datetime.combine(made_on, time(), UTC)
    return page


def _speak_russian(page: "Document") -> None:
    """The font for every script, and no red lines under what is written in Russian."""
    from docx.oxml.ns import qn  # noqa: PLC0415  heavy

    styles: Any = page.styles.element
    for fonts in styles.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for name in _FONT_OF:
            fonts.set(qn(name), FONT)
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), "ru-RU")


def say(paragraph: "Paragraph", text: str, *, bold: bool = False, size: float | None = None) -> "Paragraph":
    """A text at the end of a paragraph, whatever somebody typed; lines of it stay lines."""
    from docx.shared import Pt  # noqa: PLC0415  heavy

    run = paragraph.add_run(fit_for_xml(text))
    run.bold = bold or None
    if size is not None:
        run.font.size = Pt(size)
    return paragraph


def grid(page: "Document", rows: int, widths: Sequence[int]) -> "Table":
    """A table with lines around its cells; ``widths`` of the columns in millimetres stay as they are given."""
    from docx.shared import Mm  # noqa: PLC0415  heavy

    table: Table = page.add_table(rows, len(widths), style="Table Grid")
    table.autofit = False
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Mm(wide)
    for row in table.rows:
        for cell, wide in zip(row.cells, widths, strict=True):
            cell.width = Mm(wide)
        _mark(row, "w:cantSplit")
    return table


def pad(table: "Table", sides: int, ends: int) -> None:
    """Room inside every cell, in twentieths of a point: left and right, above and below."""
    from docx.oxml import OxmlElement  # noqa: PLC0415  heavy
    from docx.oxml.ns import qn  # noqa: PLC0415

    margins = OxmlElement("w:tblCellMar")
    for side, room in (("top", ends), ("left", sides), ("bottom", ends), ("right", sides)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(room))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties: Any = table._tbl.tblPr  # noqa: SLF001  python-docx knows no margins of cells
    look = properties.find(qn("w:tblLook"))
    properties.append(margins) if look is None else look.addprevious(margins)


def head(row: "_Row", titles: Sequence[str], *, size: float | None = None) -> None:
    """The headings of a table, on each of its pages."""
    for cell, title in zip(row.cells, titles, strict=True):
        say(first(cell), title, bold=True, size=size)
    _mark(row, "w:tblHeader")


def first(cell: "_Cell") -> "Paragraph":
    """The paragraph that every cell has."""
    found: Paragraph = cell.paragraphs[0]
    return found


def number_pages(page: "Document") -> None:
    """The number of the page at its foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  heavy
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    foot = page.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)  # noqa: SLF001  python-docx knows no fields


def file_of(page: "Document") -> bytes:
    """The file."""
    target = BytesIO()
    page.save(target)
    return target.getvalue()


def _mark(row: "_Row", name: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415  heavy

    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001  python-docx knows no such marks
