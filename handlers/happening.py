"""«Провели семинар», «Обновили раздел», «Провели мероприятие»: a form, an answer at a time, each kept at once."""

from dataclasses import replace
from datetime import datetime, timedelta

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.happening import Happenings, HeldItem
from channels.telegram import TelegramFiles
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.evidence import link_of
from domain.happening import HeldDraft, Question, held_day, is_by_place, refuse_ahead, title_of
from domain.people import Member
from domain.refusal import Refusal
from handlers.awaiting import Awaiting
from handlers.batch import Batch, answered, next_file, read_batch
from handlers.batch import as_data as batch_data
from handlers.completion import in_own_chat
from handlers.evidence import has_file
from handlers.files import sent_file
from handlers.happening_list import happening_screen
from handlers.held_draft import as_data, read_draft
from handlers.paging import paged
from handlers.picking import label
from handlers.presses.happening import AskHeld, Held, HeldDay, HeldPlace, HeldPlaces, NoHeldLink, SaveHeld
from handlers.show import Screen, send_beside, show, show_again
from handlers.start import never_mind
from handlers.where import is_answer
from texts import Texts


def form_screen(texts: Texts, held: HeldItem, draft: HeldDraft, batch: Batch | None = None, page: int = 0) -> Screen:
    """The next question, or everything that was answered; above it what became of the files that just came."""
    item, asked = held.kept.item, draft.question(held.kept.item)
    said = {"held": held, "item": item, "draft": draft, "place": held.place(draft.place), "batch": batch}
    if asked is None:
        return Screen(texts.html("happening.summary", **said), (*_answers(texts, held), never_mind(texts)))
    buttons = _choices(texts, held, asked, page)
    return Screen(texts.html("happening.question", asked=asked, **said), (*buttons, never_mind(texts)))


def _choices(texts: Texts, held: HeldItem, asked: Question, page: int) -> Keyboard:
    item_id = held.kept.id
    match asked:
        case Question.PLACE:
            rows = [(Button(label(one.name), press("heldplace", item_id, one.id)),) for one in held.places]
            return paged(texts, rows, page, lambda other: press("heldplaces", item_id, other))
        case Question.DAY:
            near = (("today", held.today), ("yesterday", held.today - timedelta(days=1)))
            days = [(texts.plain(f"happening.button-{name}"), f"{day:%Y%m%d}") for name, day in near]
            return (tuple(Button(name, press("heldday", item_id, day)) for name, day in days),)
        case Question.LINK:
            return ((Button(texts.plain("happening.button-no-link"), press("heldnolink", item_id)),),)
    return ()


def _answers(texts: Texts, held: HeldItem) -> Keyboard:
    item_id = held.kept.id
    other = [Question.DAY, Question.TITLE, Question.LINK]
    row = tuple(Button(texts.plain(f"happening.button-{one}"), press("heldask", item_id, one)) for one in other)
    place = (Button(texts.plain("happening.button-place"), press("heldask", item_id, Question.PLACE)),)
    save = (Button(texts.plain("happening.button-save"), press("heldsave", item_id)),)
    return (save, row, *((place,) if len(held.places) > 1 else ()))


