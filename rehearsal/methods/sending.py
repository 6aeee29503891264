"""Messages of the bot: text, files, places, albums, copies."""

from typing import Any

from aiogram.methods import (
    SendChatAction,
    SendDocument,
    SendLocation,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVoice,
)

from rehearsal.chats import Chat
from rehearsal.events import Event
from rehearsal.keyboards import inline_rows, other_keyboard
from rehearsal.messages import Media, Message
from rehearsal.methods.media import document, photo, voice
from rehearsal.methods.places import chat_of, may_send, thread_of
from rehearsal.methods.registry import Call, method
from rehearsal.methods.words import caption_words, text_words
from rehearsal.posting import Words, post
from rehearsal.refusals import Json, bad_request
from rehearsal.wire import message_json

ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def send(call: Call[Any], what: str, words: Words, media: Media | None = None, **more: Any) -> Message:
    """Put one message of the bot into the chat it asked for, after every check the server makes."""
    markup = call.raw.get("reply_markup")
    keyboard, other = inline_rows(markup), other_keyboard(markup)
    chat = ready(call, what)
    return _put(call, chat, words, media, keyboard=keyboard, reply_keyboard=other, **more)


def ready(call: Call[Any], what: str, count: int = 1) -> Chat:
    """The chat, when the bot may send there now; charges the flood limits for ``count`` messages."""
    chat = chat_of(call.world, call.bot, call.asked.chat_id)
    may_send(chat, call.bot, what)
    thread_of(chat, call.bot, call.raw.get("message_thread_id"))
    replied(call, chat)
    if call.world.flood is not None:
        call.world.flood.charge(call.world.clock, call.bot.id, chat.id, count)
    return chat


def _put(call: Call[Any], chat: Chat, words: Words, media: Media | None, **more: Any) -> Message:
    reply_to = replied(call, chat)
    thread, in_topic = thread_of(chat, call.bot, call.raw.get("message_thread_id"))
    if thread is None and reply_to is not None:
        thread, in_topic = reply_to.thread, reply_to.in_topic
    return post(
        call.world,
        chat,
        call.bot,
        text=words.text,
        entities=list(words.entities),
        media=media,
        reply_to=reply_to,
        thread=thread,
        in_topic=in_topic,
        link_preview=call.raw.get("link_preview_options"),
        protected=call.raw.get("protect_content") is True,
        silent=call.raw.get("disable_notification") is True,
        **more,
    )


def replied(call: Call[Any], chat: Chat) -> Message | None:
    """The message replied to, if the request names one."""
    asked = call.raw.get("reply_parameters") or {}
    message_id = asked.get("message_id") or call.raw.get("reply_to_message_id")
    if message_id is None:
        return None
    found = chat.messages.get(int(message_id))
    if found is not None and not found.deleted:
        return found
    if asked.get("allow_sending_without_reply") or call.raw.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


@method(SendMessage)
def send_message(call: Call[SendMessage]) -> Json:
    return message_json(send(call, "text messages", text_words(call.raw)))


@method(SendPhoto)
def send_photo(call: Call[SendPhoto]) -> Json:
    return message_json(send(call, "photos", caption_words(call.raw), photo(call, call.raw["photo"])))


@method(SendDocument)
def send_document(call: Call[SendDocument]) -> Json:
    return message_json(send(call, "documents", caption_words(call.raw), document(call, call.raw["document"])))


@method(SendVoice)
def send_voice(call: Call[SendVoice]) -> Json:
    media = voice(call, call.raw["voice"], call.asked.duration or 1)
    return message_json(send(call, "voice notes", caption_words(call.raw), media))


@method(SendLocation)
def send_location(call: Call[SendLocation]) -> Json:
    place: Json = {"latitude": call.asked.latitude, "longitude": call.asked.longitude}
    return message_json(send(call, "location", Words(), Media("location", place)))


@method(SendMediaGroup)
def send_media_group(call: Call[SendMediaGroup]) -> list[Json]:
    """An album: two to ten photos, or documents only; each is a message of its own with the common id."""
    items: list[Json] = call.raw["media"]
    if len(items) > 10:
        raise bad_request("too many messages to send as an album")
    if len(items) < 2:
        raise bad_request("an album has 2-10 items (a check of the rehearsal)")
    kinds = {item.get("type") for item in items}
    if len(kinds) > 1 or not kinds <= {"photo", "document"}:
        raise bad_request("can't use the media of the specified type in the album")
    make = photo if kinds == {"photo"} else document
    parts = [(caption_words(item), make(call, item.get("media", ""))) for item in items]
    chat = ready(call, "photos" if kinds == {"photo"} else "documents", len(items))
    album = str(call.world.random.randrange(10**16, 10**17))
    return [message_json(_put(call, chat, words, media, album=album)) for words, media in parts]


@method(SendChatAction)
def send_chat_action(call: Call[SendChatAction]) -> bool:
    """«Typing…»: the page shows it, nothing is kept."""
    if call.asked.action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = chat_of(call.world, call.bot, call.asked.chat_id)
    call.world.events.publish(Event("typing", chat, account=call.bot, detail=call.asked.action))
    return True
