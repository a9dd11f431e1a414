"""转主动公开的事项. One application at a time asks the question; its topic tells how many others asked for the same."""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.applications.models import Application
from gongkai.duties.catalogue.models import InformationItem


class Turning(AgencyRecord):
    """一件转主动公开的事项: proposed, then drafted as an item of information, or declined with a reason."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待办理"
        DRAFTED = "drafted", "已起草"
        DECLINED = "declined", "不转"

    class Source(models.TextChoices):
        APPLICANT = "applicant", "申请人建议"
        OFFICER = "officer", "承办人提出"

    application = models.ForeignKey(Application, models.PROTECT, related_name="turnings", verbose_name="申请")
    title = models.CharField("拟公开的信息", max_length=200)  # of the information, never of a person
    source = models.CharField("由来", max_length=10, choices=Source)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PROPOSED)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )
    decided_at = models.DateTimeField("办理时间", null=True, blank=True)
    opinion = models.CharField("不转的理由", max_length=200, blank=True)
    item = models.ForeignKey(
        InformationItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="信息"
    )

    class Meta:
        verbose_name = verbose_name_plural = "转主动公开"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="drafted", item__isnull=False)
                | (~Q(state="drafted") & Q(item__isnull=True)),
                name="turning_drafted_as_an_item",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(opinion=""), name="turning_declined_with_reason"
            ),
            models.UniqueConstraint(
                fields=["application", "title"], condition=~Q(state="declined"), name="turning_once"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "id"], condition=Q(state="proposed"), name="turning_waiting")
        ]

    def __str__(self) -> str:
        return self.title
