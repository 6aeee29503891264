"""Wrong codes, and the door that ten of them close."""

import logging

import pytest

from bot.core import Core
from domain.people import Account, Member
from domain.refusal import Refusal
from tests.actions.codes import WRONG, a_teacher, issued, reason_of
from tests.people import IGOR, OLGA, Look, SettableClock


async def fails(core: Core, clock: SettableClock, times: int, account: Account = IGOR.account) -> list[str]:
    """So many wrong codes, a minute apart; why each was refused."""
    reasons = []
    for _ in range(times):
        reasons.append(await reason_of(core, clock, WRONG, account))
        clock.advance(minutes=1)
    return reasons


async def test_ten_wrong_tries_close_the_door_for_an_hour_even_to_the_right_code(
    core: Core, clock: SettableClock, look: Look, marina: Member, caplog: pytest.LogCaptureFixture
) -> None:
    code = (await issued(core, clock, marina, await a_teacher(core, clock))).code
    clock.set("2022-03-09 12:00")
    assert await fails(core, clock, 10) == ["people.unknown-code"] * 9 + ["people.door-closed"]
    closed = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert [one.getMessage() for one in closed] == [
        "a door is closed for an hour: too many wrong codes from one account"
    ]
    assert await fails(core, clock, 5) == ["people.door-closed"] * 5
    assert look.count("code_try") == 10
    clock.set("2022-03-09 13:08:59")
    with pytest.raises(Refusal) as caught:
        await core.invites.accept(code, IGOR.account, now=clock())
    assert core.texts.plain(str(caught.value.reason), **caught.value.details) == (
        "Слишком много неверных кодов. Попробуйте снова в 13:09 или попросите координатора о помощи."
    )
    clock.set("2022-03-09 13:09")
    assert (await core.invites.accept(code, IGOR.account, now=clock())).name == "Ольга Лебедева"
    assert look.count("code_try") == 0
    assert len([one for one in caplog.records if one.levelno >= logging.WARNING]) == 1


async def test_the_door_is_closed_to_one_account_only(core: Core, clock: SettableClock, marina: Member) -> None:
    code = (await issued(core, clock, marina, await a_teacher(core, clock))).code
    await fails(core, clock, 10)
    assert not (await core.invites.accept(code, OLGA.account, now=clock())).is_stranger
    assert (await fails(core, clock, 1, Account("max", IGOR.account.account_id))) == ["people.unknown-code"]


async def test_coming_in_forgets_the_tries_before(core: Core, clock: SettableClock, look: Look, marina: Member) -> None:
    code = (await issued(core, clock, marina, await a_teacher(core, clock))).code
    await fails(core, clock, 9)
    await core.invites.accept(code, IGOR.account, now=clock())
    assert await fails(core, clock, 9) == ["people.unknown-code"] * 9


async def test_old_tries_are_forgotten(core: Core, clock: SettableClock, look: Look) -> None:
    await fails(core, clock, 9)
    clock.advance(hours=2)
    await fails(core, clock, 9, OLGA.account)
    assert look.rows("SELECT DISTINCT account_id FROM code_try") == [(OLGA.account.account_id,)]
    assert await fails(core, clock, 1) == ["people.unknown-code"]


async def test_tries_survive_the_refusal_that_follows_them(core: Core, clock: SettableClock, look: Look) -> None:
    await reason_of(core, clock, WRONG)
    assert look.rows("SELECT messenger, account_id FROM code_try") == [("telegram", IGOR.account.account_id)]
