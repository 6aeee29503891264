"""What a reload keeps, and what two tabs tell each other."""

from playwright.async_api import expect

from tests.browser.conftest import SHARED_LOOP
from tests.browser.tab import Tab

pytestmark = SHARED_LOOP


async def test_reload_loses_nothing(tab: Tab) -> None:
    await tab.opens("Вектор успеха")
    await tab.moves()
    await tab.text.fill("Начатое письмо")
    await tab.clock.get_by_role("combobox", name="Скорость").select_option("1 час/с")
    await tab.clock.get_by_role("button", name="Играть").click()
    await expect(tab.clock.get_by_role("button", name="Пауза")).to_be_visible()
    await tab.page.reload()
    await tab.is_in("Вектор успеха")
    await expect(tab.text).to_have_value("Начатое письмо")
    await expect(tab.chat("500+").get_by_label("Новых сообщений: 1")).to_be_visible()
    await expect(tab.clock.get_by_role("combobox", name="Скорость")).to_have_value("hour")
    await tab.clock.get_by_role("button", name="Пауза").click()
    await expect(tab.clock.get_by_role("button", name="Играть")).to_be_visible()
    await tab.opens("500+")
    await expect(tab.text).to_have_value("")
    await tab.opens("Вектор успеха")
    await tab.text.press("Enter")
    await tab.sees("Начатое письмо")


async def test_two_tabs_show_the_same_rehearsal(tab: Tab) -> None:
    other = await (await tab.another()).visits(tab.page.url)
    await other.opens("500+")
    await tab.moves()
    await other.says_the_clock("09:00четверг, 10 марта 2022")
    await other.sees("Сегодня, 10 марта, чт")
    await expect(tab.chat("500+")).to_contain_text("Сегодня, 10 марта, чт")
    await expect(tab.chat("500+").get_by_label("Новых сообщений")).to_be_hidden()
    await other.says("Видно обоим")
    await expect(tab.chat("500+")).to_contain_text("Марина Королёва: Видно обоим")
    await tab.opens("500+")
    await tab.sees("Видно обоим")
    await tab.says("И ответ тоже")
    await other.sees("И ответ тоже")
