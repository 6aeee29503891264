"""What a bot asks about chats, members and files."""

from aiogram.methods import (
    GetChat,
    GetChatAdministrators,
    GetChatMember,
    GetChatMemberCount,
    GetFile,
    GetMe,
    LeaveChat,
)

from rehearsal import membership
from rehearsal.chats import Chat, Group, Membership
from rehearsal.files import DOWN_LIMIT
from rehearsal.methods.places import chat_of
from rehearsal.methods.registry import Call, method
from rehearsal.refusals import Json, bad_request
from rehearsal.wire import message_json

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


@method(GetMe)
def get_me(call: Call[GetMe]) -> Json:
    return call.bot.me()


@method(GetChat)
def get_chat(call: Call[GetChat]) -> Json:
    chat = chat_of(call.world, call.bot, call.asked.chat_id, writing=False)
    full = chat.wire() | {
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    if isinstance(chat, Group):
        full["permissions"] = {"can_send_messages": not chat.muted}
    if chat.pinned:
        full["pinned_message"] = message_json(chat.pinned[-1], with_reply=False)
    return full


def _members(chat: Chat) -> list[Membership]:
    if isinstance(chat, Group):
        return chat.present()
    raise bad_request("there are no administrators in the private chat")


@method(GetChatMember)
def get_chat_member(call: Call[GetChatMember]) -> Json:
    chat = chat_of(call.world, call.bot, call.asked.chat_id, writing=False)
    account = call.world.account(call.asked.user_id)
    if account is None:
        raise bad_request("invalid user_id specified")
    if isinstance(chat, Group):
        return chat.place(account).wire()
    if not chat.has(account):
        raise bad_request("member not found")
    return Membership(account, "member").wire()


@method(GetChatMemberCount)
def get_chat_member_count(call: Call[GetChatMemberCount]) -> int:
    chat = chat_of(call.world, call.bot, call.asked.chat_id, writing=False)
    return len(chat.present()) if isinstance(chat, Group) else 2


@method(GetChatAdministrators)
def get_chat_administrators(call: Call[GetChatAdministrators]) -> list[Json]:
    """Those who lead the group; bots among them only if asked for."""
    chat = chat_of(call.world, call.bot, call.asked.chat_id, writing=False)
    leading = [member for member in _members(chat) if member.leads]
    return [m.wire() for m in leading if not m.account.is_bot or m.account is call.bot or call.asked.return_bots]


@method(LeaveChat)
def leave_chat(call: Call[LeaveChat]) -> bool:
    chat = chat_of(call.world, call.bot, call.asked.chat_id)
    if not isinstance(chat, Group):
        raise bad_request("chat member status can't be changed in private chats")
    membership.depart(call.world, chat, call.bot, by=call.bot)
    return True


@method(GetFile)
def get_file(call: Call[GetFile]) -> Json:
    """Where to download a file from; over 20 MB the server refuses."""
    file = call.world.files.get(call.asked.file_id)
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.data) > DOWN_LIMIT:
        raise bad_request("file is too big")
    return file.wire() | {"file_path": file.path}
