"""Messages and updates in the shape the Bot API gives them. Plain dictionaries: the hot path of the server."""

from rehearsal.accounts import Account
from rehearsal.chats import Chat, Membership
from rehearsal.messages import Message
from rehearsal.refusals import Json


def message_json(message: Message, *, with_reply: bool = True) -> Json:
    """The message as Telegram's ``Message``; the message it replies to is shown one level deep."""
    wired: Json = {
        "message_id": message.id,
        "from": message.sender.wire(),
        "chat": message.chat.wire(),
        "date": message.date,
    }
    if message.service is not None:
        wired |= message.service
    else:
        _content(wired, message)
    if message.reply_to is not None and with_reply and not message.reply_to.deleted:
        wired["reply_to_message"] = message_json(message.reply_to, with_reply=False)
    _marks(wired, message)
    return wired


def _content(wired: Json, message: Message) -> None:
    words, entities = "text", "entities"
    if message.media is not None:
        wired[message.media.kind] = message.media.content
        words, entities = "caption", "caption_entities"
    if message.text:
        wired[words] = message.text
    if message.entities:
        wired[entities] = message.entities
    if message.keyboard:
        wired["reply_markup"] = {"inline_keyboard": message.keyboard}


def _marks(wired: Json, message: Message) -> None:
    if message.thread is not None:
        wired["message_thread_id"] = message.thread
        if message.in_topic:
            wired["is_topic_message"] = True
    if message.edited is not None:
        wired["edit_date"] = message.edited
    if message.album is not None:
        wired["media_group_id"] = message.album
    if message.forwarded is not None:
        wired["forward_origin"] = message.forwarded
    if message.link_preview is not None:
        wired["link_preview_options"] = message.link_preview
    if message.protected:
        wired["has_protected_content"] = True


def inaccessible_json(message: Message) -> Json:
    """The message as ``InaccessibleMessage``: deleted or too old, only its place is known."""
    return {"chat": message.chat.wire(), "message_id": message.id, "date": 0}


def pressed_json(query_id: str, person: Account, message: Message, data: str) -> Json:
    """A press of an inline button as ``CallbackQuery``."""
    gone = message.deleted or message.forgotten
    return {
        "id": query_id,
        "from": person.wire(),
        "message": inaccessible_json(message) if gone else message_json(message),
        "chat_instance": str(message.chat.id * 7919),
        "data": data,
    }


def member_changed_json(chat: Chat, by: Account, date: int, old: Membership, new: Membership) -> Json:
    return {
        "chat": chat.wire(),
        "from": by.wire(),
        "date": date,
        "old_chat_member": old.wire(),
        "new_chat_member": new.wire(),
    }
