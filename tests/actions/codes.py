"""Codes as the tests of coming in hand them out and try them."""

import pytest

from bot.core import Core
from domain.invite import Invitation
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from tests.people import IGOR, Look, SettableClock, a_school, registered

WRONG = "2222-2222-2222"


async def a_teacher(core: Core, clock: SettableClock, name: str = "Ольга Лебедева") -> int:
    """Somebody of a school who has not come in."""
    return await registered(core, name, Duty(Role.SCHOOL, await a_school(core)), now=clock())


async def issued(core: Core, clock: SettableClock, marina: Member, person_id: int) -> Invitation:
    return (await core.invites.issue([person_id], by=marina, now=clock()))[person_id]


async def reason_of(core: Core, clock: SettableClock, code: str, account: Account = IGOR.account) -> str:
    with pytest.raises(Refusal) as caught:
        await core.invites.accept(code, account, now=clock())
    return caught.value.reason


def audit(look: Look) -> list[tuple[str, str]]:
    return [(deed, about) for deed, about in look.rows("SELECT deed, about FROM audit ORDER BY id")]
