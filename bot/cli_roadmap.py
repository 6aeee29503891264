"""``roadmap check | load | show``. Imports no messenger."""

import argparse
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

from actions.named_surveys import refuse_unknown_forms
from actions.roadmap import LoadReport
from bot.cli import INPUT, OK, complain, say
from bot.clock import now
from bot.core import build_core
from bot.settings import Settings
from domain.agenda import status
from domain.roadmap import KeptRoadmap, Roadmap
from domain.roadmap_file import Defect, RoadmapFileError, read_roadmap, unconfirmed
from storage.migrate import upgrade
from texts import Texts


async def roadmap(given: argparse.Namespace, settings: Settings, texts: Texts) -> int:
    """One of the three steps."""
    if given.step == "show":
        return await _show(given, settings, texts)
    found = read_file(Path(given.file), texts)
    if found is None:
        return INPUT
    if given.step == "check":
        _report_flags(found, texts)
        return OK
    return await _load(found, settings, texts)


def read_file(path: Path, texts: Texts) -> Roadmap | None:
    """The roadmap of a file; ``None`` after every defect was printed."""
    try:
        found = read_roadmap(path.read_text(encoding="utf-8"))
        refuse_unknown_forms(found.surveys)
    except OSError:
        complain(texts.plain("cli.no-file", file=path.name))
    except UnicodeDecodeError:
        complain(texts.plain("cli.not-text", file=path.name))
    except RoadmapFileError as error:
        for defect in error.defects:
            complain(_line(defect, texts))
        complain(texts.plain("cli.roadmap-defects", count=len(error.defects)))
    else:
        return found
    return None


def _line(defect: Defect, texts: Texts) -> str:
    why = texts.plain(defect.reason, **defect.details)
    return texts.plain("cli.roadmap-defect", item=defect.item, field=defect.field, why=why)


def _report_flags(found: Roadmap, texts: Texts) -> None:
    flags = unconfirmed(found)
    for number, flag in flags:
        state = texts.plain(f"cli.flag-{flag.state}")
        say(texts.plain("cli.roadmap-flag", item=number, field=flag.field, state=state, note=flag.note))
    say(texts.plain("cli.roadmap-fine", title=found.title, items=len(found.items), flags=len(flags)))


async def _load(found: Roadmap, settings: Settings, texts: Texts) -> int:
    core = build_core(settings)
    try:
        await upgrade(core.database)
        report = await core.roadmaps.load(found, now=now())
    finally:
        await core.database.close()
    _report(report, texts)
    return OK


def _report(report: LoadReport, texts: Texts) -> None:
    for change in report.changed:
        say(texts.plain("cli.load-changed", change=change))
    for change in report.left:
        say(texts.plain("cli.load-left", change=change))
    say(texts.plain("cli.loaded", report=report, changed=len({change.number for change in report.changed})))


async def _show(given: argparse.Namespace, settings: Settings, texts: Texts) -> int:
    core = build_core(settings)
    try:
        found = await core.roadmaps.all()
    finally:
        await core.database.close()
    today = now().astimezone(settings.zone).date()
    if given.json:
        say(json.dumps([_plain(one, today) for one in found], ensure_ascii=False, indent=2, default=str))
        return OK
    for one in found:
        rows = [(kept, texts.plain(f"roadmap.status-{status(kept, today)}")) for kept in one.items]
        say(texts.plain("cli.show", roadmap=one.roadmap, rows=rows) + "\n")
    if not found:
        say(texts.plain("cli.show-none"))
    return OK


def _plain(one: KeptRoadmap, today: date) -> dict[str, object]:
    items = [
        asdict(kept.item) | {"status": status(kept, today), "corrected": sorted(kept.corrected)} for kept in one.items
    ]
    return asdict(one.roadmap) | {"items": items}
