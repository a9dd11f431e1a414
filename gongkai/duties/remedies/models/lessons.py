"""经验教训. What a case taught, and what was changed for it; no party is named."""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.remedies.models.case_files import CaseFile


class Lesson(AgencyRecord):
    """一条经验教训."""

    class Category(models.TextChoices):
        FACTS = "facts", "事实认定"
        SEARCH = "search", "检索"
        GROUND = "ground", "法律适用"
        PERIOD = "period", "期限"
        PROCEDURE = "procedure", "程序"
        NOTICE = "notice", "告知和送达"
        WORDING = "wording", "文书"
        EVIDENCE = "evidence", "举证"
        OTHER = "other", "其他"

    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="lessons", verbose_name="案卷")
    category = models.CharField("类别", max_length=10, choices=Category)
    text = models.CharField("教训", max_length=500, help_text="不写当事人姓名")
    changed = models.CharField("改了什么", max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="填写人")
    taken_back_at = models.DateTimeField("撤回时间", null=True, blank=True)
    taken_back_reason = models.CharField("撤回原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "经验教训"
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | ~Q(taken_back_reason=""),
                name="lesson_taken_back_with_reason",
            )
        ]
        indexes = [
            models.Index(
                fields=["agency", "-id"], condition=Q(taken_back_at__isnull=True), name="lesson_by_agency"
            )
        ]

    def __str__(self) -> str:
        return f"经验教训{self.pk}"
