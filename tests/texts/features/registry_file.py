"""Values for «Список в Excel»: every shape of a plan, of a question, of what is said about a row."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from domain.people import Duty, Role
from domain.registry import Registered
from domain.registry_file import COLUMNS, Column, FileRow, ReadFile, Said, Sheet
from domain.registry_file_people import WantedDuty
from domain.registry_file_places import Home, Place
from domain.registry_file_plan import Kind, Outcome, PersonWork, Plan, Work
from domain.registry_file_questions import About, Question

if TYPE_CHECKING:
    from tests.texts.values import Mood

SHEETS = {Sheet.SCHOOLS: "Школы", Sheet.PEOPLE: "Люди"}
NOW = datetime(2022, 3, 17, 6, tzinfo=UTC)
WRONG = ("unknown-school", "position-differs", "number-twice", "needless-place", "unknown-organisation", "no-role")
WORDS = SimpleNamespace(
    sheets=SHEETS,
    roles=SimpleNamespace(**dict.fromkeys(Role, "региональный координатор")),
    columns=dict.fromkeys(Column, "Ответственный"),
    yes="да",
)


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Lists empty, short and long; every column, every role; a question about each kind of likeness."""
    line = mood.line
    common = {
        "words": WORDS, "organisations": [line] * 5, "limit": 1000, "draft": None, "today": date(2022, 3, 17),
        "schools": 21, "people": 502, "sheet": "Люди", "page": 1, "pages": 4, "sheets": SHEETS, "left": 21,
        "columns": ["ФИО", "Должность", "Роль", "Муниципалитет", "Школа / организация", "Ответственный"],
    }  # fmt: skip
    if name.startswith("said-"):
        yield from (common | {"said": said} for said in _said(line))
    elif name.startswith("ask-"):
        yield from (common | {"question": asked, "duties": duties} for asked, duties in _questions(line))
    elif name == "notes":
        yield from (common | {"file": ReadFile((), merged, macros)} for merged, macros in _FLAGS)
    elif name == "how-to":
        yield from (common | {"organisations": [line] * count} for count in (0, 1, 5))
    else:
        for found in _plans(line):
            shown = found.wrong[:6]
            yield common | {"plan": found, "shown": shown, "draft": NOW, "pages": len(found.left)}


_FLAGS = ((True, True), (True, False), (False, True))


def _said(line: str) -> Iterator[Said]:
    common = {
        "value": line, "place": line, "name": line, "municipality": line, "number": "123456789", "row": 9999,
        "position": line, "before": line, "after": line, "limit": 300, "instead": line, "school": line,
        "address": line,
    }  # fmt: skip
    for role in Role:
        yield Said("any", common | {"role": role, "column": Column.PLACE})
    for column in COLUMNS[Sheet.PEOPLE]:
        yield Said("any", common | {"role": Role.SCHOOL, "column": column})
    yield Said(
        "any", common | {"role": Role.COORDINATOR, "column": Column.NAME, "place": "", "before": "", "instead": ""}
    )


def _person(line: str) -> Registered:
    return Registered(7, line, line, (Duty(Role.CURATOR, school_id=1),))


def _questions(line: str) -> Iterator[tuple[Question, list[tuple[Duty, str]]]]:
    full = FileRow(Sheet.PEOPLE, 9999, {Column.NAME: line, Column.POSITION: line, Column.PLACE: line})
    duties = [(Duty(Role.MUNICIPAL, municipality_id=1), line), (Duty(Role.COORDINATOR), "")] * 3
    for row in (full, FileRow(Sheet.PEOPLE, 2), FileRow(Sheet.SCHOOLS, 2)):
        yield Question(About.PERSON, ("a",), row, line, line, _person(line)), duties
        yield Question(About.PERSON, ("a",), row, line, line, at=5), []


def _plans(line: str) -> Iterator[Plan]:
    row = FileRow(Sheet.PEOPLE, 9999, {Column.NAME: line})
    home = Home("a", line)
    school = Place(home, "b", line)
    new = PersonWork(None, line, line, (WantedDuty(Role.SCHOOL, school=school),), {})
    said = [next(one for one in _said(line) if one.what == "any")]
    wrong = [
        Outcome(row, Kind.WRONG, tuple(Said(what, said[0].values) for what in WRONG[place:] + WRONG[:place]))
        for place in range(6)
    ]
    yield Plan((Outcome(row, Kind.SAME),), (), Work())
    for count in (1, 5, 21):
        yield Plan(
            (*wrong, *([Outcome(row, Kind.SAME)] * count)),
            (),
            Work((home,) * count, (school,) * count, {1: line}, (new,) * count),
            absent=(_person(line),) * count,
            left=((_person(line), Duty(Role.COORDINATOR)),) * count,
        )
