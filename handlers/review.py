"""«Проверить»: the queue of what waits, a card of each; accepting, and returning with a comment."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.review import Reviews
from actions.review_card import ReviewCard, ReviewQueue
from domain.button import Button, press
from domain.clock import Clock
from domain.completion import COMMENT_LIMIT
from domain.evidence import EvidenceKind
from domain.people import Member
from domain.review import comment_of
from handlers.awaiting import Awaiting
from handlers.paging import Row
from handlers.presses.menu import Go
from handlers.presses.review import AcceptReview, GiveBack, OpenReview
from handlers.show import Screen, show
from handlers.start import back_to_menu, never_mind
from handlers.where import is_answer
from texts import Texts
from texts.filters import short

SHOWN = 10
"""Pieces of evidence on a card."""
LENGTH = 180
"""Characters of each; all of it is behind «Показать файлы»."""


def queue_screen(texts: Texts, found: ReviewQueue) -> Screen:
    """The confirmation whose turn it is, or that nothing waits."""
    decided = Button(texts.plain("review.button-decided"), press("decided", 0))
    if found.card is None:
        return Screen(texts.html("review.queue-empty"), ((decided,), back_to_menu(texts)))
    card = found.card
    alike: Row = ()
    if found.alike > 1:
        label = texts.plain("review.button-alike", count=found.alike)
        alike = (Button(label, press("alike", card.kept.id, 0)),)
    rows = (*_decisions(texts, card), _proof(texts, card), alike, (_rounds(texts, card), decided), _turns(texts, found))
    return Screen(_text(texts, card, found), (*(row for row in rows if row), back_to_menu(texts)))


def card_screen(texts: Texts, card: ReviewCard) -> Screen:
    """One confirmation by itself: decided already, or somebody else's turn."""
    reopen: Row = ()
    if card.reopens:
        reopen = (Button(texts.plain("review.button-reopen"), press("unaccept", card.completion.id)),)
    to_queue = Button(texts.plain("review.button-queue"), press("go", "review"))
    rows = (*_decisions(texts, card), reopen, _proof(texts, card), (_rounds(texts, card), to_queue))
    return Screen(_text(texts, card, None), (*(row for row in rows if row), back_to_menu(texts)))


def _text(texts: Texts, card: ReviewCard, found: ReviewQueue | None) -> str:
    pieces = card.completion.evidence
    shown = pieces[:SHOWN]
    return texts.html("review.card", found=found, card=card, shown=shown, more=len(pieces) - len(shown), length=LENGTH)


def _decisions(texts: Texts, card: ReviewCard) -> tuple[Row, ...]:
    if not card.waits:
        return ()
    accept = Button(texts.plain("review.button-accept"), press("accept", card.completion.id, card.times))
    back = Button(texts.plain("review.button-give-back"), press("giveback", card.completion.id, card.times))
    return ((accept, back),)


def _proof(texts: Texts, card: ReviewCard) -> Row:
    """Where the card does not show everything."""
    pieces = card.completion.evidence
    files = sum(one.kind is EvidenceKind.FILE for one in pieces)
    if not files and len(pieces) <= SHOWN and all(short(one.text, LENGTH) == one.text for one in pieces):
        return ()
    return (Button(texts.plain("review.button-proof", files=files), press("proof", card.completion.id)),)


def _rounds(texts: Texts, card: ReviewCard) -> Button:
    return Button(texts.plain("review.button-rounds"), press("rounds", card.completion.id))


def _turns(texts: Texts, found: ReviewQueue) -> Row:
    turns = []
    if found.before is not None:
        turns.append(Button(texts.plain("menu.button-page-before"), press("review", found.before)))
    if found.after is not None:
        turns.append(Button(texts.plain("menu.button-page-after"), press("review", found.after)))
    return tuple(turns)


async def show_queue(
    event: Message | CallbackQuery, member: Member, reviews: Reviews, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Проверить»: what waits longest."""
    await state.clear()
    await show(event, queue_screen(texts, await reviews.queue(by=member, now=clock())))


async def open_review(
    call: CallbackQuery,
    callback_data: OpenReview,
    member: Member,
    reviews: Reviews,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A neighbour in the queue, or any confirmation by itself."""
    await state.clear()
    card = await reviews.look(callback_data.id, by=member, now=clock())
    found = await reviews.queue(callback_data.id, by=member, now=clock())
    is_here = found.card is not None and found.card.completion.id == callback_data.id
    await show(call, queue_screen(texts, found) if is_here else card_screen(texts, card))


async def accept(
    call: CallbackQuery,
    callback_data: AcceptReview,
    member: Member,
    reviews: Reviews,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Принять»; the next one afterwards."""
    await state.clear()
    card = await reviews.accept(callback_data.id, callback_data.seen, by=member, now=clock())
    found = await reviews.queue(callback_data.id, by=member, now=clock())
    await show(call, queue_screen(texts, found), toast=texts.plain("review.accepted-toast", card=card))


async def ask_comment(
    call: CallbackQuery,
    callback_data: GiveBack,
    member: Member,
    reviews: Reviews,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Вернуть»: the author must learn what to do."""
    card = await reviews.may_give_back(callback_data.id, callback_data.seen, by=member, now=clock())
    await state.set_state(Awaiting.review_comment)
    await state.set_data({"completion": callback_data.id, "seen": callback_data.seen})
    text = texts.html("review.ask-comment", card=card, limit=COMMENT_LIMIT)
    await show(call, Screen(text, (never_mind(texts),)))


async def typed_comment(
    message: Message, member: Member, reviews: Reviews, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The comment, typed; the next one afterwards."""
    data = await state.get_data()
    comment, completion_id = comment_of(message.text or ""), int(data["completion"])
    await state.clear()
    card = await reviews.give_back(completion_id, int(data["seen"]), comment, by=member, now=clock())
    screen = queue_screen(texts, await reviews.queue(completion_id, by=member, now=clock()))
    await show(message, Screen(texts.html("review.returned", card=card) + "\n\n" + screen.text, screen.buttons))


def setup(router: Router) -> None:
    """Private screens of reviewers."""
    router.callback_query.register(show_queue, Go.filter(F.section == "review"))
    router.callback_query.register(open_review, OpenReview.filter())
    router.callback_query.register(accept, AcceptReview.filter())
    router.callback_query.register(ask_comment, GiveBack.filter())
    router.message.register(typed_comment, Awaiting.review_comment, is_answer)
