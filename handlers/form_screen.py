"""How a form looks while it is filled in: a question with its buttons, what was typed to be confirmed, the summary."""

from datetime import date

from actions.form_sheet import Page, Ref
from domain.button import Button, Keyboard, press
from domain.form import NO, YES, Question, QuestionKind, Value, before, given, listed, position
from domain.form_value import files_of, option_of, scale
from handlers.batch import Batch
from handlers.paging import on_page, paged
from handlers.picking import label
from handlers.show import Screen
from texts import Texts

_OPTIONS = 5
"""On a page: below them the page is turned, and one goes back, on or away."""
_ANSWERS = 6
_SHOWN = 20
_IN_ROW = 6
_DAYS = 2
NOWHERE = "-"


def page_screen(texts: Texts, page: Page, turned: int = 0, batch: Batch | None = None) -> Screen:
    """Whatever is next; ``turned`` is the page of the options, ``batch`` what became of the files that just came."""
    question = page.question
    if question is None:
        return _summary(texts, page, batch)
    number, count = position(page.sheet.form, page.answers, question)
    said = {
        "page": page,
        "question": question,
        "number": number,
        "count": count,
        "value": page.value,
        "files": files_of(page.value),
        "batch": batch,
    }
    if page.pending is not None:
        text = texts.html("form.confirm", **said, typed=page.pending.value)
        return Screen(text, _confirming(texts, page.ref, question))
    buttons = (*_options(texts, page, question, turned), *_moves(texts, page, question))
    return Screen(texts.html("form.question", **said), buttons)


def _step(texts: Texts, ref: Ref, step: str, question: str) -> Button:
    return Button(texts.plain(f"form.button-{step}"), press("fs", ref.purpose, ref.id, ref.who, step, question))


def _whole(texts: Texts, ref: Ref, what: str) -> Button:
    return Button(texts.plain(f"form.button-{what}"), press("fw", ref.purpose, ref.id, ref.who, what))


def _confirming(texts: Texts, ref: Ref, question: Question) -> Keyboard:
    return ((_step(texts, ref, "right", question.id),), (_step(texts, ref, "retype", question.id),))


def _moves(texts: Texts, page: Page, question: Question) -> Keyboard:
    """On, back and away."""
    ref, row = page.ref, []
    if question.kind in (QuestionKind.SEVERAL, QuestionKind.FILE) and page.value:
        row.append(_step(texts, ref, "done", question.id))
    if before(page.sheet.form, page.answers, question.id) is not None:
        row.append(_step(texts, ref, "back", question.id))
    if not question.required:
        row.append(_skip(texts, page, question))
    away = _whole(texts, ref, "later")
    return (tuple(row), (away,)) if row else ((away,),)


def _skip(texts: Texts, page: Page, question: Question) -> Button:
    """Files that are there already are not lost by a word that promises nothing of the kind."""
    name = "drop-files" if question.kind is QuestionKind.FILE and page.value else "skip"
    data = press("fs", page.ref.purpose, page.ref.id, page.ref.who, "skip", question.id)
    return Button(texts.plain(f"form.button-{name}"), data)


def _options(texts: Texts, page: Page, question: Question, turned: int) -> Keyboard:
    ref = page.ref

    def choose(text: str, option: str) -> Button:
        return Button(text, press("fa", ref.purpose, ref.id, ref.who, question.id, option))

    match question.kind:
        case QuestionKind.DATE:
            days = [choose(_ticked(texts, one.text, one.id, page.value), one.id) for one in question.options]
            rows = [tuple(days[start : start + _DAYS]) for start in range(0, len(days), _DAYS)]
            return paged(texts, rows, turned, lambda other: _turn(ref, question, other), _OPTIONS)
        case QuestionKind.YES_NO:
            return (tuple(choose(texts.plain(f"form.button-{one}"), one) for one in (YES, NO)),)
        case QuestionKind.SCALE:
            steps = [choose(str(one), str(one)) for one in scale(question)]
            return tuple(tuple(steps[start : start + _IN_ROW]) for start in range(0, len(steps), _IN_ROW))
        case QuestionKind.ONE | QuestionKind.SCHOOL | QuestionKind.SEVERAL:
            each = [(choose(_ticked(texts, one.text, one.id, page.value), one.id),) for one in question.options]
            return paged(texts, each, turned, lambda other: _turn(ref, question, other), _OPTIONS)
    return ()


def _turn(ref: Ref, question: Question, page: int) -> str:
    return press("fp", ref.purpose, ref.id, ref.who, question.id, page)


def _ticked(texts: Texts, text: str, option: str, value: Value) -> str:
    """What is chosen already has its mark."""
    chosen = option in value if isinstance(value, tuple) else option == _said(value)
    return texts.plain("form.option", text=label(text), chosen=chosen)


def _said(value: Value) -> Value:
    """An answer as the options name it."""
    return option_of(value) if isinstance(value, date) else value


def option_page(question: Question, option: str) -> int:
    """The page of the options on which one stands."""
    ids = [one.id for one in question.options]
    return ids.index(option) // _OPTIONS if option in ids else 0


def _summary(texts: Texts, page: Page, batch: Batch | None) -> Screen:
    """Everything that was answered, and what can be done with it."""
    counts = given(page.sheet.form, page.answers)
    rows = [(one, counts.get(one.id)) for one in listed(page.sheet.form, page.answers)]
    more = max(0, len(rows) - _SHOWN)
    text = texts.html("form.summary", page=page, rows=rows[:_SHOWN], more=more, batch=batch)
    ref = page.ref
    change = Button(texts.plain("form.button-change"), press("fl", ref.purpose, ref.id, ref.who, 0))
    if page.is_sent:
        return Screen(text, ((change,), (_whole(texts, ref, "later"),)))
    send, drop, later = (_whole(texts, ref, one) for one in ("send", "drop", "later"))
    away = ((drop,), (later,)) if page.sheet.may_drop else ((later,),)
    return Screen(text, ((send,), (change, _step(texts, ref, "back", NOWHERE)), *away))


def answers_screen(texts: Texts, page: Page, turned: int) -> Screen:
    """«Изменить ответ»: which."""
    form, ref = page.sheet.form, page.ref
    every = [(number, one) for number, one in enumerate(listed(form, page.answers), 1) if one.id in page.answers]
    shown, number, pages = on_page(every, turned, _ANSWERS)
    rows = [
        (
            Button(
                texts.plain("form.button-answer", number=place, text=label(one.text)),
                press("fs", ref.purpose, ref.id, ref.who, "change", one.id),
            ),
        )
        for place, one in every
    ]
    turns = paged(texts, rows, turned, lambda other: press("fl", ref.purpose, ref.id, ref.who, other), _ANSWERS)
    text = texts.html(
        "form.answers",
        page=page,
        rows=[(place, one, page.answers.get(one.id)) for place, one in shown],
        number=number,
        pages=pages,
    )
    return Screen(text, (*turns, (_whole(texts, ref, "go-on"),)))
