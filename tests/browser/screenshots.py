"""``make screenshots``: every picture of ``docs/img`` taken anew: the same each time but for a shade of a gradient."""

import asyncio
import tempfile
from datetime import date, timedelta
from pathlib import Path
from random import Random

from playwright.async_api import Browser, ViewportSize, expect

from domain.card import CodeCard
from domain.form import QuestionKind
from domain.invite import Invitation, draw_code
from domain.registry import Registered
from handlers.picking import label
from rehearsal.region import Post
from reports.cards import as_page
from storage.shipped_form import shipped_form
from tests.browser.lived import lived
from tests.browser.meeting_pictures import meetings
from tests.browser.opened import CHROMIUM, NO_CHROMIUM, Opened, chromium
from tests.browser.picture import IMAGES, conversation, opened, repacked, settled, take
from tests.browser.tab import DESK, PHONE, Tab
from tests.browser.visit_pictures import visits
from tests.people import msk
from texts import Texts

SCENE = Path(__file__).with_name("scene.svg")


async def guides(browser: Browser, shown: Opened) -> None:
    """What the coordinator's guide shows, in the order of its days: from Sunday to Tuesday, March 15."""
    tab = await opened(browser, shown, {"width": 380, "height": 900}, shown.cast.coordinator.id)
    await tab.moves()
    await tab.sees("Сегодня, 14 марта, пн")
    await conversation(tab, "guide-digest", 520)
    await shown.stage.jump_to(msk("2022-03-15 09:05"))  # the municipal coordinators hear in between
    await tab.sees("Сегодня, 15 марта, вт")
    await tab.says("/roadmap")
    await tab.presses("Дальше ›")
    await tab.sees("страница 2 из 4")
    await conversation(tab, "guide-roadmap", 880)
    for button in ("п. 18", "Исправить", "Срок"):
        await tab.presses(button)
    await tab.sees("Напишите новый, как в приказе")
    await tab.says("24–25.03.2022")
    await tab.sees("Понял так: 24–25 марта.")
    await conversation(tab, "guide-deadline", 580)
    await tab.says("Письмо Департамента от 15.03.2022 № 118")
    await tab.sees("Исправлено: 24–25.03.2022")
    await shown.stage.jump_by(timedelta(minutes=1))  # the group hears of it
    await tab.says("/unclear")
    await tab.presses("п. 21")
    await tab.sees("Требует уточнения")
    await conversation(tab, "guide-card", 820)
    await tab.presses("Исправить")
    await tab.sees("Что исправить?")
    await conversation(tab, "guide-correct", 600)
    await tab.page.goto(f"{shown.base}/#{shown.cast.project.id}")
    await tab.sees("Перенесено: 22–23 марта")
    await conversation(tab, "guide-group", 600)
    await tab.page.context.close()


async def people(browser: Browser, shown: Opened) -> None:
    """What the guides show of people: the hub, a card, the first screen of a director, the cards to print."""
    size: ViewportSize = {"width": 380, "height": 900}
    tab = await opened(browser, shown, size, shown.cast.coordinator.id)
    await tab.says("/people")
    await tab.sees("Найти человека")
    await conversation(tab, "guide-people", 440)
    await tab.presses("Найти человека")
    await tab.says("Лебедева")
    await tab.sees("В боте, согласие есть")
    await conversation(tab, "guide-person", 480)
    await tab.page.context.close()
    tab = await opened(browser, shown, size, shown.cast.directors[0].id)
    await tab.says("/menu")
    await tab.sees("Мои задачи:")
    await conversation(tab, "guide-school-home", 400)
    await tab.page.context.close()
    await sheet(browser)


