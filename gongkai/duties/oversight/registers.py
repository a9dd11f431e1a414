"""安全评估、运维检查、培训的台账."""

from dataclasses import replace

from gongkai.duties.oversight import actions
from gongkai.duties.oversight.models import OperatorCheck, SecurityAssessment, TrainingSession
from gongkai.registers.description import Register, column, sections

ASSESSMENTS = Register(
    key="assessments",
    title="安全评估台账",
    model=SecurityAssessment,
    fields=(
        column(SecurityAssessment, "title", "评估名称", "项目名称"),
        replace(column(SecurityAssessment, "kind", "评估类别", "类型"), required=False),
        column(SecurityAssessment, "assessed_on", "评估时间", "日期"),
        column(SecurityAssessment, "assessed_by", "单位"),
        column(SecurityAssessment, "conclusion", "评估结论"),
        column(SecurityAssessment, "put_right_on"),
        column(SecurityAssessment, "section", "责任科室"),
        column(SecurityAssessment, "remark"),
    ),
    natural_key=("title", "assessed_on"),
    listed=("title", "kind", "assessed_on", "assessed_by", "put_right_on"),
    by_date="assessed_on",
    enter=actions.register_assessment,
    search_within=("title",),
    filters=("kind",),
    lookups={"section": sections},
)

OPERATOR_CHECKS = Register(
    key="operator-checks",
    title="运维单位检查台账",
    model=OperatorCheck,
    fields=(
        column(OperatorCheck, "operator", "运维公司", "单位"),
        column(OperatorCheck, "checked_on", "检查时间", "日期"),
        column(OperatorCheck, "matter", "检查事项", "内容"),
        column(OperatorCheck, "conclusion", "结果"),
        column(OperatorCheck, "section", "责任科室"),
        column(OperatorCheck, "remark"),
    ),
    natural_key=("operator", "checked_on", "matter"),
    listed=("operator", "checked_on", "matter", "conclusion"),
    by_date="checked_on",
    enter=actions.register_operator_check,
    search_within=("operator", "matter"),
    lookups={"section": sections},
)

TRAINING = Register(
    key="training",
    title="培训台账",
    model=TrainingSession,
    fields=(
        column(TrainingSession, "title", "培训名称", "主题"),
        column(TrainingSession, "held_on", "培训时间", "日期"),
        replace(column(TrainingSession, "attended_count", "人数"), required=False),
        replace(column(TrainingSession, "hours"), required=False),
        column(TrainingSession, "section", "组织科室"),
        column(TrainingSession, "remark"),
    ),
    natural_key=("title", "held_on"),
    listed=("title", "held_on", "attended_count", "hours"),
    by_date="held_on",
    enter=actions.register_training,
    search_within=("title",),
    lookups={"section": sections},
)

REGISTERS = (ASSESSMENTS, OPERATOR_CHECKS, TRAINING)
