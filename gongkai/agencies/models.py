"""机构和人员. What we keep of agencies, sections, people, posts, powers and delegation."""

import secrets

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q

from gongkai.agencies.powers import ADMINISTRATION, Power


def new_public_id() -> str:
    """对外编号: 80 random bits, so that an address shows neither order nor number of records."""
    return secrets.token_hex(10)


class Agency(models.Model):
    """行政机关."""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", "人民政府"
        DEPARTMENT = "department", "政府部门"
        TOWNSHIP = "township", "乡镇、街道"

    public_id = models.CharField(
        "对外编号", max_length=20, unique=True, default=new_public_id, editable=False
    )
    name = models.CharField("名称", max_length=100, unique=True)
    short_name = models.CharField("简称", max_length=30, help_text="行文中的自称，如“市国动办”")
    kind = models.CharField("类别", max_length=12, choices=Kind, default=Kind.DEPARTMENT)
    code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    supervising_agency = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supervised", verbose_name="主管部门"
    )
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="前身"
    )
    makes_rules = models.BooleanField("有规章制定权", default=False)
    founded_on = models.DateField("成立日期", null=True, blank=True)
    ended_on = models.DateField("撤销日期", null=True, blank=True)
    site_name = models.CharField("网站名称", max_length=100, blank=True)
    site_domain = models.CharField("网站域名", max_length=100, blank=True)
    site_id_code = models.CharField("网站标识码", max_length=10, blank=True)
    site_organiser = models.CharField("主办单位", max_length=100, blank=True)
    site_operator = models.CharField("承办单位", max_length=100, blank=True)
    icp_number = models.CharField("ICP备案编号", max_length=50, blank=True)
    police_number = models.CharField("公安备案编号", max_length=50, blank=True)
    identity_url = models.CharField("党政机关网站标识网址", max_length=300, blank=True)
    error_report_url = models.CharField("“我为政府网站找错”网址", max_length=300, blank=True)
    copyright_line = models.CharField("版权声明", max_length=100, blank=True)
    address = models.CharField("办公地址", max_length=200, blank=True)
    office_hours = models.CharField("办公时间", max_length=100, blank=True)
    telephone = models.CharField("联系电话", max_length=40, blank=True)
    fax = models.CharField("传真", max_length=40, blank=True)
    email = models.CharField("电子邮箱", max_length=100, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "行政机关"

    def __str__(self) -> str:
        return self.name


class AgencyRecord(models.Model):
    """一个机关的记录: every row of an agency carries it, an opaque public id, and the server's time."""

    public_id = models.CharField(
        "对外编号", max_length=20, unique=True, default=new_public_id, editable=False
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    recorded_at = models.DateTimeField("入库时间", auto_now_add=True)  # the server's; no import can set it

    class Meta:
        abstract = True


class Section(models.Model):
    """内设机构、科室."""

    public_id = models.CharField(
        "对外编号", max_length=20, unique=True, default=new_public_id, editable=False
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="sections", verbose_name="机关")
    name = models.CharField("名称", max_length=50)
    duties = models.CharField("分工", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "科室"
        ordering = ["agency", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="section_name_once_in_agency")]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Looks people up by log-in name. There is no create_superuser: nobody holds every power."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """人员: one account is one named person."""

    class Administrator(models.TextChoices):
        """三员, kept apart; an administrator handles no case and a handler administers nothing."""

        SYSTEM = "system", "系统管理员"
        SECURITY = "security", "安全管理员"
        AUDIT = "audit", "审计管理员"

    public_id = models.CharField(
        "对外编号", max_length=20, unique=True, default=new_public_id, editable=False
    )
    username = models.CharField("登录名", max_length=50, unique=True)
    name = models.CharField("姓名", max_length=50)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="people", verbose_name="机关")
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="科室"
    )
    email = models.EmailField("电子邮箱", blank=True)
    administrator = models.CharField("管理员类别", max_length=10, choices=Administrator, blank=True)
    is_active = models.BooleanField("启用", default=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    password_changed_at = models.DateTimeField("口令更换时间", null=True, blank=True)
    last_seen_at = models.DateTimeField("最近使用", null=True, blank=True)
    # The one session that counts (SES-05); any other, older cookie ends at its next request.
    live_session = models.CharField("当前会话", max_length=32, blank=True, editable=False)
    # The last time step whose code was accepted: a code seen over a shoulder is worth nothing (AUTH-06).
    last_code_step = models.BigIntegerField("最近验证码时间步", default=0, editable=False)

    objects = PersonManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        constraints = [
            models.CheckConstraint(condition=Q(is_superuser=False), name="nobody_holds_every_power"),
            models.CheckConstraint(
                condition=Q(administrator__in=["", "system", "security", "audit"]),
                name="administrator_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class FormerPassword(models.Model):
    """用过的口令: hashes only, so that the last five are not used again (AUTH-01)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="former_passwords", verbose_name="人员")
    password = models.CharField("口令摘要", max_length=128)
    replaced_at = models.DateTimeField("停用时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "用过的口令"
        ordering = ["-replaced_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person_id}：{self.replaced_at:%Y-%m-%d}停用"


class OneTimeLink(models.Model):
    """一次性链接: works once, for thirty minutes; only the digest of its token is kept."""

    class Purpose(models.TextChoices):
        INVITATION = "invitation", "首次登录"  # sets the password and binds the second factor
        PASSWORD = "password", "重设口令"  # the second factor stays and is asked for afterwards
        SECOND_FACTOR = "second_factor", "重新绑定验证器"  # the password is asked for first
        DEMO = "demo", "演示登录"  # logs straight in, in demo mode only

    person = models.ForeignKey(Person, models.CASCADE, related_name="one_time_links", verbose_name="人员")
    purpose = models.CharField("用途", max_length=13, choices=Purpose)
    digest = models.CharField("令牌摘要", max_length=64, unique=True)
    issued_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    issued_at = models.DateTimeField("签发时间", auto_now_add=True)
    expires_at = models.DateTimeField("失效时间")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "一次性链接"

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}：{self.person_id}"


class Post(models.Model):
    """岗位: powers belong to it, not to the person."""

    public_id = models.CharField(
        "对外编号", max_length=20, unique=True, default=new_public_id, editable=False
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts", verbose_name="机关")
    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, verbose_name="科室")
    name = models.CharField("名称", max_length=50)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="post_name_once_in_agency")]

    def __str__(self) -> str:
        return self.name


