"""What the guides show of visits: a curator's schedule, its approval, a question of the report, its review."""

from datetime import date

from playwright.async_api import Browser, ViewportSize

from domain.visit import Proposal
from rehearsal.region import Post
from storage import registry as registry_rows
from storage import risk_factor as risk_rows
from storage import visit as visit_rows
from tests.browser.opened import Opened
from tests.browser.picture import conversation, opened, settled
from tests.browser.tab import Tab
from tests.people import msk

RISKS = ("Низкая учебная мотивация обучающихся", "Дефицит педагогических кадров")
SCHOOL = "Талицкая СОШ"
_SIZE: ViewportSize = {"width": 380, "height": 900}


async def visits(browser: Browser, shown: Opened) -> None:
    """From the schedule on March 15 to the report on the 18th."""
    await laid(shown)
    curator = await opened(browser, shown, _SIZE, shown.cast.of(Post.CURATOR)[0].id)
    tab = await planned(browser, shown, curator)
    await shown.stage.jump_to(msk("2022-03-18 18:05"))
    await reported(curator)
    await shown.stage.jump_to(msk("2022-03-18 18:30"))
    await tab.presses("Посмотреть отчёт")
    await tab.sees("Нет плана работы с родителями")
    await conversation(tab, "guide-visit-review", 900)
    await tab.page.context.close()


async def planned(browser: Browser, shown: Opened, curator: Tab) -> Tab:
    """The schedule is made and approved; the coordinator's tab."""
    await curator.says("/menu")
    await settled(curator)
    await curator.presses("Визиты")
    await curator.presses(f"⚠️ {SCHOOL}")
    await curator.presses("Предложить день")
    await curator.sees("Когда поехать?")
    await curator.says("18 марта")
    await curator.sees("Предложен день")
    await curator.presses("К моим визитам")
    await curator.sees("Не отправлено координатору")
    await conversation(curator, "guide-visit-schedule", 640)
    await curator.presses("Отправить график: 3")
    await curator.presses("Отправить")
    await curator.sees("Ждут утверждения")
    await shown.stage.jump_by(msk("2022-03-15 12:00") - shown.world.clock())
    tab = await opened(browser, shown, _SIZE, shown.cast.coordinator.id)
    await tab.presses("Посмотреть график")
    await tab.sees(SCHOOL)
    await conversation(tab, "guide-visit-approval", 560)
    await tab.presses("Утвердить")
    await settled(tab)
    return tab


async def reported(curator: Tab) -> None:
    """The evening's question is answered to the end."""
    await curator.sees("Как прошёл визит?")
    await curator.presses("Рассказать о визите")
    await curator.presses("Директор")
    await curator.sees("Сейчас:")
    await curator.presses("Готово")
    await curator.sees(RISKS[0])
    await conversation(curator, "guide-visit-report", 560)
    for button in ("Работа идёт", "Есть план", "Да"):
        await curator.presses(button)
        await settled(curator)
    await curator.says("Уроки по расписанию, учителя работают в парах")
    await curator.sees("Замечания")
    await curator.says("Нет плана работы с родителями")
    await curator.sees("Предложения")
    await curator.presses("Пропустить")
    await curator.sees("О чём договорились?")
    await curator.says("обновить сайт до 15 апреля, завуч")
    await curator.presses("Верно")
    for _ in range(2):
        await settled(curator)
        await curator.presses("Пропустить")
    await curator.sees("пока")
    await settled(curator)
    await curator.presses("Отправить")
    await curator.sees("Отчёт отправлен")
    await curator.page.context.close()


async def laid(shown: Opened) -> None:
    """The schools work on two risks; two more visits are proposed."""
    core, now = shown.stage.app.core, shown.world.clock()
    async with core.database.transaction() as tx:
        registry = await registry_rows.registry(tx)
        risks = [await risk_rows.add(tx, name) for name in RISKS]
        for school in registry.schools:
            for risk in risks:
                await risk_rows.tick(tx, school.id, risk)
        person = next(one for one in registry.people if one.name == shown.cast.of(Post.CURATOR)[0].name)
        own = [duty.school_id for duty in person.duties if duty.school_id is not None]
        here = {one.id for one in registry.schools if one.name == SCHOOL}
        others = [one for one in own if one not in here]
        for school_id, day in zip(others, (date(2022, 3, 22), date(2022, 3, 24)), strict=False):
            await visit_rows.add(tx, school_id, person.id, Proposal(day), now)
