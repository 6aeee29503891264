"""The list of risks and the profiles of schools."""

from collections.abc import Awaitable, Callable

import pytest

from bot.core import Core
from domain.document import DocumentKind, Slot
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.risk_factor import RISK_LIMIT, RiskFactor
from tests.people import IGOR, OLGA, PAVEL, SCHOOL, STRANGER, Look, SettableClock, a_school, enrolled

DEEDS = "SELECT deed, about FROM audit WHERE deed LIKE 'risk-%' ORDER BY id"


@pytest.fixture
async def seven(core: Core) -> int:
    return await a_school(core)


@pytest.fixture
async def curator(core: Core, clock: SettableClock, seven: int) -> Member:
    return await enrolled(core, PAVEL, Duty(Role.CURATOR, seven), now=clock())


async def programmes(core: Core, school: int, by: Member) -> list[tuple[str, bool]]:
    """The programmes of a school's checklist, each with whether its risk is the school's."""
    sheet = await core.documents.sheet(school, by=by)
    return [(one.risk, one.is_own) for one in sheet.lines if one.kind is DocumentKind.ANTIRISK]


async def test_a_new_project_begins_with_the_ten_of_the_field(core: Core, marina: Member, look: Look) -> None:
    listed = await core.risk_factors.every(by=marina)
    assert [one.name for one in listed] == [
        "Низкий уровень оснащения школы",
        "Дефицит педагогических кадров",
        "Недостаточная предметная и методическая компетентность педагогических работников",
        "Высокая доля обучающихся с ОВЗ",
        "Низкое качество преодоления языковых и культурных барьеров",
        "Низкая учебная мотивация обучающихся",
        "Пониженный уровень школьного благополучия",
        "Низкий уровень дисциплины в классе",
        "Высокая доля обучающихся с рисками учебной неуспешности",
        "Низкий уровень вовлечённости родителей",
    ]
    await core.risk_factors.every(by=marina)
    assert (look.count("risk_factor"), look.rows(DEEDS)) == (10, [])


async def test_a_list_that_was_emptied_stays_empty(core: Core, clock: SettableClock, marina: Member) -> None:
    for one in await core.risk_factors.every(by=marina):
        await core.risk_factors.end(one.id, by=marina, now=clock())
    assert await core.risk_factors.every(by=marina) == []


async def test_the_list_is_kept_by_the_coordinator(
    core: Core, clock: SettableClock, marina: Member, look: Look
) -> None:
    made = await core.risk_factors.add("  Далеко до <школы> ", by=marina, now=clock())
    await core.risk_factors.rename(made, "Далеко ехать", by=marina, now=clock())
    await core.risk_factors.rename(made, "Далеко ехать", by=marina, now=clock())
    assert await core.risk_factors.one(made, by=marina) == RiskFactor(11, "Далеко ехать")
    assert (await core.risk_factors.end(made, by=marina, now=clock())).name == "Далеко ехать"
    assert len(await core.risk_factors.every(by=marina)) == 10
    assert look.rows(DEEDS) == [
        ("risk-added", '{"risk": 11}'),
        ("risk-renamed", '{"risk": 11}'),
        ("risk-ended", '{"risk": 11}'),
    ]
    with pytest.raises(Refusal, match=r"risk_factor\.gone"):
        await core.risk_factors.one(made, by=marina)
    with pytest.raises(Refusal, match=r"risk_factor\.gone"):
        await core.risk_factors.end(made, by=marina, now=clock())
    assert await core.risk_factors.add("далеко  ехать", by=marina, now=clock()) == 11
    assert (await core.risk_factors.one(11, by=marina)).name == "далеко ехать"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("—", "registry.no-name"),
        ("р" * (RISK_LIMIT + 1), "registry.long-name"),
        ("дефицит  педагогических КАДРОВ", "risk_factor.known"),
    ],
)
async def test_what_cannot_be_a_risk_is_refused(
    core: Core, clock: SettableClock, marina: Member, look: Look, name: str, reason: str
) -> None:
    with pytest.raises(Refusal) as added:
        await core.risk_factors.add(name, by=marina, now=clock())
    with pytest.raises(Refusal) as renamed:
        await core.risk_factors.rename(1, name, by=marina, now=clock())
    assert (added.value.reason, renamed.value.reason, look.rows(DEEDS)) == (reason, reason, [])


async def test_letters_of_another_case_are_no_other_risk(core: Core, clock: SettableClock, marina: Member) -> None:
    await core.risk_factors.every(by=marina)
    await core.risk_factors.rename(2, "ДЕФИЦИТ педагогических кадров", by=marina, now=clock())
    assert (await core.risk_factors.one(2, by=marina)).name == "ДЕФИЦИТ педагогических кадров"


# --- A school's profile -----------------------------------------------------------------------------------------------


async def test_a_curator_ticks_what_the_school_works_on_and_the_school_sees(
    core: Core, clock: SettableClock, seven: int, curator: Member, look: Look
) -> None:
    olga = await enrolled(core, OLGA, Duty(Role.SCHOOL, seven), now=clock())
    for _twice in range(2):
        profile = await core.risk_factors.tick(seven, 2, on=True, by=curator, now=clock())
    assert ([one.id for one in profile.ticked], profile.ticks) == ([2], True)
    seen = await core.risk_factors.profile(seven, by=olga)
    assert ([one.id for one in seen.ticked], seen.ticks) == ([2], False)
    assert await programmes(core, seven, olga) == [("Дефицит педагогических кадров", True)]
    assert look.rows(DEEDS) == [("risk-ticked", f'{{"school": {seven}, "risk": 2}}')]
    with pytest.raises(Refusal, match=r"access\.refused"):
        await core.risk_factors.tick(seven, 3, on=True, by=olga, now=clock())


