"""A survey's form as a file: taken out as it is, put back whole or not at all."""

from dataclasses import replace

import pytest

from domain.form import Form, Question, QuestionKind
from domain.form_change import FormChangeKind
from domain.people import Member
from domain.refusal import Refusal
from reports.form_toml import form_toml
from storage.shipped_form import shipped_form, shipped_forms
from tests.actions.keeping import FIELDS, begins, card, draft, running, switches
from tests.actions.office import Office
from tests.actions.reviewed import Region, a_region
from tests.actions.surveyed import FORM, SHORT
from tests.people import Look

CLEAR, HARD = SHORT.questions


@pytest.fixture
async def region(office: Office, marina: Member) -> Region:
    return await a_region(office.core, office.clock, marina)


@pytest.mark.parametrize("which", ["toml", "xlsx"])
@pytest.mark.parametrize("form", [FORM, *map(shipped_form, shipped_forms())], ids=lambda form: form.title[:12])
async def test_what_is_taken_out_and_sent_back_is_the_same(region: Region, form: Form, which: str) -> None:
    survey = await draft(region, form)
    _, content = await region.core.survey_forms.file(survey, which, by=region.marina, now=region.clock())
    offer = await region.core.survey_forms.offer(survey, content, by=region.marina, now=region.clock())
    assert (offer.look.form, offer.look.wrong) == (form, ())
    assert offer.change is not None
    assert offer.change.is_nothing
    made, _ = await region.core.survey_forms.make(content, by=region.marina, now=region.clock())
    assert made is not None
    assert (made.survey.form, made.survey.is_draft) == (form, True)


async def test_every_change_is_shown_and_nothing_is_changed_before_it_is_said(region: Region) -> None:
    survey = await draft(region)
    new = Question("new", "Новый?", QuestionKind.TEXT)
    other = Form("Иначе", (replace(HARD, text="Трудно?"), new))
    content = form_toml(other).encode()
    offer = await region.core.survey_forms.offer(survey, content, by=region.marina, now=region.clock())
    assert offer.change is not None
    assert [(one.kind, one.number) for one in offer.change.questions] == [
        (FormChangeKind.REWORDED, 1),
        (FormChangeKind.ADDED, 2),
        (FormChangeKind.REMOVED, 1),
    ]
    assert offer.change.heading
    assert (await card(region, survey)).survey.form == SHORT
    found, _ = await region.core.survey_forms.put(
        survey, content, seen=offer.seen, by=region.marina, now=region.clock()
    )
    assert (found.survey.form, found.survey.title) == (other, "Иначе")
    with pytest.raises(Refusal, match=r"survey_keeping\.changed-meanwhile"):
        await region.core.survey_forms.put(survey, content, seen=offer.seen, by=region.marina, now=region.clock())


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"title = ", 1),
        (b'title = "x"\n', 1),
        ('title = "x"\n[[questions]]\nid = "Кот"\nkind = "one"\ntext = ""\n'.encode(), 3),
        (b"", 2),
    ],
)
async def test_a_form_with_defects_is_never_taken(region: Region, look: Look, content: bytes, wrong: int) -> None:
    survey = await draft(region)
    offer = await region.core.survey_forms.offer(survey, content, by=region.marina, now=region.clock())
    assert (offer.look.form, len(offer.look.wrong)) == (None, wrong)
    made, look_ = await region.core.survey_forms.make(content, by=region.marina, now=region.clock())
    assert (made, len(look_.wrong), look.count("survey")) == (None, wrong, 1)
    found, _ = await region.core.survey_forms.put(
        survey, content, seen=offer.seen, by=region.marina, now=region.clock()
    )
    assert found.survey.form == SHORT


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "survey_keeping.no-form-file"),
        (b"PK\x03\x04 no archive", "workbook.not-xlsx"),
        (b"x" * (5 * 1024**2 + 1), "workbook.too-big"),
    ],
)
async def test_what_is_no_form_is_refused(region: Region, content: bytes, why: str) -> None:
    with pytest.raises(Refusal) as caught:
        await region.core.survey_forms.look(content, by=region.marina)
    assert caught.value.reason == why


async def test_questions_stay_once_somebody_began_and_anonymous_ones_never_tell_who(region: Region) -> None:
    survey, forms = await running(region), region.core.survey_forms
    await begins(region, survey, region.olga)
    with pytest.raises(Refusal, match=r"survey_keeping\.other-shape"):
        await forms.offer(survey, form_toml(FORM).encode(), by=region.marina, now=region.clock())
    hidden = await draft(region)
    await switches(region, hidden, FIELDS.ANONYMOUS, on=True)
    telling = Form("Фото", (Question("photo", "Фото?", QuestionKind.FILE),))
    with pytest.raises(Refusal, match=r"survey_keeping\.tells-who"):
        await forms.offer(hidden, form_toml(telling).encode(), by=region.marina, now=region.clock())
