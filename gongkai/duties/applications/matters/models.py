"""逐项办理. The matters of an application, the searches, the documents found and the decisions on them.

Decisions and searches are append-only: a later decision stands before an earlier one, a wrong search is struck out
with its reason. ``Matter.result`` is written by the deciding action alone.
"""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.applications.models import OUTCOMES, Application
from gongkai.rules.regulations_2019.outcome import SITUATIONS
from gongkai.rules.regulations_2019.withholding import GROUNDS
from gongkai.sealing.fields import SealedRecord, SealedText

SITUATION_CHOICES = [(each.key, each.label) for each in SITUATIONS if each.result]
GROUND_CHOICES = [(each.key, each.name) for each in GROUNDS]


class Matter(SealedRecord, AgencyRecord):
    """申请事项: one thing asked for. Its text is the applicant's own and sealed."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="matters", verbose_name="申请")
    number = models.PositiveSmallIntegerField("序号", validators=[MinValueValidator(1)])
    text = SealedText("申请公开的内容", purpose="applicants")
    result = models.CharField("结果", max_length=40, choices=OUTCOMES, blank=True, editable=False)
    struck_at = models.DateTimeField("划去时间", null=True, blank=True, editable=False)
    strike_reason = models.CharField("划去原因", max_length=200, blank=True, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "申请事项"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="matter_number_once"),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True) | ~Q(strike_reason=""), name="matter_struck_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}项"


class Decision(SealedRecord, AgencyRecord):
    """对一项的决定: what happened, by which ground, for which reasons. The newest one of a matter stands."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="decisions", verbose_name="事项")
    situation = models.CharField("情形", max_length=30, choices=SITUATION_CHOICES)
    ground = models.CharField("不予公开的理由", max_length=30, choices=GROUND_CHOICES, blank=True)
    ground_kind = models.CharField("理由的种类", max_length=20, blank=True)
    # 理由说明、获取途径、负责机关: goes into the letter as it stands, and may name people.
    reasons = SealedText("说明", purpose="applicants", blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="决定人")

    class Meta:
        verbose_name = verbose_name_plural = "事项决定"
        ordering = ["-pk"]


class Search(AgencyRecord):
    """检索记录: where it was looked for, by whom, with which words, and what came of it (条例第三十六条第四项)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="searches", verbose_name="申请")
    matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="searches", verbose_name="事项"
    )
    searched_on = models.DateField("检索日期")
    place = models.CharField("检索范围", max_length=100)
    words = models.CharField("检索词或者方法", max_length=200)
    searcher = models.CharField("检索人", max_length=50)
    found = models.BooleanField("查到", default=False)
    result = models.CharField("检索结果", max_length=200, blank=True)
    struck_at = models.DateTimeField("划去时间", null=True, blank=True, editable=False)
    strike_reason = models.CharField("划去原因", max_length=200, blank=True, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "检索记录"
        ordering = ["searched_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True) | ~Q(strike_reason=""), name="search_struck_with_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.searched_on}检索{self.place}"


class FoundDocument(AgencyRecord):
    """查到的信息: one document, whose pages are decided on one by one or in runs."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="documents", verbose_name="事项")
    title = models.CharField("名称", max_length=200)
    document_number = models.CharField("文号", max_length=60, blank=True)
    dated_on = models.DateField("成文日期", null=True, blank=True)
    pages = models.PositiveIntegerField("页数", validators=[MinValueValidator(1)])
    kept_at = models.CharField("存放处", max_length=100, blank=True)
    struck_at = models.DateTimeField("划去时间", null=True, blank=True, editable=False)
    strike_reason = models.CharField("划去原因", max_length=200, blank=True, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "查到的信息"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(pages__gte=1), name="found_document_has_pages"),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True) | ~Q(strike_reason=""),
                name="found_document_struck_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PageDecision(AgencyRecord):
    """逐页决定: a run of pages and what becomes of it (条例第三十七条)."""

    class Fate(models.TextChoices):
        DISCLOSED = "disclosed", "公开"
        REDACTED = "redacted", "遮盖部分内容后公开"
        WITHHELD = "withheld", "不公开"

    document = models.ForeignKey(FoundDocument, models.PROTECT, related_name="runs", verbose_name="信息")
    first = models.PositiveIntegerField("自第几页")
    last = models.PositiveIntegerField("至第几页")
    fate = models.CharField("处理", max_length=10, choices=Fate)
    ground = models.CharField("理由", max_length=30, choices=GROUND_CHOICES, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="决定人")

    class Meta:
        verbose_name = verbose_name_plural = "逐页决定"
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(condition=Q(first__gte=1, last__gte=F("first")), name="page_run_in_order"),
            models.CheckConstraint(
                condition=Q(fate="disclosed", ground="") | (~Q(fate="disclosed") & ~Q(ground="")),
                name="page_run_withheld_with_ground",
            ),
        ]


class MainGround(AgencyRecord):
    """主要理由: named by a person when several matters end differently and none was disclosed. The newest stands."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="main_grounds", verbose_name="申请"
    )
    result = models.CharField("主要理由", max_length=40, choices=OUTCOMES)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="确定人")

    class Meta:
        verbose_name = verbose_name_plural = "主要理由"
        ordering = ["-pk"]
