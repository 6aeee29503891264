"""``python -m bot plan``: JSON lines for programs, a calendar for people."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from domain.forecast import Forecast
from reports.plan import as_calendar, as_json_lines
from texts import Texts

MOSCOW = ZoneInfo("Europe/Moscow")
NINE = datetime(2022, 3, 9, 6, tzinfo=UTC)
SURVEY = Forecast(NINE, "group:500+", "ivanovo-2022", 16, "Первый опрос участников", "starts-soon", 1)
SCHOOLS = replace(SURVEY, to="role:school")
LAST_DAY = Forecast(datetime(2022, 3, 18, 6, tzinfo=UTC), "group:ВУ", "ivanovo-2022", 20, "Документы", "last-day", 0)
DIGEST = replace(
    LAST_DAY, at=datetime(2022, 3, 21, 5, 30, tzinfo=UTC), to="role:coordinator", occasion="overdue", days=1
)


def test_the_line_of_the_document() -> None:
    assert list(as_json_lines([SURVEY], MOSCOW)) == [
        '{"at": "2022-03-09T09:00:00+03:00", "to": "group:500+", "item": 16, "occasion": "starts-soon", "days": 1}'
    ]


def test_a_line_for_each_notice_in_the_order_given() -> None:
    found = [json.loads(line) for line in as_json_lines([SURVEY, SCHOOLS, LAST_DAY, DIGEST], MOSCOW)]
    assert [(one["at"], one["to"], one["item"], one["occasion"], one["days"]) for one in found] == [
        ("2022-03-09T09:00:00+03:00", "group:500+", 16, "starts-soon", 1),
        ("2022-03-09T09:00:00+03:00", "role:school", 16, "starts-soon", 1),
        ("2022-03-18T09:00:00+03:00", "group:ВУ", 20, "last-day", 0),
        ("2022-03-21T08:30:00+03:00", "role:coordinator", 20, "overdue", 1),
    ]


def test_the_instant_is_written_in_the_projects_zone() -> None:
    (line,) = as_json_lines([SURVEY], ZoneInfo("Asia/Kamchatka"))
    assert json.loads(line)["at"] == "2022-03-09T18:00:00+12:00"


def test_the_roadmap_is_named_only_where_there_are_several() -> None:
    other = replace(SURVEY, roadmap="ivanovo-2023")
    assert ["roadmap" in json.loads(line) for line in as_json_lines([SURVEY, LAST_DAY], MOSCOW)] == [False, False]
    assert [json.loads(line)["roadmap"] for line in as_json_lines([SURVEY, other], MOSCOW)] == [
        "ivanovo-2022",
        "ivanovo-2023",
    ]


def test_nothing_to_say_is_no_lines() -> None:
    assert list(as_json_lines([], MOSCOW)) == []


def calendar(*lines: Forecast) -> list[str]:
    found = as_calendar(lines, MOSCOW, Texts(), date(2022, 3, 9), date(2022, 3, 21))
    return [line.replace("\u00a0", " ") for line in found]


def test_a_calendar_for_people() -> None:
    assert calendar(SURVEY, SCHOOLS, LAST_DAY, DIGEST) == [
        "Что бот скажет с 9 марта 2022, ср по 21 марта 2022, пн: 4 напоминания",
        "9 марта 2022, ср, 09:00",
        "    п. 16 Первый опрос участников — скоро начнётся (1) → group:500+",
        "    п. 16 Первый опрос участников — скоро начнётся (1) → role:school",
        "18 марта 2022, пт, 09:00",
        "    п. 20 Документы — последний день → group:ВУ",
        "21 марта 2022, пн, 08:30",
        "    п. 20 Документы — просрочено (1) → role:coordinator",
    ]


def test_a_calendar_of_nothing_is_its_heading() -> None:
    assert calendar() == ["Что бот скажет с 9 марта 2022, ср по 21 марта 2022, пн: 0 напоминаний"]
