"""Confirming an item: from a card, from «Мои задачи», from a notice in private or in a group."""

from aiogram import Bot, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.types import CallbackQuery

from actions.completion import Completions
from actions.draft import Choice, DraftView
from actions.tasks import Tasks
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.completion import CompletionState
from domain.evidence import EvidenceKind, wants_evidence
from domain.notice import effective
from domain.people import Member
from handlers.awaiting import Awaiting
from handlers.batch import Batch
from handlers.picking import label
from handlers.presses.completion import ChooseToConfirm, Confirm, ConfirmFor, OpenDraft, SendDraft, WithdrawDraft
from handlers.show import Screen, send_beside, show
from handlers.start import back_to_menu
from handlers.task import choice_screen
from texts import Texts

SHOWN = 12
"""Pieces on the screen; the others are behind «Убрать …»."""


def draft_screen(texts: Texts, view: DraftView, batch: Batch | None = None) -> Screen:
    """What an item wants, what is there, and what can be done; above it what became of the files that just came."""
    completion = view.completion
    text = texts.html(
        "completion.screen",
        view=view,
        item=view.kept.item,
        deadline=effective(view.kept.item),
        wants=wants_evidence(view.kept.item.kind),
        pieces=list(enumerate(completion.evidence[:SHOWN], 1)),
        more=max(0, len(completion.evidence) - SHOWN),
        batch=batch,
        reviewers=_reviewers(texts, view),
    )
    return Screen(text, (*_buttons(texts, view), _back(texts, view)))


def _reviewers(texts: Texts, view: DraftView) -> list[str]:
    organisers = {f"organiser:{one.id}": one.name for one in view.roadmap.executors}
    named = sorted(view.reviewers)
    roles = [texts.plain(f"people.role-{one.removeprefix('role:')}") for one in named if one.startswith("role:")]
    return [*roles, *(organisers[one] for one in named if one in organisers)]


def _buttons(texts: Texts, view: DraftView) -> Keyboard:
    one = view.completion.id
    rounds = (Button(texts.plain("review.button-rounds"), press("rounds", one)),)
    past = (rounds,) if view.completion.rounds else ()
    if view.completion.state is CompletionState.SENT and view.is_asked:
        return ((Button(texts.plain("completion.button-withdraw"), press("undraft", one)),), *past)
    if not view.is_open:
        return past
    send = (Button(texts.plain("completion.button-send"), press("senddraft", one)),)
    kinds = (EvidenceKind.LINK, EvidenceKind.TEXT, EvidenceKind.ORDER)
    adding = tuple(Button(texts.plain(f"evidence.button-{kind}"), press("addproof", one, kind)) for kind in kinds)
    away = (Button(texts.plain("evidence.button-take-away"), press("proofs", one, 0)),)
    return (send, adding, *((away,) if view.completion.evidence else ()), *past)


def _back(texts: Texts, view: DraftView) -> tuple[Button, ...]:
    return (Button(texts.plain("item.button-card"), press("item", view.kept.id)), *back_to_menu(texts))


def _choice_screen(texts: Texts, choice: Choice) -> Screen:
    """For whom; each with how far it is."""
    item = choice.kept.id
    rows = tuple(
        (
            Button(
                texts.plain("completion.button-for", name=label(name), state=state),
                press("confirmfor", item, debtor.id),
            ),
        )
        for debtor, name, state in choice.debtors[:6]
    )
    text = texts.html("completion.ask-for", item=choice.kept.item, more=max(0, len(choice.debtors) - 6))
    return Screen(text, (*rows, back_to_menu(texts)))


async def await_evidence(state: FSMContext, view: DraftView | Choice) -> None:
    """Whatever is sent next is attached to this confirmation, while something can be."""
    if isinstance(view, DraftView) and view.is_open:
        await state.set_state(Awaiting.evidence)
        await state.set_data({"completion": view.completion.id})
    else:
        await state.clear()


