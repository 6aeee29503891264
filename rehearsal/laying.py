"""The people of a rehearsal become somebody: registered by the coordinator, let in by codes of their own."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from bot.core import Core
from channels.telegram import TELEGRAM
from domain.people import Account, Duty, Member, Role
from domain.registry import Registry, name_key
from rehearsal.person import Person
from rehearsal.region import Cast, Part, Post
from rehearsal.world import World

MOST_BY_BUTTONS = 60
"""In a larger region people come in by the actions behind the buttons: it would take too long to open."""
_AT_ONCE = 25
"""How many press within a second; the messenger lets the bot answer thirty."""
_A_MOMENT = timedelta(seconds=1)


async def lay_region(world: World, core: Core, cast: Cast) -> None:
    """Everybody but the stranger is in the registry with what they are answerable for, has come in by a code of their
    own and agreed; but for the team of the last school, whom nobody has called yet.

    The coordinator must have come in. What is in the registry already stays as it is.
    """
    by = await core.people.member(Account(TELEGRAM, cast.coordinator.id), now=world.clock())
    registry = await _with_schools(world, core, cast, by)
    registered = await _register(world, core, cast, registry, by)
    late = cast.newcomers
    called = {person: person_id for person, person_id in registered.items() if person not in late}
    invitations = await core.invites.issue(list(called.values()), by=by, now=world.clock())
    codes = {person: invitations[person_id].code for person, person_id in called.items()}
    if len(codes) <= MOST_BY_BUTTONS:
        await _press(world, codes)
    else:
        await _enter(world, core, codes)


async def _with_schools(world: World, core: Core, cast: Cast, by: Member) -> Registry:
    """The registry with the schools of the cast; those of the order are there with the roadmap."""
    known = {name_key(one.name) for one in (await core.registries.whole(by=by)).schools}
    for school, home in cast.schools.items():
        if name_key(school) not in known:
            await core.registries.add_school(home, school, even_so=True, by=by, now=world.clock())
    return await core.registries.whole(by=by)


async def _register(world: World, core: Core, cast: Cast, registry: Registry, by: Member) -> dict[Person, int]:
    """Person → id in the registry."""
    found = {}
    for person, part in cast.parts.items():
        duty, *more = [*_duties(part, registry), None]
        if duty is None or part.post is Post.COORDINATOR:
            continue
        position = core.texts.plain(f"page.part-{part.post}")
        found[person] = await core.persons.add(person.name, position, duty, by=by, now=world.clock())
        for other in filter(None, more):
            await core.persons.give(found[person], other, by=by, now=world.clock())
        if part.post is Post.HEAD:
            await _lead(world, core, found[person], by)
    return found


def _duties(part: Part, registry: Registry) -> Iterator[Duty]:
    """What somebody of that post is answerable for."""
    schools = {name_key(one.name): one.id for one in registry.schools}
    match part.post.role:
        case Role.SCHOOL:
            yield Duty(Role.SCHOOL, school_id=schools[name_key(part.place)])
        case Role.CURATOR:
            yield from (Duty(Role.CURATOR, school_id=schools[name_key(school)]) for school in part.schools)
        case Role.MUNICIPAL:
            home = {name_key(one.name): one.id for one in registry.municipalities}
            yield Duty(Role.MUNICIPAL, municipality_id=home[name_key(part.place)])
        case Role.ORGANISER:
            yield Duty(Role.ORGANISER, organisation=part.organisation)
        case Role.COORDINATOR:
            yield Duty(Role.COORDINATOR)


async def _lead(world: World, core: Core, person_id: int, by: Member) -> None:
    """The head is the one of the school who is asked first."""
    card = await core.persons.card(person_id, by=by, now=world.clock())
    (duty_id,) = card.duties
    await core.persons.set_responsible(person_id, duty_id, responsible=True, by=by, now=world.clock())


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