async def works(browser: Browser, shown: Opened) -> None:
    """What the guides show of confirming: a school's evidence, its review, the documents, the dashboard."""
    size: ViewportSize = {"width": 380, "height": 900}
    head = shown.cast.directors[0]
    school = await opened(browser, shown, size, head.id)
    await school.says("/tasks")
    await settled(school)
    await school.presses("Подтвердить")
    await school.sees("Что подтверждаете?")
    await school.presses("п. 20 Концептуальные документы и антирисковые…")
    await school.sees("Пришлите сюда файлы")
    await settled(school)
    head.sends_document(b"%PDF-1.7\n" + bytes(412_000), "Концепция развития.pdf", mime="application/pdf")
    await school.sees("Получено 1 из 1")
    await conversation(school, "guide-confirm", 700)
    await school.presses("Отправить")
    await school.sees("Проверит")
    organiser = next(one for one in shown.cast.of(Post.ORGANISER) if shown.cast.parts[one].place == "Департамент")
    review = await opened(browser, shown, size, organiser.id)
    await review.says("/menu")
    await settled(review)
    await review.sees("Ждут Вашей проверки: 1")
    await review.presses("Проверить")
    await review.sees("Файл: Концепция развития.pdf")
    await conversation(review, "guide-review", 560)
    await review.presses("Вернуть")
    await review.says("Нет антирисковой программы по школьной неуспешности: добавьте её вторым файлом.")
    await review.page.context.close()
    await shown.stage.jump_by(timedelta(minutes=1))
    await school.sees("Нет антирисковой программы")
    await conversation(school, "guide-returned", 520)
    await school.says("/menu")
    await school.presses("Моя школа")
    await school.presses("Документы")
    await school.sees("Концепция развития")
    await conversation(school, "guide-documents", 720)
    await school.page.context.close()
    tab = await opened(browser, shown, size, shown.cast.coordinator.id)
    await tab.says("/menu")
    await settled(tab)
    await tab.presses("Регион")
    await tab.sees("вошли в бота: 7")
    await tab.presses("Показатели")
    await tab.sees("Под угрозой")
    await tab.presses("В числах")
    await tab.sees("не хватает")
    await conversation(tab, "guide-board", 860)
    await tab.page.context.close()


async def surveys(browser: Browser, shown: Opened) -> None:
    """What the guides show of surveys: a question, everything that was answered, the survey and how it goes."""
    size: ViewportSize = {"width": 380, "height": 900}
    school = await opened(browser, shown, size, shown.cast.directors[1].id)
    await school.says("/menu")
    await settled(school)
    await school.presses("Пройти опрос")
    await school.sees("1 из")
    await conversation(school, "guide-survey-question", 560)
    await answered(school)
    await conversation(school, "guide-survey-summary", 860)
    await school.presses("Отправить")
    await school.sees("Изменить их можно до")
    await school.page.context.close()
    tab = await opened(browser, shown, size, shown.cast.coordinator.id)
    await tab.says("/menu")
    await settled(tab)
    await tab.presses("Опросы")
    await tab.sees("спросит:")
    await tab.presses("Первый опрос участников")
    await tab.sees("Кого спрашивает")
    await conversation(tab, "guide-survey", 790)
    await tab.presses("Как идёт")
    await tab.sees("Боту некому написать")
    await conversation(tab, "guide-survey-live", 420)
    await tab.page.context.close()


async def answered(school: Tab) -> None:
    """Every question of the first survey, as a director might answer it."""
    asked = [one for one in shipped_form("first-survey").questions if one.when is None]
    for number, question in enumerate(asked, 2):
        match question.kind:
            case QuestionKind.SCALE:
                await school.presses("4")
            case QuestionKind.YES_NO:
                await school.presses("Да")
            case QuestionKind.ONE:
                await school.presses(label(question.options[0].text))
            case QuestionKind.SEVERAL:
                await school.presses(label(question.options[0].text))
                await school.sees("Сейчас:")
                await school.presses("Готово")
            case _:
                await school.presses("Пропустить")
        await school.sees(f"{number} из {len(asked)}." if number <= len(asked) else "Проверьте и нажмите")


async def sheet(browser: Browser) -> None:
    """The upper part of a sheet of cards; the codes on it open nothing."""
    chance, day = Random(500), date(2022, 4, 9)  # noqa: S311  codes that come again
    teams = [("Чижова Валентина Петровна", "директор"), ("Галкин Роман Сергеевич", "заместитель директора")]
    cards = [
        CodeCard(
            Registered(number, name, position),
            "Лежневский район",
            "Воскресенская основная школа",
            Invitation(draw_code(chance), msk("2022-04-09 23:59")),
        )
        for number, (name, position) in enumerate(teams * 2, 1)
    ]
    tab = await Tab.of(browser, viewport={"width": 800, "height": 620})
    await tab.page.set_content(as_page(cards, "roadmap_500_bot", day, Texts()))
    path = IMAGES / "guide-cards.png"
    path.write_bytes(await repacked(tab.page, await tab.page.screenshot(animations="disabled")))
    await tab.page.context.close()


