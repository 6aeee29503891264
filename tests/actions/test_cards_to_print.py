"""Cards for whoever has not come in: for whom, and never twice by mistake."""

import asyncio
from datetime import date

import pytest

from bot.core import Core
from domain.card import Whom
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from tests.actions.codes import a_teacher, audit, issued, reason_of
from tests.people import IGOR, OLGA, PAVEL, Look, SettableClock, a_school, enrolled, registered


async def test_cards_are_made_for_whoever_has_not_come_in(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    school = await a_school(core)
    olga, pavel = (
        await a_teacher(core, clock),
        await registered(core, "Павел Зимин", Duty(Role.CURATOR, school), now=clock()),
    )
    await enrolled(core, IGOR, Duty(Role.SCHOOL, school), now=clock())
    earlier = await issued(core, clock, marina, pavel)
    plan = await core.invites.printing(Whom(), by=marina, now=clock())
    assert ([one.id for one in plan.people], plan.replaced, plan.until) == ([olga, pavel], 1, date(2022, 4, 8))
    printed = await core.invites.cards(Whom(), plan.last, by=marina, now=clock())
    assert [(one.person.name, one.municipality, one.place) for one in printed.cards] == [
        ("Ольга Лебедева", "Южский район", "Школа № 7"),
        ("Павел Зимин", "", "Школа № 7"),
    ]
    assert (printed.made, printed.until) == (date(2022, 3, 9), date(2022, 4, 8))
    assert await reason_of(core, clock, earlier.code) == "people.revoked-code"
    member = await core.invites.accept(printed.cards[1].invitation.code, PAVEL.account, now=clock())
    assert member.person_id == pavel
    assert ("cards-printed", '{"count": 2}') in audit(look)
    again = await core.invites.printing(Whom(1, school), by=marina, now=clock())
    await core.invites.cards(Whom(1, school), again.last, by=marina, now=clock())
    assert audit(look)[-1] == ("cards-printed", f'{{"count": 1, "municipality": 1, "school": {school}}}')


async def test_cards_pressed_twice_do_not_spoil_the_first_page(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    await a_teacher(core, clock)
    last = (await core.invites.printing(Whom(), by=marina, now=clock())).last
    both = await asyncio.gather(
        *(core.invites.cards(Whom(), last, by=marina, now=clock()) for _ in range(2)), return_exceptions=True
    )
    assert [str(one) for one in both if isinstance(one, Refusal)] == ["invite.issued-since"]
    assert look.rows("SELECT count(*) FROM invite WHERE revoked_at IS NULL AND person_id") == [(1,)]


@pytest.mark.parametrize("whom", [Whom(), Whom(1), Whom(1, 1), Whom(99), Whom(1, 99)])
async def test_no_cards_where_nobody_is_missing(
    core: Core, clock: SettableClock, look: Look, marina: Member, whom: Whom
) -> None:
    school = await a_school(core)
    await enrolled(core, OLGA, Duty(Role.SCHOOL, school), now=clock())
    last = (await core.invites.printing(whom, by=marina, now=clock())).last
    with pytest.raises(Refusal, match=r"invite\.nobody"):
        await core.invites.cards(whom, last, by=marina, now=clock())
