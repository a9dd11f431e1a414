"""PDF. The letter in the look of GB/T 9704-2012, by the renderer of the report."""

from html import escape
from pathlib import Path

from gongkai.duties.applications.letters.text import DATE_SLOT, NUMBER_SLOT, LetterText
from gongkai.report.render.pdf import official_style, typeset

_WIDTH = 440  # points of the type area, for the issuer's mark, which stands on one line
_LARGEST = 44.0


def render(text: LetterText, *, is_draft: bool = False, bars: str = "") -> bytes:
    """文书的PDF. A draft says so on every page, and leaves open what is filled in at issue. ``bars``: a picture of the case's
    number, for the slip that the applicant brings along."""
    return typeset(page(text, is_draft=is_draft, bars=bars))


def page(text: LetterText, *, is_draft: bool = False, bars: str = "") -> str:
    size = min(_LARGEST, _WIDTH / max(len(text.issuer), 1))
    style = official_style() + (Path(__file__).parent / "letter.css").read_text(encoding="utf-8")
    said = [_said(each) for each in (*text.paragraphs, text.remedy) if each]
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(text.title)}</title>'
        f"<style>{style}</style></head><body><main>"
        + ('<p class="draft">草稿，未签发</p>' if is_draft else "")
        + f'<p class="issuer" style="font-size:{size:.1f}pt">{escape(text.issuer)}</p>'
        f'<p class="number">{_open(text.number, NUMBER_SLOT, "（发出时编号）")}</p>'
        f'<h1 class="title">{escape(text.title)}</h1><p class="addressee">{escape(text.addressee)}</p>'
        + "".join(said)
        + f'<div class="end"><div class="sign"><p>{escape(text.signature)}</p>'
        f"<p>{_open(text.dated, DATE_SLOT, '（发出日期）')}</p></div>"
        + "".join(_said(note) for note in text.notes)
        + (f'<div class="bars">{bars}</div>' if bars else "")
        + "</div></main></body></html>"
    )


def _said(line: str) -> str:
    return f'<p class="said">{escape(line)}</p>'


def _open(value: str, slot: str, shown: str) -> str:
    return escape(shown if value == slot else value)
