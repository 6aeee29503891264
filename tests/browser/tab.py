"""A tab of a browser with the rehearsal in it, used as a person uses it: by roles, labels and words."""

import re
from collections.abc import Callable
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, ViewportSize, expect

DESK: ViewportSize = {"width": 1400, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
OWN_SCHEMES = {"blob", "data"}
PATIENCE_MS = 10_000
"""How long anything may take to be seen; this machine has two cores and other work."""
NOTICE = "До следующего уведомления"

expect.set_options(timeout=PATIENCE_MS)


class Tab:
    """What can be seen and done. ``complaints`` has whatever a developer's console would show in red or yellow, and
    every request that failed or went to another machine."""

    def __init__(self, page: Page, complaints: list[str]) -> None:
        self.page = page
        self.complaints = complaints
        self.chats = page.get_by_role("navigation", name="Чаты")
        self.log = page.get_by_role("log", name="Сообщения чата")
        self.clock = page.get_by_role("region", name="Часы репетиции")
        self.year = page.get_by_role("region", name="Год по пунктам")
        self.text = page.get_by_role("textbox", name="Сообщение", exact=True)
        self.actor = page.get_by_role("combobox", name="Вы здесь как")
        self.toasts = page.locator("#toasts")

    @classmethod
    async def of(cls, browser: Browser, **more: Any) -> Self:
        """A tab of a browser that nobody has used before, in another zone than the project's."""
        fresh = {"viewport": DESK, "locale": "ru-RU", "timezone_id": "Asia/Vladivostok", "reduced_motion": "reduce"}
        context = await browser.new_context(**(fresh | more))
        context.set_default_timeout(PATIENCE_MS)
        return cls(await context.new_page(), watched(context))

    async def another(self) -> "Tab":
        """A second tab of the same browser."""
        return Tab(await self.page.context.new_page(), self.complaints)

    async def visits(self, base: str, chat: int | None = None) -> Self:
        """Open the page, possibly by the address of a chat, and wait for what is there."""
        await self.page.goto(base if chat is None else f"{base}/#{chat}")
        await expect(self.clock.get_by_role("timer")).to_be_visible()
        return self

    # Chats

    def chat(self, title: str) -> Locator:
        """Its line in the list."""
        begins = re.escape(title).replace("/", r"\/")  # it becomes a literal of JavaScript
        return self.chats.get_by_role("button", name=re.compile(rf"^{begins}(\s|$)"))

    async def opens(self, title: str) -> None:
        """Open a chat of the list; it is over when its messages are there."""
        await self.chat(title).click()
        await self.is_in(title)

    async def is_in(self, title: str) -> None:
        """The chat that is open: a group by its name, a private one by whose it is."""
        await expect(self.page.get_by_role("heading", level=1)).to_contain_text(title)
        await expect(self.log).to_have_attribute("aria-busy", "false")

    async def acts(self, item: str) -> None:
        """Choose from the menu of the open chat."""
        await self.page.get_by_role("button", name="Действия").click()
        await self.page.get_by_role("menuitem", name=item).click()

    # What is said

    def message(self, words: str | re.Pattern[str]) -> Locator:
        """The latest message with these words."""
        return self.log.get_by_role("article").filter(has_text=words).last

    async def sees(self, words: str | re.Pattern[str]) -> Locator:
        """The latest message with these words, when it can be read."""
        found = self.message(words)
        await expect(found).to_be_visible()
        return found

    async def says(self, words: str) -> None:
        """Write and press Enter; it is over when the message stands in the chat."""
        await self.text.fill(words)
        await self.text.press("Enter")
        await self.sees(words)

    async def presses(self, button: str) -> None:
        """The latest of the bot's buttons with this caption."""
        await self.log.get_by_role("button", name=button, exact=True).last.click()

    async def is_told(self, words: str) -> None:
        """A note over the page."""
        await expect(self.toasts.get_by_text(words)).to_be_visible()

    # The clock

    async def moves(self, step: str = NOTICE) -> None:
        """Press a step of the clock and wait until the clock stands again."""
        button = self.clock.get_by_role("button", name=step)
        before = await self.now()
        await button.click()
        await expect(self.clock.get_by_role("timer")).not_to_have_text(before)
        await expect(button).to_be_enabled()

    async def now(self) -> str:
        """The clock's face: «09:00среда, 24 ноября 2021 г.…»."""
        return await self.clock.get_by_role("timer").text_content() or ""

    async def says_the_clock(self, words: str) -> None:
        """Wait until it can be read on the clock."""
        await expect(self.clock.get_by_role("timer")).to_contain_text(words)

    async def width(self) -> tuple[int, int]:
        """How wide the contents of the page are, and how wide the screen is."""
        found = await self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        return found[0], found[1]


def watched(context: BrowserContext) -> list[str]:
    """What goes wrong in any tab of the browser from now on."""
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning", "assert"}:
            complaints.append(f"console {message.type}: {message.text} {message.location}")

    def asked(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in OWN_SCHEMES and address.hostname != "127.0.0.1":
            complaints.append(f"another machine: {request.url}")

    context.on("console", heard)
    context.on("weberror", lambda error: complaints.append(f"error: {error.error}"))
    context.on("request", asked)
    context.on("requestfailed", _failed(complaints))
    return complaints


def _failed(complaints: list[str]) -> Callable[[Request], None]:
    """Whatever is under way is let go with the page that has asked, and so is a file that is saved."""

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"failed: {request.url} {request.failure}")

    return failed
