"""«Визиты» as a curator plans them and a school receives them: days, the schedule, moving, missing, the wish."""

from datetime import date

import pytest

from domain.people import Duty, Role
from rehearsal.pressing import Answer
from tests.handlers.desk import Desk
from tests.people import IGOR, MARINA, OLGA, PAVEL, a_school, enrolled

REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
ROWS = "SELECT school_id, day, proposed_day, proposal, wished_day, missed_on FROM visit ORDER BY id"
STEPS = "SELECT step, day, words FROM visit_step ORDER BY id"
LATE = "срок п. 13 — 25 февраля, пт"
DAYS = ["пт 11.03", "пн 14.03", "вт 15.03", "ср 16.03", "чт 17.03", "пт 18.03", "Позже ›", "Отмена"]


@pytest.fixture
async def two(desk: Desk) -> tuple[int, int]:
    """Igor curates two schools, Olga leads the first."""
    core, now = desk.app.core, desk.world.clock()
    schools = await a_school(core), await a_school(core, "Школа № 8")
    await enrolled(core, OLGA, Duty(Role.SCHOOL, schools[0], responsible=True), now=now)
    await enrolled(core, IGOR, *(Duty(Role.CURATOR, one) for one in schools), now=now)
    return schools


async def planned(desk: Desk, school: int, day: date, *, approved: bool = True) -> int:
    """A visit that Igor proposed; approved by Marina unless told."""
    core, now = desk.app.core, desk.world.clock()
    igor, marina = [await core.people.member(who.account, now=now) for who in (IGOR, MARINA)]
    one = await core.visit_plans.propose(school, day, by=igor, now=now)
    if approved:
        await core.visit_plans.send(by=igor, now=now)
        (waiting,) = await core.visit_approvals.queue(by=marina, now=now)
        await core.visit_approvals.approve(waiting.curator_id, waiting.seen, by=marina, now=now)
    return one.id


async def test_a_curator_proposes_a_day_and_sends_the_schedule(desk: Desk, two: tuple[int, int]) -> None:
    shown = await desk.opens(desk.igor, "/menu", "Визиты")
    assert (shown.text, shown.buttons) == (
        "Мои визиты\nШколы: 2, без визита: 2\n\nВизитов впереди нет. Откройте школу и предложите день.",
        ["⚠️ Школа № 7", "⚠️ Школа № 8", "В меню"],
    )
    await desk.presses(desk.igor, "⚠️ Школа № 7")
    assert shown.text == "Визиты · Школа № 7\nЮжский район\n\nВизитов пока нет."
    assert shown.buttons == ["Предложить день", "Договорённости", "О школе", "К визитам", "В меню"]
    await desk.presses(desk.igor, "Предложить день")
    assert shown.text == (
        "Когда поехать?\nШкола № 7\nВыберите день или напишите свой: «15 марта», «в пятницу».\n\n"
        f"⚠️ На все эти дни: {LATE}"
    )
    assert shown.buttons == DAYS
    assert [len(row) for row in shown.keyboard] == [2, 2, 2, 1, 1]
    await desk.presses(desk.igor, "пн 14.03")
    assert shown.text == (
        f"✅ Предложен день: 14 марта, пн\n№ 1 · Школа № 7\n⚠️ {LATE}\nДень можно оставить или выбрать другой.\n\n"
        "Пока график не отправлен, координатор этого дня не видит."
    )
    assert shown.buttons == ["Другой день", "Визиты школы", "К моим визитам"]
    await desk.presses(desk.igor, "К моим визитам")
    assert shown.text == (
        "Мои визиты\nШколы: 2, без визита: 1\n⚠️ Не отправлено координатору: 1\n\n"
        f"⏳ 14 марта, пн — № 1 · Школа № 7: не отправлен ⚠️ {LATE}"
    )
    assert shown.buttons == ["Отправить график: 1", "⚠️ Школа № 8", "Школа № 7", "В меню"]
    await desk.presses(desk.igor, "Отправить график: 1")
    assert shown.text == (
        "Отправить график координатору?\nВизитов: 1, ⚠️ что-то мешает: 1\n\n"
        f"⏳ 14 марта, пн — № 1 · Школа № 7: не отправлен ⚠️ {LATE}\n\nБез визита остаются: Школа № 8"
    )
    assert (await desk.presses(desk.igor, "Отправить")).text == "Отправлено: 1\xa0визит."
    assert shown.buttons == ["Отозвать: 1", "⚠️ Школа № 8", "Школа № 7", "В меню"]
    assert desk.look.rows(ROWS) == [(two[0], None, "2022-03-14", "sent", None, None)]
    assert (await desk.presses(desk.igor, "Отозвать: 1")).text == "Отозвано: 1\xa0визит. Дни можно менять."
    assert desk.look.rows(ROWS) == [(two[0], None, "2022-03-14", "draft", None, None)]