def in_own_chat(state: FSMContext, call: CallbackQuery, bot: Bot) -> FSMContext:
    """The conversation with that person in private, wherever they pressed."""
    return FSMContext(state.storage, StorageKey(bot_id=bot.id, chat_id=call.from_user.id, user_id=call.from_user.id))


async def confirm(
    call: CallbackQuery,
    callback_data: Confirm,
    bot: Bot,
    member: Member,
    completions: Completions,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Подтвердить»: a message of its own, below which the files will be; what it was pressed under stays."""
    found = await completions.begin(callback_data.id, by=member, now=clock())
    screen = draft_screen(texts, found) if isinstance(found, DraftView) else _choice_screen(texts, found)
    if await send_beside(call, screen, texts):
        await await_evidence(in_own_chat(state, call, bot), found)


async def confirm_in_group(
    call: CallbackQuery,
    callback_data: Confirm,
    bot: Bot,
    member: Member,
    completions: Completions,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The same button in a group: whoever owes the item goes on in private, anybody else is told so kindly."""
    if member.is_stranger:
        await call.answer(texts.plain("people.stranger-toast"), show_alert=True)
        return
    await confirm(call, callback_data, bot, member, completions, clock, texts, state)


async def confirm_for(
    call: CallbackQuery,
    callback_data: ConfirmFor,
    member: Member,
    completions: Completions,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """One of several is chosen."""
    found = await completions.begin(callback_data.id, callback_data.debtor, by=member, now=clock())
    await await_evidence(state, found)
    screen = draft_screen(texts, found) if isinstance(found, DraftView) else _choice_screen(texts, found)
    await show(call, screen)


async def choose_to_confirm(
    call: CallbackQuery, callback_data: ChooseToConfirm, member: Member, tasks: Tasks, clock: Clock, texts: Texts
) -> None:
    """«Подтвердить» in «Мои задачи»: which of them."""
    found = (await tasks.mine(by=member, now=clock())).to_confirm
    text = texts.html("completion.ask-item" if found else "completion.nothing-to-confirm")
    items = [task.kept for task in found]
    screen = choice_screen(
        texts,
        text,
        items,
        callback_data.page,
        lambda one: press("confirm", one),
        lambda other: press("toconfirm", other),
    )
    await show(call, screen)


async def open_draft(
    call: CallbackQuery,
    callback_data: OpenDraft,
    member: Member,
    completions: Completions,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """One confirmation in place of what was shown."""
    view = await completions.look(callback_data.id, by=member, now=clock())
    await await_evidence(state, view)
    await show(call, draft_screen(texts, view))


async def send_draft(
    call: CallbackQuery,
    callback_data: SendDraft,
    member: Member,
    completions: Completions,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Отправить»; pressed twice it is sent once."""
    view, anew = await completions.send(callback_data.id, by=member, now=clock())
    await state.clear()
    toast = texts.plain("completion.sent-toast" if anew else "completion.sent-before-toast")
    await show(call, draft_screen(texts, view), toast=toast)


async def withdraw(
    call: CallbackQuery,
    callback_data: WithdrawDraft,
    member: Member,
    completions: Completions,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Отозвать и изменить»."""
    view = await completions.withdraw(callback_data.id, by=member, now=clock())
    await await_evidence(state, view)
    await show(call, draft_screen(texts, view), toast=texts.plain("completion.withdrawn-toast"))


def setup(router: Router) -> None:
    """Private screens of whoever owes something."""
    router.callback_query.register(confirm, Confirm.filter())
    router.callback_query.register(confirm_for, ConfirmFor.filter())
    router.callback_query.register(choose_to_confirm, ChooseToConfirm.filter())
    router.callback_query.register(open_draft, OpenDraft.filter())
    router.callback_query.register(send_draft, SendDraft.filter())
    router.callback_query.register(withdraw, WithdrawDraft.filter())


def in_group() -> Router:
    """«Подтвердить» under a notice in a group."""
    router = Router(name="completion-in-group")
    router.callback_query.register(confirm_in_group, Confirm.filter())
    return router
