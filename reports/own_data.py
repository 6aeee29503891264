"""What is kept about a person, as a file for them alone."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.own_data import PersonalData
from domain.registry import called
from reports.paper import heading, listing, paper, paragraph, table
from texts import Texts

Row = tuple[str, str | list[str]]


def own_data_file(data: PersonalData, texts: Texts, zone: ZoneInfo, now: datetime) -> bytes:
    """The file as it stands at ``now``."""
    values = {"data": data, "zone": zone, "now": now, "name": called(data.name, data.person_id)}
    blocks = [
        paragraph(texts.plain("own_data.file-made", **values)),
        table(_who(data, texts, zone)),
        *(block for name, lines in _lists(data, texts, zone) for block in (_head(texts, name), _lines(texts, lines))),
        _head(texts, "traces"),
        table(_traces(data, texts)),
        _head(texts, "rights"),
        paragraph(texts.plain("own_data.file-what-for")),
        paragraph(texts.plain("own_data.file-what-to-do")),
    ]
    return paper(texts.plain("own_data.file-title"), *blocks)


def _head(texts: Texts, name: str) -> str:
    return heading(texts.plain(f"own_data.head-{name}"))


def _lines(texts: Texts, lines: list[str]) -> str:
    return listing(lines) if lines else paragraph(texts.plain("own_data.file-nothing"))


def _who(data: PersonalData, texts: Texts, zone: ZoneInfo) -> Iterator[Row]:
    absent = texts.plain("own_data.file-absent")
    accounts = [texts.plain("own_data.file-account", account=account) for account in data.accounts]
    yield texts.plain("own_data.row-name"), data.name or absent
    yield texts.plain("own_data.row-position"), data.position or absent
    yield texts.plain("own_data.row-number"), called("", data.person_id)
    yield texts.plain("own_data.row-registered"), _at(texts, data.registered_at, zone)
    yield texts.plain("own_data.row-came"), _at(texts, data.came_at, zone)
    yield texts.plain("own_data.row-accounts"), accounts or absent
    yield texts.plain("own_data.row-code"), _at(texts, data.code_until, zone)
    yield texts.plain("own_data.row-calendar"), _at(texts, data.calendar_since, zone)
    yield texts.plain("own_data.row-reminders"), texts.plain("own_data.file-reminders", reminders=data.reminders)


def _at(texts: Texts, at: datetime | None, zone: ZoneInfo) -> str:
    return texts.plain("own_data.file-absent") if at is None else texts.plain("own_data.file-at", at=at, zone=zone)


def _lists(data: PersonalData, texts: Texts, zone: ZoneInfo) -> Iterator[tuple[str, list[str]]]:
    yield "duties", [texts.plain("own_data.file-duty", held=held, zone=zone) for held in data.duties]
    yield "consents", [texts.plain("own_data.file-consent", said=said, zone=zone) for said in data.consents]
    yield "leaves", [texts.plain("own_data.file-leave", leave=leave) for leave in data.leaves]
    yield "requests", [texts.plain("own_data.file-request", request=one, zone=zone) for one in data.requests]
    yield "meetings", [texts.plain("own_data.file-meeting", one=one, zone=zone) for one in data.meetings]


def _traces(data: PersonalData, texts: Texts) -> Iterator[Row]:
    traces = data.traces
    for name, count in (
        ("messages", traces.messages),
        ("deeds", traces.deeds),
        ("deeds-about", traces.deeds_about),
        ("changes", traces.changes),
        ("looked-at", traces.looked_at),
        ("confirmations", traces.confirmations),
        ("evidence", traces.evidence),
        ("happenings", traces.happenings),
        ("documents", traces.documents),
        ("remarks", traces.remarks),
        ("told", traces.told),
        ("surveys", traces.surveys),
        ("visits", traces.visits),
        ("announcements", traces.announcements),
        ("acknowledged", traces.acknowledged),
        ("slots", traces.slots),
    ):
        yield texts.plain(f"own_data.trace-{name}"), str(count)
