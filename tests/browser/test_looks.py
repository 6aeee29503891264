"""Light and dark: the reader's system decides, and in both every text can be read."""

from pathlib import Path

from playwright.async_api import Locator, expect

from tests.browser.conftest import SHARED_LOOP
from tests.browser.tab import NOTICE, Tab

pytestmark = SHARED_LOOP

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
ENOUGH = 4.5
"""WCAG 2, level AA, for text of the usual size."""


def texts(tab: Tab) -> dict[str, Locator]:
    """Whatever is read most, by a name for the failure."""
    group, main = tab.chat("500+"), tab.page.get_by_role("main")
    notice = tab.message("Сегодня, 10 марта")
    own = tab.message("Спасибо")
    row = tab.chat("Ольга Лебедева")
    return {
        "heading of the list": tab.chats.get_by_role("heading", name="Школы"),
        "name in the list": row.get_by_text("Ольга Лебедева"),
        "part in the list": row.get_by_text("директор"),
        "time in the list": group.get_by_text("09:00"),
        "preview in the list": group.get_by_text("Спасибо"),
        "badge": tab.chat("Марина Королёва").get_by_label("Новых сообщений"),
        "whose chat": main.get_by_role("heading", level=1).get_by_text("500+"),
        "members": main.get_by_role("heading", level=1).get_by_text("участник"),
        "day": tab.log.get_by_text("10 марта, чт", exact=True),
        "author": notice.get_by_text("Дорожная карта 500+"),
        "the bot's words": notice.get_by_text("Первый опрос участников"),
        "time of the bot's words": notice.get_by_text("09:00"),
        "own words": own.get_by_text("Спасибо"),
        "command in own words": own.get_by_role("button", name="/help"),
        "link in own words": own.get_by_role("link"),
        "time of own words": own.get_by_text("09:00"),
        "the bot's button": tab.log.get_by_role("button", name="Подробнее"),
        "who acts": main.get_by_text("Вы здесь как"),
        "nothing goes out": tab.page.get_by_text("Репетиция: наружу ничего не уходит"),
        "main button of the clock": tab.clock.get_by_role("button", name=NOTICE),
        "other button of the clock": tab.clock.get_by_role("button", name="+1 час"),
        "date": tab.clock.get_by_text("четверг, 10 марта 2022"),
        "zone": tab.clock.get_by_text("Москва"),
        "hints": tab.page.get_by_text("С чего начать"),
    }


async def prepared(tab: Tab) -> None:
    """A group with a notice and an answer to it; the coordinator's chat has something new."""
    await tab.opens("500+")
    await tab.moves()
    await tab.says("Спасибо: /help, https://example.org")


async def unreadable(tab: Tab) -> dict[str, float]:
    """The contrast of the texts that do not stand out enough."""
    found = {}
    for name, text in texts(tab).items():
        await expect(text.last).to_be_visible()
        found[name] = await text.last.evaluate(CONTRAST)
    return {name: contrast for name, contrast in found.items() if contrast < ENOUGH}


async def test_light_and_dark_follow_the_system_and_in_both_every_main_text_can_be_read(tab: Tab) -> None:
    await prepared(tab)
    shown = [
        tab.page.locator("body"),
        tab.chats,
        tab.message("10 марта").get_by_text("Сегодня"),
        tab.message("Спасибо"),
    ]
    look = "(one) => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
    light = [await one.evaluate(look) for one in shown]
    assert await unreadable(tab) == {}
    await tab.page.emulate_media(color_scheme="dark")
    dark = [await one.evaluate(look) for one in shown]
    assert all(before[0] != after[0] for before, after in zip(light, dark, strict=True))
    assert light[0][1] != dark[0][1]
    assert light[1][1] != dark[1][1]
    assert await unreadable(tab) == {}
