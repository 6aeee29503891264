"""Values for «Текст для МЭДК»."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.medk import MedkText, Placing
from domain.medk import Chapter
from tests.texts.features.document import sheet
from tests.texts.features.person import called
from tests.texts.features.remark import remarks, subjects

if TYPE_CHECKING:
    from tests.texts.values import Mood

ZONE = ZoneInfo("Europe/Moscow")
AT = datetime(2022, 3, 17, 6, tzinfo=UTC)


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Nothing, something, and a text that goes as a file; all entered, some, none."""
    every = remarks(mood)
    for remark in every:
        for subject in subjects(mood)[::7]:
            chapters = (Chapter(subject, ((21, remark),)),)
            for shown, block, waiting, total in ((chapters, "<b>текст", 5, 21), (chapters, "", 5, 21), ((), "", 0, 21)):
                yield _one(mood, shown, waiting, total) | {"block": block, "remark": remark, "subject": subject}
    yield _one(mood, (), 0, 0) | {"block": "", "remark": every[0], "subject": subjects(mood)[0]}


def _one(mood: "Mood", chapters: tuple[Chapter, ...], waiting: int, total: int) -> dict[str, Any]:
    last = Placing(total - waiting, AT, called(mood), 7) if total else None
    seen = sheet(mood, [])
    return {
        "found": MedkText(seen, chapters, waiting, total, 7, last, ZONE),
        "sheet": seen,
        "school": mood.line,
        "municipality": mood.line if total else "",
        "name": mood.line,
        "number": 21,
        "count": total,
        "waiting": waiting,
    }
