"""Replacing a person: the work moves in one step, and the former gets nothing from that instant."""

import asyncio
import json
from datetime import date

import pytest

from actions.notices import Later
from actions.replacement import NewPerson
from bot.core import Core
from domain.leave import Period
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import OwedBy
from storage import leave as leave_rows
from storage import meeting as meeting_rows
from storage import people as people_rows
from tests.actions.office import Office
from tests.meetings import called
from tests.people import (
    IGOR,
    OLGA,
    PAVEL,
    SCHOOL,
    STRANGER,
    Look,
    SettableClock,
    Somebody,
    a_school,
    an_item,
    comes_in,
    enrolled,
    msk,
)

ANNA = Somebody("Анна Ёлкина", Account("telegram", 500_000_005))
LEAD = Duty(Role.SCHOOL, 1, responsible=True)
OWED = an_item(1, "до 11 марта", executors=(), owed_by=OwedBy.SCHOOL)
OF_CURATORS = an_item(2, "до 11 марта", executors=(), owed_by=OwedBy.CURATOR)


@pytest.fixture
async def olga(core: Core, clock: SettableClock, marina: Member) -> Member:
    """Responsible in school № 7, the first one; № 8 is the second."""
    await a_school(core)
    await a_school(core, "Школа № 8")
    return await enrolled(core, OLGA, LEAD, now=clock())


@pytest.fixture
async def anna(core: Core, clock: SettableClock, olga: Member) -> Member:
    """Of the same team."""
    return await enrolled(core, ANNA, Duty(Role.SCHOOL, 1), now=clock())


def id_of(member: Member) -> int:
    assert member.person_id is not None
    return member.person_id


async def duties(core: Core, by: Member, person_id: int, clock: SettableClock) -> dict[int, Duty]:
    return (await core.persons.card(person_id, by=by, now=clock())).duties


def deeds(look: Look) -> list[tuple[str, dict[str, int | str]]]:
    wanted = ("person-added", "person-replaced", "person-removed")
    rows = look.rows("SELECT deed, about FROM audit ORDER BY id")
    return [(deed, json.loads(about)) for deed, about in rows if deed in wanted]


async def leave(core: Core, person: Member, deputy: Member, clock: SettableClock, until: date) -> None:
    async with core.database.transaction() as tx:
        await leave_rows.add(tx, id_of(person), id_of(deputy), Period(date(2022, 3, 9), until), clock())


# --- Everything moves -------------------------------------------------------------------------------------------------


async def test_a_colleague_takes_over_and_the_former_is_a_stranger_from_that_instant(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member, look: Look
) -> None:
    done = await core.replacements.replace(id_of(olga), id_of(anna), by=marina, now=clock())
    assert done == anna.person_id
    assert list((await duties(core, marina, done, clock)).values()) == [LEAD]
    assert (await core.people.member(OLGA.account, now=clock())).is_stranger
    assert (await core.people.member(ANNA.account, now=clock())).duties == {LEAD}
    assert look.rows("SELECT count(*) FROM account WHERE person_id = ?", olga.person_id) == [(0,)]
    assert deeds(look) == [
        ("person-replaced", {"former": olga.person_id, "person": anna.person_id}),
        ("person-removed", {"person": olga.person_id}),
    ]


async def test_a_person_with_five_duties_passes_all_of_them_on(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member
) -> None:
    more = (
        Duty(Role.CURATOR, 1),
        Duty(Role.CURATOR, 2),
        Duty(Role.SCHOOL, 2),
        Duty(Role.MUNICIPAL, municipality_id=1),
    )
    for duty in more:
        await core.persons.give(id_of(olga), duty, by=marina, now=clock())
    await core.replacements.replace(id_of(olga), id_of(anna), by=marina, now=clock())
    assert set((await duties(core, marina, id_of(anna), clock)).values()) == {LEAD, *more}


