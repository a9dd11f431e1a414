"""不公开的信息. What was determined, when it is due to be assessed again, and what came of each assessment."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import Agency, AgencyRecord, Person, Section
from gongkai.duties.catalogue.models import Attribute, InformationItem, Version
from gongkai.rules.regulations_2019.withholding import REVIEW_MONTHS

_NOT_PROACTIVE = [(each.value, each.label) for each in (Attribute.ON_APPLICATION, Attribute.WITHHELD)]


class Withholding(AgencyRecord):
    """一条不主动公开的信息: by whom and why. It is kept until a later version of it is on its way (``queries``)."""

    item = models.OneToOneField(
        InformationItem, models.PROTECT, related_name="withholding", verbose_name="信息"
    )
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name="版本")
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任科室"
    )
    attribute = models.CharField("公开属性", max_length=15, choices=_NOT_PROACTIVE)
    ground = models.CharField("依据", max_length=200)
    content_hash = models.CharField("内容摘要", max_length=64)
    determined_on = models.DateField("确定日期")
    determined_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="确定人")
    due_on = models.DateField("下次评估日期")

    class Meta:
        verbose_name = verbose_name_plural = "不公开的信息"
        constraints = [
            models.CheckConstraint(condition=~Q(ground=""), name="withheld_on_a_ground"),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("determined_on")), name="withheld_assessed_after_determining"
            ),
        ]
        indexes = [models.Index(fields=["agency", "due_on", "id"], name="withheld_by_due_day")]

    def __str__(self) -> str:
        return self.item.title


class Assessment(AgencyRecord):
    """一次评估审查: append-only; what came of it and why, and when the next is due."""

    class Outcome(models.TextChoices):
        KEEP = "keep", "继续不公开"
        DISCLOSE = "disclose", "转为主动公开"

    withholding = models.ForeignKey(
        Withholding, models.PROTECT, related_name="assessments", verbose_name="不公开的信息"
    )
    assessed_on = models.DateField("评估日期")
    was_due_on = models.DateField("应评估日期")
    outcome = models.CharField("结论", max_length=10, choices=Outcome)
    reason = models.CharField("理由", max_length=300)
    next_on = models.DateField("下次评估日期", null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="评估人")

    class Meta:
        verbose_name = verbose_name_plural = "评估审查"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="assessment_says_why"),
            models.CheckConstraint(
                condition=Q(outcome="disclose", next_on__isnull=True)
                | Q(next_on__isnull=False, next_on__gt=F("assessed_on")),
                name="assessment_names_the_next",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessed_on}：{self.get_outcome_display()}"


class AssessmentPractice(models.Model):
    """本机关的评估周期. The Regulations do not say how often; the usual period is this system's proposal."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="+", verbose_name="机关")
    months = models.PositiveSmallIntegerField("评估周期（月）", default=REVIEW_MONTHS)

    class Meta:
        verbose_name = verbose_name_plural = "评估周期"
        constraints = [
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=REVIEW_MONTHS), name="assessed_at_least_as_often"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency}的评估周期"
