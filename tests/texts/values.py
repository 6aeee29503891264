"""Values for every template, twice: as they are in the shipped roadmap, and as the worst that somebody can type."""

import importlib
import importlib.util
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

from actions.roadmap import Card, LoadReport
from domain.agenda import Agenda, Line, status
from domain.deadline import parse_deadline
from domain.forecast import Forecast
from domain.item_field import Change, ItemField
from domain.notice import Notice, Occasion, effective
from domain.notice_rules import Rules
from domain.outbox import ChatAddress
from domain.roadmap import (
    Channel,
    Closing,
    Executor,
    Flag,
    FlagState,
    Item,
    KeptItem,
    OwedBy,
    Roadmap,
    Threshold,
    ThresholdKind,
)
from domain.roadmap_file import read_roadmap
from domain.roadmap_schema import ItemFlag
from storage.group import Group
from storage.roadmap import ChangeBy, ItemChange
from storage.setting import SpecialDay
from tests.domain.build import YEAR, a_roadmap, an_item
from tests.texts.features import digest, meeting_day, survey, visit_day
from tests.texts.features.indicator import number_of

ZONE = ZoneInfo("Europe/Moscow")
TODAY = date(2022, 3, 17)
NOW = datetime(2022, 3, 17, 6, tzinfo=UTC)
FILE = Path(__file__).parents[2] / "roadmaps" / "ivanovo-2022.toml"

DEADLINES = (
    "17.03.2022",
    "до 20.03.2022",
    "15.12.2021 – 20.01.2022",
    "10.03 – 24.03.2022",
    "июнь 2022",
    "декабрь 2021 – январь 2022",
    "после 29.04.2022",
    "",
    "ежемесячно",
    "ежемесячно с 15.12.2021 по 20.01.2022",
    "ежемесячно до 25 декабря",
    "ежемесячно, начиная с сентября",
)
THRESHOLDS = (
    None,
    Threshold(ThresholdKind.SHARE, 90, "participants"),
    Threshold(ThresholdKind.SHARE, None, "teams"),
    Threshold(ThresholdKind.SHARE, 70, "schools"),
    Threshold(ThresholdKind.COUNT, 4),
    Threshold(ThresholdKind.MONTHLY, 2),
    Threshold(ThresholdKind.PER_MUNICIPALITY, 1),
)


