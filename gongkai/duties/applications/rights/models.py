"""个人信息权利的申请. What was asked and answered is sealed; when, by whom and how it ended stands in the open."""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.applications.models import Application
from gongkai.rules.personal_information.rights import Right
from gongkai.sealing.fields import SealedRecord, SealedText


class RightsRequest(SealedRecord, AgencyRecord):
    """一次请求. Its row under the portal's number is what makes a second pull change nothing."""

    class Decision(models.TextChoices):
        GRANTED = "granted", "同意"
        PARTLY = "partly", "部分同意"
        REFUSED = "refused", "不同意"

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="rights_requests", verbose_name="申请"
    )
    submission = models.CharField("提交编号", max_length=20, unique=True)  # on the portal
    right = models.CharField("请求", max_length=10, choices=[(each.value, each.label) for each in Right])
    text = SealedText("说明", purpose="applicants", blank=True)
    asked_at = models.DateTimeField("提出时间")
    due_on = models.DateField("答复期限")
    decision = models.CharField("决定", max_length=10, choices=Decision, blank=True)
    answer = SealedText("答复", purpose="applicants", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "个人信息权利请求"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, decision="")
                | (Q(answered_at__isnull=False) & ~Q(decision="")),
                name="rights_request_answered_with_decision",
            )
        ]
        indexes = [
            models.Index(
                fields=["agency", "due_on"], condition=Q(answered_at__isnull=True), name="rights_request_open"
            ),
            models.Index(fields=["agency", "-id"], name="rights_request_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.application}的{self.get_right_display()}请求"
