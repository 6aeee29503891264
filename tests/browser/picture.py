"""How pictures of the rehearsal's page are taken: a tab with its own type, everything still, few colours."""

from base64 import b64decode, b64encode
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.made import png
from tests.browser.opened import Opened
from tests.browser.tab import Tab

IMAGES = Path(__file__).parent.parent.parent / "docs" / "img"
TYPE = "Roboto, 'Liberation Sans', sans-serif"
"""Not the machine's own choice: the pictures are the same on any that has these."""
DRESSED = f"""
const type = new CSSStyleSheet();
type.replaceSync(`:root {{ font-family: {TYPE}; }}`);
document.adoptedStyleSheets = [type];
localStorage.setItem("rehearsal hints folded", "1");
"""
PIXELS = """async (taken) => {
  const bytes = Uint8Array.from(atob(taken), (sign) => sign.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, image.width, image.height);
  let text = "";
  for (let at = 0; at < data.length; at += 4) text += String.fromCharCode(data[at], data[at + 1], data[at + 2]);
  return [image.width, btoa(text)];
}"""
"""A picture as its width and the red, green and blue of every point."""
KEPT = 64
"""How many colours stay what they are: all that are more than the edge of a letter."""
SHADES = bytes(min(255, round(shade / 4) * 4) for shade in range(256))


async def opened(browser: Browser, shown: Opened, viewport: ViewportSize, chat: int | None = None, **more: Any) -> Tab:
    """A tab for pictures: its own type, hints folded away."""
    tab = await Tab.of(browser, viewport=viewport, **more)
    await tab.page.context.add_init_script(DRESSED)
    return await tab.visits(shown.base, chat)


async def still(page: Page) -> None:
    """Nothing on the way any more: type, pictures, notes over the page."""
    await page.wait_for_timeout(400)
    await expect(page.locator("#toasts > *")).to_have_count(0)
    await expect(page.locator("#log")).to_have_attribute("aria-busy", "false")
    await page.evaluate("document.fonts.ready")
    await page.evaluate("Promise.all([...document.images].map((image) => image.decode().catch(() => {})))")
    await page.evaluate("document.activeElement.blur()")
    await page.mouse.move(0, 0)


async def take(tab: Tab, name: str, part: Locator | None = None) -> None:
    """The whole page, or the part of it."""
    await still(tab.page)
    taken = await (part or tab.page).screenshot(animations="disabled")
    assert tab.complaints == []
    path = IMAGES / f"{name}.png"
    path.write_bytes(await repacked(tab.page, taken))
    print(f"{path.name:<28}{path.stat().st_size / 1024:>6.0f} KB")  # noqa: T201


async def repacked(page: Page, taken: bytes) -> bytes:
    """The same picture in half the bytes: of the rare colours, those that nobody tells apart become one."""
    width, text = await page.evaluate(PIXELS, b64encode(taken).decode())
    data = b64decode(text)
    points = [data[start : start + 3] for start in range(0, len(data), 3)]
    known = {colour: colour for colour, _ in Counter(points).most_common(KEPT)}
    shown = [known.get(colour) or colour.translate(SHADES) for colour in points]
    return png([b"".join(shown[start : start + width]) for start in range(0, len(shown), width)])


async def settled(tab: Tab) -> None:
    """Whatever was asked of the bot is answered and shown: an older message may have a button of the same name."""
    await tab.page.wait_for_timeout(800)


async def conversation(tab: Tab, name: str, height: int) -> None:
    """The open chat alone, so high."""
    clock, screen = await tab.clock.bounding_box(), tab.page.viewport_size
    assert clock is not None
    assert screen is not None
    await tab.page.set_viewport_size({"width": screen["width"], "height": height + round(clock["height"])})
    await tab.log.evaluate("(log) => (log.scrollTop = log.scrollHeight)")
    await take(tab, name, tab.page.get_by_role("main"))
