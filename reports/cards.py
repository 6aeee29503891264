"""Cards with personal codes: one HTML page to print on A4 and cut, which needs nothing from the network."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from domain.card import CodeCard
from domain.registry import called
from texts import Texts
from texts.filters import short

ON_A_SHEET = 8
"""Two columns of four."""

_STYLE = """
@page { size: A4 portrait; margin: 0 }
* { box-sizing: border-box; margin: 0; padding: 0 }
body { font: 8.5pt/1.25 Arial, "Liberation Sans", "DejaVu Sans", sans-serif; color: #000; background: #fff }
.note { max-width: 190mm; margin: 6mm auto; font-size: 12pt }
.sheet { width: 210mm; height: 296mm; margin: 0 auto; padding: 4mm 10mm 0; overflow: hidden; break-after: page }
.sheet:last-child { break-after: auto }
.name-of-sheet { height: 6mm; font-size: 8pt; color: #555; white-space: nowrap; overflow: hidden }
.cards { display: grid; grid-template-columns: 95mm 95mm; grid-auto-rows: 70mm }
.card { border: 0.3mm dashed #888; margin: 0 -0.3mm -0.3mm 0; padding: 3.5mm 4mm; overflow: hidden;
  break-inside: avoid; display: flex; flex-direction: column }
.top { display: flex; gap: 3mm; height: 31mm; flex: none }
.who { flex: 1; min-width: 0 }
.home, .name, .position, .place { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 1;
  overflow: hidden; overflow-wrap: anywhere; hyphens: auto; font-size: 8pt; flex: none }
.home { color: #444; margin-bottom: 0.5mm }
.name { -webkit-line-clamp: 4; font-size: 12pt; font-weight: bold; line-height: 1.15 }
.position { -webkit-line-clamp: 2 }
.place { -webkit-line-clamp: 3 }
.top svg { width: 31mm; height: 31mm; flex: none }
.code { margin: auto 0; padding: 1mm 0; font: bold 20pt/1 "DejaVu Sans Mono", "Courier New", monospace;
  text-align: center; white-space: nowrap }
.how { font-size: 8pt; line-height: 1.2 }
@media print { .note { display: none } }
@media screen { .sheet { border-top: 0.3mm solid #ccc } }
"""


def as_page(cards: Sequence[CodeCard], bot: str, until: date, texts: Texts) -> str:
    """The page, in the order of the cards. ``bot`` is its name in the messenger, ``until`` the codes' last day."""
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="ru"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{texts.html('cards.title')}</title><style>{_STYLE}</style></head><body>",
            f'<p class="note">{texts.html("cards.note", count=len(cards))}</p>',
            *_sheets(cards, bot, until, texts),
            "</body></html>\n",
        )
    )


def _sheets(cards: Sequence[CodeCard], bot: str, until: date, texts: Texts) -> Iterator[str]:
    sheets = [cards[first : first + ON_A_SHEET] for first in range(0, len(cards), ON_A_SHEET)]
    lines = (texts.html(f"cards.{line}", bot=bot, until=until) for line in ("scan", "type", "until"))
    how = "".join(f"<p>{line}</p>" for line in lines)
    for number, sheet in enumerate(sheets, 1):
        homes = list(dict.fromkeys(card.municipality for card in sheet if card.municipality))
        named = texts.html("cards.sheet", sheet=number, sheets=len(sheets), municipalities=homes)
        yield f'<section class="sheet"><p class="name-of-sheet">{named}</p><div class="cards">'
        yield from (_card(card, bot, how) for card in sheet)
        yield "</div></section>"


def _card(card: CodeCard, bot: str, how: str) -> str:
    person, code = card.person, card.invitation.code
    return (
        f'<article class="card"><div class="top"><div class="who">{_line("home", card.municipality, 60)}'
        f"{_line('name', called(person.name, person.id), 90)}{_line('position', person.position, 70)}</div>"
        f"{_qr(f'https://t.me/{bot}?start={code}')}</div>{_line('place', card.place, 170)}"
        f'<p class="code">{code}</p><div class="how">{how}</div></article>'
    )


def _line(kind: str, text: str, limit: int) -> str:
    return f'<p class="{kind}">{escape(short(text, limit))}</p>' if text else ""


def _qr(link: str) -> str:
    """Any mask is as readable as the best one, which takes four times as long to find."""
    import segno  # noqa: PLC0415  heavy, and needed on few days of the year

    made = segno.make(link, error="m", micro=False, mask=0)
    return str(made.svg_inline(border=2, omitsize=True))
