"""Writing: commands by the keyboard, replies, drafts; what people write stays what it is."""

from playwright.async_api import expect

from tests.browser.conftest import SHARED_LOOP
from tests.browser.opened import Opened
from tests.browser.tab import Tab

pytestmark = SHARED_LOOP

HOSTILE = "<img src=x onerror=\"document.title='взломано'\"><b>не жирно</b> & </article><script>alert(1)</script>"


async def test_commands_are_offered_chosen_by_the_keyboard_and_pressed_in_messages(tab: Tab) -> None:
    offered = tab.page.get_by_role("listbox", name="Команды")
    await tab.text.press_sequentially("/m")
    await expect(offered.get_by_role("option")).to_have_text(["/menuМеню", "/monthМесяц", "/my_dataМои данные"])
    await tab.text.press("ArrowDown")
    await expect(offered.get_by_role("option", name="/month")).to_have_attribute("aria-selected", "true")
    await tab.text.press("Tab")
    await expect(tab.text).to_have_value("/month")
    await tab.text.press("Enter")
    await expect(offered).to_be_hidden()
    await tab.sees("Март 2022")
    await tab.text.press_sequentially("/")
    await expect(offered.get_by_role("option")).to_have_count(10)
    await tab.text.press("Escape")
    await expect(offered).to_be_hidden()
    await expect(tab.text).to_have_value("/")
    await tab.says("Посмотрите /help")
    await (await tab.sees("Посмотрите")).get_by_role("button", name="/help").click()
    await tab.sees("Как это работает")


async def test_reply_shows_what_it_answers_and_leads_there(tab: Tab, shown: Opened) -> None:
    await tab.opens("500+")
    question = shown.cast.directors[1].says("Когда семинар?", shown.cast.project)
    for number in range(30):
        shown.cast.directors[0].says(f"Сообщение {number}", shown.cast.project)
    await tab.sees("Сообщение 29")
    asked = tab.log.get_by_role("article", name="Сергей Тихонов, 21:00")
    await asked.hover()
    await asked.get_by_role("button", name="Ответить").click()
    await expect(tab.text).to_be_focused()
    answered = tab.page.get_by_role("paragraph").filter(has=tab.page.get_by_role("button", name="Не отвечать"))
    await expect(answered).to_have_text("Сергей Тихонов Когда семинар?")
    await tab.says("В четверг")
    await expect(answered).to_be_hidden()
    answer = await tab.sees("В четверг")
    await expect(asked).not_to_be_in_viewport()
    await answer.get_by_role("button", name="Когда семинар?").click()
    await expect(asked).to_be_in_viewport()
    said = [*shown.cast.project.live()][-1]
    assert (said.text, said.reply_to) == ("В четверг", question)


async def test_message_of_html_stays_text(tab: Tab, shown: Opened) -> None:
    await tab.opens("500+")
    shown.cast.directors[0].says(HOSTILE + "длинно" * 90, shown.cast.project)
    message = await tab.sees(HOSTILE)
    await expect(message.get_by_role("img", name="x")).to_have_count(0)
    await expect(message.locator("b, script, img")).to_have_count(0)
    await expect(tab.chat("500+")).to_contain_text("<img src=x")
    shown.cast.directors[0].renames_self("<b>Ольга</b>", "<img src=x>")
    await expect(tab.chat("<b>Ольга</b> <img src=x>")).to_be_visible()
    await expect(tab.page).to_have_title("Репетиция «500+»")
    assert await tab.log.evaluate("(log) => log.scrollWidth <= log.clientWidth")
