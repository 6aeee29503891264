"""Three curators and eight schools from schedule to reviewed reports (issue 7, «Must show»): one visit is moved, one is
missed, one report is returned, one curator is replaced in the middle. Every figure is counted beside the bot."""

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from rehearsal.messages import Message
from rehearsal.person import Person
from tests.people import MOSCOW
from tests.stories import visits_held as held
from tests.stories import visits_planned as planned
from tests.stories.conftest import goes, local, played
from tests.stories.item_20 import looks, names, plain, told
from tests.stories.visits import (
    MUGREEVO,
    NO_37,
    RODNIKI,
    SHEKSHOVO,
    TALITSY,
    TEYKOVO,
    VICHUGA,
    VOSKRESENSK,
    Road,
)

pytestmark = pytest.mark.timeout(400)

MOST = 3900
"""Characters of a message."""
GUEST, HOST = "куратор", "школа"


async def test_eight_schools_are_visited_by_three_curators(tmp_path: Path) -> None:
    async with played("2022-02-09 10:00", tmp_path) as (play, stage):
        road = Road(play, stage)
        await planned.risks_are_ticked(road)
        await planned.days_are_proposed(road)
        await planned.one_schedule_is_returned_and_changed(road)
        await planned.every_head_hears_the_day(road)
        await planned.the_schedule_is_downloaded(road)
        await planned.one_is_moved_by_the_school(road)
        await held.the_day_of_the_first_visit(road)
        await held.a_report_with_photos_voice_and_place(road)
        await held.it_is_accepted_and_reaches_the_school(road)
        await held.one_reports_at_once_one_the_next_morning(road)
        await held.one_report_is_returned_and_sent_again(road)
        await held.one_visit_is_missed(road)
        await held.one_curator_is_replaced_with_half_a_report_written(road)
        await held.the_heir_goes_on_with_the_draft(road)
        await held.the_others_are_visited(road)
        await held.what_was_agreed_on_is_done_in_time(road)
        await held.the_other_reports_are_accepted(road)
        await both_items_are_done(road)
        await the_region_is_what_was_counted(road)
        everybody_was_reminded_once(road)
        nobody_was_disturbed(road)
        whoever_left_heard_nothing(road)
        await strangers_saw_nothing(road)


async def both_items_are_done(road: Road) -> None:
    """By themselves, also of her who took over."""
    curators = set(names(road.natalya, road.svetlana, road.inna))
    assert set(planned.done(road, 12)) == set(planned.done(road, 13)) == curators
    numbers = await looks(road.marina, "Регион", "Показатели", "В числах")
    assert "✅ п. 12 Графики посещения школ кураторами — выполнено: 3 из 3 кураторов" in numbers
    assert "✅ п. 13 Мониторинг первого посещения школ кураторами — выполнено: 3 из 3 кураторов" in numbers


async def the_region_is_what_was_counted(road: Road) -> None:
    marina, elena = road.marina, road.elena
    total = await looks(marina, "Визиты", "По региону")
    assert total.splitlines()[:3] == ["Визиты по региону, 2022 год", "Состоялись 8 из 8 — 100 %", ""]
    assert "Отчёты: приняты 8" in total
    await goes(marina, "По муниципалитетам")
    homes = Counter(road.play.cast.schools.values())
    assert set(told(marina).splitlines()[2:]) == {_line(home, count) for home, count in homes.items()}
    await goes(marina, "По региону", "По кураторам")
    theirs = {road.natalya.name: 3, road.inna.name: 3, road.svetlana.name: 2}
    assert set(told(marina).splitlines()[2:]) == {_line(name, count) for name, count in theirs.items()}
    await goes(marina, "По региону", "Риски", "Дефицит педагогических кадров")
    assert set(told(marina).splitlines()[3:]) == {
        f"• {school} — {level}"
        for school, level in {
            NO_37: "есть план",
            TEYKOVO: "есть план",
            TALITSY: "работа идёт",
            MUGREEVO: "работа не начата",
            VICHUGA: "есть результат",
            SHEKSHOVO: "есть план",
            VOSKRESENSK: "работа идёт",
            RODNIKI: "работа не начата",
        }.items()
    }
    await looks(marina, "Визиты", "По региону", "Скачать в Excel")
    sheet = load_workbook(io.BytesIO(road.file(marina, "Визиты 25.02.2022.xlsx")))["Визиты"]
    head, *rows = sheet.iter_rows(values_only=True)
    places = [head.index(name) for name in ("Школа", "Замечаний и предложений", "Договорённостей")]
    assert {tuple(row[place] for place in places) for row in rows} == {
        (NO_37, 3, 1),
        (TEYKOVO, 1, 0),
        (TALITSY, 0, 0),
        (MUGREEVO, 1, 0),
        (VICHUGA, 0, 1),
        (SHEKSHOVO, 1, 0),
        (VOSKRESENSK, 1, 0),
        (RODNIKI, 2, 0),
    }
    own = await looks(elena, "Визиты", "По региону")
    assert own.splitlines()[:2] == ["Визиты по региону, 2022 год: г. о. Иваново", "Состоялись 1 из 1 — 100 %"]


