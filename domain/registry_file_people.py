"""Whose rows are they: people of the registry, or new ones; and what the rows say of each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.likeness_index import NamesLike
from domain.people import Duty, Role
from domain.registry import Organisation, Registered, Registry, name_key
from domain.registry_file import Column, FileRow
from domain.registry_file_places import Home, Place
from domain.registry_file_questions import About, Answers, Question, wrong

_DIGITS = 9


@dataclass(frozen=True, slots=True)
class WantedDuty:
    """A duty of a row; its place may have yet to be made."""

    role: Role
    home: Home | None = None
    school: Place | None = None
    organisation: Organisation | None = None

    @property
    def present(self) -> Duty | None:
        """The same where it can already be held."""
        if (self.home is not None and self.home.id is None) or (self.school is not None and self.school.id is None):
            return None
        return Duty(
            self.role,
            school_id=self.school.id if self.school else None,
            municipality_id=self.home.id if self.home else None,
            organisation=self.organisation.code if self.organisation else "",
        )

    @property
    def place(self) -> str:
        """Where it is held, for people."""
        where = self.school or self.home or self.organisation
        return where.name if where is not None else ""


@dataclass(eq=False, slots=True)
class Bearer:
    """A person of the file: of the registry (``known``) or new; what the rows so far say of them."""

    key: str
    name: str
    row: int
    known: Registered | None = None
    position: str = ""
    position_row: int = 0
    duties: dict[WantedDuty, int] = field(default_factory=dict)
    """Each with its row."""
    responsible: dict[WantedDuty, bool] = field(default_factory=dict)

    def held(self, duty: WantedDuty) -> Duty | None:
        """The same duty as it is theirs in the registry now."""
        present = duty.present
        if self.known is None or present is None:
            return None
        return next((one for one in self.known.duties if _at(one) == _at(present)), None)

    def is_elsewhere(self, school: Place) -> bool:
        """Of the team of another school, as far as is known."""
        kept = {one.school_id for one in self.known.duties if one.role is Role.SCHOOL} if self.known else set()
        said = {one.school for one in self.duties if one.role is Role.SCHOOL}
        return bool(kept or said) and school not in said and (school.id is None or school.id not in kept)


class Bearers:
    """Finds whose a row is. Who has the same name is the same person, but for a member of two schools' teams."""

    def __init__(self, registry: Registry, rows: Iterable[FileRow], answers: Answers) -> None:
        self._registry = registry
        self._answers = answers
        self._by_name: dict[str, list[Bearer]] = defaultdict(list)
        self._by_id: dict[int, Bearer] = {}
        self._numbered: dict[int, tuple[str, int]] = {}
        for person in registry.people:
            if person.name:
                bearer = Bearer(f"#{person.id}", person.name, 0, person)
                self._by_id[person.id] = bearer
                self._by_name[name_key(person.name)].append(bearer)
        names = {row[Column.NAME] for row in rows} | {one.name for one in registry.people}
        self._alike = NamesLike(name for name in names if name)

    @property
    def met(self) -> list[Bearer]:
        """Everybody who has a row, in the order of the file."""
        found = {id(one): one for bearers in self._by_name.values() for one in bearers if one.row}
        return sorted(found.values(), key=lambda one: one.row)

    def of(self, row: FileRow, name: str, duty: WantedDuty | None) -> Bearer:
        """Whose row it is. Raises ``OpenQuestionError`` and ``WrongRowError``."""
        bearer = self._numbered_one(row, name) or self._named(row, name, duty)
        bearer.row = bearer.row or row.number
        called_so = self._by_name[name_key(name)]
        if bearer.known is not None and row[Column.NUMBER] and bearer not in called_so:
            called_so.append(bearer)  # further rows may name them without the number
        return bearer

    def _numbered_one(self, row: FileRow, name: str) -> Bearer | None:
        """The person of the row's number; ``None`` without one, or where it was answered that it is another person."""
        typed, key = row[Column.NUMBER], name_key(name)
        if not typed:
            return None
        if not typed.isdecimal() or len(typed) > _DIGITS:
            raise wrong("bad-number", number=typed)
        bearer = self._by_id.get(int(typed))
        if bearer is None or bearer.known is None:
            raise wrong("unknown-number", number=typed)
        said, at = self._numbered.setdefault(int(typed), (key, row.number))
        if said != key:
            raise wrong("number-twice", number=typed, row=at)
        kept_name = bearer.known.name
        if name_key(kept_name) == key:
            return bearer
        asked = Question(About.PERSON, (key, bearer.key), row, name, kept_name, bearer.known)
        return bearer if self._answers.same(asked) else None

    def _named(self, row: FileRow, name: str, duty: WantedDuty | None) -> Bearer:
        key = name_key(name)
        namesakes = self._by_name.get(key, [])
        theirs = [one for one in namesakes if duty is not None and (one.held(duty) or duty in one.duties)]
        if len(theirs) == 1:
            return theirs[0]
        school = duty.school if duty is not None and duty.role is Role.SCHOOL else None
        if len(namesakes) == 1 and (school is None or not namesakes[0].is_elsewhere(school)):
            return namesakes[0]
        place = (duty.role, school.home.key if school else "", school.key if school else duty.place) if duty else ()
        for other in namesakes:
            if self._answers.same(self._question(About.NAMESAKE, (key, *place, other.key), row, name, other)):
                return other
        for other in [] if namesakes else self._like(name):
            if self._answers.same(self._question(About.PERSON, (key, other.key), row, name, other)):
                return other
        if duty is None:
            raise wrong("no-role")
        bearer = Bearer(f"{key}/{len(namesakes)}", name, row.number)
        self._by_name[key].append(bearer)
        return bearer

    def _like(self, name: str) -> list[Bearer]:
        return [one for like in self._alike.like(name) for one in self._by_name.get(like, [])]

    @staticmethod
    def _question(about: About, key: tuple[str, ...], row: FileRow, name: str, other: Bearer) -> Question:
        return Question(about, key, row, name, other.name, other.known, at=None if other.known else other.row)


def _at(duty: Duty) -> tuple[Role, int | None, int | None, str]:
    return duty.role, duty.school_id, duty.municipality_id, duty.organisation
