"""``make screenshots``: every picture of ``docs/img`` taken anew, the same ones each time."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.lived import lived
from tests.browser.opened import CHROMIUM, NO_CHROMIUM, Opened, chromium
from tests.browser.tab import DESK, PHONE, Tab

IMAGES = Path(__file__).parent.parent.parent / "docs" / "img"
SCENE = Path(__file__).with_name("scene.svg")
TYPE = "Roboto, 'Liberation Sans', sans-serif"
"""Not the machine's own choice: the pictures are the same on any that has these."""
DRESSED = f"""
const type = new CSSStyleSheet();
type.replaceSync(`:root {{ font-family: {TYPE}; }}`);
document.adoptedStyleSheets = [type];
localStorage.setItem("rehearsal hints folded", "1");
"""


async def opened(browser: Browser, shown: Opened, viewport: ViewportSize, chat: int | None = None, **more: Any) -> Tab:
    """A tab for pictures: its own type, hints folded away."""
    tab = await Tab.of(browser, viewport=viewport, **more)
    await tab.page.context.add_init_script(DRESSED)
    return await tab.visits(shown.base, chat)


async def still(page: Page) -> None:
    """Nothing on the way any more: type, pictures, notes over the page."""
    await expect(page.locator("#toasts > *")).to_have_count(0)
    await expect(page.get_by_role("log")).to_have_attribute("aria-busy", "false")
    await page.evaluate("document.fonts.ready")
    await page.evaluate("Promise.all([...document.images].map((image) => image.decode().catch(() => {})))")
    await page.mouse.move(0, 0)
    await page.wait_for_timeout(400)


async def take(tab: Tab, name: str, part: Locator | None = None) -> None:
    """The whole page, or the part of it."""
    await still(tab.page)
    path = IMAGES / f"{name}.png"
    await (part or tab.page).screenshot(path=path, animations="disabled")
    assert tab.complaints == []
    print(f"{path.name:<28}{path.stat().st_size / 1024:>6.0f} KB")  # noqa: T201


async def conversation(tab: Tab, name: str, height: int) -> None:
    """The open chat alone, so high."""
    clock = await tab.clock.bounding_box()
    assert clock is not None
    await tab.page.set_viewport_size({"width": 380, "height": height + round(clock["height"])})
    await tab.log.evaluate("(log) => (log.scrollTop = log.scrollHeight)")
    await take(tab, name, tab.page.get_by_role("main"))


async def guides(browser: Browser, shown: Opened) -> None:
    """What the coordinator's guide shows, in the order of its days: from Sunday to Tuesday, March 15."""
    tab = await opened(browser, shown, {"width": 380, "height": 900}, shown.cast.coordinator.id)
    await tab.moves()
    await tab.sees("Сегодня, 14 марта, пн")
    await conversation(tab, "guide-digest", 520)
    await tab.moves()
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
    await tab.sees("Перенесено")
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


async def main() -> None:
    """Take them all."""
    if CHROMIUM is None:
        raise SystemExit(NO_CHROMIUM)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        async with chromium() as browser:
            async with lived(Path(one), "2022-03-13 21:00") as shown:
                await guides(browser, shown)


if __name__ == "__main__":
    asyncio.run(main())
