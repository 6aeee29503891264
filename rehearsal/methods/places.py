"""Where a request points: a chat, a thread, a message — and the refusals when it is not there."""

from typing import TYPE_CHECKING

from rehearsal.accounts import BotAccount
from rehearsal.chats import Chat, Group, PrivateChat
from rehearsal.messages import Message
from rehearsal.refusals import RefusalError, bad_request, forbidden, upgraded

if TYPE_CHECKING:
    from rehearsal.world import World


def chat_of(world: "World", bot: BotAccount, chat_id: int | str, *, writing: bool = True) -> Chat:
    """The chat as this bot may use it; ``writing`` also asks whether the other side lets the bot write."""
    if isinstance(chat_id, str):
        raise bad_request("chat not found")
    if chat_id > 0:
        return _private(world, bot, chat_id, writing=writing)
    group = world.groups.get(chat_id)
    if group is None or bot.id not in group.members:
        raise bad_request("chat not found")
    if group.migrated_to is not None:
        raise upgraded(group.now.id)
    place = group.place(bot)
    if not place.present:
        was = "was kicked from" if place.status == "kicked" else "is not a member of"
        raise forbidden(f"bot {was} the {group.kind} chat")
    return group


def _private(world: "World", bot: BotAccount, chat_id: int, *, writing: bool) -> PrivateChat:
    chat = world.privates.get((bot.id, chat_id))
    if chat is None or not (chat.messages or chat.started):
        raise _not_started(world, bot, chat_id)
    if writing and chat.person.deactivated:
        raise forbidden("user is deactivated")
    if writing and chat.blocked:
        raise forbidden("bot was blocked by the user")
    return chat


def _not_started(world: "World", bot: BotAccount, chat_id: int) -> RefusalError:
    """A person met in a common group is known to the bot but may not be written to first; others do not exist."""
    if any(other.id == chat_id for other in world.bots.values()):
        return forbidden("bot can't send messages to bots")
    met = any(bot.id in group.members and chat_id in group.members for group in world.groups.values())
    return forbidden("bot can't initiate conversation with a user") if met else bad_request("chat not found")


def may_send(chat: Chat, bot: BotAccount, what: str) -> None:
    if isinstance(chat, Group) and chat.muted and not chat.place(bot).leads:
        raise bad_request(f"not enough rights to send {what} to the chat")


def thread_of(chat: Chat, bot: BotAccount, thread: int | None) -> tuple[int | None, bool]:
    """The thread's id and whether it is a topic of a forum."""
    if not thread:
        return None, False
    if not isinstance(chat, Group) or chat.kind != "supergroup":
        raise bad_request("message thread not found")
    topic = chat.topics.get(thread)
    if topic is None and (chat.forum or thread not in chat.messages):
        raise bad_request("message thread not found")
    if topic is not None and topic.closed and not chat.place(bot).leads:
        raise bad_request("TOPIC_CLOSED")
    return thread, topic is not None


def message_of(chat: Chat, message_id: int | None, role: str) -> Message:
    """A message of the chat; ``role`` names it in the refusal: «message to edit»."""
    if message_id is None:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise bad_request(f"{role} not found")
    return message
