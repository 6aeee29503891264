"""The renderer: strict about ids and variables, careful with what people typed."""

from pathlib import Path

import pytest
from jinja2 import UndefinedError

from texts import Texts
from texts.renderer import UnknownTextError, load

TEXTS = Texts(
    {
        "a.hello": "Здравствуйте, <b>{{ name }}</b>",
        "a.outer": "[{% include 'a.inner' %}]",
        "a.inner": "{{ name | short(20) }}",
        "a.by-kind": "{% include 'a.kind-' ~ kind %}",
        "a.kind-one": "один",
        "a.list": "\n{% for one in many %}\n— {{ one }}\n{% endfor %}\n",
        "a.optional": "{% if name %}есть{% endif %}",
    }
)
HOSTILE = "<script>&\"'"


def test_an_unknown_id_is_an_error() -> None:
    for render in (TEXTS.html, TEXTS.plain):
        with pytest.raises(UnknownTextError, match=r"a\.missing"):
            render("a.missing")


@pytest.mark.parametrize("text_id", ["a.hello", "a.outer", "a.list", "a.by-kind", "a.optional"])
def test_a_missing_variable_is_an_error_and_never_a_hole(text_id: str) -> None:
    for render in (TEXTS.html, TEXTS.plain):
        with pytest.raises(UndefinedError):
            render(text_id)


def test_values_are_escaped_in_a_message_and_the_templates_own_tags_are_not() -> None:
    assert TEXTS.html("a.hello", name=HOSTILE) == "Здравствуйте, <b>&lt;script&gt;&amp;&#34;&#39;</b>"


def test_nothing_is_escaped_on_a_button() -> None:
    assert TEXTS.plain("a.hello", name=HOSTILE) == f"Здравствуйте, <b>{HOSTILE}</b>"


def test_an_included_template_is_escaped_once() -> None:
    assert TEXTS.html("a.outer", name="<b>&") == "[&lt;b&gt;&amp;]"


def test_a_template_is_included_by_a_name_made_of_values() -> None:
    assert TEXTS.html("a.by-kind", kind="one") == "один"


def test_lines_of_control_leave_no_empty_lines() -> None:
    assert TEXTS.html("a.list", many=["один", "два"]) == "— один\n— два"


def test_which_ids_there_are() -> None:
    assert (TEXTS.has("a.hello"), TEXTS.has("a.missing")) == (True, False)
    assert TEXTS.ids() == {"a.hello", "a.outer", "a.inner", "a.by-kind", "a.kind-one", "a.list", "a.optional"}


def test_an_id_is_the_files_name_and_the_key(tmp_path: Path) -> None:
    (tmp_path / "survey.toml").write_text('ask = "Пройдите опрос"\n', encoding="utf-8")
    (tmp_path / "notes.txt").write_text("не текст", encoding="utf-8")
    assert load(tmp_path) == {"survey.ask": "Пройдите опрос"}


def test_the_shipped_texts_are_loaded_by_default() -> None:
    assert Texts().ids() == set(load())
