"""What everybody got in a rehearsed year: JSON lines for programs, a calendar for people."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from texts import Texts


@dataclass(frozen=True, slots=True)
class Got:
    """A message that arrived: when (local time), at which address, the items it is about, its words and buttons."""

    at: datetime
    to: str
    items: tuple[int, ...]
    text: str
    buttons: tuple[str, ...]


def as_json_lines(year: Sequence[Got]) -> Iterable[str]:
    """An object a line."""
    for one in year:
        found = {"at": one.at.isoformat(), "to": one.to, "items": one.items, "text": one.text, "buttons": one.buttons}
        yield json.dumps(found, ensure_ascii=False)


def by_day(year: Sequence[Got], texts: Texts) -> Iterable[str]:
    """Every day on which something came: when, to whom, and the words."""
    for day, came in groupby(year, key=lambda one: one.at.date()):
        yield texts.plain("rehearsal.year-day", day=day)
        for one in came:
            yield "    " + texts.plain("rehearsal.year-got", at=one.at, address=one.to.split(":"))
            yield from ("        " + line for line in one.text.splitlines())
