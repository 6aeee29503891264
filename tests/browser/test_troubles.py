"""The drawer of troubles: what is switched on happens, and what people got all the same is told."""

import re

from playwright.async_api import expect

from tests.browser.conftest import SHARED_LOOP
from tests.browser.tab import Tab

pytestmark = SHARED_LOOP


async def test_flood_delays_the_notice_and_the_drawer_tells_the_story(tab: Tab) -> None:
    panel = tab.page.get_by_role("complementary")
    await panel.get_by_role("button", name="Неполадки").click()
    drawer = tab.page.get_by_role("region", name="Неполадки")
    await drawer.get_by_role("switch", name="Слишком часто").click()
    await drawer.get_by_role("combobox", name="На сколько отправок: Слишком часто").select_option("3 раза")
    await expect(drawer.get_by_role("status").filter(has_text="осталось 3")).to_be_visible()
    await tab.moves()
    await tab.says_the_clock("10 марта 2022")
    await tab.moves("+1 час")
    await tab.sees("Сегодня, 10 марта, чт")
    await expect(tab.chat("500+").get_by_label("Новых сообщений: 1")).to_be_visible()
    await expect(drawer.get_by_role("switch", name="Слишком часто")).not_to_be_checked()
    story = drawer.get_by_role("listitem").filter(has_text="500+").filter(has_text="→")
    await expect(story).to_contain_text(re.compile("просьба подождать.*→ дошло в 09:0"))
    await expect(drawer.get_by_role("listitem").filter(has_text="просили подождать")).to_have_count(0)
    await expect(drawer.get_by_role("definition").nth(1)).to_have_text("0")
    await drawer.get_by_role("button", name="К году").click()
    await expect(tab.year).to_be_visible()


async def test_trouble_without_an_end_is_counted_until_all_is_well(tab: Tab) -> None:
    button = tab.page.get_by_role("complementary").get_by_role("button", name="Неполадки")
    await button.click()
    drawer = tab.page.get_by_role("region", name="Неполадки")
    await drawer.get_by_role("switch", name="Сбой сервера").click()
    await drawer.get_by_role("button", name="К году").click()
    await expect(button).to_have_accessible_name("Неполадки, включено: 1")
    await tab.moves()
    await button.click()
    unsent = drawer.get_by_role("listitem").filter(has_text="нет связи")
    await expect(unsent).to_have_count(22)  # «500+», the coordinator and everybody whom the first survey asks
    await drawer.get_by_role("button", name="Всё исправно").click()
    await tab.moves("+1 час")
    await tab.sees("Сегодня, 10 марта, чт")
    await expect(unsent).to_have_count(0)
