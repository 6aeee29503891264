"""Municipalities, schools and organisations that a file names: those of the registry, or new ones of its «Школы»."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.likeness import same_municipality, same_school
from domain.registry import Organisation, Registry, name_key
from domain.registry_file import FileRow, Sheet, spelled
from domain.registry_file_questions import About, Answers, Question, wrong


@dataclass(frozen=True, slots=True)
class Home:
    """A municipality; without an id it is to be made."""

    key: str
    name: str
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A school; without an id it is to be made."""

    home: Home
    key: str
    name: str
    id: int | None = None


class Places:
    """Everything a row may be held at. A name that is like another is asked about once, whatever rows have it."""

    def __init__(self, registry: Registry, organisations: Iterable[Organisation], answers: Answers) -> None:
        self._answers = answers
        self._organisations = tuple(organisations)
        self._homes = {
            name_key(one.name): Home(name_key(one.name), one.name, one.id) for one in registry.municipalities
        }
        by_id = {home.id: home for home in self._homes.values()}
        self._schools: dict[str, dict[str, Place]] = {key: {} for key in self._homes}
        for school in registry.schools:
            home, key = by_id[school.municipality_id], name_key(school.name)
            self._schools[home.key][key] = Place(home, key, school.name, school.id)
        self._same_homes: dict[str, Home] = {}
        self._same_schools: dict[tuple[str, str], Place] = {}
        self._rows: dict[tuple[str, ...], int] = {}
        self._addresses = {school.id: school.address for school in registry.schools}
        self._addressed: dict[Place, tuple[str, int]] = {}
        self.respelled: dict[int, str] = {}
        """School id → its name as the file writes it."""

    @property
    def new_homes(self) -> list[Home]:
        """Municipalities to make, in the order of the file."""
        return [home for home in self._homes.values() if home.id is None]

    @property
    def new_schools(self) -> list[Place]:
        """Schools to make, in the order of the file."""
        return [place for places in self._schools.values() for place in places.values() if place.id is None]

    @property
    def addresses(self) -> dict[Place, str]:
        """Schools whose address the file gives otherwise, or for the first time."""
        return {one: said for one, (said, _) in self._addressed.items() if said != self.address_before(one)}

    def address_before(self, place: Place) -> str:
        """As it is in the registry now."""
        return self._addresses.get(place.id, "") if place.id is not None else ""

    def addressed(self, place: Place, address: str, row: FileRow) -> bool:
        """A row of «Школы» gives the address; whether it is the first that changes it. Raises ``WrongRowError``."""
        said, at = self._addressed.setdefault(place, (address, row.number))
        if said != address:
            raise wrong("address-differs", address=said, row=at)
        return at == row.number and address != self.address_before(place)

    def made_by(self, row: FileRow, *key: str) -> bool:
        """Whether this row of «Школы» brought the municipality, or the school, of that key."""
        return self._rows.get(key) == row.number

    def home(self, name: str, row: FileRow, *, new: bool) -> Home:
        """A municipality, made where it is not known and may be ``new``."""
        key = name_key(name)
        found = self._homes.get(key) or self._same_homes.get(key)
        if found is not None:
            return found
        for other in [one for one in self._homes.values() if same_municipality(name, one.name)]:
            asked = Question(
                About.MUNICIPALITY, (key, other.key), row, name, other.name, at=self._rows.get((other.key,))
            )
            if self._answers.same(asked):
                return self._same_homes.setdefault(key, other)
        if not new:
            raise wrong("unknown-municipality", name=name)
        self._homes[key], self._schools[key] = Home(key, name), {}
        self._rows[key,] = row.number
        return self._homes[key]

    def school(self, home: Home, name: str, row: FileRow, *, new: bool) -> Place:
        """A school of a municipality, made where it is not known and may be ``new``."""
        key, there = name_key(name), self._schools[home.key]
        found = there.get(key) or self._same_schools.get((home.key, key))
        if found is not None:
            self._respell(found, name, row)
            return found
        for other in [one for one in there.values() if same_school(name, one.name)]:
            at = self._rows.get((home.key, other.key))
            if self._answers.same(Question(About.SCHOOL, (home.key, key, other.key), row, name, other.name, at=at)):
                return self._same_schools.setdefault((home.key, key), other)
        if not new:
            raise wrong("unknown-school", name=name, municipality=home.name)
        there[key] = Place(home, key, name)
        self._rows[home.key, key] = row.number
        return there[key]

    def school_anywhere(self, name: str) -> Place:
        """A school whose row names no municipality: there must be one of that name only."""
        key = name_key(name)
        found = [places[key] for places in self._schools.values() if key in places]
        if len(found) > 1:
            raise wrong("ambiguous-school", name=name)
        if not found:
            raise wrong("school-without-municipality", name=name)
        return found[0]

    def organisation(self, name: str) -> Organisation:
        """An organisation by its name, or by words that only one has: «Университет»."""
        key = name_key(name)
        exact = [one for one in self._organisations if name_key(one.name) == key]
        words = set(key.split())
        found = exact or [one for one in self._organisations if words <= set(name_key(one.name).split())]
        if len(found) != 1:
            raise wrong("unknown-organisation", name=name)
        return found[0]

    def _respell(self, found: Place, name: str, row: FileRow) -> None:
        """Only «Школы» says how a school is written, and only letter for letter: another name is given in the chat."""
        if row.sheet is Sheet.SCHOOLS and found.id is not None and found.key == name_key(name):
            better = spelled(found.name, name)
            if better != found.name:
                self.respelled[found.id] = better
