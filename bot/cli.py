"""The commands. Exit code 0: done; 1: the deployment is not in order; 2: what was given is wrong; 130: interrupted."""

import argparse
import asyncio
import importlib
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from bot.settings import Settings, SettingsError, load_settings
from domain.deadline import DeadlineError
from domain.refusal import Refusal
from domain.roadmap_checks import YEARS
from storage.errors import DatabaseUnavailableError
from texts import Texts

Command = Callable[[argparse.Namespace, Settings, Texts], Coroutine[Any, Any, int]]

_COMMANDS = {
    "run": ("bot.cli_run", "run"),
    "check": ("bot.cli_check", "check"),
    "plan": ("bot.cli_plan", "plan"),
    "roadmap": ("bot.cli_roadmap", "roadmap"),
    "form": ("bot.cli_form", "form"),
    "invite": ("bot.cli_people", "invite"),
    "rights": ("bot.cli_rights", "rights"),
    "backup": ("bot.cli_backup", "backup"),
    "rehearse": ("bot.cli_rehearse", "rehearse"),
}
"""Imported when they are called: what does not talk must not load a messenger (3-4 s)."""

OK, DEPLOYMENT, INPUT, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str]) -> int:
    """Run one command; every failure that an operator can mend is one line on standard error."""
    texts = Texts()
    given = _parser(texts).parse_args(arguments)
    try:
        settings = load_settings()
        with asyncio.Runner(loop_factory=new_loop()) as runner:
            return runner.run(_command(given)(given, settings, texts))
    except SettingsError as error:
        for name, text_id in error.wrong:
            complain(texts.plain("settings.wrong", name=name, why=texts.plain(text_id)))
        return INPUT
    except DatabaseUnavailableError as error:
        complain(texts.plain(error.reason))
        return DEPLOYMENT
    except (Refusal, DeadlineError) as error:
        complain(texts.plain(str(error.reason), **getattr(error, "details", {})))
        return INPUT
    except KeyboardInterrupt:
        return INTERRUPTED  # what was asked for is not done; the bot and the page end by themselves
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of a pipe had enough
        return OK


def new_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's event loop where there is one (not on Windows)."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def say(line: str) -> None:
    """A line of a command's answer; whoever reads a pipe gets it at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def complain(line: str) -> None:
    """A line about what is wrong."""
    sys.stderr.write(line + "\n")


def _command(given: argparse.Namespace) -> Command:
    module, name = _COMMANDS[given.command or "run"]
    command: Command = getattr(importlib.import_module(module), name)
    return command


def _parser(texts: Texts) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description=texts.plain("cli.about"))
    commands = parser.add_subparsers(dest="command", metavar=texts.plain("cli.command"))
    commands.add_parser("run", help=texts.plain("cli.run"))
    commands.add_parser("check", help=texts.plain("cli.check"))
    plan = commands.add_parser("plan", help=texts.plain("cli.plan"))
    plan.add_argument("--from", dest="first", type=_day, help=texts.plain("cli.plan-from"))
    plan.add_argument("--to", dest="last", type=_day, help=texts.plain("cli.plan-to"))
    plan.add_argument("--json", action="store_true", help=texts.plain("cli.json"))
    _roadmap(commands.add_parser("roadmap", help=texts.plain("cli.roadmap")), texts)
    forms = commands.add_parser("form", help=texts.plain("cli.form"))
    steps = forms.add_subparsers(dest="step", metavar=texts.plain("cli.command"), required=True)
    steps.add_parser("check", help=texts.plain("cli.form-check")).add_argument(
        "file", help=texts.plain("cli.form-file")
    )
    invite = commands.add_parser("invite", help=texts.plain("cli.invite"))
    invite.add_argument("role", choices=["coordinator"], help=texts.plain("cli.invite-role"))
    commands.add_parser("rights", help=texts.plain("cli.rights"))
    backup = commands.add_parser("backup", help=texts.plain("cli.backup"))
    backup.add_argument("file", metavar="FILE.zip", help=texts.plain("cli.backup-file"))
    _rehearse(commands.add_parser("rehearse", help=texts.plain("cli.rehearse")), texts)
    return parser


def _day(text: str) -> date:
    found = date.fromisoformat(text)
    if not YEARS[0] <= found.year <= YEARS[1]:
        raise ValueError(text)
    return found


def _rehearse(parser: argparse.ArgumentParser, texts: Texts) -> None:
    parser.add_argument("--at", type=lambda text: _moment(text, texts), help=texts.plain("cli.rehearse-at"))
    parser.add_argument("--people", type=int, help=texts.plain("cli.rehearse-people"))
    parser.add_argument("--schools", type=int, help=texts.plain("cli.rehearse-schools"))
    parser.add_argument("--open", metavar="FILE", help=texts.plain("cli.rehearse-open"))
    parser.add_argument("--folder", metavar="DIR", help=texts.plain("cli.rehearse-folder"))
    parser.add_argument("--play-year", action="store_true", help=texts.plain("cli.rehearse-play-year"))
    parser.add_argument("--json", action="store_true", help=texts.plain("cli.json"))


def _moment(text: str, texts: Texts) -> datetime:
    """A local date and time; a day alone means its morning, before anything is said on it."""
    found = None
    with suppress(ValueError):
        found = datetime.fromisoformat(text if "T" in text else f"{text}T08:00")
    if found is None or found.tzinfo is not None or not YEARS[0] <= found.year <= YEARS[1]:
        raise argparse.ArgumentTypeError(texts.plain("cli.not-a-moment", text=text))
    return found


def _roadmap(parser: argparse.ArgumentParser, texts: Texts) -> None:
    steps = parser.add_subparsers(dest="step", metavar=texts.plain("cli.command"), required=True)
    for step in ("check", "load"):
        steps.add_parser(step, help=texts.plain(f"cli.roadmap-{step}")).add_argument(
            "file", help=texts.plain("cli.file")
        )
    show = steps.add_parser("show", help=texts.plain("cli.roadmap-show"))
    show.add_argument("--json", action="store_true", help=texts.plain("cli.json"))
