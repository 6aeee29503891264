"""«Результаты»: question by question in words, as pictures, as a file, and beside other surveys."""

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.survey_look import Looked
from actions.survey_results import Compared, SurveyResult, SurveyResults
from domain.button import Button, press
from domain.clock import Clock
from domain.form import QuestionKind
from domain.people import Member
from domain.refusal import Refusal
from handlers.paging import on_page, paged, turning
from handlers.picking import label
from handlers.presses.survey_results import (
    CompareSurveys,
    CompareWith,
    SurveyAnswersFile,
    SurveyCharts,
    SurveyResultPage,
    SurveyTexts,
)
from handlers.review_proof import packed
from handlers.show import Screen, send_file, send_pictures, show
from handlers.survey_screen import back_to_survey
from texts import Texts

_QUESTIONS = 2
_COMPARED = 2
_AT_ONCE = 700
"""Characters of somebody's words that are not torn apart."""


def result_screen(texts: Texts, found: SurveyResult, page: int) -> Screen:
    """A page of the questions."""
    one, every = found.looked.survey.id, list(enumerate(found.questions, 1))
    shown, number, pages = on_page(every, page, _QUESTIONS)
    text = texts.html("survey_results.page", found=found, shown=shown, page=number, pages=pages, **_facts(found.looked))
    words = tuple(
        Button(texts.plain("survey_results.button-texts", number=place), press("svtext", one, result.question.id, 0))
        for place, result in shown
        if result.texts
    )
    files = (
        Button(texts.plain("survey_results.button-charts"), press("svchart", one)),
        Button(texts.plain("survey_results.button-file"), press("svxlsx", one)),
        Button(texts.plain("survey_results.button-compare"), press("svcmp", one, 0, 0)),
    )
    turns = turning(texts, len(every), page, lambda other: press("svres", one, other), _QUESTIONS)
    return Screen(text, tuple(row for row in (turns, words, files, back_to_survey(texts, one)) if row))


