"""What the bot will say by itself: JSON lines for programs, a calendar for people."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from domain.forecast import Forecast
from texts import Texts


def as_json_lines(lines: Sequence[Forecast], zone: ZoneInfo) -> Iterable[str]:
    """An object a line (notices.md). The roadmap is named only where there are several."""
    several = len({line.roadmap for line in lines}) > 1
    for line in lines:
        found: dict[str, object] = {
            "at": line.at.astimezone(zone).isoformat(),
            "to": line.to,
            "item": line.item,
            "occasion": line.occasion,
            "days": line.days,
        }
        yield json.dumps(found | ({"roadmap": line.roadmap} if several else {}), ensure_ascii=False)


def as_calendar(lines: Sequence[Forecast], zone: ZoneInfo, texts: Texts, first: date, last: date) -> Iterable[str]:
    """A heading, then every moment with what is said to whom."""
    yield texts.plain("cli.plan-heading", first=first, last=last, count=len(lines))
    before = None
    for line in lines:
        at = line.at.astimezone(zone)
        if at != before:
            yield texts.plain("cli.plan-day", at=at)
            before = at
        occasion = texts.plain(f"cli.occasion-{line.occasion}")
        yield "    " + texts.plain("cli.plan-line", line=line, occasion=occasion)
