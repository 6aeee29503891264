"""What a document holds: a link or a file is sent in, looked at, taken away."""

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.document import DocumentCard, Documents
from channels.telegram import TelegramFiles
from domain.button import Button, press
from domain.clock import Clock
from domain.document import Document, DocumentKind, Slot
from domain.evidence import FILE_LIMIT
from domain.people import Member
from domain.refusal import Refusal
from handlers.album import is_rest_of_album, said_already
from handlers.awaiting import Awaiting
from handlers.document import card_screen, place
from handlers.files import sent_file
from handlers.presses.document import AddToDocument, DocumentFile, DropFromDocument
from handlers.show import Screen, send_file, show
from handlers.start import never_mind
from handlers.where import is_answer
from texts import Texts

_MIB = 1024**2


async def _is_document(message: Message) -> bool:
    return message.document is not None


async def _is_no_command(message: Message) -> bool:
    return not (message.text or "").startswith("/")


async def ask(
    call: CallbackQuery,
    callback_data: AddToDocument,
    member: Member,
    documents: Documents,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Файл или ссылка»."""
    card = await documents.to_change(callback_data.slot, by=member)
    school, kind, risk = place(card.line)
    await state.set_state(Awaiting.document)
    await state.set_data({"school": school, "kind": kind, "risk": risk})
    back = Button(texts.plain("document.button-card"), press("doc", school, kind, risk))
    text = texts.html("document.ask", doc=card.line, document=card.line.document, limit=FILE_LIMIT // _MIB)
    await show(call, Screen(text, ((back, *never_mind(texts)),)))


async def _slot(state: FSMContext) -> Slot:
    data = await state.get_data()
    return Slot(int(data["school"]), DocumentKind(data["kind"]), int(data["risk"]))


async def typed_link(
    message: Message, member: Member, documents: Documents, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """A link, typed."""
    card = await documents.add_link(await _slot(state), message.text or "", by=member, now=clock())
    await state.clear()
    await _show_added(message, card, "link", texts)


async def received(
    message: Message, bot: Bot, member: Member, documents: Documents, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """A file; of an album the first one."""
    sent = sent_file(message, texts)
    assert sent is not None  # noqa: S101  the filter has seen it
    card = await documents.add_file(await _slot(state), sent, TelegramFiles(bot), by=member, now=clock())
    await state.clear()
    await _show_added(message, card, "file" if message.media_group_id is None else "first-file", texts)


async def _show_added(message: Message, card: DocumentCard, what: str, texts: Texts) -> None:
    screen = card_screen(texts, card)
    added = texts.html(f"document.added-{what}", document=card.line.document)
    await show(message, Screen(f"{added}\n\n{screen.text}", screen.buttons))


async def neither(message: Message, texts: Texts) -> None:
    """A photo, a voice message, anything else."""
    await show(message, Screen(texts.html("document.file-please")))


async def drop(
    call: CallbackQuery,
    callback_data: DropFromDocument,
    member: Member,
    documents: Documents,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Убрать файл», «Убрать ссылку»."""
    use = documents.drop_file if callback_data.what == "file" else documents.drop_link
    card = await use(callback_data.slot, by=member, now=clock())
    toast = texts.plain(f"document.dropped-{callback_data.what}-toast")
    await show(call, card_screen(texts, card), toast=toast)


async def open_file(
    call: CallbackQuery, callback_data: DocumentFile, bot: Bot, member: Member, documents: Documents, texts: Texts
) -> None:
    """«Открыть файл»: it comes as a message of its own, by the messenger's id or else from the copy."""
    card = await documents.card(callback_data.slot, by=member)
    document = card.line.document
    if not document.remote_id:
        raise Refusal("document.no-file")
    caption = texts.html("document.file-caption", doc=card.line, sheet=card.sheet)
    if document.messenger != member.account.messenger or not await _handed_on(bot, call, document, caption):
        content = await documents.copy_of(document)
        if content is None:
            raise Refusal("document.file-lost")
        await send_file(call, document.name, content, caption)
    await call.answer(texts.plain("document.file-toast"))


async def _handed_on(bot: Bot, call: CallbackQuery, document: Document, caption: str) -> bool:
    try:
        await bot.send_document(call.from_user.id, document.remote_id, caption=caption)
    except TelegramBadRequest:
        return False
    return True


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(ask, AddToDocument.filter())
    router.callback_query.register(drop, DropFromDocument.filter())
    router.callback_query.register(open_file, DocumentFile.filter())
    router.message.register(said_already, Awaiting.document, is_rest_of_album)
    router.message.register(typed_link, Awaiting.document, is_answer)
    router.message.register(received, Awaiting.document, _is_document)
    router.message.register(neither, Awaiting.document, _is_no_command)
