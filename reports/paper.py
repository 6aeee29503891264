"""A self-contained HTML file that a person reads in a browser and prints on A4: no script, nothing loaded."""

from collections.abc import Iterable
from html import escape

_STYLE = """
@page { size: A4; margin: 20mm 15mm; }
body { font: 11pt/1.45 "PT Serif", "Times New Roman", serif; color: #111; max-width: 180mm; margin: 10mm auto; padding: 0 4mm; }
h1 { font-size: 15pt; line-height: 1.25; } h2 { font-size: 12pt; margin: 7mm 0 2mm; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #777; padding: 1.5mm 2.5mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: normal; width: 38%; background: #f3f3f3; }
ul { margin: 0; padding-left: 6mm; } li, p { overflow-wrap: anywhere; } tr, li { break-inside: avoid; }
.sign { margin-top: 14mm; }
@media print { body { margin: 0; max-width: none; padding: 0; } th { background: none; } }
"""  # noqa: E501  a rule a line


def paper(title: str, *blocks: str) -> bytes:
    """A page with a heading; ``blocks`` are HTML made by the functions below, ``title`` is plain."""
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
    )
    body = "\n".join((f"<h1>{escape(title)}</h1>", *blocks))
    return f'<!DOCTYPE html>\n<html lang="ru"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'.encode()


def heading(text: str) -> str:
    """A heading inside the page."""
    return f"<h2>{escape(text)}</h2>"


def paragraph(text: str, *, sign: bool = False) -> str:
    """A paragraph; ``sign`` leaves room for a signature above it."""
    return f'<p class="sign">{escape(text)}</p>' if sign else f"<p>{escape(text)}</p>"


def listing(lines: Iterable[str]) -> str:
    """A list of lines."""
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def table(rows: Iterable[tuple[str, str | list[str]]]) -> str:
    """Two columns: what it is, and the value or a list of them."""
    cells = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value) if isinstance(value, str) else listing(value)}</td></tr>\n"
        for name, value in rows
    )
    return f"<table>\n{cells}</table>"
