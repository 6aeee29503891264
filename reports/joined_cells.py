"""Joined cells of a sheet that is streamed: openpyxl leaves them out then."""

import re
from collections.abc import Sequence
from typing import Any

_JOINED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})\"")
_MOST = 20_000
"""Further ones are left as they are: their rows then say that something is missing."""


class JoinedCells:
    """Each gets what the uppermost says; one joined sideways leaves the others empty. Rows come in their order."""

    def __init__(self, sheet: Any) -> None:
        """``sheet`` is openpyxl's read-only worksheet: its annotations know no way to the sheet's own text."""
        from openpyxl.utils.cell import range_boundaries  # noqa: PLC0415  heavy

        with sheet._get_source() as source:  # noqa: SLF001
            found = _JOINED.findall(source.read())[:_MOST]
        edges = [tuple(int(edge or 0) for edge in range_boundaries(one.decode())) for one in found]
        self._waiting = sorted(((top, left, bottom) for left, top, _, bottom in edges if bottom > top), reverse=True)
        self._open: list[tuple[int, int, Any]] = []
        self.any = bool(self._waiting)

    def filled(self, number: int, cells: Sequence[Any]) -> Sequence[Any]:
        """The cells of a row, joined ones no longer empty."""
        self._open = [one for one in self._open if one[1] >= number]
        while self._waiting and self._waiting[-1][0] <= number:
            top, left, bottom = self._waiting.pop()
            if top == number and left <= len(cells):
                self._open.append((left, bottom, cells[left - 1]))
        if not self._open:
            return cells
        filled = list(cells)
        for left, _, first in self._open:
            filled[left - 1] = first
        return filled
