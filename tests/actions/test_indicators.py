"""The dashboard, who has done an item, a school's result; what the notices and the cards say of the numbers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from actions.indicator import Board, Doer
from bot.core import Core
from domain.board import Stand, by_stand
from domain.completion import Step
from domain.contact import Contact
from domain.debtor import Debtor
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import OwedBy
from domain.school_result import LineState
from storage import completion as completion_rows
from storage import registry as registry_rows
from tests.actions.indicated import GALINA, NINA, VERA, Region
from tests.people import OLGA, STRANGER, SettableClock, registered


@pytest.fixture
async def region(core: Core, clock: SettableClock, marina: Member) -> Region:
    made = Region(core, clock, marina)
    await made.found()
    return made


def numbers(board: Board, *items: int) -> dict[int, tuple[int, int]]:
    return {
        row.kept.item.number: (row.indicator.count.done, row.indicator.count.of)
        for row in board.rows
        if row.kept.item.number in items
    }


def stands(board: Board) -> dict[Stand, list[int]]:
    return {stand: [row.kept.item.number for row in rows] for stand, rows in by_stand(board.rows)}


def late(board: Board) -> dict[str, list[int]]:
    return {one.name: [row.kept.item.number for row in one.rows] for one in board.late}


def names(doers: Iterable[Doer]) -> list[str]:
    return [one.name for one in doers]


# --- The dashboard ---------------------------------------------------------------------------------------------------


async def test_every_item_of_the_year_stands_somewhere(region: Region) -> None:
    assert stands(await region.board()) == {
        Stand.FAILED: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 23],
        Stand.RUNNING: [15, 19, 20, 24, 31],
        Stand.COMING: [16, 18, 21, 25, 26, 27, 28, 29, 30, 32, 33, 34],
        Stand.UNPLANNED: [17, 22],
    }


async def test_past_its_end_an_item_without_a_target_is_no_longer_running(region: Region) -> None:
    for moment, stand in (("2022-06-13 12:00", Stand.RUNNING), ("2022-06-14 12:00", Stand.OVERDUE)):
        region.clock.set(moment)
        assert 26 in stands(await region.board())[stand]
    await region.told(26, 3, 3)
    assert 26 in stands(await region.board())[Stand.DONE]


async def test_what_is_accepted_moves_an_item_and_takes_who_did_it_off_the_late(region: Region) -> None:
    await region.accepted(10, region.first, region.second)
    board = await region.board()
    assert numbers(board, 10) == {10: (2, 3)}
    assert late(board)["Школа № 3"] == [10]
    assert "Школа № 1" not in late(board)
    await region.accepted(10, region.north)
    assert 10 in stands(await region.board())[Stand.DONE]


async def test_whoever_waits_for_a_reviewer_is_not_late(region: Region) -> None:
    await region.accepted(10, region.first, until=Step.SENT)
    board = await region.board()
    assert numbers(board, 10) == {10: (0, 3)}
    assert {name for name in late(board) if name.startswith("Школа")} == {"Школа № 2", "Школа № 3"}


async def test_executors_are_late_under_their_own_names(region: Region) -> None:
    found = late(await region.board())
    assert found["Региональный координатор"] == [1, 3, 4, 6, 7, 8, 9, 11]
    assert found["ГАУ ДПО ИО «Университет непрерывного образования и инноваций»"] == [5, 6, 14]
    assert next(iter(found)) == "Региональный координатор"


async def test_what_the_coordinator_closed_is_done_and_nobody_is_late(region: Region) -> None:
    await region.core.roadmaps.close(10, "", by=region.marina, now=region.clock())
    board = await region.board()
    assert 10 in stands(board)[Stand.DONE]
    assert not any(10 in items for items in late(board).values())


async def test_a_municipal_coordinator_sees_their_own_schools_and_nothing_of_others(region: Region) -> None:
    galina = await region.comes(GALINA, Duty(Role.MUNICIPAL, municipality_id=region.south))
    await registered(region.core, "Куратор юга", Duty(Role.CURATOR, school_id=region.second), now=region.clock())
    await registered(region.core, "Куратор севера", Duty(Role.CURATOR, school_id=region.north), now=region.clock())
    await region.accepted(10, region.second, region.north)
    region.clock.set("2022-03-28 12:00")
    board = await region.board(galina)
    assert board.places == ("Южный район",)
    assert [row.kept.item.number for row in board.rows] == [10, 12, 13, 16, 17, 20, 22, 24, 26, 30, 31, 34]
    assert numbers(board, 10, 12, 20, 24) == {10: (1, 2), 12: (0, 1), 20: (0, 2), 24: (0, 1)}
    assert late(board) == {"Школа № 1": [10, 16, 20], "Школа № 2": [16, 20], "Куратор юга": [12, 13]}


async def test_a_told_number_is_of_the_whole_region_and_a_municipality_s_is_who_confirmed(region: Region) -> None:
    galina = await region.comes(GALINA, Duty(Role.MUNICIPAL, municipality_id=region.south))
    for school in (region.first, region.second, region.north):
        for place in range(4):
            duty = Duty(Role.SCHOOL, school_id=school)
            await registered(region.core, f"Учитель {school}-{place}", duty, now=region.clock())
    await region.accepted(16, region.first)
    assert numbers(await region.board(), 16) == {16: (4, 12)}
    await region.told(16, 9, 10)
    assert numbers(await region.board(), 16) == {16: (9, 10)}
    assert numbers(await region.board(galina), 16) == {16: (4, 8)}


async def test_an_organiser_sees_the_region(region: Region) -> None:
    async with region.core.database.transaction() as tx:
        await registry_rows.add_organisation(tx, "university", "Университет")
    nina = await region.comes(NINA, Duty(Role.ORGANISER, organisation="university"))
    assert len((await region.board(nina)).rows) == 34


@pytest.mark.parametrize("role", [Role.SCHOOL, Role.CURATOR])
async def test_the_dashboard_is_not_for_schools_and_curators(region: Region, role: Role) -> None:
    olga = await region.comes(OLGA, Duty(role, school_id=region.first))
    for by in (olga, STRANGER):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await region.board(by)


async def test_when_the_year_is_over_its_result_is_still_shown(region: Region) -> None:
    region.clock.set("2023-02-01 12:00")
    assert len((await region.board()).rows) == 34


async def test_a_school_that_left_takes_what_it_did_with_it(region: Region) -> None:
    await region.accepted(20, region.first, region.north)
    await region.core.registries.school_left(region.north, by=region.marina, now=region.clock())
    assert numbers(await region.board(), 20) == {20: (1, 2)}


# --- Who has done an item --------------------------------------------------------------------------------------------


async def test_who_is_missing_is_named_with_whom_to_phone(region: Region) -> None:
    await region.comes(OLGA, Duty(Role.SCHOOL, school_id=region.first, responsible=True))
    await registered(region.core, "Учитель", Duty(Role.SCHOOL, school_id=region.first), now=region.clock())
    await region.accepted(20, region.second)
    await region.accepted(20, region.north, until=Step.SENT)
    found = await region.core.indicators.of_item(20, by=region.marina, now=region.clock())
    assert found.missing == (Doer("Школа № 1", (Contact("Ольга Лебедева"),)),)
    assert (names(found.waiting), names(found.done)) == (["Школа № 3"], ["Школа № 2"])


async def test_during_a_leave_the_deputy_is_phoned(region: Region) -> None:
    olga = await region.comes(OLGA, Duty(Role.SCHOOL, school_id=region.first, responsible=True))
    vera = await region.comes(VERA, Duty(Role.SCHOOL, school_id=region.first))
    assert olga.person_id is not None
    assert vera.person_id is not None
    today = region.clock().date()
    await region.core.leaves.arrange(olga.person_id, today, today, vera.person_id, by=region.marina, now=region.clock())
    found = await region.core.indicators.of_item(20, by=region.marina, now=region.clock())
    assert found.missing[0].contacts == (Contact("Вера Кузнецова", "", "Ольга Лебедева"),)


async def test_without_a_responsible_one_the_team_is_phoned(region: Region) -> None:
    for name in ("Анна", "Борис"):
        await registered(region.core, name, Duty(Role.SCHOOL, school_id=region.first), now=region.clock())
    found = await region.core.indicators.of_item(20, by=region.marina, now=region.clock())
    assert [one.name for one in found.missing[0].contacts] == ["Анна", "Борис"]


async def test_a_municipality_s_coordinator_is_phoned_about_its_event(region: Region) -> None:
    await region.comes(GALINA, Duty(Role.MUNICIPAL, municipality_id=region.south))
    found = await region.core.indicators.of_item(24, by=region.marina, now=region.clock())
    assert found.missing == (Doer("Северный район"), Doer("Южный район", (Contact("Галина Юрьева"),)))
    await region.held(24, date(2022, 3, 1), place=region.south)
    found = await region.core.indicators.of_item(24, by=region.marina, now=region.clock())
    assert (names(found.missing), names(found.done)) == (["Северный район"], ["Южный район"])


async def test_executors_are_named_with_the_people_of_organisations_for_who_sees_everything(region: Region) -> None:
    async with region.core.database.transaction() as tx:
        await registry_rows.add_organisation(tx, "university", "Университет")
    await region.comes(NINA, Duty(Role.ORGANISER, organisation="university"))
    galina = await region.comes(GALINA, Duty(Role.MUNICIPAL, municipality_id=region.south))
    whole = await region.core.indicators.of_item(15, by=region.marina, now=region.clock())
    part = await region.core.indicators.of_item(15, by=galina, now=region.clock())
    title = "ГАУ ДПО ИО «Университет непрерывного образования и инноваций»"
    assert whole.missing == (Doer(title, (Contact("Нина Орлова"),)),)
    assert part.missing == (Doer(title),)


async def test_everybody_sees_as_far_as_their_right_reaches(region: Region) -> None:
    galina = await region.comes(GALINA, Duty(Role.MUNICIPAL, municipality_id=region.south))
    vera = await region.comes(
        VERA, Duty(Role.CURATOR, school_id=region.first), Duty(Role.CURATOR, school_id=region.north)
    )
    olga = await region.comes(OLGA, Duty(Role.SCHOOL, school_id=region.second))

    async def missing(by: Member, item: int) -> list[str]:
        return names((await region.core.indicators.of_item(item, by=by, now=region.clock())).missing)

    assert await missing(galina, 20) == ["Школа № 1", "Школа № 2"]
    assert await missing(vera, 20) == ["Школа № 1", "Школа № 3"]
    assert await missing(olga, 20) == ["Школа № 2"]
    assert (await missing(galina, 12), await missing(vera, 12), await missing(olga, 12)) == (
        ["Вера Кузнецова"], ["Вера Кузнецова"], [],
    )  # fmt: skip
    assert (await missing(galina, 24), await missing(vera, 24), await missing(olga, 24)) == (["Южный район"], [], [])
    with pytest.raises(Refusal, match=r"access\.refused"):
        await missing(STRANGER, 20)


async def test_an_unknown_item_is_refused(region: Region) -> None:
    with pytest.raises(Refusal, match=r"roadmap\.unknown-item"):
        await region.core.indicators.of_item(999, by=region.marina, now=region.clock())


async def test_exempt_ones_are_neither_missing_nor_counted(region: Region) -> None:
    async with region.core.database.transaction() as tx:
        debtor = Debtor(OwedBy.SCHOOL, region.first)
        await completion_rows.exempt(tx, 20, debtor, "нет рисков", 1, region.clock())
    found = await region.core.indicators.of_item(20, by=region.marina, now=region.clock())
    assert (found.row.indicator.count.of, names(found.missing)) == (2, ["Школа № 2", "Школа № 3"])


# --- A school beside the region --------------------------------------------------------------------------------------


async def test_a_school_sees_itself_beside_an_average_without_names(region: Region) -> None:
    olga = await region.comes(OLGA, Duty(Role.SCHOOL, school_id=region.first))
    await region.accepted(10, region.first, region.second)
    await region.accepted(17, region.second)
    await region.accepted(20, region.first, until=Step.SENT)
    found = await region.core.indicators.school(region.first, by=olga, now=region.clock())
    assert [(line.row.kept.item.number, line.state, line.percent) for line in found.lines[:4]] == [
        (10, LineState.DONE, 66),
        (16, LineState.OPEN, 0),
        (17, LineState.OPEN, 33),
        (20, LineState.REVIEW, 0),
    ]
    assert (found.name, found.done, len(found.lines), found.percent, found.average) == ("Школа № 1", 1, 9, 11, 11)


async def test_a_school_is_late_after_the_last_day_and_what_is_closed_is_done_by_all(region: Region) -> None:
    async def state(item: int) -> tuple[LineState, int]:
        found = await region.core.indicators.school(region.first, by=region.marina, now=region.clock())
        return next((line.state, line.percent) for line in found.lines if line.row.kept.item.number == item)

    region.clock.set("2022-03-20 12:00")
    assert await state(20) == (LineState.OPEN, 0)
    region.clock.set("2022-03-21 12:00")
    assert await state(20) == (LineState.LATE, 0)
    await region.core.roadmaps.close(20, "", by=region.marina, now=region.clock())
    assert await state(20) == (LineState.DONE, 100)


async def test_what_does_not_apply_to_a_school_is_not_in_its_result(region: Region) -> None:
    async with region.core.database.transaction() as tx:
        await completion_rows.exempt(tx, 20, Debtor(OwedBy.SCHOOL, region.first), "нет рисков", 1, region.clock())
    found = await region.core.indicators.school(region.first, by=region.marina, now=region.clock())
    assert 20 not in [line.row.kept.item.number for line in found.lines]


async def test_another_school_s_result_is_not_for_a_school(region: Region) -> None:
    olga = await region.comes(OLGA, Duty(Role.SCHOOL, school_id=region.first))
    for by, school in ((olga, region.second), (olga, 999), (STRANGER, region.first)):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await region.core.indicators.school(school, by=by, now=region.clock())
    with pytest.raises(Refusal, match=r"school\.gone"):
        await region.core.indicators.school(999, by=region.marina, now=region.clock())


# --- Cards -----------------------------------------------------------------------------------------------------------


async def test_a_card_holds_the_number_of_the_moment(region: Region) -> None:
    olga = await region.comes(OLGA, Duty(Role.SCHOOL, school_id=region.first))
    await region.accepted(20, region.first)

    async def card(by: Member) -> Any:
        return await region.core.roadmaps.card(20, by=by, now=region.clock())

    assert (await card(region.marina)).number.count.done == 1
    assert ((await card(region.marina)).tells_who, (await card(olga)).tells_who) == (True, False)
    await region.accepted(20, region.second)
    assert (await card(olga)).number.count.done == 2
