"""A meeting on one screen for a guest, «Мои встречи», and what is asked beside an answer."""

from collections.abc import Iterator

from actions.meeting_answer import OwnMeeting
from domain.button import Button, Keyboard, press
from domain.meeting import Coming, MeetingState, Paper
from handlers.paging import Row, on_page, paged
from handlers.picking import label
from handlers.presses.meeting_guest import Why
from handlers.show import Screen
from handlers.start import back_to_menu, never_mind
from texts import Texts

_LISTED = 6


def list_screen(texts: Texts, found: list[OwnMeeting], page: int) -> Screen:
    """Those ahead, then those that were."""
    shown, number, pages = on_page(found, page, _LISTED)
    rows = [(Button(_title(texts, own), press("mtone", own.one.id)),) for own in found]
    turned = paged(texts, rows, page, lambda other: press("mtmine", other), _LISTED)
    text = texts.html("meeting_guest.list", listed=shown, page=number, pages=pages)
    calendar = Button(texts.plain("calendar.button-mine"), press("go", "calendar"))
    return Screen(text, (*turned, (calendar, *back_to_menu(texts))))


def _title(texts: Texts, own: OwnMeeting) -> str:
    return label(texts.plain("meeting_guest.button-one", one=own.one, zone=own.zone))


def card_screen(texts: Texts, own: OwnMeeting) -> Screen:
    """Everything a guest needs; what is pressed most stands first."""
    rows = tuple(row for row in _rows(texts, own) if row)
    last = (Button(texts.plain("meeting_guest.button-list"), press("go", "my-meetings")), *back_to_menu(texts))
    return Screen(texts.html("meeting_guest.card", own=own, one=own.one), (*rows, last))


def _rows(texts: Texts, own: OwnMeeting) -> Iterator[Row]:
    one = own.one
    if one.is_door_open(own.now) and own.guest.came_at is None:
        said = texts.plain("meeting_door.button-enter" if one.code else "meeting_guest.button-in")
        yield (Button(said, press("mtin", one.id)),)
    times = (Button(texts.plain("meeting_guest.button-slots", own=own), press("mtslots", one.id)),)
    if own.lacks_time and own.guest.coming is Coming.YES:
        yield times
    if own.may_answer:
        yield from _answers(texts, own)
    if own.chooses_time and not (own.lacks_time and own.guest.coming is Coming.YES):
        yield times
    yield (*_papers(texts, own), *_calendar(texts, own))


def _answers(texts: Texts, own: OwnMeeting) -> Keyboard:
    def button(coming: Coming) -> Button:
        said = texts.plain(f"meeting_guest.button-{coming}", chosen=own.guest.coming is coming)
        return Button(said, press("mtset", own.one.id, coming))

    return (button(Coming.YES), button(Coming.NO)), (button(Coming.OTHER),)


def _papers(texts: Texts, own: OwnMeeting) -> Row:
    one = own.one
    papers = one.papers if one.state is MeetingState.HELD else ()
    return tuple(
        Button(texts.plain(f"meeting_guest.button-{paper}", count=len(files)), press("mtpaper", one.id, paper))
        for paper, files in ((Paper.MATERIAL, one.materials), (Paper.MINUTES, papers))
        if files
    )


def _calendar(texts: Texts, own: OwnMeeting) -> Row:
    if own.one.state is MeetingState.HELD:
        return ()
    return (Button(texts.plain("meeting.button-ics"), press("mtics", own.one.id)),)


def question_screen(texts: Texts, own: OwnMeeting, coming: Coming) -> Screen:
    """Why not, with what is most often so; or who comes instead."""
    one = own.one

    def quick(why: Why) -> Button:
        return Button(texts.plain(f"meeting_guest.why-{why}"), press("mtwhy", one.id, why))

    offered = ((quick(Why.ILL), quick(Why.LESSONS)), (quick(Why.TRIP),)) if coming is Coming.NO else ()
    return Screen(texts.html(f"meeting_guest.ask-{coming}", one=one), (*offered, never_mind(texts)))
