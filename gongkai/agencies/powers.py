"""职权. What a post may allow its holder to do. Powers belong to posts, posts to people for a time."""

from django.db import models


class Power(models.TextChoices):
    """职权的种类, each with its Chinese name."""

    KEEP_REGISTERS = "keep_registers", "登记台账"  # enter and import records of one's own section's duties
    READ_REGISTERS = "read_registers", "查阅台账"
    READ_APPLICANTS = "read_applicants", "查看申请人信息"  # clear values of personal data, with a reason
    EXPORT_REGISTERS = "export_registers", "导出台账"
    COMPILE_REPORT = "compile_report", "编制年报"
    EXPLAIN_FINDINGS = "explain_findings", "说明核对问题"
    APPROVE_REPORT = "approve_report", "批准年报"  # never by the person who compiled it
    RELEASE_REPORT = "release_report", "发布年报"
    DRAFT_ITEMS = "draft_items", "起草信息"  # items, their attachments, special topics
    REVIEW_SECTION = "review_section", "科室审核"  # the section head; never of one's own draft
    REVIEW_LEGALITY = "review_legality", "合法性审核"
    REVIEW_CONFIDENTIALITY = "review_confidentiality", "保密审查"
    SIGN_ITEMS = "sign_items", "签发信息"  # never by the author or a reviewer of it
    WITHDRAW_ITEMS = "withdraw_items", "撤回已发布的信息"
    EXTEND_REPLY = "extend_reply", "同意延期答复"  # the disclosure office's head; never of one's own proposal
    DECIDE_FEE = "decide_fee", "决定信息处理费"  # never of one's own proposal
    SIGN_LETTERS = "sign_letters", "签发文书"  # letters of a case; never by the author or the reviewer
    MANAGE_COLUMNS = "manage_columns", "管理栏目和审查流程"
    MANAGE_HOLIDAYS = "manage_holidays", "维护放假安排"
    # 三员: held by no one who handles cases
    MANAGE_SYSTEM = "manage_system", "系统管理"
    MANAGE_SECURITY = "manage_security", "安全管理"
    READ_AUDIT = "read_audit", "安全审计"


# 三员各自的职权，只随管理员身份而来。管理员没有任何办件职权，办件人员也没有这里的职权 (ACL-03).
BY_ADMINISTRATOR: dict[str, frozenset[Power]] = {
    "system": frozenset({Power.MANAGE_SYSTEM, Power.MANAGE_HOLIDAYS}),
    "security": frozenset({Power.MANAGE_SECURITY}),
    "audit": frozenset({Power.READ_AUDIT}),
}
ADMINISTRATION = [Power.MANAGE_SYSTEM.value, Power.MANAGE_SECURITY.value, Power.READ_AUDIT.value]


def held_by_post() -> list[Power]:
    """可以配给岗位的职权."""
    return [power for power in Power if power.value not in ADMINISTRATION]
