"""年度报告. The report of one agency and year, its editions, and what each edition was frozen with."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import AgencyRecord, Person


class AnnualReport(AgencyRecord):
    """年度报告: one for an agency and a year; what it says stands in its editions."""

    year = models.PositiveSmallIntegerField("年度")

    class Meta:
        verbose_name = verbose_name_plural = "年度报告"
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="annual_report_once_a_year")]

    def __str__(self) -> str:
        return f"{self.year}年度报告"


class Edition(AgencyRecord):
    """版次. A draft counts anew whenever it is looked at; from approval on, its figures stand as they were frozen."""

    class Status(models.TextChoices):
        DRAFTING = "drafting", "编制中"
        SUBMITTED = "submitted", "待批准"
        APPROVED = "approved", "已定稿"  # frozen: digest, figures and the records they count
        RELEASING = "releasing", "发布中"  # waits for the public side's receipt
        PUBLISHED = "published", "已发布"

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="editions", verbose_name="年度报告")
    number = models.PositiveSmallIntegerField("版次")
    reason = models.CharField("更正原因", max_length=300, blank=True)  # of every edition after the first
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.DRAFTING)
    narrative = models.JSONField("文字", default=dict)  # section → text with figures named in braces
    version = models.PositiveIntegerField("文字版本", default=0)  # one more with every saving of the text
    compiled_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="编制人")
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    digest = models.CharField("内容摘要值", max_length=64, blank=True)
    document = models.JSONField("定稿", null=True, blank=True)  # the report's JSON form
    files = models.JSONField("各格式文件", default=dict)  # format → SHA-256 in the desk's files
    receipt = models.JSONField("发布回执", null=True, blank=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)  # the public side's own

    class Meta:
        verbose_name = verbose_name_plural = "年度报告版次"
        ordering = ["report", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["report"], condition=~Q(status="published"), name="one_edition_in_the_making"
            ),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="correction_says_why"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("compiled_by")),
                name="report_approved_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["drafting", "submitted"], digest="", approved_by__isnull=True)
                | (
                    Q(status__in=["approved", "releasing", "published"], document__isnull=False)
                    & ~Q(digest="")
                    & Q(approved_by__isnull=False)
                ),
                name="edition_frozen_from_approval",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}第{self.number}版"

    @property
    def is_frozen(self) -> bool:
        return bool(self.digest)


class FrozenFigure(models.Model):
    """定稿的一个数: its value and the records it counted, by number, so that a later change can be told (N4)."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="figures")
    key = models.CharField("数据项", max_length=120)
    label = models.CharField("名称", max_length=120)
    unit = models.CharField("单位", max_length=10, blank=True)
    value = models.DecimalField("数值", max_digits=20, decimal_places=6)  # 万元 to the fen
    records = models.BinaryField("所计记录")  # their primary keys, packed by freezing.pack
    records_digest = models.CharField("所计记录的摘要值", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "定稿数据"
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="frozen_figure_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.value.normalize():f}"


class Verdict(AgencyRecord):
    """说明: what a person says to a warning. It stands while the finding keeps its place and both its values (F-20)."""

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="verdicts", verbose_name="年度报告")
    fingerprint = models.CharField("问题", max_length=64)  # of rule, place, left and right value
    rule = models.CharField("规则", max_length=10)
    explanation = models.CharField("说明", max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="说明人")

    class Meta:
        verbose_name = verbose_name_plural = "问题说明"
        constraints = [
            models.UniqueConstraint(fields=["report", "fingerprint"], name="verdict_once_for_a_finding"),
            models.CheckConstraint(condition=~Q(explanation=""), name="verdict_has_words"),
        ]

    def __str__(self) -> str:
        return self.rule


class EarlierReport(AgencyRecord):
    """过去的报告: a report published before gongkai kept the records, read from its file, to compare with."""

    year = models.PositiveSmallIntegerField("年度")
    agency_name = models.CharField("报告机关", max_length=100)  # the predecessor's, after a reorganisation
    document = models.JSONField("内容")  # the report's JSON form
    file = models.CharField("原文件", max_length=64)  # SHA-256 in the desk's files
    file_name = models.CharField("文件名", max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="录入人")

    class Meta:
        verbose_name = verbose_name_plural = "过去的报告"
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="earlier_report_once_a_year")]

    def __str__(self) -> str:
        return f"{self.year}年（{self.file_name}）"


class StepTaken(AgencyRecord):
    """经过: append-only, who took which step of an edition and with what words."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="steps", verbose_name="版次")
    step = models.CharField("步骤", max_length=20)
    words = models.CharField("意见", max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="办理人")

    class Meta:
        verbose_name = verbose_name_plural = "年报经过"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.step
