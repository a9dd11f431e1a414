"""征集和调查的台账."""

from dataclasses import replace

from gongkai.duties.participation import actions
from gongkai.duties.participation.models import CallForComments, Participation, Survey
from gongkai.registers.description import Register, column, sections
from gongkai.spreadsheets.fields import Field


def _fields(model: type[Participation], *own: Field) -> tuple[Field, ...]:
    return (
        column(model, "title", "名称", "征集标题", "调查标题"),
        column(model, "opened_on", "开始时间", "发布日期", "起始日期"),
        column(model, "closed_on", "结束日期", "截止时间", may_be_future=True),
        replace(column(model, "received_count", "收到条数", "参与人数", "意见数量"), required=False),
        *own,
        column(model, "outcome_published_on", "反馈日期", "结果公布日期"),
        column(model, "address", "链接"),
        column(model, "section", "责任科室"),
        column(model, "remark"),
    )


SURVEYS = Register(
    key="surveys",
    title="网上调查台账",
    model=Survey,
    fields=_fields(Survey),
    natural_key=("title", "opened_on"),
    listed=("title", "opened_on", "closed_on", "received_count", "outcome_published_on"),
    by_date="opened_on",
    enter=actions.register_survey,
    search_within=("title",),
    lookups={"section": sections},
)

CALLS_FOR_COMMENTS = Register(
    key="calls-for-comments",
    title="意见征集台账",
    model=CallForComments,
    fields=_fields(
        CallForComments,
        replace(column(CallForComments, "draft_kind", "草案类别"), required=False),
        replace(column(CallForComments, "adopted_count", "采纳条数"), required=False),
        column(CallForComments, "short_reason"),
    ),
    natural_key=("title", "opened_on"),
    listed=("title", "opened_on", "closed_on", "received_count", "adopted_count", "outcome_published_on"),
    by_date="opened_on",
    enter=actions.register_call_for_comments,
    search_within=("title",),
    filters=("draft_kind",),
    lookups={"section": sections},
)

REGISTERS = (SURVEYS, CALLS_FOR_COMMENTS)
