"""A line about what was agreed on: «Разместить программу до 15.04, завуч» → what, by which day, who. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.refusal import Refusal
from domain.typed_day import read_day

_BY = re.compile(
    r"(?:\A|[\s,;(–—-]+)(?:сделать\s+)?(?:срок\s*[:—–-]?\s*(?:(?:до|к)\s+)?|(?:до|к)\s+)"
    r"(?=\d|завтра|послезавтра|понед|вторн|сред|четв|пятн|субб|воскр)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?P<day>\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|\d{1,2}\s+[а-яё]+(?:\s+\d{4}(?:\s*г(?:ода|\.)?)?)?|[а-яё]+)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\A[,\s(]*(?:пн|вт|ср|чт|пт|сб|вс)\)?(?=$|[\s,;—–-])", re.IGNORECASE)
_EDGE = " ,;.()–—-:\t"
_END = " ,;()–—-:\t"
"""An initial keeps its full stop."""
OWNER_LIMIT = 100
LONGEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is to be done by a local day, and by whom (may be empty: the school as a whole)."""

    text: str
    until: date
    owner: str = ""


def read_agreed(line: str, today: date) -> Agreed:
    """A line as a curator types it on the phone; the last «до …» names the day, what stands after it who does it.

    Raises ``Refusal`` where there is no day, where it has passed, or nothing is to be done.
    """
    found = kept_agreed(line, today)
    if len(found.owner) > OWNER_LIMIT:
        raise Refusal("visit.long-owner", limit=OWNER_LIMIT)
    if not today <= found.until <= today + LONGEST:
        raise Refusal("visit.deed-day", day=found.until)
    return found


def kept_agreed(line: str, near: date) -> Agreed:
    """The same of a line that was taken before: its day may have passed by now. «До 5 лет» names no day."""
    for lead in reversed(list(_BY.finditer(line))):
        found = _DAY.match(line, lead.end())
        day = None if found is None else _read(found["day"], near)
        if found is None or day is None:
            continue
        text = line[: lead.start()].strip(_EDGE)
        if not any(letter.isalnum() for letter in text):
            raise Refusal("visit.no-deed", line=line[:60])
        owner = _WEEKDAY.sub("", line[found.end() :], count=1).lstrip(_EDGE).rstrip(_END)
        return Agreed(text[0].upper() + text[1:], day, owner)
    raise Refusal("visit.no-deed-day", line=line[:60])


def _read(words: str, near: date) -> date | None:
    """Raises ``Refusal`` for a day that no calendar has."""
    try:
        return read_day(re.sub(r"\s*г(?:ода|\.)?$", "", words.replace("/", ".")), near=near, today=near)
    except Refusal as refusal:
        if refusal.reason == "typed_day.impossible":
            raise
        return None
