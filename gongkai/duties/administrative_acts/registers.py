"""许可、处罚、强制、收费的台账."""

from dataclasses import replace

from gongkai.duties.administrative_acts import actions
from gongkai.duties.administrative_acts.history import of_publicity
from gongkai.duties.administrative_acts.models import Charge, Compulsion, Decision, Licence, Penalty
from gongkai.registers.description import Register, column, sections
from gongkai.spreadsheets.fields import Field


def _first(model: type[Decision], *names: str) -> tuple[Field, ...]:
    return (
        column(
            model,
            "number",
            "文号",
            "决定书编号",
            "许可证号",
            "许可决定文书号",
            "行政许可决定文书号",
            "处罚决定书文号",
            "行政处罚决定书文号",
            "编号",
        ),
        column(model, "name", "项目名称", "许可事项", "处罚名称", "案件名称", "名称", *names),
        column(
            model,
            "decided_on",
            "决定时间",
            "许可日期",
            "处罚日期",
            "处罚决定日期",
            "许可决定日期",
            "作出日期",
        ),
        column(
            model, "counterpart", "行政相对人名称", "相对人", "行政相对人", "建设单位", "被处罚人", "申请单位"
        ),
        column(
            model,
            "counterpart_code",
            "信用代码",
            "相对人代码",
            "行政相对人代码",
            "行政相对人代码（统一社会信用代码）",
            note="自然人不填证件号码",
        ),
        column(model, "is_natural_person", "自然人", note="不填为否"),
    )


def _last(model: type[Decision]) -> tuple[Field, ...]:
    return (
        column(model, "content", "许可内容", "处罚内容", "处罚结果", "内容"),
        column(model, "basis", "处罚依据", "法律依据"),
        column(model, "deciding_agency", "许可机关", "处罚机关", "实施机关"),
        column(model, "published_on", "公开日期", "公示时间"),
        column(model, "revoked_on", "撤销日期", "变更日期"),
        column(model, "withdrawn_on"),
        column(model, "withdrawal_reason"),
        column(model, "section", "承办科室", "责任科室"),
        column(model, "remark"),
    )


_LISTED = ("number", "name", "counterpart", "decided_on", "published_on", "section")

LICENCES = Register(
    key="licences",
    title="行政许可台账",
    model=Licence,
    fields=(
        *_first(Licence),
        replace(column(Licence, "approval_kind", "许可类别", "许可类型"), required=False),
        column(Licence, "valid_from", "许可有效期自"),
        column(Licence, "valid_until", "许可有效期至", may_be_future=True),
        *_last(Licence),
    ),
    natural_key=("number",),
    listed=_LISTED,
    by_date="decided_on",
    enter=actions.register_licence,
    search_exact=("number",),
    search_within=("name", "counterpart"),
    filters=("approval_kind",),
    lookups={"section": sections},
    history=of_publicity,
)

PENALTIES = Register(
    key="penalties",
    title="行政处罚台账",
    model=Penalty,
    fields=(
        *_first(Penalty),
        column(Penalty, "cause", "违法事由", "处罚事由", "违法行为"),
        column(Penalty, "penalty_kind", "处罚种类"),
        column(Penalty, "fine", "罚款"),
        column(Penalty, "has_social_influence", "社会影响", note="不填为是"),
        *_last(Penalty),
    ),
    natural_key=("number",),
    listed=_LISTED,
    by_date="decided_on",
    enter=actions.register_penalty,
    search_exact=("number",),
    search_within=("name", "counterpart"),
    lookups={"section": sections},
    history=of_publicity,
)

COMPULSION = Register(
    key="compulsion",
    title="行政强制台账",
    model=Compulsion,
    fields=(
        *_first(Compulsion),
        replace(column(Compulsion, "measure", "强制类别"), required=False),
        *_last(Compulsion),
    ),
    natural_key=("number",),
    listed=_LISTED,
    by_date="decided_on",
    enter=actions.register_compulsion,
    search_exact=("number",),
    search_within=("name", "counterpart"),
    filters=("measure",),
    lookups={"section": sections},
)

CHARGES = Register(
    key="charges",
    title="行政事业性收费台账",
    model=Charge,
    fields=(
        column(Charge, "item", "项目名称", "收费项目名称"),
        column(Charge, "collected_on", "收费日期", "缴费日期", "入库日期"),
        column(Charge, "amount", "金额", "收取金额", "收费金额合计"),
        column(Charge, "voucher_number", "票号", "缴款书号", "凭证号"),
        column(Charge, "basis", "依据"),
        column(Charge, "standard", "标准"),
        column(Charge, "section", "责任科室"),
        column(Charge, "remark"),
    ),
    natural_key=("item", "collected_on", "voucher_number"),
    listed=("item", "collected_on", "amount", "voucher_number", "section"),
    by_date="collected_on",
    enter=actions.register_charge,
    search_exact=("voucher_number",),
    search_within=("item",),
    lookups={"section": sections},
)

REGISTERS = (LICENCES, PENALTIES, COMPULSION, CHARGES)
