"""Files that people send: their size is looked at before anything is downloaded."""

from dataclasses import replace

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Audio, BufferedInputFile, Document, Message, PhotoSize, Video, VideoNote, Voice
from aiohttp import ClientError

from channels.telegram import TELEGRAM, TelegramFiles
from domain.evidence import SentFile, file_name, short_caption
from domain.refusal import Refusal
from texts import Texts

TIMEOUT_S = 30
"""Of a download: a village's network is slow."""


async def download(bot: Bot, file_id: str, otherwise: str) -> bytes:
    """What is in a file. Raises ``Refusal`` with the text id ``otherwise`` where the messenger does not give it now.

    Never inside a transaction: it is the network.
    """
    try:
        content = await bot.download(file_id, timeout=TIMEOUT_S)
    except (ClientError, TimeoutError, TelegramBadRequest) as error:
        raise Refusal(otherwise) from error
    return content.read() if content is not None else b""


def is_larger(document: Document, limit: int) -> bool:
    """Whether a document is known to have more bytes."""
    return (document.file_size or 0) > limit


def sent_file(message: Message, texts: Texts) -> SentFile | None:
    """The file of a message, a photo in its largest size; ``None`` where it holds none."""
    if message.photo:
        return _sent(message, message.photo[-1], "")
    for kind in ("document", "video", "audio", "voice", "video_note"):
        found = getattr(message, kind)
        if found is not None:
            name = getattr(found, "file_name", None) or texts.plain(f"evidence.name-{kind}")
            return _sent(message, found, file_name(name))
    return None


def _sent(message: Message, found: PhotoSize | Document | Video | Audio | Voice | VideoNote, name: str) -> SentFile:
    return SentFile(
        TELEGRAM,
        found.file_id,
        f"{message.chat.id}:{message.message_id}",
        name,
        found.file_size,
        is_photo=not name,
        caption=short_caption(message.caption or ""),
    )


async def as_document(message: Message, bot: Bot, sent: SentFile) -> tuple[SentFile, TelegramFiles]:
    """A voice, a sound or a video goes on as a document: the messenger sends on each kind only as it came, so it is
    handed over once more as a file."""
    files = TelegramFiles(bot)
    if message.document or message.photo or sent.is_too_big:
        return sent, files
    content = await files.fetch(sent.remote_id)
    if content is None:
        raise Refusal("form.file-not-fetched")
    document = BufferedInputFile(content, sent.name)
    again = await bot.send_document(message.chat.id, document, disable_content_type_detection=True)
    return (sent if again.document is None else replace(sent, remote_id=again.document.file_id)), files
