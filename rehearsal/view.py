"""What a person sees, as plain data: for the chat page and for reading in a test."""

from rehearsal.chats import Chat, Group
from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.refusals import Json


def snapshot(person: Person) -> Json:
    """The person's chats with their messages, oldest first. Words are safe HTML, instants ISO 8601 in UTC."""
    return {"person": {"id": person.id, "name": person.name}, "chats": [chat_view(person, c) for c in person.chats()]}


def chat_view(person: Person, chat: Chat) -> Json:
    """One chat as this person sees it; ``pinned`` holds ids of messages, the latest pin last."""
    view: Json = {"id": chat.id, "kind": chat.kind, "title": chat.title}
    if isinstance(chat, Group):
        view["members"] = [member.account.name for member in chat.present()]
        view["topics"] = {topic.id: topic.title for topic in chat.topics.values()}
    view["pinned"] = [message.id for message in chat.pinned if not message.deleted]
    view["messages"] = [message_view(message) for message in person.messages(chat)]
    return view


def message_view(message: Message) -> Json:
    """One message. A button has ``data`` or ``url``; ``files`` are ids; ``service`` is the name of an event."""
    return {
        "id": message.id,
        "chat": message.chat.id,
        "order": message.order,
        "at": message.at.isoformat(),
        "from": {"id": message.sender.id, "name": message.sender.name, "bot": message.sender.is_bot},
        "html": message.html,
        "buttons": [
            [{"text": b["text"], "data": b.get("callback_data"), "url": b.get("url")} for b in row]
            for row in message.keyboard
        ],
        "media": message.media.kind if message.media else None,
        "files": message.media.files if message.media else [],
        "album": message.album,
        "topic": message.thread,
        "reply_to": message.reply_to.id if message.reply_to else None,
        "edited": len(message.edits),
        "service": next(iter(message.service)) if message.service else None,
    }
