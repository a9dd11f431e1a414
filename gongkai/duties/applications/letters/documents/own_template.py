"""系统自带的模板. The letter in the look of GB/T 9704-2012 as a DOCX with its placeholders, the same for every kind but the
remedy; an office downloads it, changes it in Word or WPS, and uploads its own."""

from gongkai.duties.applications.letters.documents.placeholders import REMEDY
from gongkai.report.render import docx_parts as parts
from gongkai.rules.regulations_2019.letters import LetterKind
from gongkai.screening.archive import packed

_RED = "C00000"
_MARK_SIZE = 36  # points for a name of up to twelve characters; an office with a longer one makes it smaller
_NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


def own_template(kind: LetterKind) -> bytes:
    """自带的模板. The same bytes every time."""
    files = {
        "[Content_Types].xml": parts.CONTENT_TYPES,
        "_rels/.rels": parts.RELATIONS,
        "word/_rels/document.xml.rels": parts.DOCUMENT_RELATIONS,
        "word/document.xml": parts.document("".join(_paragraphs(kind))),
        "word/styles.xml": parts.STYLES,
        "word/settings.xml": parts.SETTINGS,
        "word/footer_odd.xml": parts.footer(align="right"),
        "word/footer_even.xml": parts.footer(align="left"),
        "docProps/core.xml": parts.properties(title=kind.title, author=""),
    }
    return packed({name: text.encode() for name, text in files.items()})


def _paragraphs(kind: LetterKind) -> list[str]:
    return [
        _paragraph(
            "{{发文机关}}",
            '<w:spacing w:before="600" w:after="560" w:line="800" w:lineRule="exact"/>'
            f'{_NO_INDENT}<w:jc w:val="center"/>',
            f'<w:rFonts w:eastAsia="{parts.TITLE_FACE}"/><w:color w:val="{_RED}"/>'
            f'<w:sz w:val="{_MARK_SIZE * 2}"/><w:szCs w:val="{_MARK_SIZE * 2}"/>',
        ),
        _paragraph(
            "{{文号}}",
            f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="8" w:color="{_RED}"/></w:pBdr>'
            f'{_NO_INDENT}<w:jc w:val="center"/>',
        ),
        '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr></w:p>',
        _paragraph("{{标题}}", style="Title"),
        _paragraph("{{主送}}", f'{_NO_INDENT}<w:jc w:val="left"/>'),
        _paragraph("{{正文}}"),
        *([_paragraph("{{救济告知}}".replace("救济告知", REMEDY))] if kind.has_remedy else []),
        '<w:p><w:pPr><w:pStyle w:val="Normal"/><w:keepNext/></w:pPr></w:p>',
        _paragraph("{{落款}}", '<w:keepNext/><w:ind w:rightChars="200" w:right="630"/><w:jc w:val="right"/>'),
        _paragraph(
            "{{成文日期}}", '<w:keepNext/><w:ind w:rightChars="400" w:right="1260"/><w:jc w:val="right"/>'
        ),
        _paragraph("{{附注}}"),
    ]


def _paragraph(text: str, properties: str = "", look: str = "", *, style: str = "Normal") -> str:
    run = f"<w:rPr>{look}</w:rPr>" if look else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
        f'<w:r>{run}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )
