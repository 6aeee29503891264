"""«Принять несколько»: what is obviously fine, shown as a list and then accepted at once."""

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.review import Reviews
from actions.review_card import Alike
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from handlers.paging import on_page, turning
from handlers.presses.review import AcceptAlike, AlikeReviews
from handlers.review import queue_screen
from handlers.show import Screen, show
from handlers.start import back_to_menu
from texts import Texts

LISTED = 12


def _screen(texts: Texts, found: Alike, page: int) -> Screen:
    item_id = found.kept.id
    cards, shown_page, pages = on_page(found.cards, page, LISTED)
    text = texts.html("review.alike", found=found, cards=cards, page=shown_page, pages=pages)
    label = texts.plain("review.button-accept-all", count=len(found.cards))
    accept = (Button(label, press("acceptall", item_id, found.until)),) if found.cards else ()
    turns = turning(texts, len(found.cards), page, lambda other: press("alike", item_id, other), LISTED)
    to_queue = (Button(texts.plain("review.button-queue"), press("go", "review")),)
    return Screen(text, tuple(row for row in (accept, turns, to_queue, back_to_menu(texts)) if row))


async def show_alike(
    call: CallbackQuery, callback_data: AlikeReviews, member: Member, reviews: Reviews, clock: Clock, texts: Texts
) -> None:
    """A page of what may be accepted together."""
    found = await reviews.alike(callback_data.item, by=member, now=clock())
    await show(call, _screen(texts, found, callback_data.page))


async def accept_alike(
    call: CallbackQuery, callback_data: AcceptAlike, member: Member, reviews: Reviews, clock: Clock, texts: Texts
) -> None:
    """«Принять все 5»: those of the list that nobody decided since."""
    count = await reviews.accept_many(callback_data.item, callback_data.until, by=member, now=clock())
    found = await reviews.queue(by=member, now=clock())
    await show(call, queue_screen(texts, found), toast=texts.plain("review.accepted-many-toast", count=count))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(show_alike, AlikeReviews.filter())
    router.callback_query.register(accept_alike, AcceptAlike.filter())
