"""Who lives in a rehearsal: the eight schools of item 17, or a region of any size."""

from collections import Counter

import pytest

from rehearsal.region import Cast, Post, cast_of
from rehearsal.world import World


def posts(cast: Cast) -> Counter[Post]:
    return Counter(part.post for part in cast.parts.values())


def test_stock_region_has_the_eight_schools_of_item_17_and_everybody_around_them(world: World) -> None:
    cast = cast_of(world)
    assert posts(cast) == {
        Post.COORDINATOR: 1, Post.MUNICIPAL: 3, Post.CURATOR: 3, Post.ORGANISER: 3,
        Post.HEAD: 8, Post.DEPUTY: 8, Post.STRANGER: 1,
    }  # fmt: skip
    assert [cast.parts[head].place for head in cast.directors] == [
        "Средняя школа № 37",
        "МСОШ № 2",
        "Талицкая СОШ",
        "МКСОШ с. Мугреево-Дмитриевское",
        "ООШ № 6",
        "Шекшовская основная школа",
        "Воскресенская основная школа",
        "Центральная городская СОШ",
    ]
    assert [cast.parts[one].place for one in cast.of(Post.ORGANISER)] == ["Университет", "Центр", "Департамент"]
    homes = ["г. о. Иваново", "г. о. Тейково", "Южский район"]
    assert [cast.parts[one].place for one in cast.of(Post.MUNICIPAL)] == homes
    assert list(cast.addresses) == list(cast.schools)


def test_everybody_but_the_stranger_is_in_the_project_s_group(world: World) -> None:
    cast = cast_of(world)
    outside = [person for person in cast.parts if not cast.project.has(person)]
    assert outside == [cast.stranger]
    assert cast.vector.has(cast.directors[0])
    assert not cast.vector.has(cast.of(Post.DEPUTY)[0])


def test_large_region_has_the_asked_number_of_people_and_schools_with_a_head_each(world: World) -> None:
    cast = cast_of(world, people=300, schools=60)
    teams = Counter(part.place for part in cast.parts.values() if part.post.role == "school")
    assert (len(cast.parts), len(cast.directors), len(teams)) == (300, 60, 60)
    assert max(teams.values()) - min(teams.values()) <= 1
    assert len(cast.of(Post.CURATOR)) == 20
    assert len({person.name for person in cast.parts}) == 300


def test_smallest_region_is_one_school_with_a_director(world: World) -> None:
    cast = cast_of(world, people=8, schools=1)
    assert [cast.parts[head].place for head in cast.directors] == ["Средняя школа № 37"]


@pytest.mark.parametrize(("people", "schools"), [(24, 20), (7, 1), (25, 0), (25, -1), (2001, 60), (2000, 201)])
def test_size_that_cannot_be_is_refused(world: World, people: int, schools: int) -> None:
    with pytest.raises(ValueError, match="people cannot make teams"):
        cast_of(world, people, schools)
    assert world.people == {}


def test_same_seed_gives_the_same_region() -> None:
    first, second = cast_of(World()), cast_of(World())
    assert [(one.id, one.name) for one in first.parts] == [(one.id, one.name) for one in second.parts]
