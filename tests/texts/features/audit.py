"""Values for «Журнал»: rows that tell nothing, and rows that tell everything at its longest."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.audit import SHOWN, AuditSheet, AuditView, Choice
from domain.audit import ABOUT, Deed
from domain.audit_look import Narrowing, Span, Told
from domain.audit_topic import Topic
from domain.document import DocumentKind, DocumentState
from domain.evidence import EvidenceKind
from domain.item_field import ItemField
from domain.notice_rules import Rules
from domain.people import Role
from domain.survey_field import SurveyField
from handlers.audit import ROOM
from texts.renderer import load

if TYPE_CHECKING:
    from tests.texts.values import Mood

ZONE = ZoneInfo("Europe/Moscow")
TODAY = date(2022, 3, 17)
AT = datetime(2021, 11, 24, 6, tzinfo=UTC)
NUMBERS = {
    "item": 34,
    "year": 2022,
    "roadmap": 2022,
    "count": 21,
    "of": 24,
    "happening": 7,
    "working": 1,
    "responsible": 0,
    "request": 7,
    "remark": 7,
}
_SOURCES = load()
DAYS = ("day", "since", "until")


def filled(line: str, **more: str | int) -> dict[str, str | int | date]:
    """Every key of ``ABOUT``: names as long as ``line``."""
    words = {"role": Role.COORDINATOR, "field": ItemField.DEADLINE, "rule": "ends_soon_middle", "value": "14, 7, 3, 1"}
    words |= {"document": DocumentKind.ANTIRISK, "state": DocumentState.REMARKS, "evidence": EvidenceKind.ORDER}
    words |= {"part": SurveyField.AUDIENCE}
    days = dict.fromkeys(DAYS, TODAY)
    return dict.fromkeys(ABOUT, line) | NUMBERS | words | days | more


def empty() -> dict[str, str | int | date]:
    """Every key of ``ABOUT``, and nothing under it."""
    return dict.fromkeys(ABOUT, "")


def row(deed: Deed, about: dict[str, str | int | date], who: str = "") -> Told:
    return Told(7, AT, who, deed, about)


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Of a deed, both kinds of rows and every word of a closed list; of a page, its longest rows and none."""
    common = {"room": ROOM, "day": TODAY, "total": 7, "shown": 6}
    deeds = [Deed(name.removeprefix("deed-"))] if name.startswith("deed-") else [*Deed]
    if not _tells_deeds(name):
        deeds = deeds[:1]
    for narrowing in _narrowings():
        yield common | _screens(narrowing, mood.line, []) | {"row": row(deeds[0], empty())}
    for deed in deeds:
        for about in _abouts(mood.line) if _is_piece(name) else (empty(), filled(mood.line)):
            rows = [row(deed, about, mood.line)] * SHOWN
            yield common | _screens(Narrowing(7, topic=Topic.COMING_IN), mood.line, rows) | {"row": rows[0]}


@cache
def _tells_deeds(name: str) -> bool:
    """Whether the words depend on the deed; where they do not, one deed stands for all hundred of them."""
    source = _SOURCES[f"audit.{name}"]
    inner = re.findall(r'include "audit\.([\w-]*\w)" *%}', source)
    return "row.deed" in source or any(map(_tells_deeds, inner))


def _is_piece(name: str) -> bool:
    """Whether it is one row or less: a screen is made of those, and the longest are enough for it."""
    return name != "screen" and not name.startswith("ask-")


def _narrowings() -> Iterator[Narrowing]:
    yield Narrowing(by_operator=True)
    yield from (Narrowing(span=one) for one in Span)
    yield from (Narrowing(7, topic=one) for one in Topic)


def _abouts(line: str) -> Iterator[dict[str, str | int | date]]:
    yield empty()
    yield filled(line)
    yield filled(line, until="", value="9:00")
    yield filled(line, until="", value="0, 1")
    yield filled(line, working=0, responsible=1, count=0, role="", field="", rule="")
    yield from (filled(line, role=one) for one in Role)
    yield from (filled(line, field=one) for one in ItemField)
    yield from (filled(line, evidence=one) for one in EvidenceKind)
    yield from (filled(line, part=one) for one in SurveyField)
    yield from (filled(line, rule=one, value=", ".join(map(str, range(60, 0, -1)))) for one in Rules.names())


def _screens(narrowing: Narrowing, who: str, rows: list[Told]) -> dict[str, Any]:
    choice = Choice(narrowing, who)
    found = AuditView(choice, tuple(rows), 45, 46, 999_999, TODAY, ZONE)
    return {"choice": choice, "found": found, "file": AuditSheet(choice, b"", 999_999, TODAY)}
