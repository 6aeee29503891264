"""The coordinator's side of visits: schedules that wait, deciding on them, cancelling, who has none, the files."""

from datetime import date

import pytest

from domain.people import Duty, Role
from rehearsal.pressing import Answer
from tests.handlers.desk import Desk
from tests.handlers.test_visit_screens import LATE, REFUSED, ROWS, STEPS, planned
from tests.people import IGOR, MARINA, OLGA, a_school, enrolled

EMPTY = "Графики на утверждение\n✅ Ничего не ждёт."


@pytest.fixture
async def sent(desk: Desk) -> tuple[int, int]:
    """Igor curates two schools and has sent a visit to each; Olga leads the first. The ids of the schools."""
    core, now = desk.app.core, desk.world.clock()
    schools = await a_school(core), await a_school(core, "Школа № 8")
    await enrolled(core, OLGA, Duty(Role.SCHOOL, schools[0], responsible=True), now=now)
    igor = await enrolled(core, IGOR, *(Duty(Role.CURATOR, one) for one in schools), now=now)
    for school, day in zip(schools, (date(2022, 3, 14), date(2022, 3, 12)), strict=True):
        await planned(desk, school, day, approved=False)
    await core.visit_plans.send(by=igor, now=now)
    return schools


async def curator(desk: Desk) -> int:
    member = await desk.app.core.people.member(IGOR.account, now=desk.world.clock())
    return member.person_id or 0


@pytest.mark.usefixtures("sent")
async def test_a_schedule_is_looked_at_and_approved(desk: Desk) -> None:
    await desk.tick()
    assert desk.screen(desk.marina) == "📅 График визитов ждёт утверждения\nИгорь Прохожий — 2\xa0визита"
    shown = await desk.opens(desk.marina, "/menu", "Визиты")
    assert shown.text == ("Визиты, 2022 год\nШколы: 10, кураторы: 1\n⏳ предложен: 2\n\nЖдут утверждения графики: 1")
    assert shown.buttons == [
        *("Графики на утверждение: 1", "Отчёты на проверку", "Кто без визитов", "По региону", "По школам", "В меню")
    ]
    await desk.presses(desk.marina, "Графики на утверждение: 1")
    assert shown.text == ("Графики на утверждение\n• Игорь Прохожий: 2\xa0визита, первый 12 марта, сб ⚠️ 2")
    assert shown.buttons == ["Игорь Прохожий: 2", "К визитам", "В меню"]
    await desk.presses(desk.marina, "Игорь Прохожий: 2")
    assert shown.text == (
        "График: Игорь Прохожий\nВизиты: 2, ⚠️ что-то мешает: 2\n\n"
        f"• 12 марта, сб — № 1 · Школа № 8 ⚠️ выходной день; {LATE}\n"
        f"• 14 марта, пн — № 1 · Школа № 7 ⚠️ {LATE}"
    )
    assert shown.buttons == ["Утвердить", "Вернуть", "К графикам"]
    said = Answer("Утверждено: 2\xa0визита. Куратору и школам написано.")
    assert await desk.presses(desk.marina, "Утвердить") == said
    assert (shown.text, shown.buttons) == (EMPTY, ["К визитам", "В меню"])
    assert [row[1:4] for row in desk.look.rows(ROWS)] == [("2022-03-14", None, None), ("2022-03-12", None, None)]
    await desk.tick()
    assert desk.screen(desk.igor).startswith("✅ График визитов утверждён\n12 марта, сб — № 1 · Школа № 8")
    assert desk.screen(desk.olga).startswith("📅 Визит куратора 14 марта, пн: Школа № 7\nПриедет Игорь Прохожий.")


@pytest.mark.usefixtures("sent")
async def test_a_schedule_is_returned_with_a_comment_and_comes_again(desk: Desk) -> None:
    who = await curator(desk)
    await desk.opens(desk.marina, "/menu")
    await desk.forges(desk.marina, f"vappr:{who}")
    await desk.presses(desk.marina, "Вернуть")
    shown = desk.said(desk.marina)
    assert shown.text == (
        "Вернуть график: Игорь Прохожий\nВизиты: 2\n\n"
        "Напишите, что изменить, до 1000 знаков: куратор получит это сразу."
    )
    assert desk.look.rows("SELECT proposal FROM visit") == [("sent",), ("sent",)]
    assert "Напишите" in (await desk.says(desk.marina, "—")).text
    shown = await desk.says(desk.marina, "Не в <субботу>")
    assert shown.text == f"✅ График возвращён: 2\xa0визита.\n\n{EMPTY}"
    assert desk.look.rows("SELECT proposal, proposal_comment FROM visit") == [("returned", "Не в <субботу>")] * 2
    await desk.tick()
    assert desk.screen(desk.igor).startswith("⚠️ График визитов возвращён: Не в <субботу>")
    shown = await desk.opens(desk.igor, "/menu", "Визиты")
    assert "⚠️ Не отправлено координатору: 2\n⚠️ Координатор вернул: Не в <субботу>" in shown.text
    await desk.presses(desk.igor, "Отправить график: 2")
    await desk.presses(desk.igor, "Отправить")
    assert desk.look.rows("SELECT proposal, proposal_comment FROM visit") == [("sent", "")] * 2


