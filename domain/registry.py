"""The registry: municipalities, organisations, schools, people and what each of them is answerable for."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from domain.people import Duty, Role
from domain.refusal import Refusal

NAME_LIMIT = 200
"""Characters of a person's name, a position, a municipality; a school may take ``SCHOOL_LIMIT``."""
SCHOOL_LIMIT = 300
ADDRESS_LIMIT = 300
"""Characters of a school's address."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """A district or a town whose schools take part."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body of the order; ``code`` is its executor's id in the roadmap («department», «university», «centre»)."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class School:
    """A school that takes part; ``address`` is where curators come to, empty while nobody has told it."""

    id: int
    name: str
    municipality_id: int
    address: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """A person of the registry with their own present duties.

    ``has_come`` once an account stands behind them, ``has_agreed`` once they agreed to the present consent.
    """

    id: int
    name: str
    position: str = ""
    duties: tuple[Duty, ...] = ()
    has_come: bool = False
    has_agreed: bool = False


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything at one moment, each list in the order of names. Who was removed, and what left, is not in it."""

    municipalities: tuple[Municipality, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    schools: tuple[School, ...] = ()
    people: tuple[Registered, ...] = ()
    _schools: Mapping[int, School] = field(init=False, repr=False, compare=False)
    _people: Mapping[int, Registered] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Found by their ids at once: whoever looks through everybody asks for a school for each."""
        object.__setattr__(self, "_schools", {one.id: one for one in self.schools})
        object.__setattr__(self, "_people", {one.id: one for one in self.people})

    def municipality(self, municipality_id: int | None) -> Municipality | None:
        """The municipality of that id."""
        return next((one for one in self.municipalities if one.id == municipality_id), None)

    def school(self, school_id: int | None) -> School | None:
        """The school of that id."""
        return None if school_id is None else self._schools.get(school_id)

    def organisation(self, code: str) -> Organisation | None:
        """The organisation of that code."""
        return next((one for one in self.organisations if one.code == code), None)

    def person(self, person_id: int | None) -> Registered | None:
        """The person of that id."""
        return None if person_id is None else self._people.get(person_id)

    def schools_of(self, municipality_id: int) -> list[School]:
        """The schools of a municipality."""
        return [school for school in self.schools if school.municipality_id == municipality_id]

    def holders(self, role: Role, *, school_id: int | None = None) -> list[Registered]:
        """Whoever holds a role now; of one school where it is named."""
        return [
            person
            for person in self.people
            if any(duty.role is role and school_id in (None, duty.school_id) for duty in person.duties)
        ]

    def team(self, school_id: int) -> list[Registered]:
        """A school's people, the responsible one first."""
        led = Duty(Role.SCHOOL, school_id=school_id, responsible=True)
        return sorted(self.holders(Role.SCHOOL, school_id=school_id), key=lambda person: led not in person.duties)

    def coordinators(self, *, but: int | None = None) -> list[Registered]:
        """The coordinators who can act: they have come in and agreed; without the one of that id."""
        return [one for one in self.holders(Role.COORDINATOR) if one.has_come and one.has_agreed and one.id != but]

    def people_like(self, text: str, *, school_id: int | None = None) -> list[Registered]:
        """In whose name, or in the names of whose places, every typed word is; of one school where it is named."""
        words = name_key(text).split()
        keys = {duty: name_key(self.place(duty)) for person in self.people for duty in person.duties if words}
        return [
            one
            for one in self.people
            if school_id is None or any(duty.school_id == school_id for duty in one.duties)
            if not words or _has_all(words, [name_key(one.name), *(keys[duty] for duty in one.duties)])
        ]

    def uncovered(self) -> list[School]:
        """Schools of whose team nobody has come in."""
        covered = {
            duty.school_id
            for person in self.people
            if person.has_come
            for duty in person.duties
            if duty.role is Role.SCHOOL
        }
        return [school for school in self.schools if school.id not in covered]

    def place(self, duty: Duty) -> str:
        """The name of where a duty is held; empty for a coordinator's."""
        for one in (
            self.school(duty.school_id),
            self.municipality(duty.municipality_id),
            self.organisation(duty.organisation),
        ):
            if one is not None:
                return one.name
        return ""

    def placed(self, person: Registered) -> list[tuple[Duty, str]]:
        """A person's duties, each with the name of its place."""
        return [(duty, self.place(duty)) for duty in person.duties]


def without(registry: Registry, schools: Collection[int]) -> Registry:
    """The registry as if these schools, and what is held there, were not."""
    if not schools:
        return registry
    people = (
        replace(one, duties=tuple(duty for duty in one.duties if duty.school_id not in schools))
        for one in registry.people
    )
    left = tuple(one for one in registry.schools if one.id not in schools)
    return replace(registry, schools=left, people=tuple(people))


def _has_all(words: Iterable[str], keys: Iterable[str]) -> bool:
    everything = " ".join(keys)
    return all(word in everything for word in words)


def called(name: str, person_id: int) -> str:
    """How a person is shown: by the name, or by the number where there is none (erased, or not named yet)."""
    return name or f"участник № {person_id}"


def name_key(name: str) -> str:
    """How names are compared: letter case, «ё», quotes, dashes and spaces make no difference. Never shown."""
    plain = re.sub(r"[«»„“”\"'`]", "", name.casefold().replace("ё", "е"))
    return " ".join(re.sub(r"[‐-―−-]", "-", plain).split())


def tidy(name: str) -> str:
    """A name as it is kept: its own letters, «ё» and abbreviations; spaces and control characters put in order."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())


def typed_name(text: str, limit: int = NAME_LIMIT) -> str:
    """A name as it was typed, in order. Raises ``Refusal`` for one without a letter or number, or a longer one."""
    name = tidy(text)
    if not any(letter.isalnum() for letter in name):
        raise Refusal("registry.no-name")
    if len(name) > limit:
        raise Refusal("registry.long-name", limit=limit)
    return name


def typed_address(text: str) -> str:
    """An address as it was typed, in order. Raises ``Refusal`` for one without a letter, or a longer one."""
    address = tidy(text)
    if not has_letter(address):
        raise Refusal("registry.no-address")
    if len(address) > ADDRESS_LIMIT:
        raise Refusal("registry.long-name", limit=ADDRESS_LIMIT)
    return address


def has_letter(text: str) -> bool:
    """Whether there is a word in it: a house number alone leads nowhere."""
    return any(letter.isalpha() for letter in text)
