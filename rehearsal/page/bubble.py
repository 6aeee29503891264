"""One message as the page draws it. ``html`` is escaped by the world; everything else is plain text."""

from typing import Any

from rehearsal.chats import Group
from rehearsal.files import Files
from rehearsal.messages import Media, Message
from rehearsal.page.names import isolated
from rehearsal.page.pictures import picture_size, picture_type
from rehearsal.refusals import Json
from rehearsal.view import message_view
from texts import Texts

PREVIEW = 120
NAMED_MEDIA = {"photo", "document", "voice", "location"}
_USUAL_SIZE = (1280, 960)


class Bubbles:
    """Draws nothing itself: gives plain data with every word already in Russian."""

    def __init__(self, files: Files, texts: Texts) -> None:
        self.files = files
        self.texts = texts

    def of(self, message: Message) -> Json:
        """The whole message."""
        return message_view(message) | {
            "preview": self.preview(message),
            "media": self._media(message.media) if message.media else None,
            "service": self._service(message),
            "edited": any(edit.text != message.text for edit in message.edits),
            "reply": self._reply(message.reply_to) if message.reply_to else None,
            "topic": self._topic(message),
            "forwarded": _name(message.forwarded["sender_user"]) if message.forwarded else None,
        }

    def preview(self, message: Message) -> str:
        """One line for the list of chats: the words, or what there is instead of them."""
        return message.text[:PREVIEW] or self._label(message.media) or self._service(message) or ""

    def _reply(self, message: Message) -> Json:
        return {
            "id": message.id,
            "order": message.order,
            "name": message.sender.name,
            "text": self.texts.plain("page.deleted") if message.deleted else self.preview(message),
            "gone": message.deleted,
        }

    def _topic(self, message: Message) -> str | None:
        """The name of the forum's topic the message belongs to."""
        chat = message.chat
        topic = chat.topics.get(message.thread or 0) if isinstance(chat, Group) and message.in_topic else None
        return topic.title if topic else None

    def _label(self, media: Media | None) -> str | None:
        if media is None:
            return None
        return self.texts.plain(f"page.media-{media.kind if media.kind in NAMED_MEDIA else 'other'}")

    def _media(self, media: Media) -> Json:
        """What is needed to show it; ``file`` is an id for ``GET /page/file/<id>``."""
        shown: Json = {"kind": media.kind, "label": self._label(media)}
        content: Any = media.content
        match media.kind:
            case "photo":
                return shown | self._photo(media.files[-1])
            case "document":
                return shown | {
                    "file": media.files[-1],
                    "name": content.get("file_name", ""),
                    "size": content["file_size"],
                }
            case "voice":
                return shown | {"file": media.files[-1], "seconds": content["duration"]}
            case "location":
                return shown | {"latitude": content["latitude"], "longitude": content["longitude"]}
        return shown | {"kind": "other"}

    def _photo(self, file_id: str) -> Json:
        """What no browser shows, it at least downloads."""
        data = file.data if (file := self.files.get(file_id)) else b""
        if picture_type(data) is None:
            return {"kind": "document", "file": file_id, "name": "", "size": len(data)}
        width, height = picture_size(data) or _USUAL_SIZE
        return {"file": file_id, "width": width, "height": height}

    def _service(self, message: Message) -> str | None:
        if message.service is None:
            return None
        kind, content = next(iter(message.service.items()))
        match kind:
            case "new_chat_members":
                whom = ", ".join(isolated(_name(user)) for user in content)
                return self.texts.plain("page.service-entered", whom=whom)
            case "left_chat_member":
                return self.texts.plain("page.service-left", whom=isolated(_name(content)))
            case "new_chat_title":
                return self.texts.plain("page.service-title", title=isolated(content))
            case "pinned_message":
                return self.texts.plain("page.service-pinned")
            case "migrate_to_chat_id" | "migrate_from_chat_id":
                return self.texts.plain("page.service-supergroup")
            case "forum_topic_created":
                return self.texts.plain("page.service-topic", title=isolated(content["name"]))
        return self.texts.plain("page.service-other")


def _name(user: Json) -> str:
    return f"{user['first_name']} {user.get('last_name', '')}".strip()