async def desks(browser: Browser, shown: Opened) -> None:
    """The page on a desk, by day and by night."""
    tab = await opened(browser, shown, DESK)
    await tab.presses("Подробнее")
    await tab.sees("Показатель")
    await take(tab, "rehearsal-desktop")
    await tab.page.context.close()
    tab = await opened(browser, shown, DESK, shown.cast.project.id, color_scheme="dark")
    await tab.year.get_by_role("button", name="п. 16 Первый опрос участников").click()
    await tab.sees("Сегодня, 10 марта, чт")
    await take(tab, "rehearsal-dark")
    await tab.page.context.close()


async def phones(browser: Browser, shown: Opened) -> None:
    """The morning comes on a phone: a chat, the clock with the year."""
    tab = await opened(browser, shown, PHONE, shown.cast.coordinator.id, has_touch=True, is_mobile=True)
    await tab.moves()
    await tab.sees("Сегодня, 10 марта, чт")
    await take(tab, "rehearsal-phone")
    await tab.clock.get_by_role("button", name="Часы и год").click()
    await tab.year.get_by_role("button", name="п. 16 Первый опрос участников").click()
    await take(tab, "rehearsal-clock-phone")
    await tab.page.context.close()


async def files(browser: Browser, shown: Opened) -> None:
    """What people send besides words."""
    group, (director, deputy) = shown.cast.vector, shown.cast.directors[:2]
    document = b"%PDF-1.7\n" + bytes(186_000)
    director.says("Добрый день! Семинар прошёл, были все восемь команд.", group)
    director.sends_photo(await drawn(browser), group, "Кабинет физики, 10 марта")
    director.sends_document(document, "Протокол семинара № 4.pdf", group)
    deputy.says("Спасибо! Следующий — у нас, вот место:", group)
    deputy.sends_location(56.8486, 40.5335, group)
    tab = await opened(browser, shown, {"width": 560, "height": 900}, group.id)
    await conversation(tab, "rehearsal-photo", 865)
    await tab.page.context.close()


async def drawn(browser: Browser) -> bytes:
    """The photo: a class before a blackboard."""
    page = await browser.new_page(viewport={"width": 960, "height": 640})
    await page.set_content(f"<style>body {{ margin: 0 }}</style>{SCENE.read_text(encoding='utf-8')}")
    data = await page.screenshot(type="jpeg", quality=85)
    await page.close()
    return data


async def troubles(browser: Browser, shown: Opened) -> None:
    """The drawer after two mornings with the messenger out of order."""
    tab = await opened(browser, shown, {"width": 1140, "height": 1240})
    panel = tab.page.get_by_role("complementary")
    await panel.get_by_role("button", name="Неполадки").click()
    await panel.get_by_role("switch", name="Слишком часто").click()
    await panel.get_by_role("combobox", name="На сколько отправок: Слишком часто").select_option("3 раза")
    await tab.moves()
    await tab.moves("+1 час")
    await panel.get_by_role("switch", name="Сбой сервера").click()
    await tab.moves()
    await expect(panel.get_by_role("listitem").filter(has_text="нет связи")).to_be_visible()
    await take(tab, "rehearsal-faults", panel)
    await tab.page.context.close()


async def main() -> None:
    """Take them all."""
    if CHROMIUM is None:
        raise SystemExit(NO_CHROMIUM)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        async with chromium() as browser:
            async with lived(Path(one), "2022-03-13 21:00") as shown:
                await guides(browser, shown)
                await people(browser, shown)
                await works(browser, shown)
                await surveys(browser, shown)
                await visits(browser, shown)
                await meetings(browser, shown)
            async with lived(Path(other), "2022-03-09 21:00") as shown:
                for pictures in (phones, desks, files, troubles):
                    await pictures(browser, shown)


if __name__ == "__main__":
    asyncio.run(main())
