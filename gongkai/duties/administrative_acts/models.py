"""许可、处罚、强制、收费. Decisions with their public fields and the days of publication and withdrawal; charges by sum."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.administrative_acts.public_fields import digest, public_fields
from gongkai.registers.models import RegisterEntry, number_index
from gongkai.rules.enforcement_publicity_2019.periods import Act
from gongkai.rules.enforcement_publicity_2019.public_fields import CalledBack, KeptBack
from gongkai.screening.numbers import is_credit_code, is_old_id_card, looks_like_id_card

STANDING = Q(voided_at__isnull=True)


def is_personal_number(code: str) -> bool:
    """身份证件号码, even with a wrong check character; a unified code that only looks like one is none."""
    code = code.upper()
    return (looks_like_id_card(code) and not is_credit_code(code)) or is_old_id_card(code)


class Decision(RegisterEntry):
    """行政决定: what licences, penalties and compulsion have in common."""

    number = models.CharField("决定书文号", max_length=60)
    name = models.CharField("事项名称", max_length=200)
    decided_on = models.DateField("决定日期")
    counterpart = models.CharField("相对人名称", max_length=100)
    # Only an organisation's code: what is public of a natural person is the name alone.
    counterpart_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    is_natural_person = models.BooleanField("相对人为自然人", default=False)
    content = models.CharField("决定内容", max_length=500, blank=True)
    basis = models.CharField("依据", max_length=500, blank=True)
    deciding_agency = models.CharField("决定机关", max_length=100, blank=True)
    published_on = models.DateField("公示日期", null=True, blank=True)
    revoked_on = models.DateField("撤销或者变更日期", null=True, blank=True)
    withdrawn_on = models.DateField("撤回公示日期", null=True, blank=True)
    withdrawal_reason = models.CharField("撤回公示理由", max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def objection(self) -> str:
        if self.published_on and self.published_on < self.decided_on:
            return "公示日期早于决定日期，请核对。"
        if self.withdrawn_on and not self.published_on:
            return "没有公示日期的不能有撤回公示日期，请先填公示日期。"
        if self.withdrawn_on and self.published_on and self.withdrawn_on < self.published_on:
            return "撤回公示日期早于公示日期，请核对。"
        if self.is_natural_person and self.counterpart_code:
            return "相对人为自然人的不登记证件号码，请清空统一社会信用代码。"
        if is_personal_number(self.counterpart_code):
            return "统一社会信用代码一栏填了身份证件号码。相对人是自然人的，登记为自然人，不登记证件号码。"
        return ""


class PublicState(models.TextChoices):
    """公示的状态."""

    NOT_YET = "not_yet", "待公示"
    RETURNED = "returned", "退回更正"  # the reviewer found what must be put right in the register
    REVIEWED = "reviewed", "已审查，待发布"
    RELEASING = "releasing", "发布中"
    LIVE = "live", "公示中"
    CHANGED = "changed", "公示后有变动"  # what readers see is no longer what the register says
    KEPT_BACK = "kept_back", "不公示"
    WITHDRAWN = "withdrawn", "已撤回"
    EXPIRED = "expired", "公示期满"


_BOUND = (PublicState.REVIEWED, PublicState.RELEASING, PublicState.LIVE)
# Put right in the register, and then reviewed anew.
_RETURNED = (PublicState.RETURNED, PublicState.WITHDRAWN)
# What the server itself wrote when the public side answered; nobody writes it by hand afterwards (PUB-10).
_DAYS_OF_OURS = ("published_on", "withdrawn_on", "withdrawal_reason")


class PublicDecision(Decision):
    """应当公示的决定. Where it stands on its way to the public, and the hash of what was reviewed for it (PUB-01).

    Whatever changes a public field, on the screen or by an import, goes through ``derive`` and voids the review (PUB-02).
    """

    ACT: Act
    DERIVED = ("public_state", "content_hash", "reviewed_hash", "reviewer", "signatory", "changed_on")

    public_state = models.CharField(
        "公示状态", max_length=10, choices=PublicState, default=PublicState.NOT_YET
    )
    is_public = models.BooleanField("公众可见", default=False)  # readers can see it, in some version
    # The release that was sent and not yet answered: until then readers may see it at any moment.
    on_its_way = models.PositiveBigIntegerField("正在送出的版本", null=True, blank=True)
    called_back_because = models.CharField(
        "撤回公示的原因",
        max_length=20,
        blank=True,
        choices=[(cause.value, cause.label) for cause in CalledBack],
    )
    content_hash = models.CharField("公示内容摘要", max_length=64, blank=True)
    reviewed_hash = models.CharField("审查时的摘要", max_length=64, blank=True)
    reviewer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保密审查人"
    )
    signatory = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发布人"
    )
    changed_on = models.DateField("变动日期", null=True, blank=True)
    shown_until = models.DateField("公示至", null=True, blank=True)
    kept_back_ground = models.CharField(
        "不公示的依据",
        max_length=30,
        blank=True,
        choices=[(ground.value, ground.label) for ground in KeptBack],
    )
    kept_back_reason = models.CharField("不公示的说明", max_length=200, blank=True)
    receipt = models.JSONField("回执", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def need_not_be_public(self) -> bool:
        """法律不要求公示的: never counted as late."""
        return False

    @property
    def may_be_seen(self) -> bool:
        """公众可能看到: it is public, or a release of it has been sent."""
        return self.is_public or self.on_its_way is not None

    @property
    def is_annulled(self) -> bool:
        """撤销、变更、确认违法或者无效: by the register, or by the reason it was called back for."""
        return bool(self.revoked_on) or (
            self.called_back_because not in ("", CalledBack.WRONGLY_PUBLISHED)
            and self.public_state == PublicState.WITHDRAWN
        )

    def objection(self) -> str:
        return super().objection() or self._day_of_ours_changed()

    def _day_of_ours_changed(self) -> str:
        if self._state.adding or not self.receipt:
            return ""
        kept = type(self)._base_manager.values_list(*_DAYS_OF_OURS).get(pk=self.pk)
        if kept == tuple(getattr(self, name) for name in _DAYS_OF_OURS):
            return ""
        return "公示日期、撤回公示日期和理由由系统在公示、撤回时记录，不能改动。请恢复原值。"

    def derive(self) -> None:
        """A review holds for exactly what was reviewed; a decision since revoked cannot stay public either."""
        if self.public_state in (*_BOUND, *_RETURNED, PublicState.CHANGED):
            before, self.content_hash = self.content_hash, digest(public_fields(self))
            self._follow(changed_since_return=before != self.content_hash)

    def _follow(self, *, changed_since_return: bool) -> None:
        stands = not self.revoked_on and not self.need_not_be_public
        sound = stands and self.content_hash == self.reviewed_hash
        if self.public_state == PublicState.CHANGED:
            if sound and self.may_be_seen:  # the change was taken back
                self.public_state = PublicState.RELEASING if self.on_its_way else PublicState.LIVE
                self.changed_on = None
        elif self.public_state in _RETURNED:
            if changed_since_return and not self.is_annulled:
                self._to_be_reviewed()
        elif not sound:
            if self.public_state == PublicState.REVIEWED:
                self.reviewed_hash, self.reviewer, self.signatory = "", None, None
            self._to_be_reviewed()

    def _to_be_reviewed(self) -> None:
        self.public_state = PublicState.CHANGED if self.may_be_seen else PublicState.NOT_YET
        if self.may_be_seen and not self.changed_on:
            self.changed_on = timezone.localdate()

    def told_on_change(self) -> str:
        if self.may_be_seen:
            return "这一条正在公示：公示内容有改动的，要重新审查、发布，或者撤回公示。"
        if self.public_state == PublicState.REVIEWED:
            return "这一条已经审查：公示内容有改动的，审查作废，要重新审查。"
        return ""

    def not_voided_because(self) -> str:
        if self.may_be_seen:
            return "公众还能看到这一条。请先在“行政执法公示”中撤回公示，再作废。"
        return ""


class PublicityStep(AgencyRecord):
    """公示的办理记录: append-only; a review names the fields it was given for and their hash, as readers would see them."""

    class Kind(models.TextChoices):
        REVIEWED = "reviewed", "保密审查通过"
        RETURNED = "returned", "退回更正"
        KEPT_BACK = "kept_back", "决定不公示"
        RECONSIDERED = "reconsidered", "恢复待公示"
        SIGNED = "signed", "发布"
        PUBLISHED = "published", "公众侧已公示"
        WITHDRAWN = "withdrawn", "撤回公示"
        EXPIRED = "expired", "公示期满，撤下"

    record_kind = models.CharField("记录种类", max_length=60)
    record_id = models.CharField("记录编号", max_length=20)
    kind = models.CharField("步骤", max_length=15, choices=Kind)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="办理人")
    words = models.CharField("说明", max_length=300, blank=True)
    fields = models.JSONField("公示内容", default=list)  # [[label, value]], masked
    content_hash = models.CharField("公示内容摘要", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公示办理记录"
        indexes = [models.Index(fields=["record_kind", "record_id", "-id"], name="publicity_step_by_record")]

    def __str__(self) -> str:
        return self.get_kind_display()


def _constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=["agency", "number"], condition=STANDING, name=f"{name}_number_once"),
        models.CheckConstraint(
            condition=Q(published_on__isnull=True) | Q(published_on__gte=F("decided_on")),
            name=f"{name}_published_after_decision",
        ),
        models.CheckConstraint(
            condition=Q(is_natural_person=False) | Q(counterpart_code=""), name=f"{name}_person_without_code"
        ),
    ]


def _indexes(name: str) -> list[models.Index]:
    return [
        models.Index(fields=["agency", "-decided_on", "-id"], condition=STANDING, name=f"{name}_by_decision"),
        number_index("number", name=f"{name}_by_number"),
    ]


def _publicity_constraints(name: str) -> list[models.BaseConstraint]:
    """What is public, or on its way, was reviewed as it is, by somebody else than who registered it (PUB-01, ACL-04)."""
    reviewed = (
        ~Q(reviewed_hash="")
        & Q(content_hash=F("reviewed_hash"), recorded_by__isnull=False, reviewer__isnull=False)
        & ~Q(recorded_by=F("reviewer"))
    )
    signed = Q(signatory__isnull=False) & ~Q(recorded_by=F("signatory")) & ~Q(reviewer=F("signatory"))
    return [
        models.CheckConstraint(
            condition=~Q(public_state__in=("reviewed", "releasing", "live")) | reviewed,
            name=f"{name}_public_was_reviewed",
        ),
        models.CheckConstraint(
            condition=~Q(public_state__in=("releasing", "live")) | signed,
            name=f"{name}_public_was_signed",
        ),
        models.CheckConstraint(
            condition=~Q(public_state="kept_back") | (~Q(kept_back_ground="") & ~Q(kept_back_reason="")),
            name=f"{name}_kept_back_with_ground",
        ),
        models.CheckConstraint(
            condition=~Q(public_state="live") | Q(is_public=True, shown_until__isnull=False),
            name=f"{name}_live_for_a_time",
        ),
        models.CheckConstraint(
            condition=Q(is_public=False, on_its_way__isnull=True) | Q(voided_at__isnull=True),
            name=f"{name}_public_is_not_void",
        ),
        models.CheckConstraint(
            condition=~Q(public_state__in=("not_yet", "kept_back", "withdrawn", "expired"))
            | Q(is_public=False, on_its_way__isnull=True),
            name=f"{name}_seen_is_under_way",
        ),
    ]


def _publicity_indexes(name: str) -> list[models.Index]:
    return [
        models.Index(
            fields=["agency", "public_state", "decided_on", "id"],
            condition=STANDING,
            name=f"{name}_by_public_state",
        ),
        models.Index(fields=["shown_until"], condition=Q(is_public=True), name=f"{name}_shown_until"),
        models.Index(
            fields=["agency", "published_on"], condition=Q(is_public=True), name=f"{name}_public_by_day"
        ),
        models.Index(
            fields=["agency", "decided_on"],
            condition=Q(revoked_on__isnull=False, withdrawn_on__isnull=True),
            name=f"{name}_revoked",
        ),
    ]


class Licence(PublicDecision):
    """行政许可决定."""

    ACT = Act.LICENCE

    class Approval(models.TextChoices):
        ORDINARY = "ordinary", "普通"
        SPECIAL = "special", "特许"
        RECOGNITION = "recognition", "认可"
        VERIFICATION = "verification", "核准"
        REGISTRATION = "registration", "登记"
        OTHER = "other", "其他"

    approval_kind = models.CharField("审批类别", max_length=15, choices=Approval, default=Approval.ORDINARY)
    valid_from = models.DateField("有效期自", null=True, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "行政许可"
        constraints = [*_constraints("licence"), *_publicity_constraints("licence")]
        indexes = [
            *_indexes("licence"),
            *_publicity_indexes("licence"),
            models.Index(
                fields=["agency", "approval_kind", "-decided_on", "-id"],
                condition=STANDING,
                name="licence_by_approval",
            ),
        ]


class Penalty(PublicDecision):
    """行政处罚决定."""

    ACT = Act.PENALTY

    cause = models.CharField("违法事实", max_length=500, blank=True)
    penalty_kind = models.CharField("处罚类别", max_length=60, blank=True)
    fine = models.DecimalField(
        "罚款金额", max_digits=13, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    # 具有一定社会影响的行政处罚决定应当公开 (行政处罚法第四十八条); others are counted all the same.
    has_social_influence = models.BooleanField("具有一定社会影响", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "行政处罚"
        constraints = [*_constraints("penalty"), *_publicity_constraints("penalty")]
        indexes = [*_indexes("penalty"), *_publicity_indexes("penalty")]

    @property
    def need_not_be_public(self) -> bool:
        return not self.has_social_influence


class Compulsion(Decision):
    """行政强制决定."""

    class Measure(models.TextChoices):
        MEASURE = "measure", "强制措施"
        ENFORCEMENT = "enforcement", "强制执行"

    measure = models.CharField("强制种类", max_length=12, choices=Measure, default=Measure.MEASURE)

    class Meta:
        verbose_name = verbose_name_plural = "行政强制"
        constraints = _constraints("compulsion")
        indexes = _indexes("compulsion")


class Charge(RegisterEntry):
    """行政事业性收费: one collection, or one period's sum of one item."""

    item = models.CharField("收费项目", max_length=100)
    voucher_number = models.CharField("票据号", max_length=60, blank=True)
    collected_on = models.DateField("收取日期", help_text="按期汇总的填期末日期")
    amount = models.DecimalField(
        "收费金额", max_digits=13, decimal_places=2, validators=[MinValueValidator(0)]
    )
    basis = models.CharField("收费依据", max_length=200, blank=True)
    standard = models.CharField("收费标准", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "行政事业性收费"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "item", "collected_on", "voucher_number"],
                condition=STANDING,
                name="charge_once",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="charge_not_negative"),
        ]
        indexes = [
            models.Index(
                fields=["agency", "-collected_on", "-id"], condition=STANDING, name="charge_by_collection"
            ),
            number_index("voucher_number", name="charge_by_voucher"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.collected_on} {self.amount}元"
