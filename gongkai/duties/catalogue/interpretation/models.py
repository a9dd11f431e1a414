"""解读方案. The plan that a policy document is reviewed with, and which interpretation explains which document."""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency, AgencyRecord
from gongkai.duties.catalogue.models import InformationItem, Version
from gongkai.rules.interpretation_2016.plan import FOLLOW_WORKING_DAYS, InterpretationForm


class InterpretationPlan(AgencyRecord):
    """解读方案 of one version of a policy document, or why it needs none. It is part of what is reviewed."""

    class Timing(models.TextChoices):
        TOGETHER = "together", "与文件同时公布"
        FOLLOWING = (
            "following",
            "文件公布后跟进",
        )  # only where the office allows it, within the days of the rule

    version = models.OneToOneField(
        Version, models.CASCADE, related_name="interpretation_plan", verbose_name="文件"
    )
    outline = models.CharField("解读提纲", max_length=1000, blank=True)
    forms = models.JSONField("解读形式", default=list, blank=True)  # values of InterpretationForm
    channel = models.CharField("解读渠道", max_length=100, blank=True)
    timing = models.CharField("解读时间", max_length=10, choices=Timing, default=Timing.TOGETHER)
    responsible = models.CharField("解读责任人", max_length=50, blank=True)
    exempt_because = models.CharField("不解读的理由", max_length=300, blank=True)
    # What is drafted with the document and goes out with it, or was published before it and explains it too.
    interpretations = models.ManyToManyField(
        InformationItem, related_name="planned_with", blank=True, verbose_name="解读"
    )

    class Meta:
        verbose_name = verbose_name_plural = "解读方案"
        constraints = [
            models.CheckConstraint(
                condition=Q(exempt_because="")
                | Q(outline="", channel="", responsible="", timing="together", forms=[]),
                name="plan_or_exemption",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version.title}的解读方案"

    @property
    def is_exempt(self) -> bool:
        return bool(self.exempt_because)

    @property
    def worded_forms(self) -> str:
        return "、".join(InterpretationForm(form).label for form in self.forms)


class Interprets(models.Model):
    """解读的文件: a document that a version of an interpretation explains. Readers see it as a link, so it is reviewed."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="interprets", verbose_name="解读")
    document = models.ForeignKey(
        InformationItem, models.PROTECT, related_name="interpreted_by", verbose_name="文件"
    )

    class Meta:
        verbose_name = verbose_name_plural = "解读的文件"
        constraints = [
            models.UniqueConstraint(fields=["version", "document"], name="interprets_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} → {self.document_id}"


class InterpretationPractice(models.Model):
    """本机关的解读要求: whether an interpretation may follow its document, and within how many working days at most."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="+", verbose_name="机关")
    may_follow = models.BooleanField("允许跟进公布", default=False)
    within_days = models.PositiveSmallIntegerField("最迟（工作日）", default=FOLLOW_WORKING_DAYS)

    class Meta:
        verbose_name = verbose_name_plural = "解读要求"
        constraints = [
            models.CheckConstraint(
                condition=Q(within_days__gte=1, within_days__lte=FOLLOW_WORKING_DAYS),
                name="interpretation_not_later_than_the_rule",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency}的解读要求"
