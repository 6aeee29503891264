"""Visits as they are, and as long as they may be."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from domain.visit_paper import AnswerLine, PlannedVisit, ReportPaper, SchedulePaper, VisitEvent
from tests.texts.values import evil

MADE_ON = date(2022, 3, 12)
VISIT = PlannedVisit(1, date(2022, 3, 21), "Южский район", "Школа № 7", "ул. Мира, 5", "Инна Зимина", "методист")
SCHEDULE = SchedulePaper("Ивановская область", 2022, "№ 15 от 12.03.2022", (VISIT,), MADE_ON)
REPORT = ReportPaper(
    "Школа № 7",
    "Южский район",
    "ул. Мира, 5",
    "Инна Зимина",
    "методист",
    2,
    date(2022, 4, 11),
    date(2022, 4, 12),
    "принят",
    (AnswerLine("С кем встречались", "директор"), AnswerLine("Низкая мотивация", "идёт работа", "есть план")),
    ("Нет плана на май",),
    ("Показать уроки соседям",),
    (("Составить план", date(2022, 4, 29), "завуч"),),
    5,
)
EVENT = VisitEvent(12, 1, date(2022, 3, 21), "Школа № 7", "Южский район", "ул. Мира, 5", "Инна Зимина", "методист")
HOSTILE = (
    *("Щ" * 4000, "слово " * 700, evil(3000), "😀🎉" * 800, "строка\nдругая\n" * 300, "a\u2028b\x0b\x00\x07" * 300),
    *("Ж-" * 2000, "\u202eнаоборот " * 300, "語" * 2000, "W@%—" * 900),
)


def many(schools: int = 60, visits: int = 3) -> SchedulePaper:
    """A region's schedule, laid out of order."""
    planned = [
        replace(
            VISIT,
            number=number,
            day=date(2022, 3, 14) + timedelta(days=(school * 7 + number * 31) % 200),
            school=f"МБОУ «Средняя общеобразовательная школа № {school}»",
            municipality=f"Район {school % 9}",
        )
        for school in range(schools)
        for number in range(1, visits + 1)
    ]
    return replace(SCHEDULE, visits=tuple(planned))


def midnight(day: date) -> datetime:
    """A day as openpyxl reads it."""
    return datetime.combine(day, time())


def a_photo(size: tuple[int, int] = (1600, 1200), kind: str = "JPEG", **more: Any) -> bytes:
    """A picture of one colour."""
    target = BytesIO()
    Image.new("RGB", size, "teal").save(target, kind, **more)
    return target.getvalue()


def crowded(text: str, count: int, photos: tuple[bytes, ...] = ()) -> ReportPaper:
    """A report that has everything, each at its longest."""
    lines = tuple(AnswerLine(text, text, text) for _ in range(count))
    actions = tuple((text, date(2022, 12, 31), text) for _ in range(count))
    who: dict[str, Any] = dict.fromkeys(("school", "municipality", "address", "curator", "position", "state"), text)
    return replace(
        REPORT, **who, lines=lines, remarks=(text,) * count, proposals=(text,) * count, actions=actions, photos=photos
    )
