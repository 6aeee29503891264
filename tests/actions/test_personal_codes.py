"""Personal codes: issued, revoked, used once, and kept nowhere."""

import asyncio
import logging
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from aiogram.fsm.storage.base import StorageKey

from bot.core import Core
from domain.card import Whom
from domain.leave import Period
from domain.outbox import Draft
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from storage import leave as leave_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage.fsm import ConversationStorage
from tests.actions.codes import WRONG, a_teacher, audit, issued, reason_of
from tests.people import IGOR, OLGA, PAVEL, Look, SettableClock, Somebody, a_school, comes_in, enrolled, msk


async def test_a_code_lets_the_registered_person_in(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    olga = await a_teacher(core, clock)
    made = await issued(core, clock, marina, olga)
    assert made.expires_at == msk("2022-04-08 23:59:59")
    member = await core.invites.accept(made.code, OLGA.account, now=clock())
    assert (member.person_id, member.name, member.has_agreed) == (olga, "Ольга Лебедева", False)
    assert member.duties == {Duty(Role.SCHOOL, 1)}
    assert look.rows("SELECT person_id, created_by, used_by, revoked_at FROM invite WHERE person_id") == [
        (olga, 1, olga, None)
    ]
    assert audit(look)[-2:] == [("code-issued", f'{{"person": {olga}}}'), ("came-in", "{}")]


async def test_a_new_code_stops_the_earlier_one_and_nobody_else_s(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    olga, pavel = await a_teacher(core, clock), await a_teacher(core, clock, "Павел Зимин")
    other = await issued(core, clock, marina, pavel)
    first = await issued(core, clock, marina, olga)
    second = await issued(core, clock, marina, olga)
    assert await reason_of(core, clock, first.code) == "people.revoked-code"
    assert (await core.invites.accept(second.code, OLGA.account, now=clock())).person_id == olga
    assert (await core.invites.accept(other.code, PAVEL.account, now=clock())).person_id == pavel


async def test_many_codes_at_once_are_different_and_in_the_asked_order(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    people = [await a_teacher(core, clock, f"Участник {number}") for number in range(30)]
    made = await core.invites.issue([*reversed(people), people[0]], by=marina, now=clock())
    assert list(made) == list(reversed(people))
    assert len({one.code for one in made.values()}) == 30
    assert look.rows("SELECT count(*) FROM audit WHERE deed = 'code-issued'") == [(30,)]
    assert await core.invites.issue([], by=marina, now=clock()) == {}


async def test_a_code_is_issued_to_nobody_who_is_not_there_or_has_nothing_to_do(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    olga = await a_teacher(core, clock)
    idle = await a_teacher(core, clock, "Пётр Свободный")
    async with core.database.transaction() as tx:
        await registry_rows.end_duties(tx, idle, clock())
    for people, reason in (([olga, 99], "person.gone"), ([olga, idle], "invite.no-duty")):
        with pytest.raises(Refusal, match=reason):
            await core.invites.issue(people, by=marina, now=clock())
    assert look.count("invite") == 1


async def test_an_earlier_code_that_still_works_is_known(core: Core, clock: SettableClock, marina: Member) -> None:
    olga = await a_teacher(core, clock)
    assert (await core.invites.holder(olga, by=marina, now=clock())).until is None
    made = await issued(core, clock, marina, olga)
    holder = await core.invites.holder(olga, by=marina, now=clock())
    assert (holder.person.name, holder.until) == ("Ольга Лебедева", made.expires_at)
    clock.now = made.expires_at
    assert (await core.invites.holder(olga, by=marina, now=clock())).until is None
    assert await reason_of(core, clock, made.code) == "people.old-code"


async def test_a_revoked_code_lets_nobody_in(core: Core, clock: SettableClock, look: Look, marina: Member) -> None:
    olga = await a_teacher(core, clock)
    made = await issued(core, clock, marina, olga)
    assert await core.invites.revoke(olga, by=marina, now=clock())
    assert not await core.invites.revoke(olga, by=marina, now=clock())
    assert await reason_of(core, clock, made.code) == "people.revoked-code"
    assert audit(look)[-1] == ("code-revoked", f'{{"person": {olga}}}')
    assert look.count("account") == 1


async def test_whoever_has_come_in_stays_when_a_code_is_revoked_and_may_come_from_another_account(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    olga = await a_teacher(core, clock)
    await core.invites.accept((await issued(core, clock, marina, olga)).code, OLGA.account, now=clock())
    second = Account("max", 77)
    member = await core.invites.accept((await issued(core, clock, marina, olga)).code, second, now=clock())
    assert (member.person_id, member.account) == (olga, second)
    assert not await core.invites.revoke(olga, by=marina, now=clock())
    assert look.rows("SELECT messenger, person_id FROM account ORDER BY id")[1:] == [("telegram", olga), ("max", olga)]


async def test_a_removed_person_s_code_does_not_work(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    olga, pavel = await a_teacher(core, clock), await a_teacher(core, clock, "Павел Зимин")
    made = await issued(core, clock, marina, olga)
    async with core.database.transaction() as tx:
        await registry_rows.remove_person(tx, olga, clock())
    assert await reason_of(core, clock, made.code) == "people.revoked-code"
    kept = await issued(core, clock, marina, pavel)
    with closing(sqlite3.connect(look.path)) as connection:  # however somebody comes to be removed
        connection.execute("UPDATE person SET removed_at = ? WHERE id = ?", (str(clock()), pavel))
        connection.commit()
    assert await reason_of(core, clock, kept.code) == "people.revoked-code"
    assert look.count("account") == 1


async def test_a_forwarded_link_after_use_is_refused_to_others_and_no_wrong_try(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    olga = await a_teacher(core, clock)
    code = (await issued(core, clock, marina, olga)).code
    first = await core.invites.accept(code, OLGA.account, now=clock())
    assert await reason_of(core, clock, code, IGOR.account) == "people.used-code"
    assert await reason_of(core, clock, code, marina.account) == "people.not-your-code"
    clock.advance(days=100)
    assert await core.invites.accept(code, OLGA.account, now=clock()) == first
    assert (look.count("code_try"), look.count("account")) == (0, 2)


async def test_somebody_else_s_code_does_not_make_a_member_another_person(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    pavel = await comes_in(core, PAVEL, clock(), Role.CURATOR)
    made = await issued(core, clock, marina, await a_teacher(core, clock))
    assert await reason_of(core, clock, made.code, PAVEL.account) == "people.other-person"
    assert await core.people.member(PAVEL.account, now=clock()) == pavel
    assert not (await core.invites.accept(made.code, OLGA.account, now=clock())).is_stranger


async def another_s_card(core: Core, clock: SettableClock, marina: Member) -> int:
    """Igor came in as Olga, agreed, is being asked something, and messages are on their way to him."""
    olga = await a_teacher(core, clock)
    code = (await issued(core, clock, marina, olga)).code
    wrong = await core.invites.accept(code, IGOR.account, now=clock())
    await core.consents.agree("Игорь", by=wrong, now=clock())
    await ConversationStorage(core.database).set_data(StorageKey(42, 500_000_004, 500_000_004), {"item": 1})
    async with core.database.transaction() as tx:
        to_him = await people_rows.recipient(tx, olga)
        assert to_him is not None
        for key in ("waits", "is-tried", "came"):
            await outbox_rows.put(tx, Draft(key, to_him, key, clock(), clock() + timedelta(1)), clock())
        await tx.exec_driver_sql("UPDATE outbox SET state = 'sending' WHERE key = 'is-tried'")
        await tx.exec_driver_sql("UPDATE outbox SET state = 'sent' WHERE key = 'came'")
    return olga


async def test_whoever_came_in_with_another_s_card_is_a_stranger_again(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    olga = await another_s_card(core, clock, marina)
    unused = await issued(core, clock, marina, olga)
    assert await core.invites.unlink(olga, by=marina, now=clock())
    assert await core.people.member(IGOR.account, now=clock()) == Member(IGOR.account)
    assert await reason_of(core, clock, unused.code) == "people.revoked-code"
    assert look.rows("SELECT state, chat_id FROM outbox WHERE person_id = ? ORDER BY id", olga) == [
        ("withdrawn", 0),
        ("withdrawn", 0),
        ("sent", 0),
    ]
    assert look.rows("SELECT given FROM consent WHERE person_id = ? ORDER BY id", olga) == [(1,), (0,)]
    assert look.count("conversation") == 0
    assert audit(look)[-1] == ("accounts-unlinked", f'{{"person": {olga}}}')
    assert look.rows("SELECT removed_at, name FROM person WHERE id = ?", olga) == [(None, "Ольга Лебедева")]
    member = await core.invites.accept((await issued(core, clock, marina, olga)).code, OLGA.account, now=clock())
    assert (member.person_id, member.has_agreed) == (olga, False)
    assert member.duties == {Duty(Role.SCHOOL, 1)}


async def test_unlinking_twice_is_once(core: Core, clock: SettableClock, look: Look, marina: Member) -> None:
    olga = await another_s_card(core, clock, marina)
    assert await core.invites.unlink(olga, by=marina, now=clock())
    code, before = (await issued(core, clock, marina, olga)).code, (look.count("audit"), look.count("consent"))
    assert not await core.invites.unlink(olga, by=marina, now=clock())
    assert (look.count("audit"), look.count("consent")) == before
    assert (await core.invites.accept(code, OLGA.account, now=clock())).person_id == olga


async def test_nobody_unlinks_themselves_or_whoever_is_not_there(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    for person_id, reason in ((1, r"invite\.yourself"), (99, r"person\.gone")):
        with pytest.raises(Refusal, match=reason):
            await core.invites.unlink(person_id, by=marina, now=clock())
    assert await core.people.member(marina.account, now=clock()) == marina


async def test_a_coordinator_is_not_unlinked_by_their_deputy(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    await enrolled(core, OLGA, Duty(Role.ORGANISER), now=clock())
    async with core.database.transaction() as tx:
        await leave_rows.add(tx, 1, 2, Period(clock().date(), clock().date()), clock())
    deputy = await core.people.member(OLGA.account, now=clock())
    with pytest.raises(Refusal, match=r"access\.deputy"):
        await core.invites.unlink(1, by=deputy, now=clock())


async def test_two_people_at_once_exactly_one_comes_in(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    code = (await issued(core, clock, marina, await a_teacher(core, clock))).code
    accounts = [Account("telegram", number) for number in range(700, 710)]
    attempts = [core.invites.accept(code, one, now=clock()) for one in accounts]
    came = await asyncio.gather(*attempts, return_exceptions=True)
    assert sum(isinstance(one, Member) for one in came) == 1
    assert {str(one) for one in came if not isinstance(one, Member)} == {"people.used-code"}
    assert look.count("account") == 2


async def test_only_a_coordinator_hands_codes_out(core: Core, clock: SettableClock, look: Look, marina: Member) -> None:
    school = await a_school(core)
    olga = await a_teacher(core, clock, "Ольга Лебедева")
    await issued(core, clock, marina, olga)
    others = [
        Member(IGOR.account),
        Member(PAVEL.account, 77, "", frozenset({Duty(Role.COORDINATOR)}), has_agreed=False),
        *[
            await enrolled(core, Somebody(role, Account("max", place)), Duty(role, school), now=clock())
            for place, role in enumerate(Role)
            if role is not Role.COORDINATOR
        ],
    ]
    before = look.rows("SELECT * FROM invite")
    for by in others:
        calls = (
            core.invites.holder(olga, by=by, now=clock()),
            core.invites.issue([olga], by=by, now=clock()),
            core.invites.revoke(olga, by=by, now=clock()),
            core.invites.unlink(olga, by=by, now=clock()),
            core.invites.printing(Whom(), by=by, now=clock()),
            core.invites.cards(Whom(), 2, by=by, now=clock()),
        )
        for call in calls:
            with pytest.raises(Refusal, match=r"access\."):
                await call
    assert look.rows("SELECT * FROM invite") == before


async def test_codes_are_nowhere_but_in_the_hands_they_were_given_into(
    core: Core, clock: SettableClock, look: Look, marina: Member, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    olga, pavel = await a_teacher(core, clock), await a_teacher(core, clock, "Павел Зимин")
    used = await issued(core, clock, marina, pavel)
    await core.invites.accept(used.code, PAVEL.account, now=clock())
    await reason_of(core, clock, WRONG)
    last = (await core.invites.printing(Whom(), by=marina, now=clock())).last
    (card,) = (await core.invites.cards(Whom(), last, by=marina, now=clock())).cards
    single = await issued(core, clock, marina, olga)
    with closing(sqlite3.connect(look.path)) as connection:
        everything = "\n".join(connection.iterdump()) + caplog.text
    assert "Ольга Лебедева" in everything
    assert f'"person": {olga}' in everything
    for code in (used.code, card.invitation.code, single.code, WRONG):
        assert code not in everything
        assert code.replace("-", "") not in everything