def texts_screen(texts: Texts, found: SurveyResult, question: str, page: int) -> Screen:
    """A page of all that was written to a question, whole. Raises ``Refusal`` where there is no such question."""
    one = found.looked.survey.id
    for place, result in enumerate(found.questions, 1):
        if result.question.id == question and result.question.kind is QuestionKind.TEXT:
            parts = (text[at : at + _AT_ONCE] for text in result.texts for at in range(0, len(text), _AT_ONCE))
            every = list(packed(parts, room=_ROOM))
            (shown, *_), number, pages = on_page(every or [[]], page, 1)
            text = texts.html(
                "survey_results.texts",
                one=result,
                number=place,
                parts=shown,
                page=number,
                pages=pages,
                **_facts(found.looked),
            )
            turns = turning(texts, len(every), page, lambda other: press("svtext", one, question, other), 1)
            back = (
                Button(texts.plain("survey_results.button-results"), press("svres", one, (place - 1) // _QUESTIONS)),
            )
            return Screen(text, tuple(row for row in (turns, back, back_to_survey(texts, one)) if row))
    raise Refusal("survey_results.nothing")


_ROOM = 3200
"""Characters of people's words in a message, as HTML writes them."""


def compare_screen(texts: Texts, own: Looked, others: list[Looked], other: int, page: int) -> Screen:
    """Which survey to put beside it."""
    one = own.survey.id
    rows = [
        (
            Button(
                label(it.survey.title),
                press("svbeside", one, other, it.survey.id, 0) if other else press("svbeside", one, it.survey.id, 0, 0),
            ),
        )
        for it in others
        if it.survey.id != other
    ]
    _, number, pages = on_page(rows, page)
    text = texts.html("survey_results.compare-ask", total=len(rows), page=number, pages=pages, **_facts(own))
    shown = paged(texts, rows, page, lambda to: press("svcmp", one, other, to))
    back = (Button(texts.plain("survey_results.button-results"), press("svres", one, 0)),)
    return Screen(text, (*shown, back))


def compared_screen(texts: Texts, found: Compared, ids: tuple[int, int, int], page: int) -> Screen:
    """A page of the questions, with the values of each survey side by side."""
    one, other, third = ids
    every = found.comparison.questions
    shown, number, pages = on_page(every, page, _COMPARED)
    text = texts.html("survey_results.compared", found=found, shown=shown, page=number, pages=pages)
    turns = turning(texts, len(every), page, lambda to: press("svbeside", one, other, third, to), _COMPARED)
    more = () if third else (Button(texts.plain("survey_results.button-third"), press("svcmp", one, other, 0)),)
    back = (Button(texts.plain("survey_results.button-results"), press("svres", one, 0)),)
    return Screen(text, tuple(row for row in (turns, more, back, back_to_survey(texts, one)) if row))


def _facts(looked: Looked) -> dict[str, object]:
    return {"looked": looked, "survey": looked.survey, "item": looked.item}


async def show_results(
    call: CallbackQuery,
    callback_data: SurveyResultPage,
    member: Member,
    survey_results: SurveyResults,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Результаты»."""
    found = await survey_results.results(callback_data.id, by=member, now=clock())
    await show(call, result_screen(texts, found, callback_data.page))


async def show_texts(
    call: CallbackQuery,
    callback_data: SurveyTexts,
    member: Member,
    survey_results: SurveyResults,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Все ответы»."""
    found = await survey_results.results(callback_data.id, by=member, now=clock())
    await show(call, texts_screen(texts, found, callback_data.question, callback_data.page))


async def send_charts(
    call: CallbackQuery,
    callback_data: SurveyCharts,
    member: Member,
    survey_results: SurveyResults,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Диаграммы»."""
    found, drawn = await survey_results.charts(callback_data.id, by=member, now=clock())
    pictures = [(texts.plain("survey_results.chart-name", place=place), one) for place, one in enumerate(drawn, 1)]
    said = {"looked": found.looked, "found": found, "pictures": len(pictures)}
    await send_pictures(call, pictures, texts.html("survey_results.chart-caption", **said))
    await call.answer(texts.plain("survey_results.charts-toast"))


async def send_workbook(
    call: CallbackQuery,
    callback_data: SurveyAnswersFile,
    member: Member,
    survey_results: SurveyResults,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Скачать XLSX»."""
    file = await survey_results.workbook(callback_data.id, by=member, now=clock())
    name = texts.plain("survey_results.file-name", looked=file.looked)
    await send_file(call, name, file.content, texts.html("survey_results.file-caption", looked=file.looked, file=file))
    await call.answer(texts.plain("survey_results.file-toast"))


async def choose_other(
    call: CallbackQuery,
    callback_data: CompareWith,
    member: Member,
    survey_results: SurveyResults,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Сравнить», «Добавить третий»."""
    own, others = await survey_results.comparable(callback_data.id, by=member, now=clock())
    await show(call, compare_screen(texts, own, others, callback_data.other, callback_data.page))


async def show_compared(
    call: CallbackQuery,
    callback_data: CompareSurveys,
    member: Member,
    survey_results: SurveyResults,
    clock: Clock,
    texts: Texts,
) -> None:
    """Surveys side by side."""
    ids = (callback_data.id, callback_data.other, callback_data.third)
    found = await survey_results.compare([one for one in ids if one], by=member, now=clock())
    await show(call, compared_screen(texts, found, ids, callback_data.page))


def setup(router: Router) -> None:
    """Private screens of whoever sees all surveys."""
    router.callback_query.register(show_results, SurveyResultPage.filter())
    router.callback_query.register(show_texts, SurveyTexts.filter())
    router.callback_query.register(send_charts, SurveyCharts.filter())
    router.callback_query.register(send_workbook, SurveyAnswersFile.filter())
    router.callback_query.register(choose_other, CompareWith.filter())
    router.callback_query.register(show_compared, CompareSurveys.filter())
