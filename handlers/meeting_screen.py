"""A meeting on one screen for whoever leads it."""

from collections.abc import Callable
from datetime import date

from actions.meeting_look import MeetingCard
from domain.button import Button, Keyboard, press
from domain.meeting import MeetingState
from domain.notice import effective
from handlers.batch import Batch
from handlers.presses.meeting import MeetingField
from handlers.show import Screen
from handlers.start import back_to_menu
from texts import Texts


def back_to_meeting(texts: Texts, meeting_id: int) -> tuple[Button, ...]:
    return (Button(texts.plain("meeting.button-back"), press("mt", meeting_id)),)


def to_meetings(texts: Texts) -> tuple[Button, ...]:
    return (Button(texts.plain("meeting.button-list"), press("go", "meetings")), *back_to_menu(texts))


def meeting_screen(texts: Texts, card: MeetingCard, batch: Batch | None = None) -> Screen:
    """The card."""
    received = "" if batch is None else texts.html("evidence.received", batch=batch) + "\n\n"
    text = texts.html("meeting.card", card=card, one=card.one, outside=_is_outside(card))
    rows = {MeetingState.DRAFT: _of_draft, MeetingState.CALLED: _of_called}.get(card.one.state, _of_past)
    return Screen(received + text, (*rows(texts, card), to_meetings(texts)))


def _is_outside(card: MeetingCard) -> bool:
    """Whether its day is not within the deadline of its item."""
    if card.kept is None or card.one.starts_at is None:
        return False
    deadline, day = effective(card.kept.item), card.one.starts_at.astimezone(card.zone).date()
    start, end = deadline.start or date.min, deadline.end or date.max
    return card.kept.item.held_on is None and not start <= day <= end


def _of_draft(texts: Texts, card: MeetingCard) -> Keyboard:
    one, button = card.one, _naming(texts)
    ready = bool(one.title and one.starts_at and (one.place or one.link))
    look = ((button("look", press("mtlook", one.id)),),) if ready and card.draft and card.draft.addressees else ()
    times = (_field(texts, card, MeetingField.TIME), button("length", press("mtlen", one.id)))
    return (
        *look,
        (_field(texts, card, MeetingField.TITLE), *(() if one.is_by_slots else times)),
        (_field(texts, card, MeetingField.WHERE), _field(texts, card, MeetingField.AGENDA)),
        (
            Button(texts.plain("meeting.button-materials", count=len(one.materials)), press("mtfiles", one.id)),
            Button(texts.plain("meeting.button-item"), press("mtitems", one.id, 0)),
        ),
        (button("guests", press("mtcall", one.id)), button("slots", press("mtplan", one.id))),
        (Button(texts.plain("meeting.button-delete"), press("mtdel", one.id, 0)),),
    )


def _of_called(texts: Texts, card: MeetingCard) -> Keyboard:
    one, button = card.one, _naming(texts)
    comes = Button(texts.plain("meeting.button-who-comes"), press("mtwho", one.id, 0))
    slots = ((button("slots", press("mtplan", one.id)),),) if one.is_by_slots else ()
    ready = bool(card.draft and card.draft.addressees)
    more = (button("look", press("mtlook", one.id)),) if ready else (button("more-guests", press("mtcall", one.id)),)
    report = (
        Button(texts.plain("meeting.button-delivery"), press("bcreport", card.sent[0].id, 0)) if card.sent else None
    )
    end = (button("minutes", press("mtend", one.id)),) if card.has_begun else ()
    return (
        (comes, *((report,) if report else ())),
        *slots,
        (button("door", press("mtdoor", one.id)), *end),
        more,
        (button("change", press("mtedit", one.id)), button("ics", press("mtics", one.id))),
        (button("cancel", press("mtoff", one.id)),),
    )


def _of_past(texts: Texts, card: MeetingCard) -> Keyboard:
    one, button = card.one, _naming(texts)
    if one.state is MeetingState.CANCELLED:
        return ()
    comes = Button(texts.plain("meeting.button-who-comes"), press("mtwho", one.id, 0))
    return ((comes, button("minutes", press("mtend", one.id))),)


def _field(texts: Texts, card: MeetingCard, field: MeetingField) -> Button:
    return Button(texts.plain(f"meeting.button-{field}"), press("mtask", card.one.id, field))


def _naming(texts: Texts) -> Callable[[str, str], Button]:
    return lambda name, data: Button(texts.plain(f"meeting.button-{name}"), data)
