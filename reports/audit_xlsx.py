"""The audit as an XLSX: a row a deed, the newest first, worded as on the coordinator's screen but at full length."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.audit_look import Told
from domain.audit_topic import Topic
from reports.cells import saved, streamed
from texts import Texts

WHOLE = 400
"""Characters of a name in the file: there is no longer one."""
_COLUMNS = {"when": 17, "who": 34, "topic": 24, "what": 90}
"""Column → its width in characters."""
_DATE_FORMAT = "dd.mm.yyyy hh:mm"


def as_workbook(rows: Iterable[Told], zone: ZoneInfo, texts: Texts) -> bytes:
    """The file, in local time. What people typed stays text: nothing is read as a formula. May take seconds."""
    from openpyxl import Workbook  # noqa: PLC0415  heavy
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(texts.plain("audit.file-sheet"))
    for letter, width in zip("ABCD", _COLUMNS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    heading = [streamed(sheet, texts.plain(f"audit.column-{name}")) for name in _COLUMNS]
    for cell in heading:
        cell.font = Font(bold=True)
    sheet.append(heading)
    last, words = 1, _Words(texts)
    for last, row in enumerate(rows, 2):  # noqa: B007  where the filter ends
        sheet.append([_moment(sheet, row.at.astimezone(zone)), *(streamed(sheet, one) for one in words.of(row))])
    sheet.auto_filter.ref = f"A1:D{last}"
    return saved(book)


class _Words:
    """What a row says besides its time. The same people and topics come again and again: they are worded once."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._known: dict[tuple[str, bool, bool] | Topic, str] = {}

    def of(self, row: Told) -> Iterator[str]:
        """Who, about what, what."""
        yield self._once((row.who, row.by_stranger, row.by_clock), "audit.who", row)
        yield self._once(row.topic, f"audit.topic-{row.topic}", row)
        yield self._texts.plain("audit.what", row=row, room=WHOLE)

    def _once(self, key: tuple[str, bool, bool] | Topic, text_id: str, row: Told) -> str:
        if key not in self._known:
            self._known[key] = self._texts.plain(text_id, row=row, room=WHOLE)
        return self._known[key]


def _moment(sheet: Any, at: datetime) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  heavy

    cell = WriteOnlyCell(sheet, at.replace(tzinfo=None, microsecond=0))
    cell.number_format = _DATE_FORMAT
    return cell
