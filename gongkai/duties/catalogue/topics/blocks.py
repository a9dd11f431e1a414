"""正文的组成部分. What a topic may be made of. Text has few forms, links go to addresses that are checked, files are our own."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from gongkai.duties.catalogue.topics.choosers import documents, items, pictures
from gongkai.gateways.web_address import fault_of

_SHAPES = ["bold", "italic", "ol", "ul"]
PictureChooserBlock = pictures.get_block_class("PictureChooserBlock", __name__)
DocumentChooserBlock = documents.get_block_class("DocumentChooserBlock", __name__)
ItemChooserBlock = items.get_block_class("ItemChooserBlock", __name__)


def web_address(value: str) -> None:
    if fault := fault_of(value):
        raise ValidationError(fault)


class PictureBlock(blocks.StructBlock):
    """图片, with a line below it if wanted; its alternative text comes with the picture."""

    picture = PictureChooserBlock(label="图片")
    caption = blocks.CharBlock(label="图片说明", required=False, max_length=100)


class LinkBlock(blocks.StructBlock):
    """一个链接."""

    text = blocks.CharBlock(label="链接文字", max_length=100)
    address = blocks.CharBlock(label="网址", max_length=500, validators=[web_address])


class FactBlock(blocks.StructBlock):
    """一项要点: its name and what there is to say."""

    name = blocks.CharBlock(label="名称", max_length=30)
    value = blocks.CharBlock(label="内容", max_length=200)


class MomentBlock(blocks.StructBlock):
    """时间轴上的一件事."""

    on = blocks.DateBlock(label="日期")
    what = blocks.CharBlock(label="事项", max_length=200)


class TableBlock(blocks.StructBlock):
    """表格, typed as lines: what a screen reader needs (a caption and heads) cannot be left out."""

    caption = blocks.CharBlock(label="表名", max_length=100)
    heads = blocks.CharBlock(label="列名", max_length=300, help_text="各列之间用竖线“|”隔开")
    rows = blocks.TextBlock(label="各行", help_text="一行写一行，各列之间用竖线“|”隔开")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        width = len(cells(cleaned["heads"]))
        for number, line in enumerate(lines(cleaned["rows"]), start=1):
            if len(cells(line)) != width:
                fault = ValidationError(f"第{number}行有{len(cells(line))}列，列名有{width}列，请改成一致。")
                raise blocks.StructBlockValidationError({"rows": fault})
        return cleaned


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.replace("｜", "|").split("|")]


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """正文可以用的全部组成部分, by the name that is stored."""
    return [
        ("heading", blocks.CharBlock(label="小标题", max_length=60, icon="title")),
        ("text", blocks.RichTextBlock(label="文字", features=_SHAPES, icon="pilcrow")),
        ("picture", PictureBlock(label="图片", icon="image")),
        ("items", blocks.ListBlock(ItemChooserBlock(label="信息"), label="已发布的信息", icon="list-ul")),
        ("links", blocks.ListBlock(LinkBlock(label="链接"), label="链接", icon="link")),
        ("file", DocumentChooserBlock(label="文件", icon="doc-full")),
        ("facts", blocks.ListBlock(FactBlock(label="要点"), label="要点", icon="form")),
        ("timeline", blocks.ListBlock(MomentBlock(label="事项"), label="时间轴", icon="history")),
        ("table", TableBlock(label="表格", icon="table")),
    ]
