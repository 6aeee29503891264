"""What somebody wrote, with its formatting as far as every messenger has it: «b i u s code a» (messengers.md)."""

from collections.abc import Iterable, Iterator
from html import escape

from aiogram.enums import MessageEntityType
from aiogram.types import Message, MessageEntity
from aiogram.utils.text_decorations import html_decoration

from domain.form_value import seen

_KEPT = frozenset(
    {
        MessageEntityType.BOLD,
        MessageEntityType.ITALIC,
        MessageEntityType.UNDERLINE,
        MessageEntityType.STRIKETHROUGH,
        MessageEntityType.CODE,
    }
)


def html_of(message: Message) -> str:
    """The text of a message, or what is written under its file, as HTML; what nobody sees is left out."""
    text, entities = message.text or message.caption or "", message.entities or message.caption_entities or []
    return seen(html_decoration.unparse(text, list(_common(entities)))).strip()


def _common(entities: Iterable[MessageEntity]) -> Iterator[MessageEntity]:
    """Code in lines is code; a link leads to a page, nowhere else."""
    for one in entities:
        if one.type == MessageEntityType.PRE:
            yield one.model_copy(update={"type": MessageEntityType.CODE, "language": None})
        elif one.type == MessageEntityType.TEXT_LINK and (one.url or "").lower().startswith(("http://", "https://")):
            yield one.model_copy(update={"url": escape(one.url or "")})
        elif one.type in _KEPT:
            yield one