async def test_days_come_in_turn_and_a_day_of_another_visit_is_marked(desk: Desk, two: tuple[int, int]) -> None:
    await planned(desk, two[1], date(2022, 3, 15))
    shown = await desk.opens(desk.igor, "/menu", "Визиты", "⚠️ Школа № 7", "Предложить день")
    assert shown.buttons[2] == "⚠️ вт 15.03"
    assert shown.text.splitlines()[-1] == "15 марта, вт ⚠️ в этот день визит: Школа № 8"
    await desk.presses(desk.igor, "⚠️ вт 15.03")
    assert f"⚠️ в этот день визит: Школа № 8; {LATE}" in shown.text
    await desk.presses(desk.igor, "Другой день")
    await desk.presses(desk.igor, "Позже ›")
    assert shown.buttons == [
        *("пн 21.03", "вт 22.03", "ср 23.03", "чт 24.03", "пт 25.03", "пн 28.03", "Позже ›", "Отмена")
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9 марта", "Этот день уже прошёл. Выберите сегодняшний или более поздний."),
        ("15 марта 2024", "Слишком далеко: можно не позже 11 марта 2023, сб."),
        ("когда-нибудь", "Нужен один день"),
        ("31 июня", "Такой даты нет в календаре: «31 июня»"),
        ("<b>&", "Нужен один день, а написано «<b>&»"),
    ],
)
async def test_a_day_that_cannot_be_is_refused_and_typed_again(
    desk: Desk, two: tuple[int, int], typed: str, said: str
) -> None:
    await desk.opens(desk.igor, "/menu", "Визиты", "⚠️ Школа № 7", "Предложить день")
    assert said in (await desk.says(desk.igor, typed)).text
    assert desk.look.count("visit") == 0
    shown = await desk.says(desk.igor, "в субботу")
    assert shown.text.splitlines()[:3] == [
        "✅ Предложен день: 12 марта, сб",
        "№ 1 · Школа № 7",
        f"⚠️ выходной день; {LATE}",
    ]
    assert desk.look.rows(ROWS) == [(two[0], None, "2022-03-12", "draft", None, None)]


async def test_another_day_of_an_approved_visit_goes_with_a_reason(desk: Desk, two: tuple[int, int]) -> None:
    visit = await planned(desk, two[0], date(2022, 3, 21))
    await desk.opens(desk.igor, "/menu")
    await desk.forges(desk.igor, f"visit:{visit}")
    shown = desk.said(desk.igor)
    assert shown.text == (
        "Визит № 1 · Школа № 7\n📅 21 марта 2022, пн — назначен\nЕдет: Игорь Прохожий\nЮжский район\n\nИстория\n"
        "10.03.2022 12:00 день предложен — 21 марта, пн, Игорь Прохожий\n"
        "10.03.2022 12:00 отправлен на утверждение — 21 марта, пн, Игорь Прохожий\n"
        "10.03.2022 12:00 день утверждён — 21 марта, пн, Марина Королёва"
    )
    assert shown.buttons == ["Другой день", "Карточка школы", "Визиты школы", "В меню"]
    await desk.presses(desk.igor, "Другой день")
    await desk.presses(desk.igor, "вт 15.03")
    assert shown.text == (
        f"Школа № 7\n21 марта, пн → 15 марта, вт\n⚠️ {LATE}\n"
        "Почему переносите? Выберите или напишите, до 300 знаков: это увидят координатор и школа."
    )
    assert shown.buttons == ["Просьба школы", "Болезнь", "Дорога", "Другой день", "Отмена"]
    assert (await desk.says(desk.igor, "—")).text == "Напишите причину хотя бы в двух словах."
    assert (await desk.says(desk.igor, "я" * 301)).text == "Слишком длинно. Нужно до 300 знаков."
    shown = await desk.says(desk.igor, "Совещание <в районе>")
    assert shown.text == (
        f"⏳ Перенос отправлен координатору: 15 марта, вт\n№ 1 · Школа № 7\n⚠️ {LATE}\nДо решения остаётся 21 марта, пн."
    )
    assert desk.look.rows(ROWS) == [(two[0], "2022-03-21", "2022-03-15", "sent", None, None)]
    await desk.forges(desk.igor, f"visit:{visit}")
    assert "Перенос на 15 марта, вт: Совещание <в районе>" in desk.said(desk.igor).text
    waits = Answer("График сейчас у координатора. Чтобы изменить день, сначала отзовите его.", alert=True)
    assert await desk.forges(desk.igor, f"vmove:{visit}") == waits
    await desk.presses(desk.igor, "Не переносить")
    assert desk.look.rows(ROWS) == [(two[0], "2022-03-21", None, None, None, None)]
    assert desk.look.rows(STEPS)[-1] == ("withdrawn", "2022-03-15", "")


