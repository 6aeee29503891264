"""Personal codes: one on the screen, or a page of cards to print and hand out."""

import asyncio
from collections.abc import Callable, Iterable, Mapping

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.invite import CodeHolder, Invites, Printing
from domain.button import Button, press
from domain.card import Whom
from domain.clock import Clock
from domain.people import Member
from domain.registry import Municipality, School
from handlers.paging import Row, paged
from handlers.person import back_to_hub
from handlers.picking import label
from handlers.presses.invite import CardsPage, ChooseCards, IssueCode, PrintCards, RevokeCode, UnlinkAccounts
from handlers.presses.menu import Go
from handlers.show import Screen, send_file, show
from handlers.start import never_mind
from reports.cards import as_page
from texts import Texts


async def issue_code(
    call: CallbackQuery,
    callback_data: IssueCode,
    bot: Bot,
    member: Member,
    invites: Invites,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Код для входа»: a new one, shown this once."""
    await state.clear()
    person_id = callback_data.id
    holder = await invites.holder(person_id, by=member, now=clock())
    issued = (await invites.issue([person_id], by=member, now=clock()))[person_id]
    username = (await bot.me()).username
    text = texts.html("invite.code", holder=holder, issued=issued, username=username)
    revoke = (Button(texts.plain("invite.button-revoke"), press("uncode", person_id)),)
    await show(call, Screen(text, (revoke, *_unlink(texts, holder, member), *_way_out(texts, person_id))))


async def revoke_code(
    call: CallbackQuery,
    callback_data: RevokeCode,
    member: Member,
    invites: Invites,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Отозвать код»."""
    await state.clear()
    person_id = callback_data.id
    holder = await invites.holder(person_id, by=member, now=clock())
    revoked = await invites.revoke(person_id, by=member, now=clock())
    text = texts.html("invite.revoked" if revoked else "invite.none", holder=holder)
    rows = (_anew(texts, person_id), *_unlink(texts, holder, member), *_way_out(texts, person_id))
    await show(call, Screen(text, rows))


async def unlink(
    call: CallbackQuery,
    callback_data: UnlinkAccounts,
    member: Member,
    invites: Invites,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Отвязать телефон»: what happens then, and then it does."""
    await state.clear()
    person_id = callback_data.id
    holder = await invites.holder(person_id, by=member, now=clock())
    if callback_data.sure or not holder.person.has_come:
        unlinked = await invites.unlink(person_id, by=member, now=clock())
        text = texts.html("invite.unlinked" if unlinked else "invite.not-linked", holder=holder)
        await show(call, Screen(text, (_anew(texts, person_id), *_way_out(texts, person_id))))
        return
    sure = (Button(texts.plain("invite.button-unlink-sure"), press("unlink", person_id, 1)),)
    person = (Button(texts.plain("invite.button-person"), press("person", person_id)),)
    await show(call, Screen(texts.html("invite.ask-unlink", holder=holder), (sure, person, never_mind(texts))))


def _anew(texts: Texts, person_id: int) -> Row:
    return (Button(texts.plain("invite.button-new"), press("code", person_id)),)


def _unlink(texts: Texts, holder: CodeHolder, member: Member) -> tuple[Row, ...]:
    """For whoever has come in; not for oneself."""
    one = holder.person
    if not one.has_come or one.id == member.person_id:
        return ()
    return ((Button(texts.plain("invite.button-unlink"), press("unlink", one.id, 0)),),)


def _way_out(texts: Texts, person_id: int) -> tuple[Row, ...]:
    return (Button(texts.plain("invite.button-person"), press("person", person_id)),), back_to_hub(texts)


async def show_cards(
    call: CallbackQuery, member: Member, invites: Invites, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Карточки с кодами»: for whom."""
    await state.clear()
    await show(call, _municipalities(texts, await invites.printing(Whom(), by=member, now=clock()), 0))


async def turn_page(
    call: CallbackQuery, callback_data: CardsPage, member: Member, invites: Invites, clock: Clock, texts: Texts
) -> None:
    """The municipalities, or the schools of one; the municipalities again where nobody is missing there (any more)."""
    found = await invites.printing(Whom(), by=member, now=clock())
    home = found.registry.municipality(callback_data.municipality)
    if home is None or home.id not in found.by_municipality:
        await show(call, _municipalities(texts, found, callback_data.page))
    else:
        await show(call, _schools(texts, found, home, callback_data.page))


def _municipalities(texts: Texts, found: Printing, page: int) -> Screen:
    rows = _choices(texts, found.registry.municipalities, found.by_municipality, lambda one: press("cardsof", one, 0))
    count = len(found.people)
    everybody = (Button(texts.plain("invite.button-everybody", count=count), press("cards", 0, 0)),)
    shown = paged(texts, [everybody, *rows] if count else [], page, lambda other: press("cardsof", 0, other))
    return Screen(texts.html("invite.whom", count=count, place=""), (*shown, back_to_hub(texts)))


def _schools(texts: Texts, found: Printing, home: Municipality, page: int) -> Screen:
    schools = found.registry.schools_of(home.id)
    rows = _choices(texts, schools, found.by_school, lambda one: press("cards", home.id, one))
    count = found.by_municipality[home.id]
    whole = (Button(texts.plain("invite.button-whole", count=count), press("cards", home.id, 0)),)
    shown = paged(texts, [whole, *rows], page, lambda other: press("cardsof", home.id, other))
    back = (Button(texts.plain("invite.button-back"), press("cardsof", 0, 0)),)
    return Screen(texts.html("invite.whom", count=count, place=home.name), (*shown, back))


def _choices(
    texts: Texts, places: Iterable[Municipality | School], counts: Mapping[int, int], choose: Callable[[int], str]
) -> list[Row]:
    """A button for each place where somebody is missing."""
    missing = [(one, counts[one.id]) for one in places if one.id in counts]
    return [
        (Button(texts.plain("invite.button-place", name=label(one.name), count=count), choose(one.id)),)
        for one, count in missing
    ]


async def choose(
    call: CallbackQuery, callback_data: ChooseCards, member: Member, invites: Invites, clock: Clock, texts: Texts
) -> None:
    """How many cards there will be, and whose codes stop working."""
    municipality, school = callback_data.municipality, callback_data.school
    found = await invites.printing(_whom(callback_data), by=member, now=clock())
    back = (Button(texts.plain("invite.button-back"), press("cardsof", municipality, 0)),)
    if not found.people:
        await show(call, Screen(texts.html("invite.whom", count=0, place=""), (back,)))
        return
    place = found.registry.school(school) or found.registry.municipality(municipality)
    text = texts.html("invite.print", found=found, place=place.name if place else "")
    make = (Button(texts.plain("invite.button-print"), press("print", municipality, school, found.last)),)
    await show(call, Screen(text, (make, back)))


async def print_cards(
    call: CallbackQuery,
    callback_data: PrintCards,
    bot: Bot,
    member: Member,
    invites: Invites,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Сделать карточки»: the file."""
    printed = await invites.cards(_whom(callback_data), callback_data.last, by=member, now=clock())
    username = (await bot.me()).username or ""
    page = await asyncio.to_thread(as_page, printed.cards, username, printed.until, texts)
    caption = texts.html("invite.file", count=len(printed.cards), until=printed.until)
    await send_file(call, texts.plain("invite.file-name", day=printed.made), page.encode(), caption)
    await show(call, Screen(texts.html("invite.printed", count=len(printed.cards)), (back_to_hub(texts),)))


def _whom(chosen: ChooseCards | PrintCards) -> Whom:
    return Whom(chosen.municipality or None, chosen.school or None)


def setup(router: Router) -> None:
    """Private screens of coordinators."""
    router.callback_query.register(issue_code, IssueCode.filter())
    router.callback_query.register(revoke_code, RevokeCode.filter())
    router.callback_query.register(unlink, UnlinkAccounts.filter())
    router.callback_query.register(show_cards, Go.filter(F.section == "cards"))
    router.callback_query.register(turn_page, CardsPage.filter())
    router.callback_query.register(choose, ChooseCards.filter())
    router.callback_query.register(print_cards, PrintCards.filter())
