"""Values for the settings of one's own reminders: as they come, changed as far as they go, paused."""

from collections.abc import Iterator
from datetime import date, time
from typing import TYPE_CHECKING, Any

from actions.own_reminders import ReminderSheet
from domain.own_reminders import HOURS, Reminders

if TYPE_CHECKING:
    from tests.texts.values import Mood

TODAY = date(2022, 3, 17)
_RUNS = ([("пн", "пт")], [("пн", "пн"), ("ср", "ср"), ("пт", "пт")], [("вт", "вт")])


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """With and without the digest, in and out of a pause; every pause that is offered."""
    for days in _RUNS:
        for digest in (None, time(8, 30)):
            for resumes in (None, date(2022, 5, 16)):
                own = Reminders(paused_until=resumes)
                sheet = ReminderSheet(own, TODAY, time(9), time(9), digest, tuple(HOURS), resumes)
                yield from (_of(mood, sheet, days, pause) for pause in (3, 7, 14, 21))


def _of(mood: "Mood", sheet: ReminderSheet, days: list[tuple[str, str]], pause: int) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "days": days,
        "coordinator": sheet.digest is not None,
        "name": "пн",
        "chosen": pause == 7,
        "common": sheet.common,
        "day": TODAY,
        "until": TODAY,
        "pause": pause,
    }