async def test_a_missed_visit_is_moved_at_once_and_its_reason_is_told_once(desk: Desk, two: tuple[int, int]) -> None:
    visit = await planned(desk, two[0], date(2022, 3, 14))
    await desk.opens(desk.igor, "/menu")
    early = Answer("Этот день ещё не наступил. Рассказать о визите можно, когда он пройдёт.", alert=True)
    assert await desk.forges(desk.igor, f"vmiss:{visit}") == early
    await desk.moves("2022-03-14 10:00")
    await desk.opens(desk.igor, "/menu")
    await desk.forges(desk.igor, f"visit:{visit}")
    shown = desk.said(desk.igor)
    assert shown.buttons == [
        *("Рассказать о визите", "Другой день", "Не состоялся", "Карточка школы", "Визиты школы", "В меню")
    ]
    await desk.presses(desk.igor, "Не состоялся")
    assert shown.text == ("Школа № 7\nВизит 14 марта, пн не состоялся. Почему? Выберите или напишите, до 300 знаков.")
    assert await desk.presses(desk.igor, "Болезнь") == Answer("Записано, что визит не состоялся.")
    assert shown.text.startswith("На какой день перенести?\nШкола № 7\nСейчас: 14 марта, пн — не состоялся\n")
    assert desk.look.rows(ROWS) == [(two[0], None, None, None, None, "2022-03-14")]
    await desk.presses(desk.igor, "пн 21.03")
    assert shown.text == f"⏳ Перенос отправлен координатору: 21 марта, пн\n№ 1 · Школа № 7\n⚠️ {LATE}"
    assert desk.look.rows(ROWS) == [(two[0], None, "2022-03-21", "sent", None, "2022-03-14")]
    assert desk.look.rows(STEPS)[-2:] == [("missed", "2022-03-14", "болезнь"), ("proposed", "2022-03-21", "болезнь")]


async def test_a_school_wishes_for_another_day_and_the_curator_answers(desk: Desk, two: tuple[int, int]) -> None:
    visit = await planned(desk, two[0], date(2022, 3, 21))
    shown = await desk.opens(desk.olga, "/menu", "Визиты")
    assert (shown.text, shown.buttons) == (
        "Визиты куратора\n\n📅 № 1 · 21 марта, пн — назначен, приедет Игорь Прохожий",
        ["пн 21.03 · визит № 1", "В календарь", "В меню"],
    )
    await desk.presses(desk.olga, "пн 21.03 · визит № 1")
    assert shown.text == (
        "Визит № 1 · Школа № 7\n📅 21 марта 2022, пн — назначен\nЕдет: Игорь Прохожий\nЮжский район\n\nИстория\n"
        "10.03.2022 12:00 день утверждён — 21 марта, пн, Марина Королёва"
    )
    assert shown.buttons == ["Попросить другой день", "Договорённости", "Визиты школы", "В меню"]
    await desk.presses(desk.olga, "Попросить другой день")
    assert shown.text == (
        "Какой день подойдёт?\nШкола № 7\nСейчас: 21 марта, пн\n\n"
        "Выберите день или напишите свой: «15 марта», «в пятницу»."
    )
    assert shown.buttons == DAYS
    same = "Визит и так назначен на 21 марта, пн. Выберите другой день."
    assert (await desk.says(desk.olga, "21 марта")).text == same
    shown = await desk.says(desk.olga, "22 марта")
    assert shown.text.startswith("Школа № 7\n21 марта, пн → 22 марта, вт\n\nПочему нужен другой день?")
    await desk.presses(desk.olga, "Контрольные")
    assert shown.text == (
        "⏳ Куратор получил Вашу просьбу: 22 марта, вт\n№ 1 · Школа № 7\n\n"
        "Пока день не изменён, визит остаётся 21 марта, пн."
    )
    assert desk.look.rows(ROWS) == [(two[0], "2022-03-21", None, None, "2022-03-22", None)]
    await desk.forges(desk.igor, f"visit:{visit}")
    card = desk.said(desk.igor)
    assert card.buttons == ["Согласиться", "Оставить день", "Другой день", "Карточка школы", "Визиты школы", "В меню"]
    assert await desk.presses(desk.igor, "Оставить день") == Answer("День остаётся прежним, школе написано.")
    assert desk.look.rows(ROWS) == [(two[0], "2022-03-21", None, None, None, None)]
    gone = Answer("Школа уже не просит другой день.", alert=True)
    assert await desk.forges(desk.igor, f"vwok:{visit}") == gone
    await desk.forges(desk.olga, f"vwwhy:{visit}:20220323:event")
    await desk.forges(desk.igor, f"vwok:{visit}")
    assert desk.said(desk.igor).text.startswith("⏳ Перенос отправлен координатору: 23 марта, ср")
    assert desk.look.rows(ROWS) == [(two[0], "2022-03-21", "2022-03-23", "sent", None, None)]


