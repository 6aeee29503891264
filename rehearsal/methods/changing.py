"""What happens to messages after they are sent: edits, deletion, pins, copies; and answers to presses."""

from datetime import timedelta
from typing import Any

from aiogram.methods import (
    AnswerCallbackQuery,
    CopyMessage,
    DeleteMessage,
    EditMessageCaption,
    EditMessageReplyMarkup,
    EditMessageText,
    ForwardMessage,
    PinChatMessage,
    UnpinChatMessage,
)

from rehearsal.chats import Chat, Group
from rehearsal.events import Event
from rehearsal.keyboards import inline_rows
from rehearsal.messages import Message, Rows
from rehearsal.methods.places import chat_of, message_of
from rehearsal.methods.registry import Call, method
from rehearsal.methods.sending import send
from rehearsal.methods.words import caption_words, text_words
from rehearsal.posting import Words, erase, post, rewrite
from rehearsal.pressing import Answer
from rehearsal.refusals import NOT_MODIFIED, Json, bad_request
from rehearsal.wire import message_json

TOAST_LIMIT = 200
DELETABLE = timedelta(hours=48)


def own(call: Call[Any]) -> Message:
    """The bot's own message that the request wants to edit."""
    if call.asked.chat_id is None:
        raise bad_request("message identifier is not specified")
    message = message_of(chat_of(call.world, call.bot, call.asked.chat_id), call.asked.message_id, "message to edit")
    if message.sender is not call.bot or message.service is not None or message.forwarded is not None:
        raise bad_request("message can't be edited")
    return message


def edited(call: Call[Any], message: Message, words: Words, keyboard: Rows) -> Json:
    now = (words.text, list(words.entities), keyboard)
    if now == (message.text, message.entities, message.keyboard):
        raise bad_request(NOT_MODIFIED)
    rewrite(call.world, message, words, keyboard)
    return message_json(message)


@method(EditMessageText)
def edit_message_text(call: Call[EditMessageText]) -> Json:
    """New words; buttons not given again are taken away, as the server does."""
    words, keyboard = text_words(call.raw, "MESSAGE_TOO_LONG"), inline_rows(call.raw.get("reply_markup"))
    message = own(call)
    if message.media is not None:
        raise bad_request("there is no text in the message to edit")
    return edited(call, message, words, keyboard)


@method(EditMessageCaption)
def edit_message_caption(call: Call[EditMessageCaption]) -> Json:
    words, keyboard = caption_words(call.raw), inline_rows(call.raw.get("reply_markup"))
    message = own(call)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return edited(call, message, words, keyboard)


@method(EditMessageReplyMarkup)
def edit_message_reply_markup(call: Call[EditMessageReplyMarkup]) -> Json:
    keyboard = inline_rows(call.raw.get("reply_markup"))
    message = own(call)
    return edited(call, message, Words(message.text, tuple(message.entities)), keyboard)


@method(DeleteMessage)
def delete_message(call: Call[DeleteMessage]) -> bool:
    """Of others' messages, those of a private chat and, for an administrator, of a group; nothing after 48 hours."""
    chat = chat_of(call.world, call.bot, call.asked.chat_id)
    message = message_of(chat, call.asked.message_id, "message to delete")
    if message.sender is not call.bot and isinstance(chat, Group) and not chat.place(call.bot).leads:
        raise bad_request("message can't be deleted")
    if call.world.clock() - message.at > DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    erase(call.world, message)
    return True


@method(AnswerCallbackQuery)
def answer_callback_query(call: Call[AnswerCallbackQuery]) -> bool:
    """Tell the person who pressed. All answers are kept; the first one is what an awaited press gives."""
    text = call.asked.text or ""
    if len(text) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = Answer(text, bool(call.asked.show_alert), call.asked.url)
    press = call.world.presses.answer(call.asked.callback_query_id, answer, call.bot)
    call.world.events.publish(Event("answered", press.message.chat, press.message, press.person, text))
    return True


@method(PinChatMessage)
def pin_chat_message(call: Call[PinChatMessage]) -> bool:
    chat = _pinnable(call)
    message = message_of(chat, call.asked.message_id, "message to pin")
    chat.pinned.append(message)
    post(call.world, chat, call.bot, service={"pinned_message": message_json(message, with_reply=False)})
    return True


@method(UnpinChatMessage)
def unpin_chat_message(call: Call[UnpinChatMessage]) -> bool:
    chat = _pinnable(call)
    if not chat.pinned:
        raise bad_request("message to unpin not found")
    if call.asked.message_id is None:
        chat.pinned.pop()
    else:
        chat.pinned = [message for message in chat.pinned if message.id != call.asked.message_id]
    return True


def _pinnable(call: Call[Any]) -> Chat:
    chat = chat_of(call.world, call.bot, call.asked.chat_id)
    if isinstance(chat, Group) and not chat.place(call.bot).leads:
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


@method(CopyMessage)
def copy_message(call: Call[CopyMessage]) -> Json:
    """Say the same again, without saying whose it was; a new caption may replace the old one."""
    message = _source(call, "copy", "message can't be copied")
    words = Words(message.text, tuple(message.entities))
    if message.media is not None and "caption" in call.raw:
        words = caption_words(call.raw)
    return {"message_id": send(call, "text messages", words, message.media).id}


@method(ForwardMessage)
def forward_message(call: Call[ForwardMessage]) -> Json:
    message = _source(call, "forward", "message can't be forwarded")
    origin = message.forwarded or {"type": "user", "date": message.date, "sender_user": message.sender.wire()}
    words = Words(message.text, tuple(message.entities))
    return message_json(send(call, "text messages", words, message.media, forwarded=origin))


def _source(call: Call[Any], verb: str, refusal: str) -> Message:
    chat = chat_of(call.world, call.bot, call.asked.from_chat_id, writing=False)
    message = message_of(chat, call.asked.message_id, f"message to {verb}")
    if message.service is not None or message.protected:
        raise bad_request(refusal)
    return message
