"""公开指南. What stands beside the text of an edition, and what came of going over it again."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.catalogue.models import InformationItem, Version


class GuideSheet(AgencyRecord):
    """指南要素 of a version that is an edition of the guide: the elements of article 12, its name and its days."""

    version = models.OneToOneField(
        Version, models.CASCADE, related_name="guide_sheet", verbose_name="公开指南"
    )
    edition = models.CharField("版次", max_length=30, blank=True)
    in_force_from = models.DateField("施行日期")
    review_by = models.DateField("复核日期")
    classification = models.TextField("政府信息的分类", max_length=2000, blank=True)
    arrangement = models.TextField("编排体系", max_length=2000, blank=True)
    obtaining = models.TextField("获取方式", max_length=2000, blank=True)
    body_name = models.CharField("政府信息公开工作机构的名称", max_length=100, blank=True)
    office_address = models.CharField("办公地址", max_length=200, blank=True)
    office_hours = models.CharField("办公时间", max_length=200, blank=True)
    telephone = models.CharField("联系电话", max_length=60, blank=True)
    fax = models.CharField("传真号码", max_length=60, blank=True)
    internet = models.CharField("互联网联系方式", max_length=200, blank=True)
    channels = models.TextField("申请接收渠道和使用条件", max_length=2000, blank=True)
    postcode = models.CharField("邮政编码", max_length=10, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "指南要素"
        constraints = [
            models.CheckConstraint(
                condition=Q(review_by__gt=F("in_force_from")), name="guide_reviewed_after_beginning"
            )
        ]

    def __str__(self) -> str:
        return f"公开指南（{self.edition}）"


class Recheck(AgencyRecord):
    """指南复核: append-only; on which day an edition was gone over, what came of it, and when it is due again."""

    class Outcome(models.TextChoices):
        UNCHANGED = "unchanged", "内容仍然准确，不需修改"
        REVISE = "revise", "需要修改，起草新版"

    item = models.ForeignKey(
        InformationItem, models.PROTECT, related_name="guide_rechecks", verbose_name="公开指南"
    )
    outcome = models.CharField("结果", max_length=10, choices=Outcome)
    checked_on = models.DateField("复核日期")
    next_on = models.DateField("下次复核日期", null=True, blank=True)
    reason = models.CharField("说明", max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="复核人")

    class Meta:
        verbose_name = verbose_name_plural = "指南复核"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="unchanged") | Q(next_on__isnull=False, next_on__gt=F("checked_on")),
                name="guide_recheck_names_the_next",
            )
        ]

    def __str__(self) -> str:
        return f"{self.checked_on}：{self.get_outcome_display()}"
