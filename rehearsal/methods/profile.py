"""What a bot says about itself: commands, descriptions, the menu button."""

import json
from typing import Any

from aiogram.methods import (
    Close,
    DeleteMyCommands,
    GetMyCommands,
    LogOut,
    SetChatMenuButton,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
)

from rehearsal.events import Event
from rehearsal.methods.places import chat_of
from rehearsal.methods.registry import Call, method
from rehearsal.refusals import Json, bad_request


def _key(call: Call[Any]) -> tuple[str, str]:
    scope = call.raw.get("scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), call.raw.get("language_code") or ""


@method(SetMyCommands)
def set_my_commands(call: Call[SetMyCommands]) -> bool:
    """Up to 100 commands of 1-32 small Latin letters, digits and underscores, each with 1-256 characters about it."""
    for command in call.asked.commands:
        name = command.command.removeprefix("/")
        if not (1 <= len(name) <= 32 and name.isascii() and name == name.lower() and name.replace("_", "a").isalnum()):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command.description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    if len(call.asked.commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.bot.commands[_key(call)] = [c.model_dump(exclude_none=True) for c in call.asked.commands]
    call.world.events.publish(Event("bot", account=call.bot, detail="commands"))
    return True


@method(GetMyCommands)
def get_my_commands(call: Call[GetMyCommands]) -> list[Json]:
    return call.bot.commands.get(_key(call), [])


@method(DeleteMyCommands)
def delete_my_commands(call: Call[DeleteMyCommands]) -> bool:
    call.bot.commands.pop(_key(call), None)
    return True


@method(SetMyDescription)
def set_my_description(call: Call[SetMyDescription]) -> bool:
    return _describe(call, "long", call.asked.description or "", 512)


@method(SetMyShortDescription)
def set_my_short_description(call: Call[SetMyShortDescription]) -> bool:
    return _describe(call, "short", call.asked.short_description or "", 120)


def _describe(call: Call[Any], kind: str, text: str, limit: int) -> bool:
    if len(text) > limit:
        raise bad_request("ABOUT_TOO_LONG" if kind == "short" else "DESCRIPTION_TOO_LONG")
    call.bot.descriptions[kind, call.raw.get("language_code") or ""] = text
    return True


@method(SetChatMenuButton)
def set_chat_menu_button(call: Call[SetChatMenuButton]) -> bool:
    chat_id = call.asked.chat_id or 0
    if chat_id:
        chat_of(call.world, call.bot, chat_id)
    call.bot.menu_buttons[chat_id] = call.raw.get("menu_button") or {"type": "default"}
    return True


@method(LogOut)
def log_out(_call: Call[LogOut]) -> bool:
    return True


@method(Close)
def close(_call: Call[Close]) -> bool:
    return True
