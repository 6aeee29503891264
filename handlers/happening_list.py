"""What was held of an item: the list, one of it with its files, and taking it away."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.happening import Happenings, HeldList
from actions.happening_sight import HeldCard, card_said
from actions.tasks import Tasks
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from domain.roadmap import Item
from handlers.paging import on_page, turning
from handlers.presses.happening import ChooseHeld, HappeningFiles, HeldPage, OpenHappening, TakeAwayHappening
from handlers.review_proof import FileSender
from handlers.show import Screen, send, show
from handlers.start import back_to_menu
from handlers.task import choice_screen
from texts import Texts

_LISTED = 6
_IN_ROW = 3


def held_button(texts: Texts, item_id: int, item: Item) -> Button:
    """«Провели семинар», «Обновили раздел», «Провели мероприятие», by what the item counts."""
    kind = item.threshold.kind if item.threshold is not None else ""
    return Button(texts.plain(f"happening.button-{kind}"), press("held", item_id))


def list_screen(texts: Texts, found: HeldList, page: int = 0) -> Screen:
    """A page of it, the latest first, with a button for each."""
    kept, page = found.held.kept, max(page, 0)
    shown, number, pages = on_page(found.happenings, page, _LISTED)
    first = (number - 1) * _LISTED + 1
    numbered = list(enumerate(shown, first))
    buttons = [Button(texts.plain("happening.button-one", number=n), press("happening", one.id)) for n, one in numbered]
    rows = [tuple(buttons[start : start + _IN_ROW]) for start in range(0, len(buttons), _IN_ROW)]
    turns = turning(texts, len(found.happenings), page, lambda other: press("heldlist", kept.id, other), _LISTED)
    more = (held_button(texts, kept.id, kept.item),) if kept.is_open else ()
    text = texts.html("happening.list", found=found, item=kept.item, rows=numbered, page=number, pages=pages)
    return Screen(text, tuple(row for row in (more, *rows, turns, _back(texts, kept.id)) if row))


def happening_screen(texts: Texts, card: HeldCard) -> Screen:
    """One of it."""
    said = card_said(texts, card)
    return Screen(said.text, said.buttons)


def _back(texts: Texts, item_id: int) -> tuple[Button, ...]:
    return (Button(texts.plain("item.button-card"), press("item", item_id)), *back_to_menu(texts))


async def choose_item(
    call: CallbackQuery, callback_data: ChooseHeld, member: Member, tasks: Tasks, clock: Clock, texts: Texts
) -> None:
    """«Отметить проведённое» in «Мои задачи»: of which item."""
    found = (await tasks.mine(by=member, now=clock())).to_report
    text = texts.html("happening.ask-item" if found else "happening.nothing-to-tell")
    items = [task.kept for task in found]
    screen = choice_screen(
        texts, text, items, callback_data.page, lambda one: press("held", one), lambda other: press("toheld", other)
    )
    await show(call, screen)


async def show_list(
    call: CallbackQuery,
    callback_data: HeldPage,
    member: Member,
    happenings: Happenings,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Что проведено»."""
    await state.clear()
    found = await happenings.of_item(callback_data.id, by=member, now=clock())
    await show(call, list_screen(texts, found, callback_data.page))


async def open_happening(
    call: CallbackQuery,
    callback_data: OpenHappening,
    member: Member,
    happenings: Happenings,
    clock: Clock,
    texts: Texts,
) -> None:
    """One of the list."""
    await show(call, happening_screen(texts, await happenings.look(callback_data.id, by=member, now=clock())))


async def show_files(
    call: CallbackQuery,
    callback_data: HappeningFiles,
    member: Member,
    happenings: Happenings,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Показать файлы»: below, then the card once more."""
    card = await happenings.look(callback_data.id, by=member, now=clock())
    await call.answer(texts.plain("review.proof-toast"))
    bot, chat_id = call.bot, call.from_user.id
    assert bot is not None  # noqa: S101  aiogram mounts it on every update
    sender = FileSender(bot, chat_id, member.account.messenger, happenings.copy_of, texts)
    lost = await sender.all(card.happening.files)
    if lost:
        await send(bot, chat_id, Screen(texts.html("review.files-lost", files=lost)))
    await send(bot, chat_id, happening_screen(texts, card))


async def take_away(
    call: CallbackQuery,
    callback_data: TakeAwayHappening,
    member: Member,
    happenings: Happenings,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Убрать»."""
    found = await happenings.take_away(callback_data.id, by=member, now=clock())
    await show(call, list_screen(texts, found), toast=texts.plain("evidence.taken-away-toast"))


def setup(router: Router) -> None:
    """Private screens of whoever carries such items out."""
    router.callback_query.register(choose_item, ChooseHeld.filter())
    router.callback_query.register(show_list, HeldPage.filter())
    router.callback_query.register(open_happening, OpenHappening.filter())
    router.callback_query.register(show_files, HappeningFiles.filter())
    router.callback_query.register(take_away, TakeAwayHappening.filter())
