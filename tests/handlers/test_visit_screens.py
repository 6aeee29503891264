"""Walk."""

from datetime import date

from domain.people import Duty, Role
from tests.handlers.desk import Desk
from tests.people import IGOR, OLGA, a_school, enrolled


def out(desk, who, label=""):
    shown = desk.said(who)
    print(f"--- {label}\n{shown.text}\n{shown.buttons}")


async def test_walk(desk: Desk) -> None:
    core, now = desk.app.core, desk.world.clock()
    a, b = await a_school(core), await a_school(core, "Школа № 8 имени Очень Длинного Названия Героя")
    await enrolled(core, OLGA, Duty(Role.SCHOOL, a, responsible=True), now=now)
    await enrolled(core, IGOR, Duty(Role.CURATOR, a), Duty(Role.CURATOR, b), now=now)
    igor, olga, marina = desk.igor, desk.olga, desk.marina
    await desk.opens(igor, "/menu"); out(desk, igor, "menu")
    await desk.presses(igor, "Визиты"); out(desk, igor, "hub")
    await desk.presses(igor, "⚠️ Школа № 7"); out(desk, igor, "school")
    await desk.presses(igor, "Предложить день"); out(desk, igor, "days")
    print(desk.said(igor).buttons)
    await desk.presses(igor, desk.said(igor).buttons[1]); out(desk, igor, "chosen")
    await desk.presses(igor, "Визиты школы"); out(desk, igor, "school")
    await desk.presses(igor, desk.said(igor).buttons[1]); out(desk, igor, "card")
    await desk.presses(igor, "Другой день"); out(desk, igor)
    await desk.says(igor, "в субботу"); out(desk, igor, "holiday typed")
    await desk.presses(igor, "К моим визитам"); out(desk, igor, "hub")
    await desk.presses(igor, "Отправить график: 1"); out(desk, igor, "sending")
    print(await desk.presses(igor, "Отправить")); out(desk, igor, "hub")
    await desk.tick(); out(desk, marina, "told")
    await desk.opens(marina, "/menu", "Визиты"); out(desk, marina, "region")
    await desk.presses(marina, "Кто без визитов"); out(desk, marina, "coverage")
    await desk.presses(marina, "Школы без куратора: 8"); out(desk, marina, "gap")
    await desk.opens(marina, "/menu", "Визиты", "Графики на утверждение: 1"); out(desk, marina, "queue")
    await desk.presses(marina, desk.said(marina).buttons[0]); out(desk, marina, "schedule")
    print(await desk.presses(marina, "Утвердить")); out(desk, marina, "queue")
    await desk.tick(); out(desk, igor, "told"); out(desk, olga, "told")
    await desk.presses(olga, "Подробнее"); out(desk, olga, "card of school")
    await desk.presses(olga, "Попросить другой день"); out(desk, olga)
    await desk.presses(olga, desk.said(olga).buttons[0]); out(desk, olga)
    await desk.presses(olga, "Контрольные"); out(desk, olga)
    await desk.opens(olga, "/menu", "Визиты"); out(desk, olga, "hosted")
    await desk.tick(); out(desk, igor, "told wish")
    await desk.presses(igor, "Перенести"); out(desk, igor, "agreed")
    await desk.opens(igor, "/menu", "Визиты"); out(desk, igor, "hub")
    await desk.presses(igor, "Школа № 7"); out(desk, igor, "school")
    await desk.presses(igor, desk.said(igor).buttons[1]); out(desk, igor, "card")
    print(await desk.presses(igor, "Не переносить")); out(desk, igor, "hub")
    await desk.presses(igor, "В календарь"); out(desk, igor)
    await desk.moves("2022-03-14 10:00")
    await desk.opens(igor, "/menu", "Визиты", "Школа № 7"); 
    await desk.presses(igor, desk.said(igor).buttons[1]); out(desk, igor, "card overdue")
    await desk.presses(igor, "Не состоялся"); out(desk, igor)
    print(await desk.presses(igor, "Болезнь")); out(desk, igor)
    await desk.presses(igor, desk.said(igor).buttons[0]); out(desk, igor)
    await desk.opens(marina, "/menu", "Визиты"); out(desk, marina)
    print(await desk.presses(marina, "График в Word"))
