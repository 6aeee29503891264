"""Whoever stands in for a coordinator does the coordinator's work, and makes nobody a coordinator."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from actions.replacement import NewPerson
from bot.core import Core
from domain.card import Whom
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from tests.people import OLGA, PAVEL, Look, SettableClock, a_school, comes_in, enrolled, registered

COORDINATOR = Duty(Role.COORDINATOR)
MARINA, ABSENT = 1, 4
"""Ids: the coordinator who is on leave, and one who has not come in yet."""


@pytest.fixture
async def olga(core: Core, clock: SettableClock, marina: Member) -> Member:
    """A curator who stands in for Marina from today on; Pavel is the other coordinator."""
    school = await a_school(core)
    await enrolled(core, OLGA, Duty(Role.CURATOR, school), now=clock())
    pavel = await comes_in(core, PAVEL, clock())
    await registered(core, "Вера Новикова", COORDINATOR, now=clock())
    today = date(2022, 3, 9)
    await core.leaves.arrange(None, today, date(2022, 3, 11), 2, by=marina, now=clock())
    assert pavel.person_id == 3
    return await core.people.member(OLGA.account, now=clock())


Attempt = Callable[[Core, Member, SettableClock], Awaitable[object]]


async def _passes_on(core: Core, by: Member, clock: SettableClock) -> object:
    return await core.replacements.replace(3, NewPerson("Анна Ёлкина"), None, by=by, now=clock())


async def _prints(core: Core, by: Member, clock: SettableClock) -> object:
    found = await core.invites.printing(Whom(), by=by, now=clock())
    return await core.invites.cards(Whom(), found.last, by=by, now=clock())


ATTEMPTS: dict[str, Attempt] = {
    "gives herself the role": lambda core, by, clock: core.persons.give(2, COORDINATOR, by=by, now=clock()),
    "adds a coordinator": lambda core, by, clock: core.persons.add("Анна Ёлкина", "", COORDINATOR, by=by, now=clock()),
    "removes one": lambda core, by, clock: core.persons.remove(3, by=by, now=clock()),
    "passes the role on": _passes_on,
    "takes a code of Marina's": lambda core, by, clock: core.invites.issue([MARINA], by=by, now=clock()),
    "takes a code of another's": lambda core, by, clock: core.invites.issue([ABSENT], by=by, now=clock()),
    "prints a card of one": _prints,
    "unlinks the phone of one": lambda core, by, clock: core.invites.unlink(3, by=by, now=clock()),
    "sends one on leave": lambda core, by, clock: core.leaves.arrange(
        3, date(2022, 3, 9), date(2022, 3, 20), 2, by=by, now=clock()
    ),
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
async def test_deputy_keeps_off_coordinators(
    core: Core, clock: SettableClock, look: Look, olga: Member, attempt: Attempt
) -> None:
    held = "SELECT person_id, role, until FROM duty ORDER BY id"
    before = look.rows(held), look.count("invite"), look.count("account"), look.count("stand_in")
    with pytest.raises(Refusal) as caught:
        await attempt(core, olga, clock)
    assert caught.value.reason == "access.deputy"
    assert (look.rows(held), look.count("invite"), look.count("account"), look.count("stand_in")) == before


async def test_deputy_does_the_rest_of_the_work(core: Core, clock: SettableClock, olga: Member) -> None:
    added = await core.persons.add("Анна Ёлкина", "учитель", Duty(Role.SCHOOL, 1), by=olga, now=clock())
    assert list(await core.invites.issue([added], by=olga, now=clock())) == [added]
    await core.persons.remove(added, by=olga, now=clock())


async def test_coordinator_who_stands_in_for_another_is_a_coordinator(
    core: Core, clock: SettableClock, marina: Member, look: Look
) -> None:
    pavel = await comes_in(core, PAVEL, clock())
    await core.leaves.arrange(None, date(2022, 3, 9), date(2022, 3, 11), 2, by=marina, now=clock())
    assert await core.invites.issue([MARINA], by=pavel, now=clock()) != {}
