"""«Визиты: регион» as people press through it."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from openpyxl import load_workbook

from domain.visit import ReportState
from rehearsal.person import Person
from tests.actions.toured import INNA, MIRA, NATALYA, Tour, a_tour, travelled
from tests.handlers.desk import Desk, enters
from tests.people import Somebody, a_school

REGION, MENU = "По региону", "В меню"
LAST = "⚠️ без отчёта 1, не состоялись 1"
MANY = 60


@pytest.fixture
async def tour(desk: Desk) -> Tour:
    await desk.moves("2022-04-20 12:00")
    return await a_tour(desk.app.core, desk.world.clock)


@pytest.fixture
async def gone(tour: Tour) -> Tour:
    await travelled(tour)
    return tour


async def arrives(desk: Desk, who: Somebody) -> Person:
    person = enters(desk.world, who)
    person.starts()
    await desk.settle()
    return person


async def region(desk: Desk, who: Person) -> str:
    await desk.says(who, "/menu")
    await desk.forges(who, "go:visits")
    await desk.presses(who, REGION)
    return desk.screen(who)


@pytest.mark.usefixtures("gone")
async def test_the_region_is_told_in_words(desk: Desk) -> None:
    assert (await region(desk, desk.marina)).splitlines() == [
        "Визиты по региону, 2022 год",
        "Состоялись 7 из 12 — 58 %",
        "⚠️ Без отчёта: 2",
        "⚠️ Не состоялись: 1",
        "📅 Впереди: 2",
        "",
        "Отчёты: приняты 4, на проверке 2, возвращены 1",
        "Отчёт приходит в среднем через 1\u00a0день.",
    ]
    assert list(desk.said(desk.marina).buttons) == [
        *("По муниципалитетам", "По кураторам", "Без отчёта: 2", "Риски", "Скачать в Excel", "К визитам", MENU),
    ]


@pytest.mark.usefixtures("gone")
async def test_it_is_broken_down_by_municipality_and_by_curator(desk: Desk) -> None:
    await region(desk, desk.marina)
    await desk.presses(desk.marina, "По муниципалитетам")
    assert desk.screen(desk.marina).splitlines() == [
        "Визиты по муниципалитетам, 2022 год",
        "",
        *(f"• г. {one}: визитов нет" for one in ("о. Вичуга", "о. Иваново", "о. Тейково", "Родники")),
        *(f"• {one} район: визитов нет" for one in ("Гаврилово-Посадский", "Лежневский")),
        "• Тейково: состоялись 2 из 4, отчёты приняты 1, на проверке 1, ⚠️ без отчёта 1",
        "• Южский район: состоялись 5 из 8, отчёты приняты 3, на проверке 1, возвращены 1, " + LAST,
    ]
    await desk.presses(desk.marina, REGION)
    await desk.presses(desk.marina, "По кураторам")
    assert desk.screen(desk.marina).splitlines() == [
        "Визиты по кураторам, 2022 год",
        "",
        "• Инна Зимина: состоялись 1 из 3, отчёты на проверке 1, ⚠️ без отчёта 1",
        "• Наталья Ершова: состоялись 3 из 5, отчёты приняты 2, на проверке 1, ⚠️ без отчёта 1",
        "• Светлана Орлова: состоялись 3 из 4, отчёты приняты 2, возвращены 1, не состоялись 1",
    ]
    assert list(desk.said(desk.marina).buttons) == [REGION, MENU]


@pytest.mark.usefixtures("gone")
async def test_what_is_not_told_of_opens(desk: Desk) -> None:
    await region(desk, desk.marina)
    await desk.presses(desk.marina, "Без отчёта: 2")
    assert desk.screen(desk.marina).splitlines() == [
        "Без отчёта: 2",
        "",
        "⚠️ 1 апреля, пт — № 1 · Школа № 7, прошло 19\u00a0дней",
        INNA.name,
        "⚠️ 18 апреля, пн — № 1 · Школа № 3, прошло 2\u00a0дня",
        NATALYA.name,
    ]
    assert list(desk.said(desk.marina).buttons) == ["пт 01.04 · Школа № 7", "пн 18.04 · Школа № 3", REGION, MENU]
    await desk.presses(desk.marina, "пт 01.04 · Школа № 7")
    assert "Школа № 7" in desk.screen(desk.marina)


async def test_risks_are_read_a_page_each(desk: Desk, gone: Tour) -> None:
    await region(desk, desk.marina)
    await desk.presses(desk.marina, "Риски")
    assert desk.screen(desk.marina).splitlines() == [
        "Риски: что изменилось с прошлого визита",
        "",
        "• Низкая учебная мотивация: лучше 1, так же 1, хуже 1, первый раз 1, не смотрели 3",
        "• Дефицит кадров: первый раз 1",
    ]
    await desk.presses(desk.marina, "Низкая учебная мотивация")
    found = desk.screen(desk.marina)
    assert found.splitlines() == [
        "Низкая учебная мотивация",
        "лучше 1, так же 1, хуже 1, первый раз 1, не смотрели 3",
        "",
        "↓ Школа № 4 — есть план (было: есть результат)",
        "= Школа № 6 — работа не начата",
        "↑ Школа № 1 — работа идёт (было: есть план)",
        "• Школа № 2 — работа идёт",
        *(f"• Школа № {one} — ещё не смотрели" for one in (3, 5, 7)),
    ]
    for data in (f"vrisk:{gone.low}:99", f"vrisk:{gone.low}:-7"):
        await desk.forges(desk.marina, data)
        assert desk.screen(desk.marina) == found
    await desk.forges(desk.marina, "vrisk:999999:0")
    assert desk.screen(desk.marina).startswith("Риски: что изменилось")


@pytest.mark.usefixtures("tour")
async def test_before_the_first_visit_it_says_so(desk: Desk) -> None:
    assert (await region(desk, desk.marina)).splitlines() == [
        "Визиты по региону, 2022 год",
        "Утверждённых визитов пока нет.",
    ]
    await desk.presses(desk.marina, "Без отчёта")
    assert desk.screen(desk.marina) == "✅ Обо всех прошедших визитах есть отчёты."
    await desk.presses(desk.marina, REGION)
    told = await desk.presses(desk.marina, "Скачать в Excel")
    assert told.text == "Визитов в этом году пока нет: скачивать нечего."


@pytest.mark.usefixtures("gone")
async def test_of_a_municipality_only_its_own_is_shown(desk: Desk) -> None:
    mira = await arrives(desk, MIRA)
    assert (await region(desk, mira)).splitlines()[:2] == [
        "Визиты по региону, 2022 год: Тейково",
        "Состоялись 2 из 4 — 50 %",
    ]
    for data in ("vregion:municipalities:0", "vregion:curators:0", "vlate:0", "vrisks:0", "vrisk:1:0"):
        await desk.forges(mira, data)
        assert "Южский" not in desk.screen(mira)
        assert NATALYA.name not in desk.screen(mira)
        assert "Школа № 1" not in desk.screen(mira)


@pytest.mark.usefixtures("gone")
@pytest.mark.parametrize(
    "data", ["go:visit-region", "vregion:curators:0", "vlate:0", "vrisks:0", "vrisk:1:0", "vregxlsx"]
)
async def test_a_curator_is_refused(desk: Desk, data: str) -> None:
    natalya = await arrives(desk, NATALYA)
    await desk.says(natalya, "/menu")
    before = desk.screen(natalya)
    told = await desk.forges(natalya, data)
    assert told.text
    assert desk.screen(natalya) == before


def numbers(line: str) -> list[int]:
    """In words: held, planned, reported, overdue, accepted."""
    said = dict.fromkeys(("состоялись", "приняты", "проверке", "отчёта"), 0)
    words = line.replace(",", "").replace("не состоялись", "").split()
    said |= {word: int(number) for word, number in pairwise(words) if word in said}
    planned = int(words[words.index("из") + 1])
    return [planned, said["состоялись"], said["приняты"] + said["проверке"], said["отчёта"], said["приняты"]]


@pytest.mark.usefixtures("gone")
async def test_the_workbook_says_what_the_screens_say(desk: Desk) -> None:
    await region(desk, desk.marina)
    lines: list[list[Any]] = []
    for split in ("municipalities", "curators"):
        await desk.forges(desk.marina, f"vregion:{split}:0")
        said = [one for one in desk.screen(desk.marina).splitlines() if " из " in one]
        lines += [[one[2:].partition(":")[0], *numbers(one)] for one in said]
    await desk.presses(desk.marina, REGION)
    told = await desk.presses(desk.marina, "Скачать в Excel")
    assert told.text == "Файл отправлен."
    sent = desk.said(desk.marina)
    assert sent.text == "Визиты на 20 апреля 2022, ср: 12\u00a0визитов, кураторы, муниципалитеты, риски."
    assert sent.media is not None
    file = desk.world.files.get(sent.media.files[0])
    assert file is not None
    assert file.name == "Визиты 20.04.2022.xlsx"
    book = load_workbook(BytesIO(file.data))
    found = [
        list(row)
        for name in ("По муниципалитетам", "По кураторам")
        for row in book[name].iter_rows(min_row=2, values_only=True)
        if row[1] and row[0] != "Всего"
    ]
    assert found == lines
    assert desk.look.rows("SELECT about FROM audit WHERE deed = 'visits-exported'") == [('{"count": 12}',)]


async def test_sixty_schools_are_turned_page_by_page(desk: Desk, tour: Tour) -> None:
    names = [f"Муниципальное бюджетное общеобразовательное учреждение «Школа {one:02}»" for one in range(MANY)]
    homes = [f"Район {one:02}" for one in range(MANY)]
    schools = [await a_school(tour.core, name, home) for name, home in zip(names, homes, strict=True)]
    many = replace(tour, schools=tuple(schools))
    for one in range(1, MANY + 1):
        await many.told(one, date(2022, 3, 14), tour.natalya, ReportState.SENT, low=2)
        await many.visit(one, date(2022, 4, 1), tour.natalya)
    await region(desk, desk.marina)
    shown = await pages(desk, "vregion:municipalities")
    assert [line.partition(":")[0][2:] for line in shown if line.startswith("• Район")] == homes
    shown = await pages(desk, f"vrisk:{tour.low}")
    assert [line[-15:-13] for line in shown if line.endswith("— есть план")] == [f"{one:02}" for one in range(MANY)]
    assert sum(line.startswith("⚠️") for line in await pages(desk, "vlate")) == MANY


async def pages(desk: Desk, opens: str) -> list[str]:
    """The lines of every page, turned by the buttons; each fits into a message and its keyboard."""
    await desk.forges(desk.marina, f"{opens}:0")
    found: list[str] = []
    while True:
        screen = desk.said(desk.marina)
        assert len(screen.text) < 3900
        found += screen.text.splitlines()
        if "Дальше ›" not in screen.buttons:
            return found
        await desk.presses(desk.marina, "Дальше ›")