@pytest.mark.usefixtures("sent")
async def test_two_coordinators_decide_once(desk: Desk) -> None:
    """The one who is late is told so, also about what was sent while they looked."""
    who = await curator(desk)
    for coordinator in (desk.marina, desk.pavel):
        await desk.opens(coordinator, "/menu")
        await desk.forges(coordinator, f"vappr:{who}")
    core, now = desk.app.core, desk.world.clock()
    igor = await core.people.member(IGOR.account, now=now)
    await core.visit_plans.withdraw(by=igor, now=now)
    await core.visit_plans.send(by=igor, now=now)
    since = Answer("Куратор прислал новые дни, пока Вы смотрели. Откройте график ещё раз.", alert=True)
    assert await desk.presses(desk.marina, "Утвердить") == since
    assert await desk.presses(desk.pavel, "Вернуть") == since
    await desk.forges(desk.marina, f"vappr:{who}")
    await desk.forges(desk.pavel, f"vappr:{who}")
    await desk.presses(desk.pavel, "Вернуть")
    await desk.presses(desk.marina, "Утвердить")
    late = "Этот график уже не ждёт утверждения. Откройте список ещё раз."
    assert (await desk.says(desk.pavel, "Поменяйте дни")).text == late
    assert await desk.forges(desk.pavel, f"vapprove:{who}:1") == Answer(late, alert=True)
    assert [row[3] for row in desk.look.rows(ROWS)] == [None, None]


async def test_the_move_of_an_approved_visit_is_decided_the_same_way(desk: Desk, sent: tuple[int, int]) -> None:
    who = await curator(desk)
    await desk.opens(desk.marina, "/menu")
    await desk.forges(desk.marina, f"vappr:{who}")
    await desk.presses(desk.marina, "Утвердить")
    await desk.opens(desk.igor, "/menu")
    await desk.forges(desk.igor, "vwhy:1:20220316:road")
    await desk.forges(desk.marina, f"vappr:{who}")
    assert desk.said(desk.marina).text.splitlines()[-1] == (
        f"• 14 марта, пн → 16 марта, ср — № 1 · Школа № 7. дорога ⚠️ {LATE}"
    )
    await desk.presses(desk.marina, "Утвердить")
    assert desk.look.rows(ROWS)[0] == (sent[0], "2022-03-16", None, None, None, None)
    assert desk.look.rows(STEPS)[-1] == ("moved", "2022-03-16", "дорога")
    await desk.tick()
    assert desk.screen(desk.olga) == (
        "📅 Визит куратора перенесён: Школа № 7\n14 марта, пн → 16 марта, ср. Основание: дорога\n"
        "Приедет Игорь Прохожий."
    )


async def test_a_visit_is_cancelled_with_a_reason(desk: Desk, sent: tuple[int, int]) -> None:
    who = await curator(desk)
    await desk.opens(desk.marina, "/menu")
    await desk.forges(desk.marina, f"vappr:{who}")
    await desk.presses(desk.marina, "Утвердить")
    await desk.forges(desk.marina, "visit:1")
    shown = desk.said(desk.marina)
    assert shown.buttons == ["Отменить визит", "Карточка школы", "Визиты школы", "В меню"]
    await desk.presses(desk.marina, "Отменить визит")
    assert shown.text == (
        "Отменить визит № 1 · Школа № 7?\n14 марта, пн\n\nНапишите причину, до 300 знаков: её увидят куратор и школа."
    )
    assert (await desk.says(desk.marina, "?")).text == "Напишите причину хотя бы в двух словах."
    shown = await desk.says(desk.marina, "Карантин")
    assert (shown.text, shown.buttons) == ("✅ Визит отменён: Школа № 7", ["Визиты школы", "В меню"])
    assert desk.look.rows("SELECT id FROM visit WHERE cancelled_at IS NOT NULL") == [(1,)]
    gone = Answer("Этого визита больше нет. Откройте «Визиты»: /menu", alert=True)
    for data in ("visit:1", "vcancel:1"):
        assert await desk.forges(desk.marina, data) == gone
    await desk.tick()
    assert desk.screen(desk.olga) == "⚠️ Визит куратора 14 марта, пн отменён: Школа № 7\nКарантин"


