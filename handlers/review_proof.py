"""«Показать файлы»: everything that was sent, whole, below the card: words first, then albums and files."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from html import escape

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, CallbackQuery, InputMediaDocument, InputMediaPhoto

from actions.review import Reviews
from domain.clock import Clock
from domain.evidence import Evidence, EvidenceKind
from domain.people import Member
from handlers.presses.review import ShowProof
from handlers.review import card_screen
from handlers.show import ALBUM, Screen, send
from texts import Texts

CopyOf = Callable[[Evidence], Awaitable[bytes | None]]
"""Gives what is in a file; ``None`` where there is no copy of it."""
_AT_ONCE = 700
"""Characters of somebody's words that are not torn apart."""
_ROOM = 3600
"""Characters of a message, as HTML writes them."""


async def show_proof(
    call: CallbackQuery, callback_data: ShowProof, member: Member, reviews: Reviews, clock: Clock, texts: Texts
) -> None:
    """Words, files, and the card once more: the decision is at hand below them."""
    card = await reviews.look(callback_data.id, by=member, now=clock())
    await call.answer(texts.plain("review.proof-toast"))
    bot, chat_id, proof = call.bot, call.from_user.id, card.completion.evidence
    assert bot is not None  # noqa: S101  aiogram mounts it on every update
    for parts in packed(_words(texts, proof)):
        await send(bot, chat_id, Screen(texts.html("review.words", parts=parts)))
    files = [one for one in proof if one.kind is EvidenceKind.FILE]
    lost = await FileSender(bot, chat_id, member.account.messenger, reviews.copy_of, texts).all(files)
    if lost:
        await send(bot, chat_id, Screen(texts.html("review.files-lost", files=lost)))
    await send(bot, chat_id, card_screen(texts, card))


def _words(texts: Texts, proof: Sequence[Evidence]) -> Iterator[str]:
    for one in proof:
        if one.kind is EvidenceKind.ORDER:
            yield texts.plain("review.piece-order", piece=one, length=_AT_ONCE)
        elif one.kind is not EvidenceKind.FILE:
            yield from (one.text[start : start + _AT_ONCE] for start in range(0, len(one.text), _AT_ONCE))


def packed(parts: Iterator[str], room: int = _ROOM) -> Iterator[list[str]]:
    """As many of the parts in one message as have room there, in their order."""
    together: list[str] = []
    taken = 0
    for part in parts:
        length = len(escape(part)) + 2
        if together and taken + length > room:
            yield together
            together, taken = [], 0
        together.append(part)
        taken += length
    if together:
        yield together


class FileSender:
    """Files into one private chat: by the messenger's own id where it knows them, else from the folder. An album of
    photos that were never kept but as copies is held in memory at a time."""

    def __init__(self, bot: Bot, chat_id: int, messenger: str, copy_of: CopyOf, texts: Texts) -> None:
        self._bot = bot
        self._chat_id = chat_id
        self._messenger = messenger
        self._copy_of = copy_of
        self._texts = texts

    async def all(self, files: Sequence[Evidence]) -> list[Evidence]:
        """Send them, photos together and documents together; returns those that nobody hands over any more."""
        known = [one for one in files if one.remote_id and one.messenger == self._messenger]
        copies = [one for one in files if _is_copied_photo(one)]
        kinds = ([one for one in known if one.is_photo], [one for one in known if not one.is_photo], copies)
        albums = [kind[start : start + ALBUM] for kind in kinds for start in range(0, len(kind), ALBUM)]
        singly = [one for one in files if one not in known and one not in copies]
        for album in albums:
            if not await self._album(album):
                singly += album
        return [one for one in singly if not await self._one(one)]

    async def _album(self, album: Sequence[Evidence]) -> bool:
        if len(album) == 1:
            return False
        media: list[InputMediaPhoto | InputMediaDocument] = []
        for one in album:
            file = one.remote_id or await self._input(one)
            if file is None:
                return False
            kind = InputMediaPhoto if one.is_photo else InputMediaDocument
            media.append(kind(media=file, caption=self._caption(one)))
        try:
            await self._bot.send_media_group(self._chat_id, list(media))
        except TelegramBadRequest:
            return False
        return True

    async def _one(self, one: Evidence) -> bool:
        if one.remote_id and one.messenger == self._messenger:
            send = self._bot.send_photo if one.is_photo else self._bot.send_document
            try:
                await send(self._chat_id, one.remote_id, caption=self._caption(one))
            except TelegramBadRequest:
                return await self._copy(one)
            return True
        return await self._copy(one)

    async def _copy(self, one: Evidence) -> bool:
        """A document: nothing of its quality is lost; a photo that was never kept but as a copy is one."""
        file = await self._input(one)
        if file is None:
            return False
        send = self._bot.send_photo if _is_copied_photo(one) else self._bot.send_document
        try:
            await send(self._chat_id, file, caption=self._caption(one))
        except TelegramBadRequest:
            return False
        return True

    async def _input(self, one: Evidence) -> BufferedInputFile | None:
        content = await self._copy_of(one)
        if content is None:
            return None
        return BufferedInputFile(content, one.name or self._texts.plain("evidence.name-photo"))

    def _caption(self, one: Evidence) -> str | None:
        return self._texts.html("review.caption", piece=one) if one.text else None


def _is_copied_photo(one: Evidence) -> bool:
    return one.is_photo and not one.remote_id


def setup(router: Router) -> None:
    """Private screens of reviewers."""
    router.callback_query.register(show_proof, ShowProof.filter())
