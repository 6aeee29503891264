"""One's own data: looking, renaming oneself, leaving — and the last coordinator, who cannot yet."""

import pytest

from bot.core import Core
from domain.audit import Deed
from domain.completion import CompletionState, Step
from domain.consent import VERSION, Answer
from domain.debtor import Debtor
from domain.document import DocumentKind, Slot
from domain.evidence import EvidenceKind
from domain.leave import Period
from domain.own_data import HeldDuty, KeptLeave, PersonalData, Traces
from domain.own_reminders import Reminders
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.remark import RemarkKind
from domain.roadmap import OwedBy
from storage import audit as audit_rows
from storage import completion as completion_rows
from storage import document as document_rows
from storage import evidence as evidence_rows
from storage import leave as leave_rows
from storage import own_reminders as reminder_rows
from storage import registry as registry_rows
from storage import remark as remark_rows
from tests.people import IGOR, OLGA, PAVEL, STRANGER, Look, SettableClock, a_school, comes_in, enrolled, ivanovo

LEFT = """⚠️ Ольга Лебедева — выход из проекта по своему решению.
Без этого человека остались:
• команда школы — Школа № 7
• куратор — Школа № 9"""


@pytest.fixture
async def olga(core: Core, clock: SettableClock, marina: Member) -> Member:
    """A director who is also a curator elsewhere."""
    own, other = await a_school(core), await a_school(core, "Школа № 9")
    duties = (Duty(Role.SCHOOL, own, responsible=True), Duty(Role.CURATOR, other))
    return await enrolled(core, OLGA, *duties, now=clock())


async def reason_of(core: Core, clock: SettableClock, by: Member, what: str) -> str:
    with pytest.raises(Refusal) as caught:
        await getattr(core.own_data, what)(by=by, now=clock())
    return caught.value.reason


async def test_everything_that_is_kept_is_shown(
    core: Core, clock: SettableClock, look: Look, marina: Member, olga: Member
) -> None:
    assert (olga.person_id, marina.person_id) == (2, 1)
    async with core.database.transaction() as tx:
        await registry_rows.set_position(tx, 2, "директор")
        await reminder_rows.save(tx, 2, Reminders(hour=8))
        days = Period(clock().date(), clock().date())
        await leave_rows.add(tx, 2, 1, days, clock())
        await leave_rows.add(tx, 1, 2, days, clock())
        await audit_rows.record(tx, clock(), 2, Deed.CAME_IN)
        await audit_rows.record(tx, clock(), 1, Deed.POSITION_CHANGED, person=2)
    day = clock().date()
    assert await core.own_data.look(by=olga, now=clock()) == PersonalData(
        2,
        OLGA.name,
        "директор",
        registered_at=clock(),
        came_at=clock(),
        duties=(
            HeldDuty(Duty(Role.SCHOOL, responsible=True), "Школа № 7", clock()),
            HeldDuty(Duty(Role.CURATOR), "Школа № 9", clock()),
        ),
        accounts=(OLGA.account,),
        consents=(Answer(VERSION, True, clock()),),
        leaves=(KeptLeave(day, day, "Марина Королёва"), KeptLeave(day, day, "Марина Королёва", stands_in=True)),
        reminders=Reminders(hour=8),
        traces=Traces(deeds=1, deeds_about=1),
    )


async def test_what_was_done_of_the_schools_work_is_counted(
    core: Core, clock: SettableClock, marina: Member, olga: Member
) -> None:
    await core.roadmaps.load(ivanovo(), now=clock())
    async with core.database.transaction() as tx:
        draft = await completion_rows.begin(tx, 20, Debtor(OwedBy.SCHOOL, 1), clock())
        await completion_rows.step(tx, draft, Step.SENT, CompletionState.SENT, 1, clock())
        await evidence_rows.add(tx, EvidenceKind.TEXT, 1, clock(), completion_id=draft.id, text="Готово")
        remark = await remark_rows.add(tx, 1, RemarkKind.REMARK, "Нет подписи", 1, clock())
        await remark_rows.answer(tx, remark, "Подписали", 2, clock())
        await document_rows.save(tx, await document_rows.find(tx, Slot(1, DocumentKind.CONCEPT)), 1, clock())
        await completion_rows.exempt(tx, 16, Debtor(OwedBy.SCHOOL, 1), "Ремонт", 1, clock())
    await core.told_numbers.tell(16, "3 из 5", by=marina, now=clock())
    mine = (await core.own_data.look(by=marina, now=clock())).traces
    counted = (mine.confirmations, mine.evidence, mine.documents, mine.remarks, mine.told)
    assert (counted, mine.happenings) == ((1, 1, 1, 1, 2), 0)
    assert (await core.own_data.look(by=olga, now=clock())).traces.remarks == 1