async def begin(
    call: CallbackQuery,
    callback_data: Held,
    bot: Bot,
    member: Member,
    happenings: Happenings,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A message of its own; what it was pressed under stays."""
    held = await happenings.begin(callback_data.id, by=member, now=clock())
    only = held.places[0].id if len(held.places) == 1 else None
    draft = HeldDraft(held.kept.id, only)
    if await send_beside(call, form_screen(texts, held, draft), texts):
        await _keep(in_own_chat(state, call, bot), draft)


async def _keep(state: FSMContext, draft: HeldDraft) -> None:
    await state.set_state(Awaiting.held)
    await state.set_data(as_data(draft))


async def _kept(state: FSMContext, item_id: int | None = None) -> HeldDraft:
    """Raises ``Refusal`` where the form is not there any more, or another one is."""
    draft = read_draft(await state.get_data()) if await state.get_state() == Awaiting.held.state else None
    if draft is None or item_id not in (None, draft.item_id):
        raise Refusal("happening.form-gone")
    return draft


async def _form(
    state: FSMContext, happenings: Happenings, member: Member, clock: Clock, item_id: int | None = None
) -> tuple[HeldDraft, HeldItem]:
    """What is filled in, and the item as it stands. Raises ``Refusal`` as ``_kept`` does, and where it may not be told
    of any more."""
    draft = await _kept(state, item_id)
    return draft, await happenings.begin(draft.item_id, by=member, now=clock())


async def turn_places(
    call: CallbackQuery,
    callback_data: HeldPlaces,
    member: Member,
    happenings: Happenings,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """Another page of the municipalities."""
    draft, held = await _form(state, happenings, member, clock, callback_data.id)
    await show(call, form_screen(texts, held, draft, page=callback_data.page))


async def choose_place(
    call: CallbackQuery,
    callback_data: HeldPlace,
    member: Member,
    happenings: Happenings,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A municipality."""
    draft, held = await _form(state, happenings, member, clock, callback_data.id)
    await _go_on(call, replace(draft, place=callback_data.place), held, texts, state)


async def choose_day(
    call: CallbackQuery,
    callback_data: HeldDay,
    member: Member,
    happenings: Happenings,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Сегодня», «Вчера»: of the day on which they were offered."""
    day = datetime.strptime(callback_data.day, "%Y%m%d").date()  # noqa: DTZ007  a date of the calendar has no zone
    draft, held = await _form(state, happenings, member, clock, callback_data.id)
    await _go_on(call, replace(draft, day=refuse_ahead(day, held.today)), held, texts, state)


async def no_link(
    call: CallbackQuery,
    callback_data: NoHeldLink,
    member: Member,
    happenings: Happenings,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Без ссылки»."""
    draft, held = await _form(state, happenings, member, clock, callback_data.id)
    await _go_on(call, replace(draft, link=""), held, texts, state)


async def _go_on(
    event: Message | CallbackQuery, draft: HeldDraft, held: HeldItem, texts: Texts, state: FSMContext
) -> None:
    """What was answered is kept, and the next question is asked."""
    await _keep(state, draft)
    await show(event, form_screen(texts, held, draft))


async def ask_again(
    call: CallbackQuery,
    callback_data: AskHeld,
    member: Member,
    happenings: Happenings,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Дата», «Название», «Ссылка», «Муниципалитет»: another answer."""
    draft, held = await _form(state, happenings, member, clock, callback_data.id)
    match Question(callback_data.what):
        case Question.PLACE if is_by_place(held.kept.item):
            draft = replace(draft, place=None)
        case Question.DAY:
            draft = replace(draft, day=None)
        case Question.TITLE:
            draft = replace(draft, title="")
        case Question.LINK:
            draft = replace(draft, link=None)
    await _go_on(call, draft, held, texts, state)


async def typed(
    message: Message, member: Member, happenings: Happenings, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The answer to whatever is asked; what is typed below the summary is none."""
    (draft, held), text = await _form(state, happenings, member, clock), message.text or ""
    match draft.question(held.kept.item):
        case Question.DAY:
            draft = replace(draft, day=held_day(text, held.today))
        case Question.TITLE:
            draft = replace(draft, title=title_of(text))
        case Question.LINK:
            draft = replace(draft, link=link_of(text))
        case _:
            raise Refusal("happening.press-please")
    await _go_on(message, draft, held, texts, state)


async def received(
    message: Message,
    bot: Bot,
    member: Member,
    happenings: Happenings,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A photo or a document, at whichever question; those that come together are answered with one message."""
    data, sent = await state.get_data(), sent_file(message, texts)
    assert sent is not None  # noqa: S101  the filter has seen it
    draft, held = await _form(state, happenings, member, clock)
    answer, draft = await happenings.look_at_file(draft, sent, TelegramFiles(bot), by=member)
    batch = next_file(read_batch(data), message.media_group_id, clock())
    batch = answered(texts, batch, sent.name or texts.plain("evidence.photo"), answer, is_photo=sent.is_photo)
    shown = await show_again(message, form_screen(texts, held, draft, batch), batch.message)
    await _keep(state, draft)
    await state.update_data(batch=batch_data(batch) | {"message": shown})


async def save(
    call: CallbackQuery,
    callback_data: SaveHeld,
    member: Member,
    happenings: Happenings,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Сохранить»; pressed twice it is saved once."""
    draft = await _kept(state, callback_data.id)
    card, anew = await happenings.report(draft, by=member, now=clock())
    await state.clear()
    toast = texts.plain("happening.saved-toast" if anew else "happening.saved-before-toast")
    await show(call, happening_screen(texts, card), toast=toast)


def setup(router: Router) -> None:
    """Private screens of whoever carries such items out."""
    router.callback_query.register(begin, Held.filter())
    router.callback_query.register(turn_places, HeldPlaces.filter())
    router.callback_query.register(choose_place, HeldPlace.filter())
    router.callback_query.register(choose_day, HeldDay.filter())
    router.callback_query.register(no_link, NoHeldLink.filter())
    router.callback_query.register(ask_again, AskHeld.filter(F.what.in_(set(Question))))
    router.callback_query.register(save, SaveHeld.filter())
    router.message.register(typed, Awaiting.held, is_answer)
    router.message.register(received, Awaiting.held, has_file)
