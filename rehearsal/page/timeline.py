"""The year of the roadmap: every item with its deadline, what the bot said of it and what it will say."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from actions.project import live
from domain.agenda import status
from domain.deadline import Deadline, DeadlineKind
from domain.forecast import ComingLine, SaidLine
from domain.notice import effective, window
from domain.roadmap import KeptItem, KeptRoadmap
from rehearsal.chats import Chat
from rehearsal.messages import Message
from rehearsal.page.finding import chat_of, title_of
from rehearsal.refusals import Json
from rehearsal.stage import Stage
from texts import Texts
from texts.filters import when

_BEFORE = timedelta(days=14)
"""The first reminder of an item comes at most so long before its deadline."""
_SAME_MOMENT = timedelta(minutes=2)

_Line = SaidLine | ComingLine


class Timeline:
    """Reads the product's own use cases; nothing about the year is known here."""

    def __init__(self, stage: Stage, texts: Texts, zone: ZoneInfo) -> None:
        self.stage = stage
        self.world = stage.world
        self.texts = texts
        self.zone = zone

    async def told(self) -> Json:
        """``first`` and ``last`` day of the scale, the ``items`` by their deadlines, those without one last."""
        core, now = self.stage.app.core, self.world.clock()
        today = now.astimezone(self.zone).date()
        known = await core.roadmaps.all()
        roadmaps = live(known, today) or known[-1:]
        first, last = _scale(roadmaps, today)
        lines = _by_item([*await core.outlook.said(first, last), *await core.outlook.coming(now, last)])
        rows = [(kept, one, _period(kept, one.roadmap.year)) for one in roadmaps for kept in one.items]
        rows.sort(key=lambda row: (row[2][1] or row[2][0] or date.max, row[2][0] or date.min, row[0].item.number))
        items = [self._item(*row, today, lines[row[1].roadmap.slug, row[0].item.number]) for row in rows]
        return {"first": first.isoformat(), "last": last.isoformat(), "items": items}

    def _item(
        self,
        kept: KeptItem,
        roadmap: KeptRoadmap,
        period: tuple[date | None, date | None],
        today: date,
        lines: Sequence[_Line],
    ) -> Json:
        item, stands = kept.item, status(kept, today)
        return {
            "id": kept.id,
            "number": item.number,
            "year": roadmap.roadmap.year,
            "title": item.short_title,
            "deadline": item.deadline_text or self.texts.plain("page.year-no-deadline"),
            "when": when(effective(item)),
            "status": stands,
            "stands": self.texts.plain(f"page.status-{stands}"),
            "from": _iso(period[0]),
            "to": _iso(period[1]),
            "days": self._days(lines),
        }

    def _days(self, lines: Iterable[_Line]) -> list[Json]:
        """Each day on which something was or will be said: when first, why, and in which chats at what hour."""
        found: dict[tuple[date, bool], list[_Line]] = defaultdict(list)
        for line in sorted(lines, key=lambda line: line.at):
            found[line.at.astimezone(self.zone).date(), isinstance(line, SaidLine)].append(line)
        return [
            {
                "at": of_day[0].at.isoformat(),
                "said": said,
                "why": self.texts.plain(f"page.why-{of_day[0].occasion}"),
                "chats": [self._chat(line) for line in of_day],
            }
            for (_, said), of_day in found.items()
        ]

    def _chat(self, line: _Line) -> Json:
        """Where; ``message`` and its ``order`` lead to what was said."""
        chat_id = line.chat.chat_id
        chat = chat_of(self.world, chat_id)
        message = _message(chat, line) if chat and isinstance(line, SaidLine) else None
        return {
            "id": chat.id if chat else chat_id,
            "title": title_of(self.world, chat_id),
            "at": line.at.isoformat(),
            "message": message.id if message else None,
            "order": message.order if message else None,
        }


def _message(chat: Chat, line: SaidLine) -> Message | None:
    """None where the message is no longer there: deleted, or left behind in what became a supergroup."""
    message = chat.messages.get(int(line.message_id))
    if message is None or message.deleted or abs(message.at - line.at) > _SAME_MOMENT:
        return None
    return message


def _by_item(lines: Iterable[_Line]) -> defaultdict[tuple[str, int], list[_Line]]:
    found: defaultdict[tuple[str, int], list[_Line]] = defaultdict(list)
    for line in lines:
        found[line.roadmap, line.item].append(line)
    return found


def _scale(roadmaps: Iterable[KeptRoadmap], today: date) -> tuple[date, date]:
    """Whole months: from the first reminder to the end of the year of the last deadline."""
    periods = [_period(kept, one.roadmap.year) for one in roadmaps for kept in one.items]
    edges = [edge for period in periods for edge in period if edge] or [today]
    return (min(edges) - _BEFORE).replace(day=1), date(max(edges).year, 12, 31)


def _period(kept: KeptItem, year: int) -> tuple[date | None, date | None]:
    """The first and the last day, as far as they are named; a recurring item has its whole window."""
    deadline = effective(kept.item)
    if deadline.kind is DeadlineKind.RECURRING:
        return window(deadline, year)
    return _day_after(deadline) or deadline.start, deadline.end


def _day_after(deadline: Deadline) -> date | None:
    """An «после …» item begins on the next day."""
    return deadline.start + timedelta(days=1) if deadline.kind is DeadlineKind.AFTER and deadline.start else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
