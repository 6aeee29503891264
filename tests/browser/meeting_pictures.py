"""What the guides show of meetings: an invitation answered, the leader's card, the code on the screen."""

from playwright.async_api import Browser, ViewportSize

from handlers.picking import label
from rehearsal.region import Post
from tests.browser.opened import Opened
from tests.browser.picture import conversation, opened, settled
from tests.browser.tab import Tab
from tests.people import msk

TITLE = "Семинар по антирисковым программам"
PLACE = "Иваново, Большая Воробьёвская, 80, актовый зал https://meet.example.ru/seminar"
AGENDA = "1. Что показал первый опрос\n2. Разбор программ\n3. Вопросы"
_SIZE: ViewportSize = {"width": 380, "height": 900}


async def meetings(browser: Browser, shown: Opened) -> None:
    """Called on the evening of March 18, held on the 22nd."""
    leader = await opened(browser, shown, _SIZE, shown.cast.coordinator.id)
    await looks(leader, "Встречи", "Новая встреча", "Без пункта")
    for words, answer in ((TITLE, "когда?"), ("22.03 11:00", "где?"), (PLACE, "черновик")):
        await leader.says(words)
        await leader.sees(answer)
    await leader.presses("Повестка")
    await leader.sees("можно в несколько строк")
    await leader.says(AGENDA)
    await settled(leader)
    for button in ("Кого пригласить", "Команды школ", "К встрече", "Посмотреть приглашение", "Пригласить: 16"):
        await leader.presses(button)
        await settled(leader)
    await shown.stage.jump_by(msk("2022-03-18 18:40") - shown.world.clock())
    people = [one for one in shown.cast.of(Post.HEAD, Post.DEPUTY) if one not in shown.cast.newcomers]
    guest = await opened(browser, shown, _SIZE, people[0].id)
    await guest.sees("Вы будете?")
    await conversation(guest, "guide-meeting-invitation", 560)
    for one in people[:9]:
        await one.presses("Приду")
    await looks(leader, "Встречи", label(f"22 марта, вт {TITLE}"))
    await conversation(leader, "guide-meeting", 760)
    await shown.stage.jump_to(msk("2022-03-22 11:01"))
    await looks(leader, "Встречи", label(f"22 марта, вт {TITLE}"), "Отметка участников", "По коду", "30 минут")
    await conversation(leader, "guide-meeting-door", 680)
    for tab in (guest, leader):
        await tab.page.context.close()


async def looks(tab: Tab, *buttons: str) -> None:
    """From the menu on."""
    await tab.says("/menu")
    await settled(tab)
    for button in buttons:
        await tab.presses(button)
        await settled(tab)