async def test_the_former_gets_nothing_and_the_new_one_hears_at_the_next_planning(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member, office: Office, look: Look
) -> None:
    await office.load(OWED)
    clock.set("2022-03-10 09:00")
    await core.notices.plan(clock())
    async with core.database.transaction() as tx:
        told = await people_rows.recipient(tx, id_of(olga))
        assert told is not None
        await core.project.tell(tx, [told], "event", "people.revoked-code", clock())
    await core.replacements.replace(id_of(olga), id_of(anna), by=marina, now=clock())
    said = await office.at("2022-03-10 09:01")
    assert OLGA.account.account_id not in said
    news, notice = said[ANNA.account.account_id]
    assert news.replace("\u00a0", " ") == (
        "<b>Теперь за Вами:</b>\n"
        "• команда школы, Школа № 7 (ответственный)\n"
        "До Вас этим занимался другой человек: Ольга Лебедева."
    )
    assert "Мероприятие 1" in notice
    assert {state for _, state in look.outbox(f"person_id = {olga.person_id}")} == {"withdrawn"}
    assert await office.days(OLGA.account.account_id, "2022-03-11", "2022-03-31") == []


async def test_what_was_put_off_stays_put_off(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member, office: Office
) -> None:
    await office.load(an_item(1, "до 30 марта", executors=(), owed_by=OwedBy.SCHOOL))
    until = await core.notices.snooze_tasks(None, Later.THREE_DAYS, by=olga, now=clock())
    await core.replacements.replace(id_of(olga), id_of(anna), by=marina, now=clock())
    now_hers = await core.people.member(ANNA.account, now=clock())
    assert (await core.tasks.mine(by=now_hers, now=clock())).snoozed == {1: until}


async def test_what_the_new_one_put_off_for_themselves_stays_as_it_was(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member, office: Office
) -> None:
    await office.load(an_item(1, "до 30 марта", executors=(), owed_by=OwedBy.SCHOOL))
    await core.notices.snooze_tasks(None, Later.THREE_DAYS, by=olga, now=clock())
    own = await core.notices.snooze_tasks(None, Later.TOMORROW, by=anna, now=clock())
    await core.replacements.replace(id_of(olga), id_of(anna), by=marina, now=clock())
    now_hers = await core.people.member(ANNA.account, now=clock())
    assert (await core.tasks.mine(by=now_hers, now=clock())).snoozed == {1: own}


async def test_somebody_new_takes_over_with_a_name_and_a_position(
    core: Core, clock: SettableClock, marina: Member, olga: Member, office: Office, look: Look
) -> None:
    heir = NewPerson(" Анна  Ёлкина ", "директор")
    done = await core.replacements.replace(id_of(olga), heir, by=marina, now=clock())
    card = await core.persons.card(done, by=marina, now=clock())
    assert (card.person.name, card.person.position, list(card.duties.values())) == ("Анна Ёлкина", "директор", [LEAD])
    assert [deed for deed, _ in deeds(look)] == ["person-added", "person-replaced", "person-removed"]
    assert await office.at("2022-03-09 12:05") == {}


