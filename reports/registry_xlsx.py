"""The registry as an XLSX: the template, and the same filled. What is exported can be loaded again and changes
nothing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from domain.people import Duty, Role
from domain.registry import Organisation, Registered, Registry
from domain.registry_file import COLUMNS, MOST_ROWS, Column, Sheet
from reports.cells import explain, headings, put, saved
from reports.registry_words import RegistryWords

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {
    Column.MUNICIPALITY: 30,
    Column.SCHOOL: 60,
    Column.ADDRESS: 60,
    Column.NAME: 36,
    Column.POSITION: 30,
    Column.ROLE: 28,
    Column.PLACE: 60,
    Column.RESPONSIBLE: 17,
    Column.NUMBER: 8,
}


def template(organisations: Iterable[Organisation], words: RegistryWords) -> bytes:
    """The empty form."""
    return workbook(Registry(), organisations, words)


def workbook(registry: Registry, organisations: Iterable[Organisation], words: RegistryWords) -> bytes:
    """The form with everything of the registry: a row for each school, a row for each duty of a person."""
    from openpyxl import Workbook  # noqa: PLC0415  heavy

    book = Workbook()
    people = _form(book, Sheet.PEOPLE, words)
    schools = _form(book, Sheet.SCHOOLS, words)
    _fill(schools, _school_rows(registry))
    _fill(people, _person_rows(registry, words))
    _offer(people, schools, words)
    _explain(book, organisations, words)
    book.remove(book.worksheets[0])
    return saved(book)


def _form(book: "Workbook", sheet: Sheet, words: RegistryWords) -> "Worksheet":
    form: Worksheet = book.create_sheet(words.sheets[sheet])
    headings(form, [(words.columns[column], _WIDTHS[column]) for column in COLUMNS[sheet]])
    return form


def _fill(form: "Worksheet", rows: Iterable[Sequence[str]]) -> None:
    last = 1
    for last, values in enumerate(rows, start=2):
        put(form, last, values)
    form.auto_filter.ref = f"{str(form.auto_filter.ref).split(':', maxsplit=1)[0]}:{form.dimensions.split(':')[-1]}"


def _school_rows(registry: Registry) -> Iterator[tuple[str, ...]]:
    for home in registry.municipalities:
        schools = registry.schools_of(home.id)
        yield from ((home.name, school.name, school.address) for school in schools)
        if not schools:
            yield (home.name, "")


def _person_rows(registry: Registry, words: RegistryWords) -> Iterator[tuple[str, ...]]:
    for person in registry.people:
        if person.name:
            for cells in [_duty_cells(registry, duty, words) for duty in person.duties] or [("", "", "", "")]:
                yield _person_row(person, cells)


def _person_row(person: Registered, cells: tuple[str, str, str, str]) -> tuple[str, ...]:
    return (person.name, person.position, *cells, str(person.id or ""))  # 0: not registered yet


def _duty_cells(registry: Registry, duty: Duty, words: RegistryWords) -> tuple[str, str, str, str]:
    """Role, municipality, school or organisation, responsible."""
    school = registry.school(duty.school_id)
    home = registry.municipality(school.municipality_id if school else duty.municipality_id)
    place = "" if duty.role is Role.MUNICIPAL else registry.place(duty)
    return words.roles[duty.role], home.name if home else "", place, words.yes if duty.responsible else ""


def _offer(people: "Worksheet", schools: "Worksheet", words: RegistryWords) -> None:
    """What can be chosen in a cell instead of typing it. Only the roles and «да» admit nothing else."""
    from openpyxl.utils import quote_sheetname  # noqa: PLC0415  heavy

    listed = f"{quote_sheetname(schools.title)}!${{0}}$2:${{0}}${MOST_ROWS}"
    roles = ",".join(words.roles.values())
    _choice(people, Column.ROLE, f'"{roles}"', words, strict=True)
    _choice(people, Column.RESPONSIBLE, f'"{words.yes},{words.no}"', words, strict=True)
    _choice(people, Column.MUNICIPALITY, listed.format("A"), words, strict=False)
    _choice(people, Column.PLACE, listed.format("B"), words, strict=False)


def _choice(people: "Worksheet", column: Column, listed: str, words: RegistryWords, *, strict: bool) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  heavy
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    letter = get_column_letter(COLUMNS[Sheet.PEOPLE].index(column) + 1)
    rule = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=strict)
    rule.error = words.texts.plain("registry_file.choose-from-list")
    rule.add(f"{letter}2:{letter}{MOST_ROWS}")
    people.add_data_validation(rule)


def _explain(book: "Workbook", organisations: Iterable[Organisation], words: RegistryWords) -> None:
    """«Как заполнять»."""
    names = [one.name for one in organisations]
    said = words.texts.plain("registry_file.how-to", words=words, organisations=names)
    explain(book, words.texts.plain("registry_file.sheet-help"), said)