def _line(name: str, count: int) -> str:
    return f"• {name}: состоялись {count} из {count}, отчёты приняты {count}"


def everybody_was_reminded_once(road: Road) -> None:
    """Three days before, the day before and on the day, moved back off days off; by days of February."""
    natalya, pavel, inna, svetlana = names(road.natalya, road.pavel, road.inna, road.svetlana)
    guests: dict[str, list[tuple[int, str]]] = {
        NO_37: [(11, natalya), (14, natalya), (15, natalya)],
        TEYKOVO: [(11, natalya), (15, natalya), (16, natalya)],
        TALITSY: [(18, natalya), (21, natalya), (22, natalya)],
        MUGREEVO: [(14, pavel), (16, pavel), (17, pavel)],
        VICHUGA: [(21, inna), (22, inna), (24, inna)],
        SHEKSHOVO: [(18, inna), (18, pavel), (21, inna)],
        VOSKRESENSK: [(11, svetlana), (15, svetlana), (16, svetlana)],
        RODNIKI: [(day, svetlana) for day in (14, 16, 17, 18, 21, 22)],
    }
    curators = [road.natalya, road.pavel, road.inna, road.svetlana]
    for school, days in guests.items():
        heard = [(day, who.name) for who in curators for day, line in _visits(road, who) if school in line]
        assert sorted(heard) == days
        head = road.head(school)
        assert [day for day, line in _visits(road, head) if "приедет" in line] == sorted({day for day, _ in days})
    evenings = road.play.look.rows(
        "SELECT s.name, o.key FROM outbox o JOIN visit v ON o.key LIKE 'visit-how:' || v.id || ':%' "
        "JOIN school s ON s.id = v.school_id WHERE o.state = 'sent' ORDER BY o.id"
    )
    assert [(school, int(key.split(":")[2][-2:])) for school, key in evenings] == [
        (NO_37, 15),
        (TEYKOVO, 16),
        (VOSKRESENSK, 16),
        (MUGREEVO, 17),
        (RODNIKI, 17),
        (MUGREEVO, 18),
        (SHEKSHOVO, 21),
        (TALITSY, 22),
        (RODNIKI, 22),
        (VICHUGA, 24),
    ]


def _visits(road: Road, who: Person) -> Iterator[tuple[int, str]]:
    """(day of February, line) of the visits in somebody's mornings."""
    for at, text in road.play.mornings(who.private()):
        yield from (
            (int(at[8:10]), line) for line in text.splitlines() if line.startswith(("📅 Визит ", "📅 Сегодня визит"))
        )


def nobody_was_disturbed(road: Road) -> None:
    """Nothing twice, nothing at night, nothing too long; in the groups neither schools nor people."""
    look, cast = road.play.look, road.play.cast
    by_bot = [one for one in road.play.world.messages() if one.sender.is_bot and one.service is None]
    assert {one.at.astimezone(MOSCOW).hour for one in by_bot} <= set(range(8, 20))
    assert max(len(one.text) for one in by_bot) <= MOST
    assert look.outbox("state NOT IN ('sent', 'withdrawn')") == []
    keys = [key for key, _ in look.outbox()]
    assert len(keys) == len(set(keys))
    said = Counter((one.chat.id, one.at.date(), one.text) for one in _by_itself(by_bot))
    sent_again = (road.marina.id, 1, "📅 График визитов ждёт утверждения\nНаталья Ершова — 3\u00a0визита")
    assert [(chat, times - 1, text) for (chat, _, text), times in said.items() if times > 1] == [sent_again]
    in_groups = "\n".join(plain(one) for group in (cast.project, cast.vector) for one in road.play.said(group))
    assert [one for one in (*cast.schools, *(who.last_name for who in cast.parts)) if one in in_groups] == []


def _by_itself(messages: list[Message]) -> Iterator[Message]:
    """What is told, not shown: files that were asked for are left out."""
    return (one for one in messages if one.media is None)


def whoever_left_heard_nothing(road: Road) -> None:
    """Since the morning of the day on which Inna came in Pavel's place."""
    assert local(road.play.said(road.pavel.private())[-1]) == "2022-02-18 09:00"


async def strangers_saw_nothing(road: Road) -> None:
    """Not even by a button of somebody else's."""
    igor = road.play.cast.stranger
    assert road.play.said(igor.private()) == []
    await igor.starts()
    message = road.play.said(igor.private())[-1]
    for data in (
        "go:visits",
        "visit:1",
        "vrep:1",
        "vfiles:1",
        "vrev:1",
        "agreed:1",
        "vfile:docx",
        "fw:visit:1:0:go-on",
    ):
        answer = await igor.presses_data(message, data)
        assert answer.text.startswith("Подробности доступны участникам проекта.")
    assert road.play.said(igor.private()) == [message]
