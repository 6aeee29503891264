"""What was decided: looking back, the rounds of a confirmation, opening again what was accepted."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.review import Reviews
from domain.button import Button, press
from domain.clock import Clock
from domain.completion import COMMENT_LIMIT
from domain.people import Member
from domain.review import comment_of
from handlers.awaiting import Awaiting
from handlers.paging import on_page, paged
from handlers.presses.review import DecidedReviews, ReopenReview, ShowRounds
from handlers.review import card_screen
from handlers.show import Screen, show
from handlers.start import back_to_menu, never_mind
from handlers.where import is_answer
from texts import Texts

ROUNDS = 8
"""The latest ones are shown."""


async def show_decided(
    call: CallbackQuery, callback_data: DecidedReviews, member: Member, reviews: Reviews, clock: Clock, texts: Texts
) -> None:
    """«Решённые»: the latest decisions first."""
    cards = await reviews.decided(by=member, now=clock())
    rows = [
        (Button(texts.plain("review.button-decided-one", card=one), press("review", one.completion.id)),)
        for one in cards
    ]
    _, page, pages = on_page(cards, callback_data.page)
    text = texts.html("review.decided-list", total=len(cards), page=page, pages=pages)
    shown = paged(texts, rows, callback_data.page, lambda other: press("decided", other))
    await show(call, Screen(text, (*shown, back_to_menu(texts))))


async def show_rounds(
    call: CallbackQuery, callback_data: ShowRounds, member: Member, reviews: Reviews, clock: Clock, texts: Texts
) -> None:
    """«История»: what was sent, returned and accepted, for reviewers and for those whom it is about."""
    card = await reviews.history(callback_data.id, by=member, now=clock())
    rounds = card.completion.rounds
    text = texts.html("review.rounds", card=card, rounds=rounds[-ROUNDS:], more=max(0, len(rounds) - ROUNDS))
    back = (Button(texts.plain("review.button-card"), press("review", callback_data.id)),)
    to_draft = (Button(texts.plain("evidence.button-back"), press("draft", callback_data.id)),)
    await show(call, Screen(text, (back if card.looks else to_draft, back_to_menu(texts))))


async def ask_why_again(
    call: CallbackQuery,
    callback_data: ReopenReview,
    member: Member,
    reviews: Reviews,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Открыть снова»: the author must learn what to do."""
    card = await reviews.may_reopen(callback_data.id, by=member, now=clock())
    await state.set_state(Awaiting.review_reopening)
    await state.set_data({"completion": callback_data.id})
    text = texts.html("review.ask-why-again", card=card, limit=COMMENT_LIMIT)
    await show(call, Screen(text, (never_mind(texts),)))


async def typed_why_again(
    message: Message, member: Member, reviews: Reviews, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The comment, typed."""
    data = await state.get_data()
    comment = comment_of(message.text or "")
    await state.clear()
    card = await reviews.reopen(int(data["completion"]), comment, by=member, now=clock())
    await show(message, card_screen(texts, card))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(show_decided, DecidedReviews.filter())
    router.callback_query.register(show_rounds, ShowRounds.filter())
    router.callback_query.register(ask_why_again, ReopenReview.filter())
    router.message.register(typed_why_again, Awaiting.review_reopening, is_answer)