async def test_a_school_does_not_see_what_is_only_proposed(desk: Desk, two: tuple[int, int]) -> None:
    visit = await planned(desk, two[0], date(2022, 3, 21), approved=False)
    shown = await desk.opens(desk.olga, "/menu", "Визиты")
    assert (shown.text, shown.buttons) == (
        "Визиты куратора\nВизиты пока не назначены. Когда координатор утвердит день, бот напишет.",
        ["В меню"],
    )
    assert await desk.forges(desk.olga, f"visit:{visit}") == REFUSED
    await desk.forges(desk.olga, f"vschool:{two[0]}")
    assert desk.said(desk.olga).text == "Визиты · Школа № 7\nЮжский район\n\nВизитов пока нет."


async def test_buttons_of_a_strange_school_do_nothing(desk: Desk, two: tuple[int, int]) -> None:
    """Neither to see nor to plan, move, miss, drop, wish or approve."""
    visit = await planned(desk, two[1], date(2022, 3, 21))
    before = desk.look.rows(ROWS)
    await desk.opens(desk.olga, "/menu")
    for data in (
        *(f"visit:{visit}", f"vschool:{two[1]}", f"vplan:{two[0]}", f"vmove:{visit}", f"vday:{two[1]}:0:20220322"),
        *(f"vwhy:{visit}:20220322:road", f"vmisswhy:{visit}:road", f"vdrop:{visit}", "vsend:1", "vtake"),
        *(f"vwish:{visit}", f"vwwhy:{visit}:20220322:event", f"vwok:{visit}", f"vwno:{visit}"),
        *("vappr:9", "vapprove:9:1", "vback:9:1", f"vcancel:{visit}", "vgap:no-visit:0", "vfile:docx"),
        *("go:visit-mine", "go:visit-all", "go:visit-approvals", "go:visit-coverage"),
    ):
        assert await desk.forges(desk.olga, data) == REFUSED, data
    assert desk.look.rows(ROWS) == before


async def test_the_deputy_of_a_curator_on_leave_plans_and_the_visit_stays_the_curators(
    desk: Desk, two: tuple[int, int]
) -> None:
    core, now = desk.app.core, desk.world.clock()
    igor, marina = [await core.people.member(who.account, now=now) for who in (IGOR, MARINA)]
    pavel = await core.people.member(PAVEL.account, now=now)
    assert igor.person_id is not None
    assert pavel.person_id is not None
    days = date(2022, 3, 10), date(2022, 3, 14)
    await core.leaves.arrange(igor.person_id, *days, pavel.person_id, by=marina, now=now)
    shown = await desk.opens(desk.pavel, "/menu", "Визиты", "Мои визиты", "⚠️ Школа № 7", "Предложить день")
    assert shown.buttons[:3] == ["⚠️ пт 11.03", "⚠️ пн 14.03", "вт 15.03"]
    await desk.presses(desk.pavel, "⚠️ пн 14.03")
    assert f"⚠️ куратор в отпуске; {LATE}" in shown.text
    assert desk.look.rows("SELECT curator_id, proposed_day FROM visit") == [(igor.person_id, "2022-03-14")]
    shown = await desk.opens(desk.igor, "/menu", "Визиты")
    assert "14 марта, пн — № 1 · Школа № 7: не отправлен" in shown.text


async def test_visits_go_into_the_calendar_of_curator_and_school(desk: Desk, two: tuple[int, int]) -> None:
    await desk.opens(desk.igor, "/menu", "Визиты")
    none = Answer("Утверждённых визитов пока нет: в календарь добавлять нечего.", alert=True)
    assert await desk.forges(desk.igor, "vics") == none
    await planned(desk, two[0], date(2022, 3, 21))
    await planned(desk, two[1], date(2022, 3, 22))
    for who, count in ((desk.igor, 2), (desk.olga, 1)):
        await desk.opens(who, "/menu", "Визиты")
        assert await desk.presses(who, "В календарь") == Answer("Файл отправлен.")
        media = desk.said(who).media
        assert media is not None
        file = desk.world.files.get(media.files[0])
        assert file is not None
        assert (file.name, file.data.count(b"BEGIN:VEVENT")) == ("Визиты 10.03.2022.ics", count)
