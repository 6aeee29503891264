"""Invitations, who stands behind an account, and people who block the bot."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import Core
from domain.invite import INVITE_LIFE
from domain.outbox import ChatAddress, Draft, Recipient
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from storage import outbox as outbox_rows
from tests.people import IGOR, MARINA, OLGA, PAVEL, Look, SettableClock, comes_in


async def reason_of(core: Core, clock: SettableClock, code: str, account: Account = IGOR.account) -> str:
    with pytest.raises(Refusal) as caught:
        await core.invites.accept(code, account, now=clock())
    return caught.value.reason


async def test_stranger_becomes_the_coordinator_by_a_code(core: Core, clock: SettableClock, look: Look) -> None:
    assert (await core.people.member(MARINA.account, now=clock())).is_stranger
    invitation = await core.invites.invite(Role.COORDINATOR, now=clock())
    member = await core.invites.accept(invitation.code, MARINA.account, now=clock())
    assert member == Member(MARINA.account, 1, "", frozenset({Duty(Role.COORDINATOR)}), has_agreed=False)
    assert await core.people.member(MARINA.account, now=clock()) == member
    agreed = await core.consents.agree(MARINA.name, by=member, now=clock())
    assert agreed == replace(member, name=MARINA.name, has_agreed=True)
    assert await core.people.member(MARINA.account, now=clock()) == agreed
    assert look.rows("SELECT messenger, account_id, person_id FROM account") == [("telegram", 6_000_000_001, 1)]


async def test_code_is_kept_only_as_a_hash(core: Core, clock: SettableClock, look: Look) -> None:
    invitation = await core.invites.invite(Role.COORDINATOR, now=clock())
    (row,) = look.rows("SELECT * FROM invite")
    plain = invitation.code.replace("-", "")
    assert plain not in repr(row)
    assert invitation.code not in repr(row)
    assert len(plain) == 12
    assert not set(plain) & set("01IO")


async def test_codes_differ(core: Core, clock: SettableClock) -> None:
    codes = {(await core.invites.invite(Role.COORDINATOR, now=clock())).code for _ in range(20)}
    assert len(codes) == 20


async def test_code_works_once(core: Core, clock: SettableClock, look: Look) -> None:
    invitation = await core.invites.invite(Role.COORDINATOR, now=clock())
    await core.invites.accept(invitation.code, MARINA.account, now=clock())
    assert await reason_of(core, clock, invitation.code) == "people.used-code"
    assert look.count("person") == 1


async def test_same_code_again_from_the_same_person_is_welcome(core: Core, clock: SettableClock, look: Look) -> None:
    invitation = await core.invites.invite(Role.COORDINATOR, now=clock())
    first = await core.invites.accept(invitation.code, MARINA.account, now=clock())
    clock.now += 2 * INVITE_LIFE
    again = await core.invites.accept(invitation.code, MARINA.account, now=clock())
    assert again == first
    assert (look.count("person"), look.count("duty")) == (1, 1)


@pytest.mark.parametrize("spoil", [str.lower, lambda code: code.replace("-", " "), lambda code: f"  {code}\n"])
async def test_code_typed_by_hand_works(core: Core, clock: SettableClock, spoil: Callable[[str], str]) -> None:
    invitation = await core.invites.invite(Role.COORDINATOR, now=clock())
    member = await core.invites.accept(spoil(invitation.code), MARINA.account, now=clock())
    assert member.roles == {Role.COORDINATOR}


@pytest.mark.parametrize("code", ["", "2222-2222-2222", "привет", "'; DROP TABLE invite; --", "Я" * 5000])
async def test_unknown_code_is_refused(core: Core, clock: SettableClock, look: Look, code: str) -> None:
    await core.invites.invite(Role.COORDINATOR, now=clock())
    assert await reason_of(core, clock, code) == "people.unknown-code"
    assert look.count("person") == 0


async def test_code_stops_working_after_a_week(core: Core, clock: SettableClock, look: Look) -> None:
    invitation = await core.invites.invite(Role.COORDINATOR, now=clock())
    assert invitation.expires_at == clock() + timedelta(days=7)
    clock.now = invitation.expires_at
    assert await reason_of(core, clock, invitation.code) == "people.old-code"
    assert look.count("person") == 0
    clock.now -= timedelta(seconds=1)
    assert not (await core.invites.accept(invitation.code, IGOR.account, now=clock())).is_stranger


async def test_second_role_is_added_to_the_same_person(core: Core, clock: SettableClock, look: Look) -> None:
    await comes_in(core, MARINA, clock(), Role.CURATOR)
    member = await comes_in(core, MARINA, clock(), Role.COORDINATOR)
    assert member.roles == {Role.CURATOR, Role.COORDINATOR}
    assert (await core.people.member(MARINA.account, now=clock())).roles == {Role.CURATOR, Role.COORDINATOR}
    assert look.count("person") == 1


async def test_second_invitation_to_a_role_one_has_changes_nothing(
    core: Core, clock: SettableClock, look: Look
) -> None:
    first = await comes_in(core, MARINA, clock())
    assert await comes_in(core, MARINA, clock()) == first
    assert look.rows("SELECT used_by FROM invite") == [(1,), (1,)]


async def test_same_id_in_another_messenger_is_another_account(core: Core, clock: SettableClock) -> None:
    await comes_in(core, MARINA, clock())
    assert (await core.people.member(Account("max", MARINA.account.account_id), now=clock())).is_stranger


async def test_blocking_stops_what_waits_and_tells_the_other_coordinators_once(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    pavel = await comes_in(core, PAVEL, clock())
    chat = ChatAddress("telegram", PAVEL.account.account_id)
    waiting = Recipient(f"person:{pavel.person_id}", chat, frozenset(), person_id=pavel.person_id)
    async with core.database.transaction() as tx:
        draft = Draft("day:pavel", waiting, "привет", clock(), clock() + timedelta(hours=1))
        await outbox_rows.put(tx, draft, clock())
    for _ in range(2):
        await core.people.blocked(PAVEL.account, now=clock.advance(seconds=1))
    assert look.rows("SELECT person_id, state, reason FROM outbox") == [(2, "failed", "blocked"), (1, "planned", "")]
    assert look.rows("SELECT text FROM outbox WHERE person_id = 1") == [
        (core.texts.html("people.blocked", name=PAVEL.name),)
    ]


async def test_stranger_who_blocks_the_bot_is_nobody_s_business(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    await core.people.blocked(IGOR.account, now=clock())
    assert look.count("outbox") == 0


@pytest.mark.parametrize("way", ["unblocked", "code"])
async def test_person_who_comes_back_is_written_to_again(
    core: Core, clock: SettableClock, look: Look, way: str
) -> None:
    invitation = await core.invites.invite(Role.COORDINATOR, now=clock())
    await core.invites.accept(invitation.code, MARINA.account, now=clock())
    await core.people.blocked(MARINA.account, now=clock())
    assert look.rows("SELECT blocked_at IS NULL FROM account") == [(0,)]
    if way == "code":
        await core.invites.accept(invitation.code, MARINA.account, now=clock())
    else:
        await core.people.unblocked(MARINA.account)
    assert look.rows("SELECT blocked_at IS NULL FROM account") == [(1,)]


async def test_name_of_any_alphabet_is_kept(core: Core, clock: SettableClock, look: Look) -> None:
    name = "Ольга «Лёля» Лебедева-Ó'Нил 🎓"
    invitation = await core.invites.invite(Role.COORDINATOR, now=clock())
    member = await core.invites.accept(invitation.code, OLGA.account, now=clock())
    await core.consents.agree(name, by=member, now=clock())
    assert look.rows("SELECT name FROM person") == [(name,)]
