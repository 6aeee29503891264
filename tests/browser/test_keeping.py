"""A rehearsal is saved, opened again and begun anew from the page, at the same address; the process is a real one."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from rehearsal.journal import read_journal
from tests.browser.conftest import SHARED_LOOP, tabs_of
from tests.browser.tab import Tab
from tests.people import IVANOVO_FILE

pytestmark = [SHARED_LOOP, pytest.mark.timeout(120)]

ROOT = IVANOVO_FILE.parent.parent
OPENING_MS = 30_000
"""A rehearsal opens in a few seconds; this machine may have other work."""


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[str]:
    """The address of ``make run`` without a token; it is asked to stop at the end and does so without a word."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "REHEARSAL_PORT": "0"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        found = re.search(r"http://127\.0\.0\.1:\d+", (await process.stdout.readline()).decode())
        assert found is not None
        yield found[0]
        process.send_signal(signal.SIGTERM)
        assert ((await process.communicate())[1], process.returncode) == (b"", 0)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def keeps(tab: Tab, what: str) -> None:
    """Choose from the menu of the rehearsal."""
    await tab.page.get_by_role("button", name="Сохранить или начать заново").click()
    await tab.page.get_by_role("menuitem", name=what).click()


async def saved(tab: Tab, to: Path) -> str:
    """Save to a file; its name."""
    async with tab.page.expect_download() as downloaded:
        await keeps(tab, "Сохранить в файл")
    download = await downloaded.value
    await download.save_as(to)
    return download.suggested_filename


async def chooses(tab: Tab, file: Path) -> None:
    """Choose a file to be opened."""
    async with tab.page.expect_file_chooser() as chosen:
        await keeps(tab, "Открыть сохранённую")
    await (await chosen.value).set_files(file)


async def clock_says(tab: Tab, words: str) -> None:
    await expect(tab.clock.get_by_role("timer")).to_contain_text(words, timeout=OPENING_MS)


async def test_it_is_saved_begun_anew_and_opened_where_it_was(browser: Browser, tmp_path: Path) -> None:
    async with running(tmp_path) as base, tabs_of(browser) as tabs:
        tab = await tabs()
        await tab.page.goto(base)
        await clock_says(tab, "24 ноября 2021")
        await tab.moves()
        await tab.says("/menu")
        await tab.sees("Мои задачи:")
        assert await saved(tab, tmp_path / "kept.jsonl") == "rehearsal-2021-11-24.jsonl"
        journal = read_journal((tmp_path / "kept.jsonl").read_text(encoding="utf-8"))
        assert [step.do for step in journal.steps] == ["wait", "say", "wait"]

        await keeps(tab, "Начать заново")
        box = tab.page.get_by_role("dialog", name="Начать заново")
        await box.get_by_label("Школ").fill("60")
        await box.get_by_role("button", name="Начать", exact=True).click()
        await expect(box.get_by_role("alert")).to_contain_text("Столько людей и школ не получится")
        await box.get_by_label("Людей").fill("200")
        await box.get_by_label("День и час").fill("2022-03-09T08:00")
        await box.get_by_role("button", name="Начать", exact=True).click()
        await clock_says(tab, "9 марта 2022")
        await expect(tab.message("Мои задачи:")).to_have_count(1)  # the coordinator's own, of the opening

        (tmp_path / "foreign.jsonl").write_text("<b>не репетиция</b>", encoding="utf-8")
        await chooses(tab, tmp_path / "foreign.jsonl")
        await tab.is_told("«foreign.jsonl» — не сохранённая репетиция.")
        await chooses(tab, tmp_path / "kept.jsonl")
        await tab.page.get_by_role("button", name="Открыть", exact=True).click()
        await clock_says(tab, "24 ноября 2021")
        await tab.sees("/menu")
        await tab.sees("Сегодня, 24 ноября")
    assert sorted(os.listdir(tmp_path)) == ["foreign.jsonl", "kept.jsonl"]  # noqa: PTH208  nothing waits on this folder
