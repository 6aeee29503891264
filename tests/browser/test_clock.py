"""The clock: steps, play and pause; the timeline: an item, its days."""

from playwright.async_api import expect

from tests.browser.conftest import SHARED_LOOP
from tests.browser.opened import Opened
from tests.browser.tab import NOTICE, Tab
from tests.people import msk

pytestmark = SHARED_LOOP

PLAY, PAUSE = "Играть", "Пауза"


async def test_steps_move_the_clock_by_as_much_as_they_say(tab: Tab) -> None:
    await tab.moves("+1 час")
    await tab.says_the_clock("22:00среда, 9 марта 2022")
    await tab.moves("+1 день")
    await tab.says_the_clock("22:00четверг, 10 марта 2022")
    await tab.sees("Сегодня, 10 марта, чт")


async def test_play_goes_through_the_days_and_answers_people_until_paused(tab: Tab, shown: Opened) -> None:
    await tab.clock.get_by_role("combobox", name="Скорость").select_option("1 день/с")
    await tab.clock.get_by_role("button", name=PLAY).click()
    await expect(tab.clock.get_by_role("button", name=PAUSE)).to_be_visible()
    await expect(tab.clock.get_by_role("status")).to_have_text("Часы идут: 1 день/с")
    await tab.sees("Сегодня, 10 марта, чт")
    await tab.says("/menu")
    await tab.presses("Помощь")
    await tab.sees("Как это работает")
    await tab.clock.get_by_role("button", name=PAUSE).click()
    await expect(tab.clock.get_by_role("button", name=PLAY)).to_be_visible()
    await expect(tab.clock.get_by_role("button", name=NOTICE)).to_be_enabled()
    stopped = shown.world.clock()
    assert stopped > msk("2022-03-10 09:00")
    await tab.moves("+1 час")
    assert shown.world.clock() > stopped


async def test_item_on_the_timeline_tells_when_the_bot_speaks_and_leads_there(tab: Tab) -> None:
    line = tab.year.get_by_role("button", name="п. 16 Первый опрос участников")
    await expect(line).to_have_accessible_name("п. 16 Первый опрос участников, 10–24 марта, впереди")
    await line.click()
    item = tab.year.get_by_role("region", name="п. 16 Первый опрос участников")
    await expect(item).to_contain_text("Срок в приказе: 10.03-24.03.2022")
    await expect(item).to_contain_text("10 марта, чт, 09:00")
    said, coming = line.locator("circle.dot:not(.hollow)"), line.locator("circle.hollow")
    before, left = await said.count(), await coming.count()
    assert left > 3
    await item.get_by_role("button", name="Перейти к этому дню", exact=True).click()
    await tab.says_the_clock("09:00четверг, 10 марта 2022")
    await expect(coming).to_have_count(left - 1)
    await expect(said).to_have_count(before + 1)
    await expect(line).to_have_accessible_name("п. 16 Первый опрос участников, 10–24 марта, идёт")
    await item.get_by_role("link", name="Показать сообщение: 500+, 10 марта, чт").click()
    await tab.is_in("500+")
    await expect(await tab.sees("Сегодня, 10 марта, чт")).to_be_in_viewport()
    await item.get_by_role("button", name="Закрыть пункт").click()
    await expect(item).to_be_hidden()