async def test_an_export_is_written_down_and_a_look_is_not(
    core: Core, clock: SettableClock, look: Look, olga: Member
) -> None:
    before = look.count("audit")
    seen = await core.own_data.look(by=olga, now=clock())
    assert look.count("audit") == before
    taken = await core.own_data.export(by=olga, now=clock())
    assert look.rows("SELECT person_id, deed FROM audit ORDER BY id DESC LIMIT 1") == [(2, "data-exported")]
    assert (taken.traces.deeds, taken.name) == (seen.traces.deeds + 1, seen.name)


@pytest.mark.parametrize("has_agreed", [True, False])
async def test_my_name_is_mine_to_change(core: Core, clock: SettableClock, look: Look, has_agreed: bool) -> None:
    igor = await enrolled(core, IGOR, Duty(Role.CURATOR), now=clock(), has_agreed=has_agreed)
    for _ in range(2):
        await core.own_data.rename("  Игорь  <b>Лёвин</b> ", by=igor, now=clock())
    assert look.rows("SELECT name, name_key FROM person WHERE id = ?", igor.person_id) == [
        ("Игорь <b>Лёвин</b>", "игорь <b>левин</b>")
    ]
    assert look.rows("SELECT person_id, about FROM audit WHERE deed = 'person-renamed'") == [(1, '{"person": 1}')]
    with pytest.raises(Refusal, match=r"registry\.no-name"):
        await core.own_data.rename(" — ", by=igor, now=clock())


async def test_who_leaves_is_a_stranger_and_gets_nothing_and_the_history_stays(
    core: Core, clock: SettableClock, look: Look, marina: Member, olga: Member
) -> None:
    await core.own_data.leave(by=olga, now=clock.advance(seconds=1))
    assert (await core.people.member(OLGA.account, now=clock())).is_stranger
    assert look.rows("SELECT name, removed_at IS NULL, erased_at IS NULL FROM person WHERE id = 2") == [
        (OLGA.name, 0, 1)
    ]
    assert look.rows("SELECT role, until IS NULL FROM duty WHERE person_id = 2") == [("school", 0), ("curator", 0)]
    assert look.rows("SELECT count(*) FROM account WHERE person_id = 2") == [(0,)]
    assert look.rows("SELECT person_id, deed, about FROM audit ORDER BY id DESC LIMIT 1") == [(2, "left", "{}")]
    assert look.rows("SELECT person_id, state, text, buttons FROM outbox") == [
        (
            1,
            "planned",
            LEFT,
            '[[["\\u041b\\u044e\\u0434\\u0438 \\u0438 \\u0448\\u043a\\u043e\\u043b\\u044b", "go:people", ""]]]',
        )
    ]


@pytest.mark.parametrize("what", ["leave", "erase"])
async def test_the_last_coordinator_who_can_act_stays(
    core: Core, clock: SettableClock, look: Look, marina: Member, what: str
) -> None:
    await enrolled(core, PAVEL, Duty(Role.COORDINATOR), now=clock(), has_agreed=False)
    before = look.rows("SELECT * FROM person"), look.count("audit")
    assert await reason_of(core, clock, marina, what) == "own_data.last-coordinator"
    assert (look.rows("SELECT * FROM person"), look.count("audit")) == before


@pytest.mark.parametrize("what", ["leave", "erase"])
async def test_one_of_two_coordinators_may_go(core: Core, clock: SettableClock, marina: Member, what: str) -> None:
    pavel = await comes_in(core, PAVEL, clock())
    await getattr(core.own_data, what)(by=marina, now=clock())
    assert (await core.people.member(marina.account, now=clock())).is_stranger
    assert await reason_of(core, clock, pavel, what) == "own_data.last-coordinator"


@pytest.mark.parametrize("what", ["leave", "erase"])
async def test_a_coordinator_who_cannot_act_yet_may_go(
    core: Core, clock: SettableClock, marina: Member, what: str
) -> None:
    pavel = await enrolled(core, PAVEL, Duty(Role.COORDINATOR), now=clock(), has_agreed=False)
    await getattr(core.own_data, what)(by=pavel, now=clock())
    assert (await core.people.member(PAVEL.account, now=clock())).is_stranger


@pytest.mark.parametrize("what", ["look", "export", "leave", "erase"])
async def test_strangers_have_no_data_here(core: Core, clock: SettableClock, olga: Member, what: str) -> None:
    assert await reason_of(core, clock, STRANGER, what) == "access.refused"


@pytest.mark.parametrize("what", ["leave", "erase"])
async def test_twice_is_refused_as_of_a_stranger(core: Core, clock: SettableClock, olga: Member, what: str) -> None:
    await getattr(core.own_data, what)(by=olga, now=clock())
    again = await core.people.member(OLGA.account, now=clock())
    assert await reason_of(core, clock, again, what) == "access.refused"
