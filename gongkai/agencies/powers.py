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
    MANAGE_HOLIDAYS = "manage_holidays", "维护放假安排"
    # 三员: held by no one who handles cases
    MANAGE_SYSTEM = "manage_system", "系统管理"
    MANAGE_SECURITY = "manage_security", "安全管理"
    READ_AUDIT = "read_audit", "安全审计"
