"""Values for remarks and proposals."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.remark import RemarkList
from actions.remarking import RemarkCard, Told
from domain.registry import School
from domain.remark import REMARK_LIMIT, Remark, RemarkKind, Subject, VisitName, remark_text
from tests.texts.features.document import lines, sheet
from tests.texts.features.person import called

if TYPE_CHECKING:
    from tests.texts.values import Mood

ZONE = ZoneInfo("Europe/Moscow")
AT = datetime(2022, 3, 17, 6, tzinfo=UTC)
LATER = AT + timedelta(days=1)


def remarks(mood: "Mood") -> list[Remark]:
    """Of both kinds: made, answered, answered and not fixed, fixed; entered into МЭДК and changed since."""
    text, by = remark_text(mood.text[:REMARK_LIMIT]), 7
    found = []
    for kind in RemarkKind:
        made = Remark(1, 1, kind, text, AT, by)
        again = replace(made, answer=text, answered_by=by)
        answered = replace(again, answered_at=AT, placed_at=AT, placed_by=by)
        found += [replace(made, corrected_at=LATER)]
        found += [made, again, answered, replace(answered, fixed_at=LATER, fixed_by=by)]
    return found


def subjects(mood: "Mood") -> list[Subject]:
    """Documents, items and visits."""
    visit = Subject(visit=VisitName(3, date(2022, 9, 30)))
    return [*(Subject(line=one) for one in lines(mood)), visit, *(Subject(item=one) for one in mood.items[:3])]


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every remark on every kind of subject; lists that are empty and full."""
    every = subjects(mood)
    for place, remark in enumerate(remarks(mood)):
        for subject in (every[place], every[-1], *every[20:24]):
            for able in (True, False):
                yield _one(mood, remark, subject, able=able)


def _one(mood: "Mood", remark: Remark, subject: Subject, *, able: bool) -> dict[str, Any]:
    seen = sheet(mood, [], able=able)
    told = Told(remark, subject, {7: called(mood)})
    found = RemarkList(seen, (told,) * 12 if able else (), ZONE)
    return {
        "remark": remark,
        "told": told,
        "subject": subject,
        "sheet": seen,
        "card": RemarkCard(seen, told, ZONE),
        "school": School(1, mood.line, 1),
        "found": found,
        "numbered": list(enumerate(found.told[:6], 7)),
        "what": remark.kind,
        "items": mood.items[:12] if able else [],
        "heard": int(able),
        "page": 1,
        "pages": 2,
        "number": 34,
        "limit": 1000,
    }
