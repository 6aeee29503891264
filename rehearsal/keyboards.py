"""Keyboards under messages, checked as the server checks them."""

import re
from typing import Any

from aiogram.types import InlineKeyboardButton

from rehearsal.messages import Rows
from rehearsal.refusals import Json, bad_request

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
DATA_BYTES = 64
KNOWN_FIELDS = frozenset(InlineKeyboardButton.model_fields)
ACTIONS = KNOWN_FIELDS - {"text", "style", "icon_custom_emoji_id"}
WEB = re.compile(r"(?:(\w+)://)?([\w\-]+(?:\.[\w\-]+)*)(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
INLINE = "can't parse inline keyboard button"


def inline_rows(markup: Any) -> Rows:
    """Rows of an inline keyboard, or nothing where the markup is of another kind."""
    if markup is None:
        return []
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = [[_button(button) for button in row] for row in markup.get("inline_keyboard", [])]
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return [row for row in rows if row]


def other_keyboard(markup: Json | None) -> Json | None:
    """A reply keyboard, its removal or a forced reply, as it came."""
    if markup is None or "inline_keyboard" in markup:
        return None
    for row in markup.get("keyboard", []):
        if any(isinstance(button, dict) and not button.get("text") for button in row):
            raise bad_request("keyboard button text must be non-empty")
    return markup


def _button(button: Json) -> Json:
    if "text" not in button:
        raise bad_request(f'{INLINE}: Can\'t find field "text"')
    if not str(button["text"]).strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if unknown := button.keys() - KNOWN_FIELDS:
        raise bad_request(f"{INLINE}: unknown field {sorted(unknown)} (a check of the rehearsal)")
    used = [name for name in ACTIONS if button.get(name)]
    if not used:
        raise bad_request(f"{INLINE}: Text buttons are unallowed in the inline keyboard")
    if len(str(button.get("callback_data", "")).encode()) > DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_url(button["url"])
    return button


def _check_url(url: str) -> None:
    if url.startswith(("tg://", "ton://")):
        return
    found = WEB.fullmatch(url)
    if found and (found.group(1) or "http").lower() not in {"http", "https"}:
        reason = "Unsupported URL protocol"
    elif not found or ("." not in found.group(2) and found.group(2) != "localhost"):
        reason = "Wrong HTTP URL"
    else:
        return
    raise bad_request(f"inline keyboard button URL '{url}' is invalid: {reason}")
