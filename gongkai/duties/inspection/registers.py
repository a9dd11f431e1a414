"""问题整改的台账."""

from dataclasses import replace

from gongkai.duties.inspection import actions
from gongkai.duties.inspection.models import Fault
from gongkai.registers.description import Register, column, sections

FAULTS = Register(
    key="faults",
    title="问题整改台账",
    model=Fault,
    fields=(
        column(Fault, "place", "页面", "问题位置", "网址", "页面地址"),
        column(Fault, "kind", "问题类型", "类别"),
        column(Fault, "found_on", "检查日期", "发现时间"),
        column(Fault, "description", "问题", "描述"),
        replace(column(Fault, "source", "问题来源"), required=False),
        column(Fault, "put_right_on", "整改完成日期", "整改时间"),
        column(Fault, "checked_on", "复查日期"),
        column(Fault, "measure", "整改措施"),
        column(Fault, "section", "责任科室", "整改科室"),
        column(Fault, "remark"),
    ),
    natural_key=("place", "found_on", "kind", "description"),
    listed=("place", "kind", "found_on", "put_right_on", "checked_on", "section"),
    by_date="found_on",
    enter=actions.register_fault,
    search_within=("place", "description"),
    filters=("kind", "source"),
    lookups={"section": sections},
)

REGISTERS = (FAULTS,)
