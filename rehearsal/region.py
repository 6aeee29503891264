"""Who lives in a rehearsal: the people of a region with the parts they play, and its two groups."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from itertools import chain, count, cycle, islice
from pathlib import Path
from typing import Any

from domain.people import Role
from rehearsal.chats import Group
from rehearsal.person import Person
from rehearsal.world import World

FILE = Path(__file__).with_name("region.toml")
STOCK_SCHOOLS = 8
"""The schools of item 17."""
MOST_SCHOOLS = 200
MOST_PEOPLE = 2000
_SCHOOLS_OF_A_MUNICIPALITY = 5
_KNOWN_MUNICIPALITIES = 3
"""Those of the eight schools that have a coordinator: the third is the only one with two schools."""
_SCHOOLS_OF_A_CURATOR = 3


class Post(StrEnum):
    """As what a person takes part."""

    COORDINATOR = "coordinator"
    MUNICIPAL = "municipal"
    CURATOR = "curator"
    ORGANISER = "organiser"
    HEAD = "head"
    DEPUTY = "deputy"
    TEACHER = "teacher"
    STRANGER = "stranger"

    @property
    def role(self) -> Role | None:
        """The role in the product; a stranger has none."""
        if self in _OF_A_SCHOOL:
            return Role.SCHOOL
        return None if self is Post.STRANGER else Role(self.value)


_OF_A_SCHOOL = (Post.HEAD, Post.DEPUTY, Post.TEACHER)


@dataclass(frozen=True, slots=True)
class Part:
    """A post and where it is held: a school, a municipality, an organisation; empty where that does not matter.

    ``schools`` are those of a curator, ``organisation`` is an organiser's by its executor's id in the roadmap.
    """

    post: Post
    place: str = ""
    schools: tuple[str, ...] = ()
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody on the stage in the order of the list, the municipality of each school, the groups, and where those
    schools are that have an address."""

    parts: dict[Person, Part]
    schools: dict[str, str]
    project: Group
    vector: Group
    addresses: dict[str, str] = field(default_factory=dict)

    def of(self, *posts: Post) -> list[Person]:
        """Whoever holds one of the posts."""
        return [person for person, part in self.parts.items() if part.post in posts]

    @property
    def coordinator(self) -> Person:
        """The regional coordinator, who comes in first."""
        return self.of(Post.COORDINATOR)[0]

    @property
    def directors(self) -> list[Person]:
        """The heads of the schools."""
        return self.of(Post.HEAD)

    @property
    def newcomers(self) -> list[Person]:
        """The team of the last school: registered, and not come in yet. In a region of one school nobody is late."""
        late = list(self.schools)[-1] if len(self.schools) > 1 else None
        return [person for person, part in self.parts.items() if part.place == late]

    @property
    def stranger(self) -> Person:
        """Nobody of the project."""
        return self.of(Post.STRANGER)[0]


def cast_of(world: World, people: int | None = None, schools: int = STOCK_SCHOOLS) -> Cast:
    """Put a region into the world: the eight schools of item 17 first, invented ones after them.

    Raises ``ValueError`` as ``check_size`` does.
    """
    people = usual_people(schools) if people is None else people
    check_size(people, schools)
    taught = [*_known()["schools"][:schools], *islice(_more_schools(), max(0, schools - STOCK_SCHOOLS))]
    parts = {world.add_person(*name.split(maxsplit=1)): part for name, part in _parts(people, taught)}
    members = [person for person, part in parts.items() if part.post is not Post.STRANGER]
    heads = [person for person in members if parts[person].post not in {Post.DEPUTY, Post.TEACHER, Post.CURATOR}]
    project = world.add_group("500+", list(members), kind="supergroup")
    homes = {school["name"]: school["municipality"] for school in taught}
    addresses = {school["name"]: school["address"] for school in taught if "address" in school}
    return Cast(parts, homes, project, world.add_group("Вектор успеха", list(heads)), addresses)


def usual_people(schools: int) -> int:
    """How many people a region of so many schools has when nobody says it: a director and a deputy in each."""
    return _outside_schools(schools) + 2 * schools


def check_size(people: int, schools: int) -> None:
    """Raises ``ValueError`` when so many people cannot make teams of so many schools."""
    if not (1 <= schools <= MOST_SCHOOLS and _outside_schools(schools) + schools <= people <= MOST_PEOPLE):
        raise ValueError(f"{people} people cannot make teams of {schools} schools")


def _outside_schools(schools: int) -> int:
    return 1 + _municipal(schools) + _curators(schools) + len(_known()["organisers"]) + 1


def _municipal(schools: int) -> int:
    return max(min(_KNOWN_MUNICIPALITIES, schools), schools // _SCHOOLS_OF_A_MUNICIPALITY)


def _curators(schools: int) -> int:
    return -(-schools // _SCHOOLS_OF_A_CURATOR)


def _parts(people: int, schools: list[dict[str, Any]]) -> list[tuple[str, Part]]:
    """Names with parts: those who lead, then school by school, the stranger last."""
    names = _names()
    leading = list(_leading(schools, names))
    each, over = divmod(people - len(leading) - 1, len(schools))
    sizes = [each + (number < over) for number in range(len(schools))]
    teams = [one for school, size in zip(schools, sizes, strict=True) for one in _team(school, size, names)]
    return [*leading, *teams, (_known()["stranger"], Part(Post.STRANGER))]


def _leading(schools: list[dict[str, Any]], names: Iterator[str]) -> Iterator[tuple[str, Part]]:
    known = _known()
    districts = cycle(dict.fromkeys(school["municipality"] for school in schools))
    yield known["coordinator"], Part(Post.COORDINATOR, "Департамент")
    for name in islice(chain(known["municipal"], names), _municipal(len(schools))):
        yield name, Part(Post.MUNICIPAL, next(districts))
    for number, name in enumerate(islice(chain(known["curators"], names), _curators(len(schools)))):
        own = schools[number * _SCHOOLS_OF_A_CURATOR : (number + 1) * _SCHOOLS_OF_A_CURATOR]
        yield name, Part(Post.CURATOR, "Университет", schools=tuple(school["name"] for school in own))
    for one in known["organisers"]:
        yield one["name"], Part(Post.ORGANISER, one["place"], organisation=one["code"])


def _team(school: dict[str, Any], size: int, names: Iterator[str]) -> Iterator[tuple[str, Part]]:
    posts = [Post.HEAD, Post.DEPUTY, *[Post.TEACHER] * size][:size]
    for number, post in enumerate(posts):
        name = school["team"][number] if number < len(school["team"]) else next(names)
        yield name, Part(post, school["name"])


def _more_schools() -> Iterator[dict[str, Any]]:
    more = _known()["more"]
    for number in count(1):
        district = more["municipality"].format(number=(number - 1) // _SCHOOLS_OF_A_MUNICIPALITY + 1)
        yield {"name": more["school"].format(number=number), "municipality": district, "team": []}


def _names() -> Iterator[str]:
    """Invented names; all the pairs of first and last ones before any comes again."""
    more = _known()["more"]
    first, last = more["first"], more["last"]
    for number in count():
        yield f"{first[number % len(first)]} {last[(number + number // len(first)) % len(last)]}"


@cache
def _known() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
