"""``python -m bench.year``: how long the year of the stock region takes without a page, and how much is said in it."""

import asyncio
import time
from statistics import median

from bot.settings import Settings
from rehearsal.journal import Beginning
from rehearsal.region import STOCK_SCHOOLS, usual_people
from rehearsal.year import Year, play_year
from tests.people import msk
from texts import Texts

RUNS = 3
TARGET_S = 60
BEGINNING = Beginning(at=msk("2021-11-24 08:30"), people=usual_people(STOCK_SCHOOLS), schools=STOCK_SCHOOLS)


def run() -> tuple[float, Year]:
    """One year: its seconds and what came of it."""
    began = time.monotonic()
    year = asyncio.run(play_year(BEGINNING, Settings(_env_file=None), Texts()))
    return time.monotonic() - began, year


def main() -> None:
    """Measure and print."""
    taken, years = zip(*(run() for _ in range(RUNS)), strict=True)
    year = years[-1]
    asked = sum(count for name, count in year.calls.items() if name != "getUpdates")
    print(f"year of {STOCK_SCHOOLS} schools, median of {RUNS}: {median(taken):.1f} s, target < {TARGET_S} s")
    print(f"{len(year.got)} messages came, {asked} requests of the bot besides polling")


if __name__ == "__main__":
    main()
