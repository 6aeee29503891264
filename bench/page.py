"""``python -m bench.page``: how soon the rehearsal's page answers a click, with a large region and a long conversation.

Measured inside chromium: from the dispatch of the click until what was asked for is in the page and a frame with it has
been drawn. The bot, its server and the browser share the machine.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles

from rehearsal.page.tallies import Tallies
from rehearsal.person import Person
from rehearsal.posting import post
from tests.browser.opened import CHROMIUM, NAME, NO_CHROMIUM, Opened, chromium, opening
from tests.browser.tab import Tab
from tests.laid import a_world
from tests.people import msk

BEGINNING = msk("2022-03-10 12:00")
PEOPLE, SCHOOLS, MESSAGES = 300, 60, 5000
IN_GROUP = 3000
WITH_A_CHAT = 100
"""So many people have talked to the bot; what the group has not got is theirs, in equal parts."""
SAMPLES = 90
WARM_UP = 6
TARGET_MS = 200
WAYS = (
    ("Помощь", "Как это работает"),
    ("В меню", "что показать?"),
    ("Что сейчас", "Сегодня, 10 марта"),
    ("В меню", "что показать?"),
    ("Дорожная карта", "страница 1 из 4"),
    ("В меню", "что показать?"),
    ("Уточнить", "уточн"),
    ("В меню", "что показать?"),
)
"""Buttons of the menu and the words that come."""

STOPWATCH = """([find, words]) => new Promise((resolve, reject) => {
  const log = document.getElementById("log");
  const chosen = {
    chat: () => document.querySelector(`#lists [data-chat="${find}"] .row`),
    button: () => [...log.querySelectorAll("article:last-of-type .key")].findLast((key) => key.textContent === find),
    send: () => document.querySelector("#write .send"),
  };
  const [kind, name] = find.split(" ", 1).concat(find.slice(find.indexOf(" ") + 1));
  find = name;
  const there = () => log.lastElementChild?.textContent.includes(words);
  const target = chosen[kind]();
  if (!target || there()) return reject(new Error(`nothing to measure: ${kind} ${name}, ${words}`));
  const late = setTimeout(() => reject(new Error(`no answer: ${kind} ${name}, ${words}`)), 10000);
  const watch = new MutationObserver(() => {
    if (!there()) return;
    watch.disconnect();
    clearTimeout(late);
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
  });
  watch.observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true });
  const began = performance.now();
  target.click();
})"""
"""Clicks and waits until the last thing in the conversation has the words and a frame has been drawn; milliseconds."""


def talk(shown: Opened) -> list[Person]:
    """Whoever has a chat with the bot, after everything has been said."""
    world, group = shown.world, shown.cast.project
    talkers = [person for person in shown.cast.parts if group.has(person) and person is not shown.cast.coordinator]
    for number, person in islice(enumerate(cycle(talkers)), IN_GROUP):
        post(world, group, person, text=f"Сообщение {number} о том, как идут дела в школе и что ещё нужно сделать.")
    known = talkers[:WITH_A_CHAT]
    for number, person in islice(enumerate(cycle(known)), MESSAGES - IN_GROUP):
        post(world, person.private(), world.bot, text=f"{person.name}: сообщение {number}")
    return known


async def opens(tab: Tab, shown: Opened, known: list[Person]) -> AsyncIterator[float]:
    """Another chat each time, a person's or the group's."""
    tallies: Tallies = shown.page.view.tallies
    for person in cycle(known):
        for chat in (person.private(), shown.cast.project):
            last = tallies.of(chat).last
            yield await tab.page.evaluate(STOPWATCH, [f"chat {chat.id}", last.text if last else ""])


async def presses(tab: Tab, shown: Opened, _known: list[Person]) -> AsyncIterator[float]:
    """The menu of the coordinator, there and back."""
    await tab.visits(shown.base, shown.cast.coordinator.id)
    await tab.says("/menu")
    await tab.sees("что показать?")
    for button, words in cycle(WAYS):
        yield await tab.page.evaluate(STOPWATCH, [f"button {button}", words])


async def sends(tab: Tab, shown: Opened, _known: list[Person]) -> AsyncIterator[float]:
    """A message into the long conversation of the group."""
    await tab.visits(shown.base, shown.cast.project.id)
    for number in numbers():
        await tab.text.fill(f"Проверка связи № {number}.")
        yield await tab.page.evaluate(STOPWATCH, ["send it", f"Проверка связи № {number}."])


def numbers() -> Iterator[int]:
    """1, 2, 3 …"""
    number = 0
    while True:
        yield (number := number + 1)


async def measure() -> dict[str, list[float]]:
    """Milliseconds of each kind of click, the first few left out."""
    found: dict[str, list[float]] = {}
    kinds = {"opening another chat": opens, "pressing a bot's button": presses, "sending a message": sends}
    with tempfile.TemporaryDirectory() as folder:
        async with opening(a_world(BEGINNING, NAME), Path(folder)) as begun, chromium() as browser:
            shown = await begun.done(PEOPLE, SCHOOLS)
            known = talk(shown)
            shown.page.view.tallies.read_all()
            tab = await Tab.of(browser)
            await tab.visits(shown.base)
            for name, clicks in kinds.items():
                found[name] = []
                async for taken in clicks(tab, shown, known):
                    found[name].append(taken)
                    if len(found[name]) == SAMPLES + WARM_UP:
                        break
            assert tab.complaints == [], tab.complaints  # noqa: S101  a page in trouble is not worth measuring
            await tab.page.context.close()
    return {name: taken[WARM_UP:] for name, taken in found.items()}


def main() -> None:
    """Measure and print."""
    if CHROMIUM is None:
        print(NO_CHROMIUM)
        return
    print(f"{f'page: {PEOPLE} people, {MESSAGES} messages':<36}{'p50, ms':>10}{'p95, ms':>10}{'target p95':>12}")
    for name, taken in asyncio.run(measure()).items():
        late = quantiles(taken, n=20)[-1]
        print(f"{name:<36}{median(taken):>10.0f}{late:>10.0f}{f'< {TARGET_MS}':>12}")


if __name__ == "__main__":
    main()