async def test_nothing_is_lost_when_a_risk_is_taken_from_a_school(
    core: Core, clock: SettableClock, marina: Member, seven: int, curator: Member
) -> None:
    slot = Slot(seven, DocumentKind.ANTIRISK, 2)
    await core.risk_factors.tick(seven, 2, on=True, by=curator, now=clock())
    await core.documents.add_link(slot, "school.ru/a", by=marina, now=clock())
    await core.risk_factors.tick(seven, 2, on=False, by=curator, now=clock())
    assert await programmes(core, seven, marina) == [("Дефицит педагогических кадров", False)]
    assert (await core.documents.card(slot, by=curator)).line.document.link == "https://school.ru/a"
    with pytest.raises(Refusal, match=r"document\.not-own-risk"):
        await core.documents.add_link(slot, "school.ru/b", by=marina, now=clock())
    await core.risk_factors.tick(seven, 2, on=True, by=curator, now=clock())
    card = await core.documents.add_link(slot, "school.ru/b", by=marina, now=clock())
    assert card.line.document.link == "https://school.ru/b"


async def test_a_programme_nobody_wrote_goes_with_its_risk(
    core: Core, clock: SettableClock, marina: Member, seven: int
) -> None:
    await core.risk_factors.tick(seven, 2, on=True, by=marina, now=clock())
    await core.risk_factors.tick(seven, 2, on=False, by=marina, now=clock())
    assert await programmes(core, seven, marina) == []
    with pytest.raises(Refusal, match=r"document\.gone"):
        await core.documents.card(Slot(seven, DocumentKind.ANTIRISK, 2), by=marina)


async def test_a_risk_that_has_ended_stays_where_it_is_ticked(
    core: Core, clock: SettableClock, marina: Member, seven: int
) -> None:
    eight = await a_school(core, "Школа № 8")
    await core.risk_factors.tick(seven, 2, on=True, by=marina, now=clock())
    await core.risk_factors.end(2, by=marina, now=clock())
    assert [one.id for one in (await core.risk_factors.profile(seven, by=marina)).ticked] == [2]
    assert await programmes(core, seven, marina) == [("Дефицит педагогических кадров", True)]
    for school, on in ((eight, True), (eight, False)):
        with pytest.raises(Refusal, match=r"risk_factor\.gone"):
            await core.risk_factors.tick(school, 2, on=on, by=marina, now=clock())
    await core.risk_factors.tick(seven, 2, on=False, by=marina, now=clock())
    with pytest.raises(Refusal, match=r"risk_factor\.gone"):
        await core.risk_factors.tick(seven, 2, on=True, by=marina, now=clock())


@pytest.mark.parametrize("risk", [0, 99, 2**62])
async def test_what_is_in_no_list_is_not_ticked(
    core: Core, clock: SettableClock, marina: Member, seven: int, look: Look, risk: int
) -> None:
    with pytest.raises(Refusal, match=r"risk_factor\.gone"):
        await core.risk_factors.tick(seven, risk, on=True, by=marina, now=clock())
    assert look.count("school_risk") == 0


async def test_other_schools_are_closed(
    core: Core, clock: SettableClock, marina: Member, seven: int, curator: Member
) -> None:
    eight = await a_school(core, "Школа № 8")
    for school in (eight, 999):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await core.risk_factors.profile(school, by=curator)
        with pytest.raises(Refusal, match=r"access\.refused"):
            await core.risk_factors.tick(school, 1, on=True, by=curator, now=clock())
    await core.registries.school_left(seven, by=marina, now=clock())
    with pytest.raises(Refusal, match=r"school\.gone"):
        await core.risk_factors.tick(seven, 1, on=True, by=marina, now=clock())


Use = Callable[[Core, Member, SettableClock], Awaitable[object]]
KEEPING: dict[str, Use] = {
    "every": lambda core, by, clock: core.risk_factors.every(by=by),
    "one": lambda core, by, clock: core.risk_factors.one(1, by=by),
    "add": lambda core, by, clock: core.risk_factors.add("Риск", by=by, now=clock()),
    "rename": lambda core, by, clock: core.risk_factors.rename(1, "Риск", by=by, now=clock()),
    "end": lambda core, by, clock: core.risk_factors.end(1, by=by, now=clock()),
    "tick": lambda core, by, clock: core.risk_factors.tick(1, 1, on=True, by=by, now=clock()),
}


@pytest.mark.parametrize("use", KEEPING.values(), ids=KEEPING)
@pytest.mark.parametrize("by", [SCHOOL, STRANGER], ids=["school", "stranger"])
async def test_schools_and_strangers_keep_no_list(
    core: Core, clock: SettableClock, seven: int, look: Look, use: Use, by: Member
) -> None:
    with pytest.raises(Refusal, match=r"access\.refused"):
        await use(core, by, clock)
    assert look.count("risk_factor") == look.count("school_risk") == 0


async def test_a_municipality_sees_the_profiles_of_its_schools_and_ticks_none(
    core: Core, clock: SettableClock, seven: int
) -> None:
    igor = await enrolled(core, IGOR, Duty(Role.MUNICIPAL, municipality_id=1), now=clock())
    assert (await core.risk_factors.profile(seven, by=igor)).ticks is False
    with pytest.raises(Refusal, match=r"access\.refused"):
        await core.risk_factors.tick(seven, 1, on=True, by=igor, now=clock())
