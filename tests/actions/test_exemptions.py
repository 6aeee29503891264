"""«Не применимо»: to whom an item does not apply, who hears of it, and what it changes."""

from typing import Any

import pytest

from domain.people import Member
from domain.refusal import Refusal
from tests.actions.office import Office
from tests.actions.reviewed import KIRA, Region, a_region
from tests.people import MARINA, OLGA, STRANGER, Look

ROWS = "SELECT item_id, party, debtor_id, reason, made_by FROM exemption ORDER BY id"
DEEDS = "SELECT deed, about FROM audit WHERE deed IN ('exempted', 'exemption-lifted') ORDER BY id"
REASON = "Школа на капитальном ремонте"
NOTHING = "Делать и подтверждать ничего не нужно."


@pytest.fixture
async def region(office: Office, marina: Member) -> Region:
    return await a_region(office.core, office.clock, marina)


async def exempts(region: Region, item: int = 1, debtor: int = 1, reason: str = REASON, **more: Any) -> list[str]:
    """Marina says so; the names of those to whom the item does not apply then."""
    by = more.get("by", region.marina)
    found = await region.core.exemptions.exempt(item, debtor, reason, by=by, now=region.clock())
    return [one.name for one in found.exempt]


async def applies(region: Region, item: int = 1, debtor: int = 1) -> list[str]:
    found = await region.core.exemptions.apply(item, debtor, by=region.marina, now=region.clock())
    return [one.name for one in found.exempt]


async def total(region: Region, item: int = 1) -> int:
    found = await region.core.indicators.of_item(item, by=region.marina, now=region.clock())
    return found.row.indicator.count.of


async def tasks(region: Region, who: Member) -> list[int]:
    return [task.kept.id for task in (await region.core.tasks.mine(by=who, now=region.clock())).tasks]


async def test_it_is_kept_with_its_reason_and_leaves_the_denominator(region: Region, look: Look) -> None:
    assert await total(region) == 2
    assert await exempts(region) == ["Школа № 7"]
    assert look.rows(ROWS) == [(1, "school", 1, REASON, region.marina.person_id)]
    assert look.rows(DEEDS) == [("exempted", '{"item": 1, "school": 1}')]
    assert await total(region) == 1
    assert await applies(region) == []
    assert (look.rows(ROWS), await total(region)) == ([], 2)
    assert [deed for deed, _ in look.rows(DEEDS)] == ["exempted", "exemption-lifted"]


async def test_said_twice_is_said_once_and_the_first_reason_stays(region: Region, look: Look) -> None:
    await exempts(region)
    assert await exempts(region, reason="Другая причина") == ["Школа № 7"]
    assert [row[3] for row in look.rows(ROWS)] == [REASON]
    await applies(region)
    await applies(region)
    assert len(look.rows(DEEDS)) == 2


async def test_whoever_is_asked_first_is_told_once_and_reminded_no_more(region: Region, office: Office) -> None:
    await exempts(region)
    said = await office.at("2022-03-09 12:01")
    olga = OLGA.account.account_id
    assert (list(said), said[olga]) == (
        [MARINA.account.account_id, olga],
        [
            f"<b>п. 1</b> Мероприятие 1\nК Вашей школе (Школа № 7) не относится: {REASON}\n{NOTHING}",
        ],
    )
    assert 1 not in await tasks(region, region.olga)
    assert 1 not in await tasks(region, region.tatyana)
    assert 1 in await tasks(region, region.boris)
    (text,) = (await office.at("2022-03-17 09:00"))[olga]
    assert ("п. 1 " in text, "п. 2 " in text) == (False, True)
    await applies(region)
    said = await office.at("2022-03-17 12:01")
    assert said[olga] == [
        "<b>п. 1</b> Мероприятие 1\n⏳ К Вашей школе (Школа № 7) снова относится: посмотрите срок и что нужно сделать."
    ]
    assert 1 in await tasks(region, region.olga)


async def test_who_had_not_heard_yet_hears_nothing(region: Region, office: Office) -> None:
    region.clock.set("2022-03-09 22:00")
    await exempts(region)
    await applies(region)
    assert OLGA.account.account_id not in await office.at("2022-03-10 08:30")


async def test_what_waits_for_its_review_waits_no_more_and_comes_back(region: Region) -> None:
    document = await region.sends(1, region.olga)
    await exempts(region)
    assert await region.waits_for(region.darya) == []
    await applies(region)
    assert await region.waits_for(region.darya) == [document]


async def test_of_curators_the_curator_hears(region: Region, office: Office) -> None:
    assert await exempts(region, 5, region.kira.person_id or 0) == [KIRA.name]
    said = await office.at("2022-03-09 12:01")
    assert list(said) == [MARINA.account.account_id, KIRA.account.account_id]  # Marina gets her digest
    assert f"К куратору ({KIRA.name}) не относится" in said[KIRA.account.account_id][0]


@pytest.mark.parametrize(
    ("item", "debtor", "reason", "why"),
    [
        (1, 1, "", "exemption.no-reason"),
        (1, 999, REASON, "exemption.gone"),
        (3, 1, REASON, "exemption.executors"),
        (999, 1, REASON, "roadmap.unknown-item"),
    ],
)
async def test_what_cannot_be_is_refused(
    region: Region, look: Look, item: int, debtor: int, reason: str, why: str
) -> None:
    with pytest.raises(Refusal) as caught:
        await exempts(region, item, debtor, reason)
    assert (caught.value.reason, look.rows(ROWS)) == (why, [])


async def test_nobody_but_coordinators_may(region: Region, look: Look) -> None:
    for other in (STRANGER, region.darya, region.mira, region.kira, region.olga):
        for attempt in (
            region.core.exemptions.of_item(1, by=other),
            region.core.exemptions.exempt(1, 1, REASON, by=other, now=region.clock()),
            region.core.exemptions.apply(1, 1, by=other, now=region.clock()),
        ):
            with pytest.raises(Refusal, match=r"access\.refused"):
                await attempt
    assert look.rows(ROWS) == []
