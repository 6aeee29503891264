"""A form as a TOML file: what is written can be read again (``domain/form_file.py``) and is the same form."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from domain.form import Form
from domain.form_file import form_data


def form_toml(form: Form) -> str:
    """The heading, then a table a question."""
    data = form_data(form)
    lines = [*_lines({name: value for name, value in data.items() if name != "questions"})]
    for question in data["questions"]:
        lines += ["", "[[questions]]", *_lines(question)]
    return "\n".join((*lines, ""))


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    for name, value in data.items():
        if name == "options":
            yield "options = ["
            yield from (f"  {_value(one)}," for one in value)
            yield "]"
        else:
            yield f"{name} = {_value(value)}"


def _value(value: Any) -> str:
    """As TOML writes it: its strings and numbers are those of JSON."""
    match value:
        case dict():
            return "{ " + ", ".join(f"{name} = {_value(one)}" for name, one in value.items()) + " }"
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)
