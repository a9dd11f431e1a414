"""规范性文件库. What stands beside the register's document: its sheet while it is drafted, its changes, clean-up rounds."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.catalogue.models import InformationItem, NormativeDocument, Version


class ChangeKind(models.TextChoices):
    """文件的变动."""

    AMENDED = "amended", "修改"
    REPEALED = "repealed", "废止"
    DECLARED_LAPSED = "declared_lapsed", "宣布失效"
    EXPIRED = "expired", "有效期届满失效"  # by the passing of its last day; nobody decides it
    EXTENDED = "extended", "延长有效期"


ENDING = (ChangeKind.REPEALED, ChangeKind.DECLARED_LAPSED, ChangeKind.EXPIRED)


class Sheet(AgencyRecord):
    """文件要素 of a version that is a normative document: reviewed with it, and entered in the library on release."""

    version = models.OneToOneField(
        Version, models.CASCADE, related_name="normative_sheet", verbose_name="文件"
    )
    kind = models.CharField(
        "种类", max_length=20, choices=NormativeDocument.Kind, default=NormativeDocument.Kind.NORMATIVE
    )
    registered_number = models.CharField("统一登记号", max_length=60, blank=True)
    in_force_from = models.DateField("施行日期")
    lapses_on = models.DateField("有效期至", null=True, blank=True)  # none: in force until repealed
    term_reason = models.CharField("另定有效期的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件要素"
        constraints = [
            models.CheckConstraint(
                condition=Q(lapses_on__isnull=True) | Q(lapses_on__gte=F("in_force_from")),
                name="sheet_lapses_after_beginning",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version.title}的文件要素"


class IntendedChange(models.Model):
    """拟作的变动: what a document in draft does to one of the library once it is released."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="changes", verbose_name="文件要素")
    document = models.ForeignKey(
        NormativeDocument, models.PROTECT, related_name="+", verbose_name="涉及的文件"
    )
    kind = models.CharField(
        "变动",
        max_length=15,
        choices=[(kind.value, kind.label) for kind in (ChangeKind.AMENDED, ChangeKind.REPEALED)],
    )
    effective_on = models.DateField(
        "生效日期", null=True, blank=True
    )  # none: when this document comes into force

    class Meta:
        verbose_name = verbose_name_plural = "拟作的变动"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "document"], name="intended_change_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{self.document}"


class LibraryEntry(AgencyRecord):
    """入库: what the library knows of a registered document beside its register, and what of it is public now."""

    document = models.OneToOneField(
        NormativeDocument, models.PROTECT, related_name="library", verbose_name="文件"
    )
    registered_number = models.CharField("统一登记号", max_length=60, blank=True)
    term_reason = models.CharField("另定有效期的理由", max_length=200, blank=True)
    is_public = models.BooleanField("列入公开的文件库", default=False)
    sent = models.CharField(
        "已送出的摘要", max_length=64, blank=True
    )  # of what the public side was last told

    class Meta:
        verbose_name = verbose_name_plural = "规范性文件库"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "registered_number"],
                condition=~Q(registered_number=""),
                name="registered_number_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.document)


class DocumentChange(AgencyRecord):
    """文件的变动: append-only; what was done to a document, from which day, by which document, and why."""

    document = models.ForeignKey(
        NormativeDocument, models.PROTECT, related_name="changes", verbose_name="文件"
    )
    kind = models.CharField("变动", max_length=15, choices=ChangeKind)
    effective_on = models.DateField("生效日期")
    by_document = models.ForeignKey(
        NormativeDocument, models.PROTECT, null=True, blank=True, related_name="does", verbose_name="依据文件"
    )
    by_item = models.ForeignKey(
        InformationItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="依据的信息"
    )
    by_text = models.CharField("依据（库外文件）", max_length=200, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    until = models.DateField("延长至", null=True, blank=True)
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "文件的变动"
        ordering = ["effective_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(kind__in=("repealed", "declared_lapsed", "expired")),
                name="document_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(by_document__isnull=True) | ~Q(by_document=F("document")),
                name="document_does_not_change_itself",
            ),
            models.CheckConstraint(
                condition=(Q(kind="extended") & Q(until__isnull=False))
                | (~Q(kind="extended") & Q(until__isnull=True)),
                name="only_an_extension_has_a_new_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.document}"


class CleanUpRound(AgencyRecord):
    """规范性文件清理: one round over everything in force on the day it was opened."""

    class State(models.TextChoices):
        OPEN = "open", "清理中"
        CONCLUDED = "concluded", "结论已定，待公布"  # the list of results is a draft item
        PUBLISHED = "published", "结果已公布"

    title = models.CharField("名称", max_length=100)
    basis = models.CharField("依据", max_length=200)
    opened_on = models.DateField("开始日期")
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    result = models.OneToOneField(
        InformationItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clean_up",
        verbose_name="清理结果",
    )
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="发起人")

    class Meta:
        verbose_name = verbose_name_plural = "规范性文件清理"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=~Q(state="published"), name="clean_up_one_under_way"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(result__isnull=False), name="clean_up_result_stands"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CleanUpEntry(models.Model):
    """清理的一件: a document and what the round concludes on it."""

    class Conclusion(models.TextChoices):
        KEEP = "keep", "继续有效"
        AMEND = "amend", "修改"  # the amending document does it; here it is only decided
        REPEAL = "repeal", "废止"
        LAPSE = "lapse", "宣布失效"

    round = models.ForeignKey(CleanUpRound, models.CASCADE, related_name="entries", verbose_name="清理")
    document = models.ForeignKey(
        NormativeDocument, models.PROTECT, related_name="clean_ups", verbose_name="文件"
    )
    conclusion = models.CharField("结论", max_length=10, choices=Conclusion, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    concluded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "清理的文件"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "document"], name="clean_up_document_once"),
            models.CheckConstraint(
                condition=Q(conclusion__in=("", "keep")) | ~Q(reason=""), name="clean_up_says_why"
            ),
        ]
        indexes = [models.Index(fields=["round", "conclusion"], name="clean_up_progress")]

    def __str__(self) -> str:
        return f"{self.document}：{self.get_conclusion_display() or '没有结论'}"
