"""What the bot says by itself and what its buttons answer, as seen on the page."""

from playwright.async_api import expect

from tests.browser.conftest import SHARED_LOOP
from tests.browser.opened import Opened
from tests.browser.tab import Tab

pytestmark = SHARED_LOOP

MORNING = "Сегодня, 10 марта, чт"


async def test_notice_comes_when_the_clock_reaches_it_and_waits_unread_in_the_other_chats(tab: Tab) -> None:
    group = tab.chat("500+")
    await expect(group.get_by_label("Новых сообщений")).to_be_hidden()
    await tab.moves()
    await tab.says_the_clock("09:00четверг, 10 марта 2022")
    await tab.sees(MORNING)
    await expect(group.get_by_label("Новых сообщений: 1")).to_have_text("1")
    await expect(tab.chat("Марина Королёва").get_by_label("Новых сообщений")).to_be_hidden()
    await expect(tab.page).to_have_title("(21) Репетиция «500+»")  # and everybody whom the first survey asks
    await tab.opens("500+")
    await expect(tab.log).to_contain_text("Новые сообщения")
    await expect(await tab.sees(MORNING)).to_contain_text("п. 16 Первый опрос участников")
    await expect(group.get_by_label("Новых сообщений")).to_be_hidden()
    await expect(tab.page).to_have_title("(20) Репетиция «500+»")


async def test_more_in_a_group_shows_each_what_they_may_see(tab: Tab, shown: Opened) -> None:
    await tab.moves()
    await tab.opens("500+")
    await tab.actor.select_option(label="Надежда Савина, директор")  # she has not come in yet
    await tab.presses("Подробнее")
    box = tab.page.get_by_role("dialog")
    await expect(box).to_contain_text("п. 16 Первый опрос участников — 10–24 марта.")
    await box.get_by_role("button", name="Закрыть").click()
    await expect(box).to_be_hidden()
    assert list(shown.cast.newcomers[0].private().live()) == []
    await tab.actor.select_option(label="Марина Королёва, координатор")
    await tab.presses("Подробнее")
    await tab.is_told("Отправлено Вам в личные сообщения.")
    await tab.opens("Марина Королёва")
    card = await tab.sees("Организация первого опроса участников проекта")
    await expect(card).to_contain_text("Не менее 90 % участников проекта приняли участие в опросе")
    await expect(card.get_by_role("button", name="Закрыть пункт")).to_be_visible()


async def test_closing_an_item_is_a_talk_of_buttons_and_words(tab: Tab) -> None:
    await tab.moves()
    await tab.presses("Подробнее")
    await tab.presses("Закрыть пункт")
    await tab.sees("Чем подтверждено закрытие?")
    await tab.says("Приказ № 118 от 10.03.2022")
    await expect(await tab.sees("Состояние: Закрыто")).to_contain_text("Приказ № 118 от 10.03.2022")
    await expect(tab.log.get_by_role("button", name="Открыть снова")).to_be_visible()
