"""The people of a rehearsal are in the registry of the product and have come in, as anybody does."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.settings import Settings
from channels.telegram import TELEGRAM
from domain.people import Account, Duty, Member, Role
from domain.registry import Registered, Registry
from rehearsal.clock import MovableClock
from rehearsal.laying import MOST_BY_BUTTONS
from rehearsal.person import Person
from rehearsal.region import Cast, Post, cast_of
from rehearsal.stage import TOKEN, Stage, open_scene, open_stage
from rehearsal.world import World
from rehearsal.world_server import WorldServer
from tests.people import Look, msk


@asynccontextmanager
async def laid(folder: Path, people: int | None = None, schools: int = 8) -> AsyncIterator[tuple[Stage, Cast]]:
    """The scene of a region of this size."""
    world = World(MovableClock(msk("2021-11-24 08:30")))
    world.add_bot(TOKEN, "roadmap_500_bot", "Дорожная карта")
    settings = Settings(_env_file=None, bot_token=None)
    async with WorldServer(world) as server, open_stage(world, server.base, folder, settings) as stage:
        cast = cast_of(world, people, schools)
        await open_scene(stage, cast)
        yield stage, cast
    assert world.complaints == []


async def member(stage: Stage, person: Person) -> Member:
    return await stage.app.core.people.member(Account(TELEGRAM, person.id), now=stage.world.clock())


async def whole(stage: Stage, cast: Cast) -> Registry:
    return await stage.app.core.registries.whole(by=await member(stage, cast.coordinator))


def held(registry: Registry, person: Registered) -> list[tuple[str, str]]:
    """What a person is answerable for, and where."""
    return [(duty.role, registry.place(duty)) for duty in person.duties]


async def test_everybody_is_answerable_for_what_the_cast_says(tmp_path: Path) -> None:
    async with laid(tmp_path) as (stage, cast):
        registry = await whole(stage, cast)
        found = {person.name: held(registry, person) for person in registry.people}
        assert set(found) == {person.name for person in cast.parts if person is not cast.stranger}
        for name, duties in {
            "Марина Королёва": [("coordinator", "")],
            "Елена Гусева": [("municipal", "г. о. Иваново")],
            "Светлана Орлова": [("curator", "Воскресенская основная школа"), ("curator", "Центральная городская СОШ")],
            "Дмитрий Фомин": [("organiser", "ГАУ ДПО ИО «Университет непрерывного образования и инноваций»")],
            "Лариса Панина": [("school", "МСОШ № 2")],
        }.items():
            assert found[name] == duties
        curated = Counter(place for duties in found.values() for role, place in duties if role == Role.CURATOR)
        assert set(curated) == set(cast.schools)
        assert set(curated.values()) == {1}
        led = [registry.team(school.id)[0] for school in registry.schools]
        assert {one.name for one in led} == {person.name for person in cast.directors}
        assert all(Duty(Role.SCHOOL, school_id=one.duties[0].school_id, responsible=True) in one.duties for one in led)


async def test_schools_of_the_order_are_not_there_twice(tmp_path: Path) -> None:
    async with laid(tmp_path) as (stage, cast):
        registry = await whole(stage, cast)
        assert Counter(school.name for school in registry.schools) == Counter(list(cast.schools))


async def test_everybody_has_come_in_and_agreed_but_the_last_school_and_the_stranger(tmp_path: Path) -> None:
    async with laid(tmp_path) as (stage, cast):
        registry = await whole(stage, cast)
        assert [school.name for school in registry.uncovered()] == ["Центральная городская СОШ"]
        absent = {person.name for person in registry.people if not (person.has_come and person.has_agreed)}
        assert absent == {person.name for person in cast.newcomers} == {"Надежда Савина", "Маргарита Быкова"}
        assert (await member(stage, cast.stranger)).is_stranger
        cast.directors[0].sees("Вы вошли: команда школы.")
        cast.of(Post.CURATOR)[0].sees("Вы вошли: куратор.")
        for person in (cast.stranger, *cast.newcomers):
            assert person.messages(person.private()) == []
        open_codes = "SELECT count(*) FROM invite WHERE used_at IS NULL"
        assert Look(tmp_path / "rehearsal.db").rows(open_codes) == [(0,)]


async def test_codes_come_again_so_that_a_saved_rehearsal_does_too(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    said = []
    for folder in (tmp_path, tmp_path_factory.mktemp("again")):
        async with laid(folder) as (_, cast):
            said.append([[message.text for message in person.messages(person.private())] for person in cast.parts])
    assert said[0] == said[1]


async def test_in_a_large_region_people_have_come_in_before_the_first_word(tmp_path: Path) -> None:
    people, schools = MOST_BY_BUTTONS + 20, 20
    async with laid(tmp_path, people, schools) as (stage, cast):
        registry = await whole(stage, cast)
        assert [school.name for school in registry.uncovered()] == [list(cast.schools)[-1]]
        assert (len(registry.schools), len(registry.people)) == (schools, people - 1)
        director = cast.directors[0]
        assert director.messages(director.private()) == []
        await director.says("/menu")
        director.sees("Мои задачи")


async def test_one_school_is_a_region_in_which_everybody_has_come_in(tmp_path: Path) -> None:
    async with laid(tmp_path, 8, 1) as (stage, cast):
        assert cast.newcomers == []
        director = await member(stage, cast.directors[0])
        assert director.roles == {Role.SCHOOL}
