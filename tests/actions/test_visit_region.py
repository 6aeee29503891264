"""What the region sees of visits: every number counted again by hand, and nobody sees further than they may."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.core import Core
from domain.access import Right, may
from domain.contact import Contact
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.visit_count import CountLine, VisitCount
from domain.visit_form import Change
from storage import registry as registry_rows
from tests.actions.toured import FEW, INNA, LOW, NATALYA, SVETLANA, TEYKOVO, TODAY, Tour, a_tour, travelled
from tests.people import OLGA, Look, SettableClock, enrolled


@pytest.fixture
async def tour(core: Core, clock: SettableClock, marina: Member) -> Tour:
    clock.set(TODAY)
    made = await a_tour(core, clock)
    await travelled(made)
    return made


async def test_the_region_is_counted_in_all_by_municipality_and_by_curator(tour: Tour, marina: Member) -> None:
    found = await tour.core.visit_region.look(by=marina, now=tour.clock())
    assert (found.year, found.places) == (2022, ())
    assert found.total == VisitCount(12, 7, 6, 2, 4, 1, 1.0)
    assert (found.total.ahead, found.total.waiting, found.total.returned, found.total.percent) == (2, 2, 1, 58)
    assert found.municipalities == (
        CountLine(TEYKOVO, VisitCount(4, 2, 2, 1, 1, 0, 1.5)),
        CountLine("Южский район", VisitCount(8, 5, 4, 1, 3, 1, 0.8)),
    )
    assert found.curators == (
        CountLine(INNA.name, VisitCount(3, 1, 1, 1, 0, 0, 0)),
        CountLine(NATALYA.name, VisitCount(5, 3, 3, 1, 2, 0, 1.0)),
        CountLine(SVETLANA.name, VisitCount(4, 3, 2, 0, 2, 1, 4 / 3)),
    )


async def test_a_municipal_coordinator_sees_their_own_part(tour: Tour) -> None:
    region, now = tour.core.visit_region, tour.clock()
    found = await region.look(by=tour.mira, now=now)
    assert (found.places, found.total) == ((TEYKOVO,), VisitCount(4, 2, 2, 1, 1, 0, 1.5))
    assert found.municipalities == (CountLine(TEYKOVO, found.total),)
    assert found.curators == (
        CountLine(INNA.name, VisitCount(3, 1, 1, 1, 0, 0, 0)),
        CountLine(SVETLANA.name, VisitCount(1, 1, 1, 0, 1, 0, 3)),
    )
    (late,) = await region.overdue(by=tour.mira, now=now)
    assert (late.one.school.name, late.days) == ("Школа № 7", 19)
    (row,) = await region.matrix(by=tour.mira, now=now)
    assert [(one.school.name, one.change) for one in row.schools] == [("Школа № 6", Change(1, 1)), ("Школа № 7", None)]
    made = await region.export(by=tour.mira, now=now)
    assert {row[1] for row in sheet(made.content, "Визиты")} == {TEYKOVO}


async def test_an_organiser_sees_everything(tour: Tour, marina: Member) -> None:
    async with tour.core.database.transaction() as tx:
        await registry_rows.add_organisation(tx, "university", "Университет")
    organiser = await enrolled(tour.core, OLGA, Duty(Role.ORGANISER, organisation="university"), now=tour.clock())
    whole = await tour.core.visit_region.look(by=marina, now=tour.clock())
    assert await tour.core.visit_region.look(by=organiser, now=tour.clock()) == whole


async def test_curators_and_schools_are_refused(tour: Tour, look: Look) -> None:
    duty = Duty(Role.SCHOOL, tour.schools[0], responsible=True)
    anna = await enrolled(tour.core, OLGA, duty, now=tour.clock())
    region, now, before = tour.core.visit_region, tour.clock(), look.count("audit")
    for who in (tour.natalya, anna):
        assert not may(who, Right.SEE_REGION)
        for asked in (region.look, region.matrix, region.overdue, region.export):
            with pytest.raises(Refusal, match=r"access\.refused"):
                await asked(by=who, now=now)
    assert look.count("audit") == before


async def test_what_is_not_told_of_names_whom_it_rests_with(tour: Tour, marina: Member) -> None:
    inna, natalya = tour.inna.person_id, tour.natalya.person_id
    assert inna is not None
    assert natalya is not None
    days = date(2022, 4, 19), date(2022, 4, 26)
    await tour.core.leaves.arrange(inna, *days, natalya, by=marina, now=tour.clock())
    late = await tour.core.visit_region.overdue(by=marina, now=tour.clock())
    assert [(one.one.school.name, one.one.visit.day, one.days) for one in late] == [
        ("Школа № 7", date(2022, 4, 1), 19),
        ("Школа № 3", date(2022, 4, 18), 2),
    ]
    assert [one.rests for one in late] == [(Contact(NATALYA.name, "", INNA.name),), (Contact(NATALYA.name),)]


async def test_a_school_that_lost_its_curator_has_nobody(tour: Tour, marina: Member) -> None:
    assert tour.natalya.person_id is not None
    async with tour.core.database.transaction() as tx:
        await registry_rows.remove_person(tx, tour.natalya.person_id, tour.clock())
    late = await tour.core.visit_region.overdue(by=marina, now=tour.clock())
    assert [one.rests for one in late] == [(Contact(INNA.name),), ()]
    found = await tour.core.visit_region.look(by=marina, now=tour.clock())
    assert found.curators[-1] == CountLine("", VisitCount(5, 3, 3, 1, 2, 0, 1.0))


async def test_risks_tell_what_changed_since_the_visit_before(tour: Tour, marina: Member) -> None:
    low, few = await tour.core.visit_region.matrix(by=marina, now=tour.clock())
    assert (low.risk.name, few.risk.name) == (LOW, FEW)
    assert (low.better, low.same, low.worse, low.first, low.untold) == (1, 1, 1, 1, 3)
    assert [(one.school.name[-1], one.change) for one in low.schools] == [
        ("4", Change(2, 4)),
        ("6", Change(1, 1)),
        ("1", Change(3, 2)),
        ("2", Change(3)),
        *(("3", None), ("5", None), ("7", None)),
    ]
    assert [(one.school.name[-1], one.change) for one in few.schools] == [("2", Change(1))]


def sheet(content: bytes, name: str) -> list[tuple[Any, ...]]:
    """The rows under the heading, as text where there are days."""
    rows = load_workbook(BytesIO(content))[name].iter_rows(min_row=2, values_only=True)
    return [tuple(f"{one:%d.%m}" if hasattr(one, "strftime") else one for one in row) for row in rows]


async def test_the_workbook_says_the_same(tour: Tour, marina: Member, look: Look) -> None:
    made = await tour.core.visit_region.export(by=marina, now=tour.clock())
    assert (made.visits, made.day) == (12, date(2022, 4, 20))
    assert look.rows("SELECT deed, about FROM audit ORDER BY id DESC LIMIT 1") == [
        ("visits-exported", '{"count": 12}'),
    ]
    rows = sheet(made.content, "Визиты")
    assert rows[4] == (
        *(5, "Южский район", "Школа № 1", NATALYA.name, 1, "14.03", None),
        *("отчёт принят", "14.03", "14.03", "15.03", 2, 0),
    )
    assert rows[5][-3:] == ("13.04", 0, 1)
    assert [(row[2], row[5], row[6], row[7]) for row in rows[:4]] == [
        ("Школа № 6", "17.03", None, "отчёт принят"),
        ("Школа № 6", "18.04", None, "отчёт на проверке"),
        ("Школа № 7", "01.04", None, "без отчёта"),
        ("Школа № 8", "20.04", "12.04", "сегодня"),
    ]
    assert sheet(made.content, "По кураторам") == [
        (INNA.name, 3, 1, 1, 1, 0),
        (NATALYA.name, 5, 3, 3, 1, 2),
        (SVETLANA.name, 4, 3, 2, 0, 2),
        (None,) * 6,
        ("Всего", 12, 7, 6, 2, 4),
    ]
    assert [row[:4] for row in sheet(made.content, "Риски")[:3]] == [
        (TEYKOVO, "Школа № 6", "работа не начата =", None),
        (TEYKOVO, "Школа № 7", None, None),
        ("Южский район", "Школа № 1", "работа идёт ↑", None),
    ]


async def test_there_is_no_workbook_of_nothing(core: Core, marina: Member, clock: SettableClock, look: Look) -> None:
    before = look.count("audit")
    with pytest.raises(Refusal, match=r"visit_region\.no-file"):
        await core.visit_region.export(by=marina, now=clock())
    assert look.count("audit") == before