@pytest.mark.usefixtures("sent")
async def test_who_has_no_visits_is_listed(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/menu", "Визиты", "Кто без визитов")
    assert shown.text == ("Кто без визитов, 2022 год\nШколы: 10, кураторы: 1\n\nПо месяцам\nмарт 2022: предложены 2")
    assert shown.buttons == ["Школы без куратора: 8", "К визитам", "В меню"]
    await desk.presses(desk.marina, "Школы без куратора: 8")
    assert shown.text.splitlines()[:3] == [
        "Школы без куратора: 8, страница 1 из 2",
        "",
        "• Воскресенская основная школа, Лежневский район",
    ]
    assert shown.buttons[-2:] == ["Дальше ›", "Кто без визитов"]


async def test_a_municipality_sees_its_own_visits(desk: Desk) -> None:
    core, now = desk.app.core, desk.world.clock()
    near, far = await a_school(core), await a_school(core, "Школа № 8", "Дальний район")
    await enrolled(core, IGOR, Duty(Role.CURATOR, near), Duty(Role.CURATOR, far), now=now)
    registry = await core.registries.whole(by=await core.people.member(MARINA.account, now=now))
    home = next(one.municipality_id for one in registry.schools if one.id == near)
    await enrolled(core, OLGA, Duty(Role.MUNICIPAL, municipality_id=home), now=now)
    await planned(desk, far, date(2022, 3, 21))
    await planned(desk, near, date(2022, 3, 22), approved=False)
    shown = await desk.opens(desk.olga, "/menu", "Визиты")
    assert shown.text == "Визиты, 2022 год: Южский район\nШколы: 3, кураторы: 1\n⏳ предложен: 1"
    assert shown.buttons == ["Кто без визитов", "По региону", "По школам", "В меню"]
    await desk.presses(desk.olga, "Кто без визитов")
    assert shown.buttons == ["Школы без куратора: 2", "Кураторы без графика: 1", "К визитам", "В меню"]
    await desk.presses(desk.olga, "Кураторы без графика: 1")
    assert (shown.text, shown.buttons) == (
        "Кураторы без графика: 1\n\n• Игорь Прохожий, 1\xa0школа",
        ["Кто без визитов"],
    )
    assert await desk.forges(desk.olga, f"vschool:{far}") == REFUSED
    nothing = Answer("Утверждённых визитов в этом году пока нет: скачивать нечего.", alert=True)
    assert await desk.forges(desk.olga, "vfile:xlsx") == nothing


async def test_the_schedule_is_taken_along_as_word_and_excel(desk: Desk) -> None:
    core, now = desk.app.core, desk.world.clock()
    school = await a_school(core)
    await enrolled(core, IGOR, Duty(Role.CURATOR, school), now=now)
    await planned(desk, school, date(2022, 3, 21))
    shown = await desk.opens(desk.marina, "/menu", "Визиты")
    assert shown.buttons[4:6] == ["График в Word", "График в Excel"]
    for button, name in (("График в Word", "docx"), ("График в Excel", "xlsx")):
        await desk.opens(desk.marina, "/menu", "Визиты")
        assert await desk.presses(desk.marina, button) == Answer("Файл отправлен.")
        media = desk.said(desk.marina).media
        assert media is not None
        file = desk.world.files.get(media.files[0])
        assert file is not None
        assert (file.name, file.data[:2]) == (f"График визитов 10.03.2022.{name}", b"PK")
        assert desk.said(desk.marina).text == "График визитов на 10 марта 2022, чт, утверждено: 1\xa0визит."
    exported = "SELECT about FROM audit WHERE deed = 'visits-exported'"
    assert len(desk.look.rows(exported)) == 2


async def test_nobody_but_coordinators_decides(desk: Desk, sent: tuple[int, int]) -> None:
    who = await curator(desk)
    before = desk.look.rows(ROWS)
    await desk.opens(desk.igor, "/menu")
    for data in (f"vappr:{who}", f"vapprs:{who}:0", "vqueue:0", f"vapprove:{who}:{2**62}", f"vback:{who}:1"):
        assert await desk.forges(desk.igor, data) == REFUSED
    assert await desk.forges(desk.igor, "vcancel:1") == REFUSED
    assert await desk.forges(desk.igor, "go:visit-coverage") == REFUSED
    assert desk.look.rows(ROWS) == before
    assert sent