def evil(length: int) -> str:
    """As long as it may be, and full of what HTML cares about."""
    return ("<script>alert(\"1\")</script> & <b>'жирно'</i> <a href=x> " * (length // 40 + 1))[: length - 1] + "<"


def _values_of(feature: str) -> Any:
    """What ``tests/texts/features/`` has for a feature."""
    name = f"tests.texts.features.{feature}"
    return importlib.import_module(name).values if importlib.util.find_spec(name) else None


class Mood:
    """One set of values; ``of(text_id)`` gives every variant that a template is tried with."""

    def __init__(self, roadmap: Roadmap, items: list[KeptItem], line: str, text: str) -> None:
        self.roadmap = roadmap
        self.items = items
        self.line = line
        self.text = text

    def of(self, text_id: str) -> Iterator[dict[str, Any]]:
        """Everything at once; where a template shows one item or one change, each of them."""
        many = self._common() | self._screens() | self._operator() | self._special(text_id)
        feature, name = text_id.split(".", 1)
        if name.startswith("occasion-") and feature == "notice":
            yield from (many | {"line": line} for line in self._lines() if line.notice.occasion == name[9:])
        elif feature == "item" and name == "change":
            yield from (many | {"change": change} for change in self._changes())
        elif feature == "item" and name.startswith("flag"):
            yield from (many | {"flag": flag} for flag in self._flags())
        elif feature == "item" and name.startswith("goal-"):
            goals = [kept for kept in self.items if kept.item.threshold and kept.item.threshold.kind == name[5:]]
            yield from (many | self._one(kept) for kept in goals)
        elif feature in ("item", "correction") or text_id in ("notice.brief", "notice.moved", "notice.date-chosen"):
            yield from (many | self._one(kept) for kept in self.items)
        elif text_id in ("notice.message", "agenda.now", "agenda.month", "roadmap.list"):
            yield from (many | shape for shape in self._shapes())
        elif (own := _values_of(feature)) is not None:
            yield from (many | found for found in own(name, self))
        else:
            yield many

    def _special(self, text_id: str) -> dict[str, Any]:
        match text_id:
            case "rules.ask":
                return {"now": ", ".join(map(str, range(60, 0, -1))), "default": "14, 7, 3, 1"}
            case "cli.roadmap-defect" | "cli.roadmap-flag":
                return {"item": 16, "field": "deadline"}
            case "cli.load-changed" | "cli.load-left":
                return {"change": Change(16, ItemField.TITLE, self.text, self.text)}
            case "cli.show":
                return {"rows": [(kept, "Идёт") for kept in self.items]}
            case "cli.plan-line":
                return {"line": Forecast(NOW, "group:500+", "ivanovo-2022", 16, self.line, "ahead", 7)}
            case "rules.sheet":
                return self._sheet()
            case "correction.ask-owed_by":
                return {"only": OwedBy.MUNICIPALITY}
            case "correction.party" | "correction.party-toast" | "correction.counted-party":
                return {"party": OwedBy.MUNICIPALITY}
            case "deadline.reversed" | "deadline.several":
                return {"fragment": evil(80)}
        return {}

    def _common(self) -> dict[str, Any]:
        return {
            "title": self.line, "name": self.line, "channel": self.line, "heading": self.line, "label": "Название",
            "why": self.text[:500], "note": self.text[:500], "now": self.text, "default": "25", "code": "ABCD-EFGH",
            "whom": self.line, "fragment": self.line[:80], "limit": 1500, "working": True, "chosen": True,
            "number": 999, "year": 2023, "month": date(2022, 9, 1), "day": date(2022, 9, 30),
            "start": date(2022, 4, 29),
            "end": date(2022, 11, 30), "until": NOW, "at": NOW, "today": TODAY, "first": date(2022, 3, 1),
            "last": date(2022, 3, 31), "zone": "Europe/Moscow",
        }  # fmt: skip

    def _operator(self) -> dict[str, Any]:
        report = LoadReport("ivanovo-2022", (1, 2), (), (), (3, 34))
        return {
            "questions": 21, "minutes": 5, "telling": ["photo", "place"],
            "file": "ivanovo-2022.toml", "count": 21, "changed": 5, "report": report, "flags": 19, "files": 84,
            "state": "восстановлено",
            "good": False, "said": "Готово.", "free": 120, "found": "0001", "needed": "0002", "seconds": 31,
            "username": "roadmap_500_bot", "url": "http://127.0.0.1:8500", "host": "127.0.0.1", "port": 8500,
            "value": "16",
            "id": "schools", "size": 12_400_000,
            "allowed": "share, count", "min": 1, "max": 999, "length": 1700, "line": 5, "column": 7,
            "occasion": "заранее",
            "field": "deadline", "items": 34, "folder": "/home/roadmap/rehearsals",
            "address": ["person", "school", "ООШ № 6"], "calls": 214, "text": "2022-13-09",
        }  # fmt: skip

    def _screens(self) -> dict[str, Any]:
        groups = [(self._group(place, bound=bool(place % 2)), self.line if place % 2 else None) for place in range(20)]
        days = [SpecialDay(date(2022, 6, 1 + place), bool(place % 2), self.text[:200]) for place in range(15)]
        return {
            "roadmap": self.roadmap, "rows": [(kept, status(kept, TODAY)) for kept in self.items], "groups": groups,
            "group": groups[1][0], "days": days, "page": 1, "pages": 4, "total": len(self.items),
            "changes": [ChangeBy(one, self.line if one.person_id else "") for one in self._changes()],
            "shown": 10, "several": True,
        } | self._one(self.items[0])  # fmt: skip

    def _one(self, kept: KeptItem) -> dict[str, Any]:
        card = Card(
            kept, self.roadmap, TODAY, ZONE, number=number_of(kept), exempt=self.line if kept.item.number % 2 else ""
        )
        names = {one.id: one.name for one in self.roadmap.executors}
        titles = {one.id: one.title for one in self.roadmap.channels}
        return {
            "card": card,
            "item": kept.item,
            "deadline": effective(kept.item),
            "status": status(kept, TODAY),
            "executors": [names[one] for one in kept.item.executors],
            "channels": [titles[one] for one in kept.item.channels],
            "before": kept.item,
            "after": replace(kept.item, held_on=date(2022, 5, 18)),
        }

    def _shapes(self) -> Iterator[dict[str, Any]]:
        """Long lists, short ones and none."""
        rows = [(kept, status(kept, TODAY)) for kept in self.items]
        for count in (0, 1, 9, 34):
            some = tuple(self.items[:count])
            agenda = Agenda(some, some, some, some, count)
            lines = list(islice(self._lines(), min(count, 12)))
            numbers = {kept.id: number_of(kept) for kept in self.items}
            for week, long, schools in self._news(count):
                shape = {"lines": lines, "more": max(0, count - 12), "weekly": week, "several": count > 1}
                shape |= {"numbers": numbers, "late": dict.fromkeys(numbers, (self.line,) * count)}
                shape |= {"escalated": long, "schools": schools, "surveys": survey.lines(self, min(count, survey.SAID))}
                shape |= {"visits": visit_day.visit_lines(self, count), "agreed": visit_day.agreed_lines(self, count)}
                shape |= {"tally": visit_day.tally(count), "meetings": meeting_day.meeting_lines(self, count)}
                shape |= {"zone": ZONE}
                yield shape | {"agenda": agenda, "rows": rows[: min(count, 9)], "total": count, "keeps": True}
            yield shape | {"agenda": agenda, "rows": rows[: min(count, 20)], "shown": 20, "pages": 1, "keeps": False}

    def _news(self, count: int) -> Iterator[tuple[dict[str, Any] | None, list[Any], Any]]:
        """What there may be of the work of others: the week or what is the region's business by now, with one's own
        schools or without."""
        for schools in (None, digest.schools(self, count)):
            yield None, [], schools
            yield None, digest.long_late(self, count), schools
            yield digest.weekly(self, count), [], schools

    def _sheet(self) -> dict[str, Any]:
        long = Rules(by_ahead=tuple(range(60, 0, -1)), day_ahead=tuple(range(60, 0, -1)), repeated_on=20)
        label = "Конец длинного периода: за сколько дней"
        return {
            "rows": [
                {"number": number, "label": label, "now": long.text_of(one), "default": Rules().text_of(one)}
                for number, one in enumerate(Rules.names(), 1)
            ]
        }

    def _lines(self) -> Iterator[Line]:
        """A line for each occasion and each item that may have it, the longest deadlines first."""
        dated = [kept for kept in self.items if kept.item.deadline.start and kept.item.deadline.end]
        for occasion in cycle(Occasion):
            after = occasion is Occasion.POSSIBLE
            fitting = [one for one in self.items if (one.item.deadline.kind == "after") is after] if after else dated
            yield from (Line(kept, Notice(TODAY, occasion, 7), YEAR) for kept in fitting)
            if occasion is Occasion.OVERDUE:
                return

    def _changes(self) -> list[ItemChange]:
        fields = [*ItemField]
        found = [ItemChange(1, NOW, 1, field, self.text, self.text, self.text[:500]) for field in fields]
        ids = ", ".join(one.id for one in self.roadmap.executors)
        found[3] = ItemChange(1, NOW, 1, "executors", ids, "gone", self.text[:500])
        found += [
            ItemChange(1, NOW, None, "state", "open", "closed", self.text[:1000]),
            ItemChange(1, NOW, 1, "state", "closed", "open"),
            ItemChange(1, NOW, 1, "owed_by", OwedBy.SCHOOL, OwedBy.MUNICIPALITY),
        ]
        return list(islice(cycle(found), 15))

    def _flags(self) -> list[Flag]:
        return [flag for kept in self.items for flag in kept.item.flags]

    def _group(self, place: int, *, bound: bool) -> Group:
        chat = ChatAddress("telegram", -place, 7 if bound else None, is_group=True)
        return Group(place, chat, self.line, "500+" if bound else None, None)


def calm() -> Mood:
    """The shipped roadmap on a day in March."""
    roadmap = read_roadmap(FILE.read_text(encoding="utf-8"))
    items = [KeptItem(item.number, 1, item) for item in roadmap.items]
    items.append(replace(items[20], item=replace(items[20].item, held_on=date(2022, 5, 18))))
    items.append(replace(items[0], closing=Closing(NOW, "Приказ № 15 от 24.11.2021")))
    return Mood(roadmap, items, "Школа № 7", "Первый опрос участников")


def hostile() -> Mood:
    """A hundred executors and channels, notes and titles at their limits, every kind of deadline, 34 items and more."""
    channels = tuple(Channel(f"c{place}", evil(200), group=True) for place in range(100))
    executors = tuple(Executor(f"e{place}", evil(200), "school") for place in range(100))
    roadmap = replace(a_roadmap(), channels=channels, executors=executors, title=evil(1500))
    flags = tuple(Flag(field, state, evil(500)) for field in _FLAGGED for state in FlagState)[:20]
    everything: dict[str, Any] = {
        "title": evil(1500), "short_title": evil(60), "indicator": evil(1500), "flags": flags,
        "executors": tuple(one.id for one in executors), "channels": tuple(one.id for one in channels),
    }  # fmt: skip
    items = [
        an_item(deadline, number=900 + place, threshold=THRESHOLDS[place % len(THRESHOLDS)], **everything)
        for place, deadline in enumerate(islice(cycle(DEADLINES), 40))
    ]
    kept = [KeptItem(item.number, 1, replace(item, deadline_text=evil(200))) for item in items]
    kept[:0] = [KeptItem(1, 1, _late(item)) for item in items[:34]]
    kept.append(replace(kept[0], closing=Closing(NOW, evil(1000) + "\n\n\n" + evil(1000))))
    return Mood(roadmap, kept, evil(128), evil(1500))


def _late(item: Item) -> Item:
    """Overdue, and as long to say as a deadline can be."""
    return replace(item, deadline=parse_deadline("15.12.2021 – 20.01.2022", year=YEAR), deadline_text=evil(200))


_FLAGGED = get_args(ItemFlag.model_fields["field"].annotation)