class PostPower(models.Model):
    """岗位职权."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="powers", verbose_name="岗位")
    power = models.CharField("职权", max_length=30, choices=Power)

    class Meta:
        verbose_name = verbose_name_plural = "岗位职权"
        constraints = [
            models.UniqueConstraint(fields=["post", "power"], name="power_once_in_post"),
            # 三员的职权只随管理员身份，不能配给岗位，也就不能与办件职权相混 (ACL-03).
            models.CheckConstraint(condition=~Q(power__in=ADMINISTRATION), name="post_administers_nothing"),
        ]

    def __str__(self) -> str:
        return self.get_power_display()


class Tenure(models.Model):
    """任职: a person holds a post from one day to another (both inclusive)."""

    public_id = models.CharField(
        "对外编号", max_length=20, unique=True, default=new_public_id, editable=False
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures", verbose_name="人员")
    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures", verbose_name="岗位")
    from_on = models.DateField("起")
    to_on = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
                name="tenure_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}任{self.post}"


class Delegation(models.Model):
    """授权: a holder lends one power to a colleague for a time, with a reason."""

    public_id = models.CharField(
        "对外编号", max_length=20, unique=True, default=new_public_id, editable=False
    )
    power = models.CharField("职权", max_length=30, choices=Power)
    holder = models.ForeignKey(
        Person, models.PROTECT, related_name="delegations_given", verbose_name="授权人"
    )
    delegate = models.ForeignKey(
        Person, models.PROTECT, related_name="delegations_held", verbose_name="被授权人"
    )
    from_on = models.DateField("起")
    to_on = models.DateField("止")
    reason = models.CharField("事由", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "授权"
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gte=models.F("from_on")), name="delegation_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(holder=models.F("delegate")), name="delegation_to_another_person"
            ),
            models.CheckConstraint(condition=~Q(power__in=ADMINISTRATION), name="administration_is_not_lent"),
        ]

    def __str__(self) -> str:
        return f"{self.holder}授{self.delegate}{self.get_power_display()}"


class CalendarAddress(AgencyRecord):
    """日历订阅地址: secret, one a person, read by calendar programs without a log-in. Only its digest is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="calendar_addresses", verbose_name="人员")
    digest = models.CharField("令牌摘要", max_length=64, unique=True)
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)
    read_at = models.DateTimeField("最近读取", null=True, blank=True)
    read_from = models.CharField("最近读取的来源", max_length=45, blank=True)
    hour_began_at = models.DateTimeField("计次的一小时", null=True, blank=True)
    read_in_hour = models.PositiveSmallIntegerField("一小时内读取次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅地址"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="calendar_address_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}的日历订阅"


class HolidayNotice(models.Model):
    """放假安排: one year's days off and made-up workdays, entered on the desk from the State Council's notice."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    notice = models.CharField("通知文号", max_length=50)
    holidays = models.JSONField("节日")  # [{"name", "first", "last", "made_up": [days]}], days as 2027-01-01
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="录入人")
    entered_at = models.DateTimeField("录入时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "放假安排"

    def __str__(self) -> str:
        return f"{self.year}年放假安排"
