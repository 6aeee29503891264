"""``python -m texts.check``: what it finds, and that our own code gives it nothing to find."""

from pathlib import Path

import pytest

from texts.check import ROOT, findings, main

FINE = {
    "item.card": "Пункт",
    "item.kind-one": "один",
    "item.outer": "{% include 'item.inner-' ~ kind %}",
    "item.inner-a": "а",
}
USES = 'A = texts.html("item.card")\nB = texts.plain(f"item.kind-{kind}")\nC = "item.outer"\n'


def found(
    tmp_path: Path, code: str, sources: dict[str, str] | None = None, *, name: str = "handlers/item.py"
) -> list[str]:
    """The findings in a project of one module."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code, encoding="utf-8")
    return findings(tmp_path, FINE if sources is None else sources)


def test_our_own_texts_and_code_agree() -> None:
    assert main(ROOT) == 0


def test_ids_that_are_written_out_made_up_or_included_are_used(tmp_path: Path) -> None:
    assert found(tmp_path, USES) == []


def test_an_unknown_id_is_found_where_it_stands(tmp_path: Path) -> None:
    assert found(tmp_path, USES + 'raise Refusal("item.gone")\n') == ["handlers/item.py:4: no text item.gone"]


def test_a_made_up_id_that_fits_nothing_is_found(tmp_path: Path) -> None:
    assert found(tmp_path, USES + 'D = f"item.state-{state}"\n') == ["handlers/item.py:4: no text item.state-…"]


def test_an_included_id_that_is_unknown_is_found(tmp_path: Path) -> None:
    sources = FINE | {"item.card": "{% include 'item.lost' %}"}
    assert found(tmp_path, USES, sources) == ["texts/ru/item.toml: no text item.lost"]


def test_an_id_that_nobody_uses_is_found(tmp_path: Path) -> None:
    expected = ["texts/ru/item.toml: item.old is not used"]
    assert found(tmp_path, USES, FINE | {"item.old": "Старое"}) == expected
    assert found(tmp_path, USES + '"""See ``item.old``."""\n"item.old"\n', FINE | {"item.old": "Старое"}) == expected


@pytest.mark.parametrize("source", ["{% if %}", "{{ name | unheard_of }}", "{{ name"])
def test_a_template_that_does_not_compile_is_found(tmp_path: Path, source: str) -> None:
    (line,) = found(tmp_path, USES, FINE | {"item.card": source})
    assert line.startswith("texts/ru/item.toml: item.card does not compile: ")


@pytest.mark.parametrize(
    "code",
    [
        'A = "Такого пункта больше нет"\n',
        'A = f"Такого {what} больше нет в карте"\n',
        'f("Такого пункта "\n  "больше нет")\n',
    ],
)
def test_a_russian_sentence_in_code_is_found(tmp_path: Path, code: str) -> None:
    (line,) = found(tmp_path, code, {})
    assert line.startswith("handlers/item.py:1: a sentence outside texts/: «Такого ")


@pytest.mark.parametrize(
    "code",
    [
        '"""Такого пункта больше нет в карте."""\n',
        'def f():\n    """Такого пункта больше нет в карте."""\n',
        "# Такого пункта больше нет в карте\n",
        'A = 1\n"""Такого пункта больше нет в карте."""\n',
        'A = "Вектор успеха"\n',
        'A = "no such item here any more"\n',
    ],
)
def test_docstrings_comments_and_names_are_not_sentences(tmp_path: Path, code: str) -> None:
    assert found(tmp_path, code, {}) == []


@pytest.mark.parametrize("name", ["domain/deadline_words.py", "texts/filters.py", "tests/test_item.py", "bench/run.py"])
def test_word_lists_of_parsers_texts_tests_and_benches_may_be_russian(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, 'A = "или до или после или между"\n', {}, name=name) == []


@pytest.mark.parametrize("other", ["item.id", "item.html", "item.rows", "outbox.deliver"])
def test_columns_files_and_modules_are_not_ids(tmp_path: Path, other: str) -> None:
    (tmp_path / "item").mkdir()
    (tmp_path / "item" / "rows.py").write_text("", encoding="utf-8")
    sources = FINE | {"outbox.fault": "Сбой"}
    assert found(tmp_path, USES + f'D = "outbox.fault"\nE = "{other}"\n', sources) == []


def test_the_command_prints_a_line_for_each_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "texts" / "ru"
    folder.mkdir(parents=True)
    (folder / "item.toml").write_text('card = "Пункт"\n', encoding="utf-8")
    assert main(tmp_path) == 1
    assert capsys.readouterr().out == "texts/ru/item.toml: item.card is not used\n"
