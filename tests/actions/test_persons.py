"""People one by one: added, corrected, given duties, removed."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from bot.core import Core
from domain.leave import Period
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.registry import NAME_LIMIT, Organisation
from domain.roadmap import OwedBy
from storage import leave as leave_rows
from storage import people as people_rows
from tests.actions.office import Office
from tests.people import (
    OLGA,
    PAVEL,
    SCHOOL,
    STRANGER,
    Look,
    SettableClock,
    a_roadmap,
    a_school,
    an_item,
    comes_in,
    enrolled,
    msk,
)

LEAD = Duty(Role.SCHOOL, 1, responsible=True)


@pytest.fixture
async def olga(core: Core, clock: SettableClock, marina: Member) -> Member:
    """Responsible in school № 7, the first one."""
    await a_school(core)
    return await enrolled(core, OLGA, LEAD, now=clock())


def id_of(member: Member) -> int:
    assert member.person_id is not None
    return member.person_id


ABOUT_PEOPLE = (
    *("person-added", "person-renamed", "position-changed", "person-removed"),
    *("duty-given", "duty-ended", "responsible-changed"),
)


def deeds(look: Look) -> list[str]:
    return [deed for (deed,) in look.rows("SELECT deed FROM audit ORDER BY id") if deed in ABOUT_PEOPLE]


async def test_a_card_tells_everything_about_a_person(
    core: Core, clock: SettableClock, marina: Member, olga: Member
) -> None:
    card = await core.persons.card(id_of(olga), by=marina, now=clock())
    assert (card.person.name, list(card.duties.values())) == (OLGA.name, [LEAD])
    assert (card.person.has_come, card.person.has_agreed, card.blocked) == (True, True, False)
    assert (card.leave, card.deputy, card.code_until) == (None, "", None)


async def test_a_card_tells_who_blocked_the_bot_who_is_away_and_whose_code_works(
    core: Core, clock: SettableClock, marina: Member, olga: Member
) -> None:
    await core.people.blocked(OLGA.account, now=clock())
    issued = (await core.invites.issue([id_of(olga)], by=marina, now=clock()))[id_of(olga)]
    async with core.database.transaction() as tx:
        await leave_rows.add(tx, id_of(olga), id_of(marina), Period(date(2022, 3, 9), date(2022, 3, 20)), clock())
    card = await core.persons.card(id_of(olga), by=marina, now=clock())
    assert (card.blocked, card.leave and card.leave.until, card.deputy) == (True, date(2022, 3, 20), marina.name)
    assert card.code_until == issued.expires_at
    clock.set("2022-03-21 09:00")
    assert (await core.persons.card(id_of(olga), by=marina, now=clock())).leave is None


async def test_a_person_is_added_with_a_first_duty(
    core: Core, clock: SettableClock, marina: Member, olga: Member, look: Look
) -> None:
    made = await core.persons.add(" Анна  Ёлкина ", " завуч ", Duty(Role.SCHOOL, 1), by=marina, now=clock())
    card = await core.persons.card(made, by=marina, now=clock())
    assert (card.person.name, card.person.position, card.person.has_come) == ("Анна Ёлкина", "завуч", False)
    assert list(card.duties.values()) == [Duty(Role.SCHOOL, 1)]
    assert deeds(look) == ["person-added", "duty-given"]


async def test_who_may_be_the_same_person_is_asked_about(core: Core, marina: Member, olga: Member) -> None:
    found = await core.persons.alike("Лебедева Ольга Петровна", by=marina)
    assert ([one.name for one in found.people], found.placed(found.people[0])) == ([OLGA.name], [(LEAD, "Школа № 7")])
    assert (await core.persons.alike("Анна Ёлкина", by=marina)).people == ()


@pytest.mark.parametrize(
    ("name", "position", "duty", "reason"),
    [
        ("—", "", LEAD, "registry.no-name"),
        ("Н" * (NAME_LIMIT + 1), "", LEAD, "registry.long-name"),
        ("Анна", "Д" * (NAME_LIMIT + 1), LEAD, "registry.long-name"),
        ("Анна", "", Duty(Role.SCHOOL, 99), "school.gone"),
        ("Анна", "", Duty(Role.CURATOR), "school.gone"),
        ("Анна", "", Duty(Role.MUNICIPAL, municipality_id=99), "school.no-municipality"),
        ("Анна", "", Duty(Role.MUNICIPAL, school_id=1), "school.no-municipality"),
        ("Анна", "", Duty(Role.ORGANISER, organisation="nowhere"), "person.no-organisation"),
        ("Анна", "", Duty(Role.ORGANISER), "person.no-organisation"),
    ],
)
async def test_what_cannot_be_a_person_is_refused_and_nobody_is_added(
    core: Core,
    clock: SettableClock,
    marina: Member,
    olga: Member,
    look: Look,
    name: str,
    position: str,
    duty: Duty,
    reason: str,
) -> None:
    with pytest.raises(Refusal) as refused:
        await core.persons.add(name, position, duty, by=marina, now=clock())
    assert (refused.value.reason, look.count("person")) == (reason, 2)


async def test_a_duty_in_a_school_that_left_is_refused(
    core: Core, clock: SettableClock, marina: Member, olga: Member
) -> None:
    await core.registries.school_left(1, by=marina, now=clock())
    with pytest.raises(Refusal, match=r"school\.gone"):
        await core.persons.give(id_of(marina), Duty(Role.CURATOR, 1), by=marina, now=clock())


async def test_organisations_come_from_the_roadmaps_too_and_are_made_when_needed(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    await core.roadmaps.load(a_roadmap(an_item(1, "до 30 марта")), now=clock())
    assert await core.persons.organisations(by=marina) == (Organisation(0, "department", "Департамент"),)
    duty = Duty(Role.ORGANISER, organisation="department")
    assert await core.persons.give(id_of(marina), duty, by=marina, now=clock())
    assert await core.persons.organisations(by=marina) == (Organisation(1, "department", "Департамент"),)
    assert not await core.persons.give(id_of(marina), duty, by=marina, now=clock())


async def test_a_name_and_a_position_are_changed_once(
    core: Core, clock: SettableClock, marina: Member, olga: Member, look: Look
) -> None:
    for _twice in range(2):
        await core.persons.rename(id_of(olga), "Ольга <Смирнова>", by=marina, now=clock())
        await core.persons.set_position(id_of(olga), "директор", by=marina, now=clock())
    person = (await core.persons.card(id_of(olga), by=marina, now=clock())).person
    assert (person.name, person.position) == ("Ольга <Смирнова>", "директор")
    await core.persons.set_position(id_of(olga), "", by=marina, now=clock())
    assert deeds(look) == ["person-renamed", "position-changed", "position-changed"]
    about = look.rows("SELECT about FROM audit WHERE deed = 'person-renamed'")
    assert "Смирнова" not in str(about)


async def test_a_school_has_one_responsible_at_most(
    core: Core, clock: SettableClock, marina: Member, olga: Member, look: Look
) -> None:
    anna = await core.persons.add("Анна Ёлкина", "", Duty(Role.SCHOOL, 1), by=marina, now=clock())
    (row,) = (await core.persons.card(anna, by=marina, now=clock())).duties
    for _twice in range(2):
        await core.persons.set_responsible(anna, row, responsible=True, by=marina, now=clock())
    assert look.rows("SELECT person_id FROM duty WHERE responsible") == [(anna,)]
    await core.persons.set_responsible(anna, row, responsible=False, by=marina, now=clock())
    assert look.rows("SELECT person_id FROM duty WHERE responsible") == []
    assert deeds(look)[2:] == ["responsible-changed", "responsible-changed"]


async def test_only_a_duty_of_a_team_is_led_and_only_ones_own(
    core: Core, clock: SettableClock, marina: Member, olga: Member, look: Look
) -> None:
    (coordinator,) = (await core.persons.card(id_of(marina), by=marina, now=clock())).duties
    (of_olga,) = (await core.persons.card(id_of(olga), by=marina, now=clock())).duties
    await core.persons.set_responsible(id_of(marina), coordinator, responsible=True, by=marina, now=clock())
    await core.persons.set_responsible(id_of(marina), of_olga, responsible=False, by=marina, now=clock())
    assert look.rows("SELECT person_id FROM duty WHERE responsible") == [(olga.person_id,)]


async def test_a_duty_is_taken_away_once_and_never_by_anothers_number(
    core: Core, clock: SettableClock, marina: Member, olga: Member, look: Look
) -> None:
    (row,) = (await core.persons.card(id_of(olga), by=marina, now=clock())).duties
    assert not await core.persons.end(id_of(marina), row, by=marina, now=clock())
    assert await core.persons.end(id_of(olga), row, by=marina, now=clock())
    assert not await core.persons.end(id_of(olga), row, by=marina, now=clock())
    assert (await core.people.member(OLGA.account, now=clock())).is_stranger
    assert deeds(look) == ["duty-ended"]


async def test_the_project_keeps_a_coordinator(core: Core, clock: SettableClock, marina: Member) -> None:
    (own,) = (await core.persons.card(id_of(marina), by=marina, now=clock())).duties
    with pytest.raises(Refusal, match=r"person\.own-role"):
        await core.persons.end(id_of(marina), own, by=marina, now=clock())
    with pytest.raises(Refusal, match=r"person\.yourself"):
        await core.persons.remove(id_of(marina), by=marina, now=clock())


async def test_a_deputy_does_not_remove_the_last_coordinator(
    core: Core, clock: SettableClock, marina: Member, olga: Member
) -> None:
    async with core.database.transaction() as tx:
        await leave_rows.add(tx, id_of(marina), id_of(olga), Period(date(2022, 3, 9), date(2022, 3, 20)), clock())
    deputy = await core.people.member(OLGA.account, now=clock())
    assert deputy.roles == {Role.SCHOOL, Role.COORDINATOR}
    with pytest.raises(Refusal, match=r"access\.deputy"):
        await core.persons.remove(id_of(marina), by=deputy, now=clock())
    assert not (await core.people.member(marina.account, now=clock())).is_stranger


async def test_who_is_removed_is_a_stranger_who_gets_nothing(
    core: Core, clock: SettableClock, marina: Member, olga: Member, office: Office, look: Look
) -> None:
    await office.load(an_item(1, "до 11 марта", executors=(), owed_by=OwedBy.SCHOOL))
    clock.set("2022-03-10 08:59")
    async with core.database.transaction() as tx:
        told = await people_rows.recipient(tx, id_of(olga))
        assert told is not None
        await core.project.tell(tx, [told], "x", "people.revoked-code", clock())
    issued = (await core.invites.issue([id_of(olga)], by=marina, now=clock()))[id_of(olga)]
    await core.persons.remove(id_of(olga), by=marina, now=clock())
    assert await office.at("2022-03-10 10:00") == {}
    assert (await core.people.member(OLGA.account, now=clock())).is_stranger
    with pytest.raises(Refusal, match=r"people\.revoked-code"):
        await core.invites.accept(issued.code, OLGA.account, now=clock())
    for again in (core.persons.remove, core.persons.card):
        with pytest.raises(Refusal, match=r"person\.gone"):
            await again(id_of(olga), by=marina, now=clock())
    assert deeds(look) == ["person-removed"]


async def test_who_was_away_hears_that_the_deputy_is_gone(
    core: Core, clock: SettableClock, marina: Member, olga: Member, office: Office
) -> None:
    pavel = await comes_in(core, PAVEL, clock())
    async with core.database.transaction() as tx:
        await leave_rows.add(tx, id_of(pavel), id_of(olga), Period(date(2022, 3, 9), date(2022, 3, 20)), clock())
    await core.persons.remove(id_of(olga), by=marina, now=clock())
    said = await office.at("2022-03-09 12:05")
    assert [text.split(":")[0] for text in said[PAVEL.account.account_id]] == ["⚠️ 9 марта, ср – 20 марта, вс"]


Use = Callable[[Core, Member], Awaitable[object]]
NOW = msk("2022-03-09 12:00")
USES: dict[str, Use] = {
    "card": lambda core, by: core.persons.card(1, by=by, now=NOW),
    "alike": lambda core, by: core.persons.alike("Ольга", by=by),
    "organisations": lambda core, by: core.persons.organisations(by=by),
    "add": lambda core, by: core.persons.add("Анна", "", LEAD, by=by, now=NOW),
    "rename": lambda core, by: core.persons.rename(1, "Анна", by=by, now=NOW),
    "position": lambda core, by: core.persons.set_position(1, "завуч", by=by, now=NOW),
    "give": lambda core, by: core.persons.give(1, LEAD, by=by, now=NOW),
    "end": lambda core, by: core.persons.end(1, 1, by=by, now=NOW),
    "lead": lambda core, by: core.persons.set_responsible(2, 2, responsible=False, by=by, now=NOW),
    "remove": lambda core, by: core.persons.remove(2, by=by, now=NOW),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
@pytest.mark.parametrize("by", [SCHOOL, STRANGER], ids=["school", "stranger"])
async def test_only_who_keeps_the_registry_does(core: Core, olga: Member, look: Look, use: Use, by: Member) -> None:
    before = look.rows("SELECT * FROM person"), look.rows("SELECT * FROM duty")
    with pytest.raises(Refusal, match=r"access\.refused"):
        await use(core, by)
    assert (look.rows("SELECT * FROM person"), look.rows("SELECT * FROM duty")) == before


@pytest.mark.parametrize("name", ["card", "rename", "position", "give", "end", "remove"])
async def test_who_is_not_there_is_said_kindly(core: Core, marina: Member, olga: Member, name: str) -> None:
    gone: dict[str, Use] = {
        "card": lambda core, by: core.persons.card(99, by=by, now=NOW),
        "rename": lambda core, by: core.persons.rename(99, "Анна", by=by, now=NOW),
        "position": lambda core, by: core.persons.set_position(99, "завуч", by=by, now=NOW),
        "give": lambda core, by: core.persons.give(99, LEAD, by=by, now=NOW),
        "end": lambda core, by: core.persons.end(99, 1, by=by, now=NOW),
        "remove": lambda core, by: core.persons.remove(2**62, by=by, now=NOW),
    }
    with pytest.raises(Refusal, match=r"person\.gone"):
        await gone[name](core, marina)
