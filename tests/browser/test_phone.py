"""On a phone 360 pixels wide: one screen at a time and nothing beyond its edge."""

from playwright.async_api import expect

from tests.browser.conftest import SHARED_LOOP, Tabs
from tests.browser.opened import Opened
from tests.browser.tab import PHONE, Tab

pytestmark = SHARED_LOOP


async def fits(tab: Tab) -> None:
    """Nothing is wider than the screen."""
    assert await tab.width() == (PHONE["width"], PHONE["width"])


async def test_list_chat_and_sheet_fit_and_back_leads_to_the_list(tabs: Tabs, shown: Opened) -> None:
    phone = await (await tabs(viewport=PHONE, has_touch=True, is_mobile=True)).visits(shown.base)
    await expect(phone.log).to_be_hidden()
    await fits(phone)
    await phone.moves()
    await expect(phone.chat("500+").get_by_label("Новых сообщений: 1")).to_be_visible()
    await phone.opens("500+")
    await expect(phone.chats).to_be_hidden()
    await phone.sees("Сегодня, 10 марта, чт")
    await fits(phone)
    await phone.page.get_by_role("button", name="К чатам").click()
    await expect(phone.chats).to_be_visible()
    await phone.opens("Марина Королёва")
    await phone.page.go_back()
    await expect(phone.chats).to_be_visible()
    await phone.clock.get_by_role("button", name="Часы и год").click()
    await phone.year.get_by_role("button", name="п. 16 Первый опрос участников").click()
    await expect(phone.year.get_by_role("button", name="Закрыть пункт")).to_be_visible()
    await expect(phone.chats).to_be_hidden()
    await fits(phone)
    await phone.moves("+1 час")
    await phone.clock.get_by_role("button", name="Часы и год").click()
    await expect(phone.chats).to_be_visible()


async def test_long_word_stays_within_the_screen_and_news_lead_to_their_chat(tabs: Tabs, shown: Opened) -> None:
    phone = await (await tabs(viewport=PHONE, has_touch=True, is_mobile=True)).visits(shown.base, shown.cast.project.id)
    shown.cast.directors[0].says("<img src=x onerror=alert(1)>" + "длинно" * 90, shown.cast.project)
    await phone.sees("<img src=x onerror")
    await fits(phone)
    assert await phone.log.evaluate("(log) => log.scrollWidth <= log.clientWidth")
    await phone.page.reload()
    await phone.is_in("500+")
    await phone.sees("<img src=x onerror")
    await expect(phone.chats).to_be_hidden()
    await phone.page.goto(f"{shown.base}/#{shown.cast.vector.id}")
    await phone.is_in("Вектор успеха")
    await phone.moves()
    note = phone.toasts.get_by_role("button")
    await expect(note).to_contain_text("Сегодня, 10 марта, чт")
    await note.tap()
    await phone.sees("Сегодня, 10 марта, чт")


async def test_newcomer_completes_a_command_and_walks_the_menu(tabs: Tabs, shown: Opened) -> None:
    phone = await (await tabs(viewport=PHONE, has_touch=True, is_mobile=True)).visits(shown.base)
    await phone.opens("Надежда Савина")
    await phone.page.get_by_role("button", name="Запустить").tap()
    await phone.sees("Это служебный помощник проекта")
    await phone.page.get_by_role("button", name="К чатам").tap()
    await phone.opens("Марина Королёва")
    await phone.text.press_sequentially("/he")
    await phone.text.press("Enter")
    await phone.sees("Как это работает")
    await phone.page.reload()
    await phone.sees("Как это работает")
    await phone.log.get_by_role("button", name="В меню").last.tap()
    await phone.sees("Мои задачи:")
    await fits(phone)
