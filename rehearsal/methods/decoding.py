"""From what came over HTTP to aiogram's own model of the method; what does not fit is refused."""

import json
from typing import TYPE_CHECKING, Any

from aiogram.methods import TelegramMethod
from pydantic import ValidationError

from rehearsal.keyboards import inline_rows
from rehearsal.methods.registry import NUMBER, Form, Method
from rehearsal.refusals import Json, RefusalError, bad_request

if TYPE_CHECKING:
    from rehearsal.world import World

MISSING = {
    "text": "message text is empty",
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "latitude": "latitude is empty",
    "longitude": "longitude is empty",
    "action": "wrong parameter action in request",
    "file_id": "invalid file_id",
    "media": "media is empty",
    "callback_query_id": "invalid callback query ID specified",
}


def decoded(method: Method, fields: Json) -> Json:
    """Form values decoded; values of a JSON body are already what they are."""
    return {name: _decoded(method.forms.get(name, "text"), value) for name, value in fields.items()}


def _decoded(form: Form, value: Any) -> Any:
    if not isinstance(value, str) or form == "text":
        return value
    if form == "id":
        return int(value) if NUMBER.fullmatch(value) else value
    try:
        return json.loads(value)
    except ValueError:
        return value


def checked(world: "World", method: Method, raw: Json) -> TelegramMethod[Any]:
    """The request as aiogram's model. An unknown parameter is a complaint and a refusal, though Telegram ignores it."""
    unknown = sorted(raw.keys() - method.forms.keys())
    if unknown:
        world.complaints.append(f"{method.name} has no parameter {', '.join(unknown)}")
        raise bad_request(f"{method.name} has no parameter {', '.join(unknown)} (a check of the rehearsal)")
    try:
        return method.model.model_validate(raw)
    except ValidationError as error:
        raise _refusal(world, method, raw, error) from None


def _refusal(world: "World", method: Method, raw: Json, error: ValidationError) -> RefusalError:
    missing = {str(e["loc"][0]) for e in error.errors() if e["type"] == "missing" and len(e["loc"]) == 1}
    for name, reason in MISSING.items():
        if name in missing:
            return bad_request(reason)
    if any(e["loc"][:1] == ("reply_markup",) for e in error.errors()):
        inline_rows(raw["reply_markup"])  # says what is wrong in Telegram's words, if it is about a keyboard
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    world.complaints.append(f"{method.name}: {place}: {first['msg']}")
    return bad_request(f"can't parse {place}: {first['msg']}")
