"""监督保障. Security assessments, checks of the operating company, training."""

from django.db import models
from django.db.models import F, Q

from gongkai.registers.models import RegisterEntry

STANDING = Q(voided_at__isnull=True)


class SecurityAssessment(RegisterEntry):
    """安全评估."""

    class Kind(models.TextChoices):
        VULNERABILITY_SCAN = "vulnerability_scan", "漏洞扫描"
        PENETRATION_TEST = "penetration_test", "渗透测试"
        CLASSIFIED_PROTECTION = "classified_protection", "等级保护测评"
        RISK_ASSESSMENT = "risk_assessment", "风险评估"
        DRILL = "drill", "应急演练"

    title = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=25, choices=Kind, default=Kind.VULNERABILITY_SCAN)
    assessed_on = models.DateField("评估日期")
    assessed_by = models.CharField("评估单位", max_length=100, blank=True)
    conclusion = models.CharField("结论", max_length=200, blank=True)
    put_right_on = models.DateField("整改完成日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "安全评估"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "title", "assessed_on"], condition=STANDING, name="assessment_once"
            ),
            models.CheckConstraint(
                condition=Q(put_right_on__isnull=True) | Q(put_right_on__gte=F("assessed_on")),
                name="assessment_put_right_after",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "-assessed_on", "-id"], condition=STANDING, name="assessment_by_day"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def objection(self) -> str:
        if self.put_right_on and self.put_right_on < self.assessed_on:
            return "整改完成日期早于评估日期，请核对。"
        return ""


class OperatorCheck(RegisterEntry):
    """对运维单位的检查."""

    operator = models.CharField("运维单位", max_length=100)
    checked_on = models.DateField("检查日期")
    matter = models.CharField("检查内容", max_length=200)
    conclusion = models.CharField("检查结果", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "运维单位检查"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "operator", "checked_on", "matter"],
                condition=STANDING,
                name="operator_check_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["agency", "-checked_on", "-id"], condition=STANDING, name="operator_check_by_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.operator} {self.checked_on}"


class TrainingSession(RegisterEntry):
    """培训 (条例第四十八条)."""

    title = models.CharField("培训主题", max_length=100)
    held_on = models.DateField("培训日期")
    attended_count = models.PositiveIntegerField("参加人数", default=0)
    hours = models.PositiveSmallIntegerField("学时", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "培训"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "title", "held_on"], condition=STANDING, name="training_once"
            )
        ]
        indexes = [
            models.Index(fields=["agency", "-held_on", "-id"], condition=STANDING, name="training_by_day")
        ]

    def __str__(self) -> str:
        return self.title
