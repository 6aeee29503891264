"""The cells of one row, each by itself: what is said there, and what cannot be."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.people import Role
from domain.registry import ADDRESS_LIMIT, NAME_LIMIT, SCHOOL_LIMIT, has_letter, name_key, tidy
from domain.registry_file import Column, FileRow, Lexicon, Said
from domain.registry_file_questions import WrongRowError

_AT_SCHOOL = (Role.CURATOR, Role.SCHOOL)
_NOWHERE = (Role.COORDINATOR, Role.MUNICIPAL)
"""Roles beside which neither a school nor an organisation stands."""
_LIMITS = {Column.SCHOOL: SCHOOL_LIMIT, Column.ADDRESS: ADDRESS_LIMIT}
"""Characters; every other cell may take ``NAME_LIMIT``."""


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A row of «Школы»; without a school it is the municipality alone. An empty address says nothing."""

    municipality: str
    school: str
    address: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row of «Люди»; without a role it is the person alone. ``responsible`` is ``None`` where nothing is said."""

    name: str
    position: str
    role: Role | None
    municipality: str
    place: str
    responsible: bool | None


def school_row(row: FileRow) -> SchoolRow:
    """What a row of «Школы» says. Raises ``WrongRowError`` with everything that is wrong."""
    found = SchoolRow(tidy(row[Column.MUNICIPALITY]), tidy(row[Column.SCHOOL]), tidy(row[Column.ADDRESS]))
    said = [*_unread(row), *_long(Column.MUNICIPALITY, found.municipality), *_long(Column.SCHOOL, found.school)]
    if not found.municipality and Column.MUNICIPALITY not in row.unread:
        said.append(Said("no-municipality"))
    said += [
        Said("nameless", {"column": one}) for one in (Column.MUNICIPALITY, Column.SCHOOL) if _is_nameless(row, one)
    ]
    said += _address(row, found)
    if said:
        raise WrongRowError(*said)
    return found


def person_row(row: FileRow, lexicon: Lexicon) -> PersonRow:
    """What a row of «Люди» says. Raises ``WrongRowError`` with everything that is wrong."""
    role = lexicon.roles.get(name_key(row[Column.ROLE]))
    marks: dict[str, bool | None] = {lexicon.yes: True, lexicon.no: False, "": None}
    mark = name_key(row[Column.RESPONSIBLE])
    found = PersonRow(
        tidy(row[Column.NAME]),
        tidy(row[Column.POSITION]),
        role,
        tidy(row[Column.MUNICIPALITY]),
        tidy(row[Column.PLACE]),
        marks.get(mark),
    )
    said = [*_unread(row), *_name(row, found), *_role(row, found)]
    if mark not in marks:
        said.append(Said("bad-responsible", {"value": row[Column.RESPONSIBLE]}))
    elif found.responsible and role is not None and role is not Role.SCHOOL:
        said.append(Said("not-responsible", {"role": role}))
    if said:
        raise WrongRowError(*said)
    return found


def _address(row: FileRow, found: SchoolRow) -> Iterator[Said]:
    yield from _long(Column.ADDRESS, found.address)
    if found.address and not has_letter(found.address):
        yield Said("bad-address", {"value": found.address})
    if found.address and not found.school and Column.SCHOOL not in row.unread:
        yield Said("address-without-school")


def _unread(row: FileRow) -> Iterator[Said]:
    for column, why in row.unread.items():
        yield Said(why, {"column": column})


def _name(row: FileRow, found: PersonRow) -> Iterator[Said]:
    if not found.name and Column.NAME not in row.unread:
        yield Said("no-name")
    if _is_nameless(row, Column.NAME):
        yield Said("nameless", {"column": Column.NAME})
    yield from _long(Column.NAME, found.name)
    yield from _long(Column.POSITION, found.position)


def _role(row: FileRow, found: PersonRow) -> Iterator[Said]:
    """A role, and beside it its place and no other."""
    missing = {column for column in (Column.ROLE, Column.PLACE, Column.MUNICIPALITY) if column not in row.unread}
    if found.role is None:
        if row[Column.ROLE]:
            yield Said("unknown-role", {"value": row[Column.ROLE]})
        elif Column.ROLE in missing and (found.place or found.municipality or found.responsible is not None):
            yield Said("no-role")
    elif found.role in _NOWHERE and found.place:
        yield Said("needless-place", {"role": found.role, "place": found.place})
    elif found.role in _AT_SCHOOL and not found.place and Column.PLACE in missing:
        yield Said("no-school", {"role": found.role})
    elif found.role is Role.ORGANISER and not found.place and Column.PLACE in missing:
        yield Said("no-organisation")
    elif found.role is Role.MUNICIPAL and not found.municipality and Column.MUNICIPALITY in missing:
        yield Said("no-own-municipality")


def _long(column: Column, value: str) -> Iterator[Said]:
    limit = _LIMITS.get(column, NAME_LIMIT)
    if len(value) > limit:
        yield Said("long", {"column": column, "limit": limit})


def _is_nameless(row: FileRow, column: Column) -> bool:
    said = row[column]
    return bool(tidy(said)) and not any(letter.isalnum() for letter in said)
