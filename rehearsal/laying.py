"""The people of a rehearsal become somebody: the coordinator loads the list of them and lets them in by their codes."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from bot.core import Core
from channels.telegram import TELEGRAM
from domain.people import Account, Duty, Member, Role
from domain.registry import Municipality, Registered, Registry, School
from rehearsal.person import Person
from rehearsal.region import Cast, Part, Post
from rehearsal.world import World
from reports.registry_words import RegistryWords
from reports.registry_xlsx import workbook

MOST_BY_BUTTONS = 60
"""In a larger region people come in by the actions behind the buttons: it would take too long to open."""
_AT_ONCE = 25
"""How many press within a second; the messenger lets the bot answer thirty."""
_A_MOMENT = timedelta(seconds=1)


async def lay_region(world: World, core: Core, cast: Cast) -> None:
    """Everybody but the stranger is in the registry with what they are answerable for, has come in by a code of their
    own and agreed; but for the team of the last school, whom nobody has called yet.

    The coordinator must have come in. The schools of the order are there with the roadmap already.
    """
    by = await core.people.member(Account(TELEGRAM, cast.coordinator.id), now=world.clock())
    await _load(world, core, cast, by)
    known = {person.name: person.id for person in (await core.registries.whole(by=by)).people}
    late = {cast.coordinator, cast.stranger, *cast.newcomers}
    called = {person: known[person.name] for person in cast.parts if person not in late}
    invitations = await core.invites.issue(list(called.values()), by=by, now=world.clock())
    codes = {person: invitations[person_id].code for person, person_id in called.items()}
    if len(codes) <= MOST_BY_BUTTONS:
        await _press(world, codes)
    else:
        await _enter(world, core, codes)


async def _load(world: World, core: Core, cast: Cast, by: Member) -> None:
    """The list as the coordinator has it in Excel."""
    organisations = await core.persons.organisations(by=by)
    everybody = replace(_listed(core, cast), organisations=organisations)
    content = await asyncio.to_thread(workbook, everybody, organisations, RegistryWords(core.texts))
    looked = await core.registry_files.look(content, by=by, now=world.clock())
    _, loaded = await core.registry_files.load(looked.version, by=by, now=world.clock())
    if not loaded:
        raise ValueError("the list of the cast is doubtful")


def _listed(core: Core, cast: Cast) -> Registry:
    """The cast as a registry: ids are of this list alone, nobody in it is registered yet."""
    homes = {name: number for number, name in enumerate(dict.fromkeys(cast.schools.values()), start=1)}
    schools = {name: number for number, name in enumerate(cast.schools, start=1)}
    registered = {
        person: Registered(0, person.name, core.texts.plain(f"page.part-{part.post}"), _duties(part, schools, homes))
        for person, part in cast.parts.items()
        if part.post not in (Post.COORDINATOR, Post.STRANGER)
    }
    return Registry(
        municipalities=tuple(Municipality(number, name) for name, number in homes.items()),
        schools=tuple(
            School(number, name, homes[cast.schools[name]], cast.addresses.get(name, ""))
            for name, number in schools.items()
        ),
        people=tuple(registered.values()),
    )


def _duties(part: Part, schools: dict[str, int], homes: dict[str, int]) -> tuple[Duty, ...]:
    """What somebody of that post is answerable for; the head is the one of the school who is asked first."""
    match part.post:
        case Post.CURATOR:
            return tuple(Duty(Role.CURATOR, school_id=schools[school]) for school in part.schools)
        case Post.MUNICIPAL:
            return (Duty(Role.MUNICIPAL, municipality_id=homes[part.place]),)
        case Post.ORGANISER:
            return (Duty(Role.ORGANISER, organisation=part.organisation),)
    return (Duty(Role.SCHOOL, school_id=schools[part.place], responsible=part.post is Post.HEAD),)


async def _press(world: World, codes: dict[Person, str]) -> None:
    """Each starts with their code and agrees, many at once and no more than the messenger lets the bot answer."""
    coming = iter(codes)
    while several := list(islice(coming, _AT_ONCE)):
        for person in several:
            person.starts(codes[person])
        await world.settle()
        for person in several:
            person.presses("Согласен", chat=person.private())
        await world.advance(_A_MOMENT)


async def _enter(world: World, core: Core, codes: dict[Person, str]) -> None:
    """The same without a word in their chats."""
    for person, code in codes.items():
        person.private().started = True
        member = await core.invites.accept(code, Account(TELEGRAM, person.id), now=world.clock())
        await core.consents.agree(person.name, by=member, now=world.clock())
