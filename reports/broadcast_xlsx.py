"""«Список для обзвона» of an announcement as an XLSX. What people typed stays text."""

from collections.abc import Sequence
from typing import Final

from domain.broadcast_delivery import ToPhone
from reports.cells import saved
from reports.table_xlsx import table
from texts import Texts

_COLUMNS: Final = {"home": 26, "school": 40, "name": 34, "position": 26, "role": 26, "why": 34, "contact": 60}
"""Column → its width in characters."""


def phone_workbook(people: Sequence[ToPhone], texts: Texts) -> bytes:
    """Whom to phone, a row each."""
    from openpyxl import Workbook  # noqa: PLC0415  heavy

    book = Workbook()
    sheet = book.create_sheet(texts.plain("broadcast_report.sheet"))
    columns = [(texts.plain(f"broadcast_report.column-{name}"), width) for name, width in _COLUMNS.items()]
    table(sheet, columns, (_row(one, texts) for one in people))
    book.remove(book.worksheets[0])
    return saved(book)


def _row(one: ToPhone, texts: Texts) -> list[str]:
    roles = "; ".join(texts.plain(f"people.role-{role}") for role in one.roles)
    reason = texts.plain(f"broadcast_report.why-{one.why}" if one.why else "broadcast_report.unread")
    contacts = [texts.plain("survey_live.contact", contact=contact, room=200) for contact in one.contacts]
    return [one.home, one.school, one.name, one.position, roles, reason, "; ".join(contacts)]
