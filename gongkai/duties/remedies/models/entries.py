"""复议和诉讼. Reconsideration and litigation over disclosure, with results coded as table four counts them."""

from django.db import models
from django.db.models import F, Q

from gongkai.duties.applications.models import Application
from gongkai.registers.models import RegisterEntry, number_index
from gongkai.rules.annual_report_2021.counting import RemedyResult

STANDING = Q(voided_at__isnull=True)
RESULTS = [(each.value, each.label) for each in RemedyResult]
NOT_ACCEPTED = RemedyResult.NOT_ACCEPTED.value


class Remedy(RegisterEntry):
    """一件复议或者诉讼: what both have in common. The parties' names stand in its case file, sealed."""

    case_number = models.CharField("案号", max_length=60)
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所涉申请"
    )
    matter = models.CharField("争议事项", max_length=200, blank=True, help_text="不写当事人姓名")
    applied_on = models.DateField("申请（起诉）日期", null=True, blank=True)
    accepted_on = models.DateField("受理（立案）日期", null=True, blank=True)
    decided_on = models.DateField("审结日期", null=True, blank=True)
    result = models.CharField("结果", max_length=15, choices=RESULTS, blank=True)
    # A case that was not accepted has no day of acceptance; lists are ordered by the first day there is.
    listed_on = models.DateField("列入日期", editable=False)

    DERIVED = ("listed_on",)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.case_number

    def kept_elsewhere(self) -> str:
        from gongkai.duties.remedies.models.case_files import CaseFile

        if CaseFile.objects.filter(**{self._meta.model_name or "": self.pk}).exists():
            return "这一件已经立了案卷，日期和结果由案卷的经过算出。请在案卷里更正。"
        return ""

    def derive(self) -> None:
        day = self.accepted_on or self.applied_on or self.decided_on
        if day:
            self.listed_on = day

    def objection(self) -> str:
        if bool(self.decided_on) != bool(self.result):
            return "审结日期和结果应当同时填写：已审结的两项都填，未审结的都不填。"
        if self.accepted_on is None and self.result != NOT_ACCEPTED:
            return "没有受理（立案）日期，请补填；不予受理的请填写结果和日期。"
        if self.accepted_on and self.decided_on and self.decided_on < self.accepted_on:
            return "审结日期早于受理（立案）日期，请核对。"
        if self.applied_on and self.accepted_on and self.accepted_on < self.applied_on:
            return "受理（立案）日期早于申请（起诉）日期，请核对。"
        return ""


def _constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(
            fields=["agency", "case_number"], condition=STANDING, name=f"{name}_number_once"
        ),
        models.CheckConstraint(
            condition=Q(decided_on__isnull=True, result="") | (Q(decided_on__isnull=False) & ~Q(result="")),
            name=f"{name}_decided_with_result",
        ),
        models.CheckConstraint(
            condition=Q(accepted_on__isnull=False) | Q(result=NOT_ACCEPTED),
            name=f"{name}_accepted_or_refused",
        ),
        models.CheckConstraint(
            condition=Q(decided_on__isnull=True)
            | Q(accepted_on__isnull=True)
            | Q(decided_on__gte=F("accepted_on")),
            name=f"{name}_decided_after_acceptance",
        ),
    ]


def _indexes(name: str) -> list[models.Index]:
    return [
        models.Index(fields=["agency", "-listed_on", "-id"], condition=STANDING, name=f"{name}_by_day"),
        models.Index(
            fields=["agency", "decided_on", "result"], condition=STANDING, name=f"{name}_by_decision"
        ),
        number_index("case_number", name=f"{name}_by_number"),
    ]


class Reconsideration(Remedy):
    """行政复议."""

    class Procedure(models.TextChoices):
        SIMPLE = "simple", "简易程序"
        ORDINARY = "ordinary", "普通程序"

    body = models.CharField("复议机关", max_length=100, blank=True)
    procedure = models.CharField("程序", max_length=10, choices=Procedure, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "行政复议"
        constraints = _constraints("reconsideration")
        indexes = _indexes("reconsideration")


class Litigation(Remedy):
    """行政诉讼."""

    class Kind(models.TextChoices):
        DIRECT = "direct_suit", "未经复议直接起诉"  # the keys are the groups of table four
        AFTER_RECONSIDERATION = "suit_after_reconsideration", "复议后起诉"

    kind = models.CharField("起诉方式", max_length=30, choices=Kind)
    court = models.CharField("法院", max_length=100, blank=True)
    instance = models.CharField("审级", max_length=10, blank=True)
    # 被上诉的一审裁判, written by the fold of the case file: table four counts by it for the years before the appeal.
    first_decided_on = models.DateField("一审裁判日期", null=True, blank=True, editable=False)
    first_result = models.CharField("一审结果", max_length=15, choices=RESULTS, blank=True, editable=False)
    appealed_on = models.DateField("上诉日期", null=True, blank=True, editable=False)
    reconsideration = models.ForeignKey(
        Reconsideration, models.PROTECT, null=True, blank=True, related_name="suits", verbose_name="所经复议"
    )
    # 本机关作为复议机关被列为共同被告的不计入本机关 (国办公开办函〔2016〕201号).
    only_as_reconsideration_body = models.BooleanField(
        "仅作为复议机关为共同被告", default=False, help_text="填“是”的不计入本机关年报"
    )

    class Meta:
        verbose_name = verbose_name_plural = "行政诉讼"
        constraints = [
            *_constraints("litigation"),
            models.CheckConstraint(
                condition=Q(first_decided_on__isnull=True, first_result="", appealed_on__isnull=True)
                | (
                    Q(first_decided_on__isnull=False, appealed_on__gte=F("first_decided_on"))
                    & ~Q(first_result="")
                ),
                name="litigation_appealed_from_a_result",
            ),
        ]
        indexes = _indexes("litigation")


class LegalOfficeCase(RegisterEntry):
    """法制机构登记的案件. The legal office's own list, kept apart so that the two can be compared (L-07)."""

    class Kind(models.TextChoices):
        RECONSIDERATION = "reconsideration", "行政复议"  # the keys are the groups of table four
        DIRECT = Litigation.Kind.DIRECT.value, Litigation.Kind.DIRECT.label
        AFTER_RECONSIDERATION = (
            Litigation.Kind.AFTER_RECONSIDERATION.value,
            Litigation.Kind.AFTER_RECONSIDERATION.label,
        )

    case_number = models.CharField("案号", max_length=60)
    kind = models.CharField("类别", max_length=30, choices=Kind)
    accepted_on = models.DateField("受理（立案）日期")
    decided_on = models.DateField("审结日期", null=True, blank=True)
    result = models.CharField("结果", max_length=15, choices=RESULTS, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "法制机构登记的案件"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "case_number"], condition=STANDING, name="legal_office_case_number_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "-accepted_on", "-id"], condition=STANDING, name="legal_office_case_by_day"
            ),
            number_index("case_number", name="legal_office_case_by_number"),
        ]

    def __str__(self) -> str:
        return self.case_number

    def objection(self) -> str:
        if bool(self.decided_on) != bool(self.result):
            return "审结日期和结果应当同时填写：已审结的两项都填，未审结的都不填。"
        if self.decided_on and self.decided_on < self.accepted_on:
            return "审结日期早于受理（立案）日期，请核对。"
        return ""
