"""The consent: kept with version and time, taken back at any moment, asked anew — and without it nothing is sent."""

from datetime import timedelta

import pytest

from actions.people import People
from bot.core import Core
from domain.outbox import ChatAddress, Draft, Recipient
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from storage import outbox as outbox_rows
from storage import people as people_rows
from tests.actions.office import Office
from tests.people import OLGA, PAVEL, STRANGER, Look, SettableClock, an_item, comes_in, enrolled

ANSWERS = "SELECT version, given FROM consent WHERE person_id = 2 ORDER BY id"
DEEDS = "SELECT deed FROM audit WHERE person_id = 2 ORDER BY id"
REFUSED = "⚠️ {} — нет согласия на обработку персональных данных: бот этому человеку не пишет. Свяжитесь лично."


@pytest.fixture
async def pavel(core: Core, clock: SettableClock, marina: Member) -> Member:
    """A second coordinator who has come in and was not asked yet; somebody registered his name."""
    return await enrolled(core, PAVEL, Duty(Role.COORDINATOR), now=clock(), has_agreed=False)


async def put(core: Core, clock: SettableClock, person_id: int, key: str) -> None:
    """Something waits to be sent to a person."""
    chat = ChatAddress("telegram", PAVEL.account.account_id)
    recipient = Recipient(f"person:{person_id}", chat, frozenset(), person_id=person_id)
    async with core.database.transaction() as tx:
        await outbox_rows.put(tx, Draft(key, recipient, "текст", clock(), clock() + timedelta(hours=3)), clock())


async def test_agreeing_keeps_the_version_and_the_time_once(
    core: Core, clock: SettableClock, look: Look, pavel: Member
) -> None:
    at = clock()
    for _ in range(2):
        member = await core.consents.agree("Паша", by=pavel, now=clock())
        clock.advance(minutes=1)
    assert (member.has_agreed, member.name) == (True, PAVEL.name)
    kept = look.rows("SELECT version, given, at FROM consent WHERE person_id = 2")
    assert kept == [("2026-11", 1, at.strftime("%Y-%m-%d %H:%M:%S.%f"))]
    assert look.rows(DEEDS) == [("consent-given",)]


async def test_refusing_is_kept_once_and_coordinators_hear_it_once(
    core: Core, clock: SettableClock, look: Look, pavel: Member
) -> None:
    for _ in range(2):
        await core.consents.decline(by=pavel, now=clock.advance(minutes=1))
    assert look.rows(ANSWERS) == [("2026-11", 0)]
    assert look.rows(DEEDS) == [("consent-refused",)]
    assert look.rows("SELECT person_id, text FROM outbox") == [(1, REFUSED.format(PAVEL.name))]


async def test_who_refuses_before_being_named_is_a_number(core: Core, clock: SettableClock, look: Look) -> None:
    await comes_in(core, OLGA, clock())
    invitation = await core.invites.invite(Role.COORDINATOR, now=clock())
    member = await core.invites.accept(invitation.code, PAVEL.account, now=clock())
    await core.consents.decline(by=member, now=clock())
    assert look.rows("SELECT name FROM person WHERE id = 2") == [("",)]
    assert look.rows("SELECT text FROM outbox") == [(REFUSED.format("участник № 2"),)]


async def test_consent_taken_back_withdraws_what_waits_and_closes_the_door(
    core: Core, clock: SettableClock, look: Look, pavel: Member
) -> None:
    agreed = await core.consents.agree("", by=pavel, now=clock())
    await put(core, clock, 2, "told:2")
    await core.consents.decline(by=agreed, now=clock())
    assert look.outbox("person_id = 2") == [("told:2:withdrawn:1", "withdrawn")]
    member = await core.people.member(PAVEL.account, now=clock())
    assert (member.has_agreed, member.roles) == (False, frozenset({Role.COORDINATOR}))
    with pytest.raises(Refusal, match=r"access\.consent-first"):
        await core.tasks.mine(by=member, now=clock())
    again = await core.consents.agree("", by=member, now=clock())
    assert (again.has_agreed, look.rows(ANSWERS)) == (True, [("2026-11", 1), ("2026-11", 0), ("2026-11", 1)])


async def test_strangers_have_nothing_to_agree_to(core: Core, clock: SettableClock, look: Look) -> None:
    with pytest.raises(Refusal, match=r"access\.refused"):
        await core.consents.agree("Кто-то", by=STRANGER, now=clock())
    with pytest.raises(Refusal, match=r"access\.refused"):
        await core.consents.decline(by=STRANGER, now=clock())
    assert look.count("consent") == 0


async def test_nothing_comes_without_consent_and_everything_with_it(
    core: Core, clock: SettableClock, office: Office, marina: Member, pavel: Member
) -> None:
    await office.load(an_item(1, "10.03.2022"))
    assert set(await office.at("2022-03-09 09:00")) == {marina.account.account_id}
    await core.consents.agree("", by=pavel, now=clock())
    assert set(await office.at("2022-03-10 09:00")) == {marina.account.account_id, PAVEL.account.account_id}
    await core.consents.decline(by=await core.people.member(PAVEL.account, now=clock()), now=clock())
    assert PAVEL.account.account_id not in await office.at("2022-03-14 09:00")


async def test_a_new_version_is_asked_anew_and_until_then_nothing_is_sent(
    core: Core,
    clock: SettableClock,
    office: Office,
    look: Look,
    marina: Member,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await office.load(an_item(1, "10.03.2022"))
    await put(core, clock, 1, "told:1")
    monkeypatch.setattr(people_rows, "VERSION", "2027-01")
    assert await office.at("2022-03-09 13:00") == {}
    assert look.outbox() == [("told:1:withdrawn:1", "withdrawn")]
    restarted = People(core.database, core.project)
    assert not (await restarted.member(marina.account, now=clock())).has_agreed


async def test_that_somebody_without_consent_blocked_the_bot_is_nobodys_news(
    core: Core, clock: SettableClock, look: Look, pavel: Member
) -> None:
    await core.people.blocked(PAVEL.account, now=clock())
    assert look.rows("SELECT blocked_at IS NULL FROM account ORDER BY id") == [(1,), (0,)]
    assert look.count("outbox") == 0
