"""迁入的栏. What a table, a JSON list or a page of an old site may say of an item, and how the columns may be called."""

from collections.abc import Mapping

from gongkai.rules.regulations_2019.proactive import DUTIES_OF_ARTICLE_20, DUTIES_OF_ARTICLE_21, numbered
from gongkai.spreadsheets.fields import Field, Kind

LONGEST_BODY = 400_000  # characters, as for a text written here
_DUTIES: Mapping[str, str] = {
    label: duty.key
    for duty in (*DUTIES_OF_ARTICLE_20, *DUTIES_OF_ARTICLE_21)
    for label in (numbered(duty), duty.label)
}

FIELDS: tuple[Field, ...] = (
    Field("title", "标题", required=True, synonyms=("信息标题", "信息名称", "名称"), longest=200),
    Field("column", "栏目", required=True, synonyms=("栏目名称", "所属栏目"), longest=50),
    Field(
        "published_on",
        "原发布日期",
        Kind.DATE,
        required=True,
        synonyms=("发布日期", "公开日期", "发布时间", "公开时间"),
    ),
    Field("body", "正文", synonyms=("内容", "信息内容"), longest=LONGEST_BODY),
    Field("document_number", "文号", synonyms=("发文字号", "文件编号"), longest=60),
    Field("issued_by", "发布机构", synonyms=("发文机关", "来源", "信息来源"), longest=100),
    Field("co_issued_by", "联合发布机构", longest=300),
    Field("dated_on", "成文日期", Kind.DATE, synonyms=("生成日期", "产生日期")),
    Field("subject", "主题分类", synonyms=("主题",), longest=40),
    Field("genre", "体裁", synonyms=("体裁分类",), longest=20),
    Field("keywords", "关键词", synonyms=("关键字",), longest=100),
    Field("summary", "内容概述", synonyms=("概述", "摘要"), longest=500),
    Field("article_20_duty", "法定公开内容", Kind.CHOICE, synonyms=("条例第二十条",), choices=_DUTIES),
    Field("address", "原网址", Kind.WEB_ADDRESS, synonyms=("网址", "链接", "链接地址"), longest=300),
    Field("attachments", "附件", synonyms=("附件文件名", "附件名称"), note="文件名，多个用分号隔开"),
)
BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}
