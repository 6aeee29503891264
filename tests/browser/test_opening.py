"""The first minute: the page before the rehearsal is ready, the first chat, other chats."""

from pathlib import Path

from playwright.async_api import Browser, expect

from tests.browser.conftest import EVE, SHARED_LOOP, tabs_of
from tests.browser.opened import NAME, Opened, opening
from tests.browser.tab import Tab
from tests.laid import a_world

pytestmark = SHARED_LOOP


async def test_page_says_that_it_is_being_opened_and_then_shows_the_coordinator(browser: Browser, folder: Path) -> None:
    async with opening(a_world(EVE, NAME), folder) as begun, tabs_of(browser) as tabs:
        tab = await tabs()
        await tab.page.goto(begun.base)
        await expect(tab.page.get_by_text("Репетиция открывается…")).to_be_visible()
        await expect(tab.clock).to_be_hidden()
        await begun.done()
        await tab.is_in("Марина Королёва")
        await expect(tab.page.get_by_text("Репетиция открывается…")).to_be_hidden()
        await expect(tab.page.get_by_text("Репетиция: наружу ничего не уходит")).to_be_visible()
        await tab.says_the_clock("21:00")
        await tab.says_the_clock("среда, 9 марта 2022")
        await tab.sees("Вы вошли: региональный координатор.")


async def test_list_has_groups_and_people_by_their_parts_and_each_chat_opens(tab: Tab, shown: Opened) -> None:
    for section, count in (("Группы", 2), ("Координаторы", 4), ("Кураторы", 3), ("Школы", 16), ("Посторонние", 1)):
        await expect(tab.chats.get_by_role("group", name=section).get_by_role("listitem")).to_have_count(count)
    await tab.opens("Ольга Лебедева")
    await tab.sees("Вы вошли: команда школы.")
    await tab.opens("Надежда Савина")
    await expect(tab.page.get_by_role("heading", level=1)).to_contain_text("Так видит Надежда Савина")
    await expect(tab.log).to_contain_text("Этот человек ещё не открывал бота")
    await tab.page.get_by_role("button", name="Запустить").click()
    await tab.sees("Это служебный помощник проекта")
    await tab.opens("500+")
    await expect(tab.page.get_by_role("heading", level=1)).to_contain_text("участник")
    await expect(tab.log).to_contain_text("Теперь в группе: Дорожная карта 500+")
    await tab.page.go_back()
    await tab.is_in("Надежда Савина")


async def test_search_finds_people_by_school_and_says_when_there_is_nobody(tab: Tab) -> None:
    search = tab.chats.get_by_role("searchbox", name="Поиск по имени, школе или должности")
    await search.fill("талицкая заместитель")
    await expect(tab.chats.get_by_role("listitem")).to_have_count(1)
    await search.press("ArrowDown")
    await tab.page.keyboard.press("Enter")
    await tab.is_in("Галина Рябова")
    await search.fill("никто")
    await expect(tab.chats.get_by_text("Никого не нашлось.")).to_be_visible()
    await search.press("Escape")
    await expect(tab.chat("Марина Королёва")).to_be_visible()