@pytest.mark.parametrize(
    ("heir", "reason"),
    [
        (NewPerson("«»"), "registry.no-name"),
        (NewPerson("Н" * 201), "registry.long-name"),
        (NewPerson("Анна", "Д" * 201), "registry.long-name"),
        (99, "person.gone"),
    ],
)
async def test_by_whom_nobody_can_be_replaced(
    core: Core, clock: SettableClock, marina: Member, olga: Member, look: Look, heir: int | NewPerson, reason: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await core.replacements.replace(id_of(olga), heir, by=marina, now=clock())
    assert (refused.value.reason, look.count("person"), deeds(look)) == (reason, 2, [])
    assert (await core.people.member(OLGA.account, now=clock())).duties == {LEAD}


async def test_nobody_is_replaced_by_themselves(core: Core, clock: SettableClock, marina: Member, olga: Member) -> None:
    with pytest.raises(Refusal, match=r"replacement\.same-person"):
        await core.replacements.replace(id_of(olga), id_of(olga), by=marina, now=clock())


async def test_who_did_not_agree_is_not_told(
    core: Core, clock: SettableClock, marina: Member, olga: Member, office: Office
) -> None:
    silent = await enrolled(core, ANNA, Duty(Role.SCHOOL, 2), now=clock(), has_agreed=False)
    await core.replacements.replace(id_of(olga), id_of(silent), by=marina, now=clock())
    assert await office.at("2022-03-09 12:05") == {}


# --- One duty ---------------------------------------------------------------------------------------------------------


async def test_one_school_of_a_curator_passes_on_and_the_other_stays(
    core: Core, clock: SettableClock, marina: Member, olga: Member, office: Office, look: Look
) -> None:
    await office.load(OF_CURATORS)
    curator = await enrolled(core, PAVEL, Duty(Role.CURATOR, 1), Duty(Role.CURATOR, 2), now=clock())
    other = await enrolled(core, ANNA, Duty(Role.CURATOR, 1), now=clock())
    row = next(row for row, duty in (await duties(core, marina, id_of(curator), clock)).items() if duty.school_id == 2)
    await core.replacements.replace(id_of(curator), id_of(other), row, by=marina, now=clock())
    assert (await core.people.member(PAVEL.account, now=clock())).duties == {Duty(Role.CURATOR, 1)}
    assert (await core.people.member(ANNA.account, now=clock())).duties == {
        Duty(Role.CURATOR, 1),
        Duty(Role.CURATOR, 2),
    }
    said = {"former": curator.person_id, "person": other.person_id, "duty": row, "role": "curator", "school": 2}
    assert deeds(look) == [("person-replaced", said)]
    heard = await office.at("2022-03-10 09:00")
    assert [len(heard[who.account.account_id]) for who in (PAVEL, ANNA)] == [1, 2]


async def test_the_only_duty_passed_on_is_everything(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member, look: Look
) -> None:
    (row,) = await duties(core, marina, id_of(olga), clock)
    await core.replacements.replace(id_of(olga), id_of(anna), row, by=marina, now=clock())
    assert (await core.people.member(OLGA.account, now=clock())).is_stranger
    assert deeds(look)[0] == ("person-replaced", {"former": olga.person_id, "person": anna.person_id})


async def test_a_duty_of_somebody_else_is_not_passed_on(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member, look: Look
) -> None:
    (row,) = await duties(core, marina, id_of(marina), clock)
    for duty_id in (row, 999):
        with pytest.raises(Refusal, match=r"replacement\.nothing-left"):
            await core.replacements.replace(id_of(olga), id_of(anna), duty_id, by=marina, now=clock())
    assert deeds(look) == []


# --- Twice, and two at once -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize("is_whole", [True, False])
async def test_pressed_twice_is_once(
    core: Core,
    clock: SettableClock,
    marina: Member,
    olga: Member,
    look: Look,
    is_new: bool,
    is_whole: bool,
) -> None:
    known = await enrolled(core, IGOR, Duty(Role.SCHOOL, 2), now=clock())
    await core.persons.give(id_of(olga), Duty(Role.CURATOR, 2), by=marina, now=clock())
    row = None if is_whole else next(iter(await duties(core, marina, id_of(olga), clock)))
    heir = NewPerson(" Анна  Ёлкина") if is_new else id_of(known)
    first = await core.replacements.replace(id_of(olga), heir, row, by=marina, now=clock())
    before = look.count("person"), deeds(look), look.count("outbox")
    assert await core.replacements.replace(id_of(olga), heir, row, by=marina, now=clock()) == first
    assert (look.count("person"), deeds(look), look.count("outbox")) == before


async def test_of_two_coordinators_one_wins_and_the_other_is_told(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member, look: Look
) -> None:
    pavel = await comes_in(core, PAVEL, clock())
    done = await asyncio.gather(
        core.replacements.replace(id_of(olga), id_of(anna), by=marina, now=clock()),
        core.replacements.replace(id_of(olga), NewPerson("Иван Прохожий"), by=pavel, now=clock()),
        return_exceptions=True,
    )
    (refused,) = [one for one in done if isinstance(one, Refusal)]
    (won,) = [one for one in done if isinstance(one, int)]
    name = (await core.persons.card(won, by=marina, now=clock())).person.name
    assert (refused.reason, refused.details) == ("replacement.done-already", {"name": name})
    assert look.rows("SELECT count(*) FROM duty WHERE role = 'school' AND until IS NULL")[0][0] <= 2
    assert [deed for deed, _ in deeds(look)].count("person-replaced") == 1


async def test_who_came_later_with_the_same_choice_is_told_too(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member
) -> None:
    pavel = await comes_in(core, PAVEL, clock())
    await core.replacements.replace(id_of(olga), id_of(anna), by=marina, now=clock())
    with pytest.raises(Refusal, match=r"replacement\.done-already"):
        await core.replacements.replace(id_of(olga), id_of(anna), by=pavel, now=clock())


async def test_who_was_removed_without_being_replaced_is_gone(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member
) -> None:
    await core.persons.remove(id_of(olga), by=marina, now=clock())
    with pytest.raises(Refusal, match=r"person\.gone"):
        await core.replacements.replace(id_of(olga), id_of(anna), by=marina, now=clock())


async def test_when_the_new_one_is_gone_too_nothing_is_told_of_them(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member
) -> None:
    await core.replacements.replace(id_of(olga), id_of(anna), by=marina, now=clock())
    await core.persons.remove(id_of(anna), by=marina, now=clock())
    with pytest.raises(Refusal, match=r"person\.gone"):
        await core.replacements.replace(id_of(olga), id_of(anna), by=marina, now=clock())


# --- Coordinators -----------------------------------------------------------------------------------------------------


async def test_a_coordinator_is_replaced_by_another_but_never_by_themselves(
    core: Core, clock: SettableClock, marina: Member, anna: Member
) -> None:
    pavel = await comes_in(core, PAVEL, clock())
    with pytest.raises(Refusal, match=r"person\.own-role"):
        await core.replacements.replace(id_of(marina), id_of(anna), by=marina, now=clock())
    await core.replacements.replace(id_of(marina), id_of(anna), by=pavel, now=clock())
    assert (await core.people.member(marina.account, now=clock())).is_stranger
    assert Role.COORDINATOR in (await core.people.member(ANNA.account, now=clock())).roles


async def test_a_deputy_passes_no_coordinator_on(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member
) -> None:
    await leave(core, marina, olga, clock, date(2022, 3, 20))
    deputy = await core.people.member(OLGA.account, now=clock())
    with pytest.raises(Refusal, match=r"access\.deputy"):
        await core.replacements.replace(id_of(marina), NewPerson("Иван Прохожий"), by=deputy, now=clock())
    with pytest.raises(Refusal, match=r"access\.deputy"):
        await core.replacements.replace(id_of(marina), id_of(anna), by=deputy, now=clock())


async def test_a_deputy_does_not_replace_themselves_out_of_the_project(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member
) -> None:
    await leave(core, marina, olga, clock, date(2022, 3, 20))
    deputy = await core.people.member(OLGA.account, now=clock())
    with pytest.raises(Refusal, match=r"person\.yourself"):
        await core.replacements.replace(id_of(olga), id_of(anna), by=deputy, now=clock())


async def test_a_file_that_waits_to_be_loaded_passes_to_the_new_coordinator(
    core: Core, clock: SettableClock, marina: Member, anna: Member, look: Look
) -> None:
    pavel = await comes_in(core, PAVEL, clock())
    async with core.database.transaction() as tx:
        await tx.exec_driver_sql(
            "INSERT INTO registry_draft (person_id, made_at, rows, answers) VALUES (?, ?, '[]', '{}')",
            (marina.person_id, "2022-03-09 09:00:00.000000"),
        )
    await core.replacements.replace(id_of(marina), id_of(anna), by=pavel, now=clock())
    assert look.rows("SELECT person_id FROM registry_draft") == [(anna.person_id,)]


# --- Leave ------------------------------------------------------------------------------------------------------------


async def test_a_leave_of_the_former_ends_and_the_deputy_hears(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member, office: Office, look: Look
) -> None:
    await leave(core, olga, anna, clock, date(2022, 3, 20))
    new = await enrolled(core, IGOR, Duty(Role.SCHOOL, 1), now=clock())
    await core.replacements.replace(id_of(olga), id_of(new), by=marina, now=clock())
    assert look.rows("SELECT count(*) FROM stand_in WHERE ended_at IS NULL") == [(0,)]
    assert (await core.people.member(ANNA.account, now=clock())).duties == {Duty(Role.SCHOOL, 1)}
    said = await office.at("2022-03-09 12:05")
    assert [text.split(":")[0] for text in said[ANNA.account.account_id]] == ["✅ Замещение окончено раньше"]
    assert said.keys() == {ANNA.account.account_id, IGOR.account.account_id}


async def test_a_deputy_who_takes_over_hears_that_and_not_that_it_is_over(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member, office: Office
) -> None:
    await leave(core, olga, anna, clock, date(2022, 3, 20))
    await core.replacements.replace(id_of(olga), id_of(anna), by=marina, now=clock())
    said = await office.at("2022-03-09 12:05")
    assert [text.splitlines()[0] for text in said[ANNA.account.account_id]] == ["<b>Теперь за Вами:</b>"]


async def test_for_whom_the_former_stood_in_the_new_one_does(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member, office: Office
) -> None:
    away = await enrolled(core, IGOR, Duty(Role.CURATOR, 2), now=clock())
    await leave(core, away, olga, clock, date(2022, 3, 20))
    await core.replacements.replace(id_of(olga), id_of(anna), by=marina, now=clock())
    now_hers = await core.people.member(ANNA.account, now=clock())
    assert now_hers.duties == {LEAD, Duty(Role.CURATOR, 2, instead_of=away.person_id)}
    said = await office.at("2022-03-09 12:05")
    stands_in, news = said[ANNA.account.account_id]
    assert "Игорь Прохожий" in stands_in.splitlines()[0]
    assert news.splitlines()[0] == "<b>Теперь за Вами:</b>"


async def test_where_the_new_one_cannot_stand_in_who_is_away_hears_it(
    core: Core, clock: SettableClock, marina: Member, olga: Member, office: Office, look: Look
) -> None:
    away = await enrolled(core, IGOR, Duty(Role.CURATOR, 2), now=clock())
    await leave(core, away, olga, clock, date(2022, 3, 20))
    await core.replacements.replace(id_of(olga), NewPerson("Анна Ёлкина"), by=marina, now=clock())
    assert look.rows("SELECT count(*) FROM stand_in WHERE ended_at IS NULL") == [(0,)]
    said = await office.at("2022-03-09 12:05")
    assert [("больше не может Вас замещать" in text) for text in said[IGOR.account.account_id]] == [True]


async def test_nobody_stands_in_for_themselves(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member, look: Look
) -> None:
    await leave(core, anna, olga, clock, date(2022, 3, 20))
    await core.replacements.replace(id_of(olga), id_of(anna), by=marina, now=clock())
    assert look.rows("SELECT count(*) FROM stand_in WHERE ended_at IS NULL") == [(0,)]
    assert (await core.people.member(ANNA.account, now=clock())).duties == {LEAD}


async def test_leaves_stay_where_one_duty_of_several_passes_on(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member, look: Look
) -> None:
    await core.persons.give(id_of(olga), Duty(Role.CURATOR, 2), by=marina, now=clock())
    await leave(core, olga, anna, clock, date(2022, 3, 20))
    row = next(iter(await duties(core, marina, id_of(olga), clock)))
    await core.replacements.replace(id_of(olga), id_of(anna), row, by=marina, now=clock())
    assert look.rows("SELECT count(*) FROM stand_in WHERE ended_at IS NULL") == [(1,)]
    assert (await core.people.member(ANNA.account, now=clock())).duties == {
        LEAD,
        Duty(Role.CURATOR, 2, instead_of=olga.person_id),
    }


@pytest.mark.parametrize("by", [SCHOOL, STRANGER], ids=["school", "stranger"])
async def test_only_who_keeps_the_registry_replaces(
    core: Core, clock: SettableClock, olga: Member, anna: Member, look: Look, by: Member
) -> None:
    with pytest.raises(Refusal, match=r"access\.refused"):
        await core.replacements.replace(id_of(olga), id_of(anna), by=by, now=clock())
    assert deeds(look) == []


async def test_the_heir_is_invited_to_the_meetings_to_come(
    core: Core, clock: SettableClock, marina: Member, olga: Member, anna: Member, look: Look
) -> None:
    ahead = await called(core, marina, clock(), msk("2022-03-15 10:00"), [id_of(olga)])
    both = await called(core, marina, clock(), msk("2022-03-16 10:00"), [id_of(olga), id_of(anna)])
    past = await called(core, marina, clock(), msk("2022-03-09 13:00"), [id_of(olga)])
    clock.set("2022-03-09 14:00")
    await core.replacements.replace(id_of(olga), id_of(anna), by=marina, now=clock())
    async with core.database.read() as tx:
        invited = await meeting_rows.guests_of(tx, [ahead, both, past])
    assert {one: [guest.person_id for guest in guests] for one, guests in invited.items()} == {
        ahead: [id_of(anna)],
        both: [id_of(anna)],
        past: [id_of(olga)],
    }
    ((told,),) = look.rows("SELECT text FROM outbox WHERE key LIKE 'replaced:%'")
    assert "2\u00a0встречи" in told
