"""Values for the papers of visits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.reports.visit_papers import EVENT, REPORT, SCHEDULE, VISIT

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Everything known, and nothing of what may be unknown; words as long as their fields let them be."""
    words = mood.line[:100]
    who: dict[str, Any] = dict.fromkeys(("school", "municipality", "address", "curator", "position"), words)
    report = replace(REPORT, state=words, **who)
    schedule = replace(SCHEDULE, region=words, order=words)
    known = {"paper": schedule if name.startswith("schedule-") else report, "event": replace(EVENT, **who)}
    bare: dict[str, Any] = dict.fromkeys(("municipality", "address", "curator", "position"), "")
    unknown = {
        "paper": replace(SCHEDULE, region="", order="", visits=())
        if name.startswith("schedule-")
        else replace(report, state="", **bare),
        "event": replace(EVENT, number=0, cancelled=True, **bare),
    }
    for shape in (known, unknown):
        for count in (1, 2, 5, 11, 21):
            entry: dict[str, Any] = {"number": count, "count": count, "words": mood.text[:300], "what": mood.text[:300]}
            entry |= {"who": words if shape is known else "", "until": date(2022, 12, 31), "month": date(2022, 9, 1)}
            yield shape | entry | {"visit": VISIT}
