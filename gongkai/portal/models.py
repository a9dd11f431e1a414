"""公众侧. What the public side keeps: what has been published, and nothing else. No drafts, no cases, no people."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from gongkai.portal.addresses import address, item_address

LONGEST_OLD_PATH = 300


class PublicState(models.Model):
    """公开状态: one row counting every change, so that a kept copy of a page is known to be old at once."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.PositiveBigIntegerField("变更次数", default=0)
    changed_at = models.DateTimeField("最近变更时间")

    class Meta:
        verbose_name = verbose_name_plural = "公开状态"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="portal_one_state")]

    def __str__(self) -> str:
        return f"第{self.stamp}次变更"


class Published(models.Model):
    """已发布. ``version`` is the desk's count of the thing; both times are the public server's own."""

    version = models.PositiveIntegerField("版本")
    released_at = models.DateTimeField("发布时间")  # of the first release; no later one moves it
    changed_at = models.DateTimeField("更新时间")

    class Meta:
        abstract = True


class Site(Published):
    """网站: whose portal this is, and what every page says at its head and foot."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    agency = models.CharField("机关编号", max_length=20)  # the agency's public id on the desk
    agency_name = models.CharField("机关名称", max_length=100)
    name = models.CharField("网站名称", max_length=100)
    domain = models.CharField("网站域名", max_length=100)
    id_code = models.CharField("网站标识码", max_length=10)
    organiser = models.CharField("主办单位", max_length=100)
    operator = models.CharField("承办单位", max_length=100, blank=True)
    address = models.CharField("办公地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    telephone = models.CharField("联系电话", max_length=40)
    fax = models.CharField("传真", max_length=40, blank=True)
    email = models.CharField("电子邮箱", max_length=100, blank=True)
    office_hours = models.CharField("办公时间", max_length=100, blank=True)
    icp_number = models.CharField("ICP备案编号", max_length=50, blank=True)
    police_number = models.CharField("公安机关备案标识", max_length=50, blank=True)
    police_url = models.URLField("公安机关备案查询地址", max_length=300, blank=True)
    identity_url = models.URLField("党政机关网站标识地址", max_length=300, blank=True)
    error_report_url = models.URLField("“我为政府网站找错”入口", max_length=300, blank=True)
    copyright_line = models.CharField("版权声明", max_length=100, blank=True)
    higher_sites = models.JSONField(
        "上级网站", default=list, blank=True
    )  # [{"name": …, "url": …}], in the order shown

    class Meta:
        verbose_name = verbose_name_plural = "网站"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="portal_one_site")]

    def __str__(self) -> str:
        return self.name


class PublishedColumn(Published):
    """栏目. Four parts are required by name; the entry for applications stands beside them."""

    class Part(models.TextChoices):
        GUIDE = "guide", "政府信息公开指南"
        SYSTEMS = "systems", "政府信息公开制度"
        STATUTORY = "statutory", "法定主动公开内容"
        REPORTS = "reports", "政府信息公开年报"
        APPLICATION = "application", "依申请公开"
        NONE = "", "其他栏目"  # inside one of the parts, or a column of the site beside them (专栏姓专)

    class Layout(models.TextChoices):
        LIST = "list", "目录"  # lists its pages
        PAGE = "page", "单页"  # shows its one page in place
        REPORTS = "reports", "年报"  # all years
        ACTS = "acts", "执法公示"  # lists decisions, or shows the newest edition of a list

    slug = models.SlugField("网址名", max_length=50, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级栏目"
    )
    part = models.CharField("组成部分", max_length=12, choices=Part, blank=True)
    layout = models.CharField("样式", max_length=8, choices=Layout, default=Layout.LIST)
    name = models.CharField("栏目名称", max_length=60)
    column_type = models.CharField(
        "栏目类别", max_length=30
    )  # the page label ColumnType: 信息公开, 政策文件 …
    description = models.CharField("栏目描述", max_length=300)
    keywords = models.CharField("栏目关键词", max_length=200)
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "栏目"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["part"],
                condition=~Q(part=""),
                name="portal_part_once",
                violation_error_message="这个组成部分已经有栏目，每个组成部分只设一个栏目",
            ),
            models.CheckConstraint(
                condition=Q(part="") | Q(parent__isnull=True),
                name="portal_part_stands_at_the_top",
                violation_error_message="规定的组成部分不放在别的栏目里",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="portal_column_not_in_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("column", self.slug)


class PublishedPage(Published):
    """页面: text composed on the desk, cleaned and kept as HTML. Without a column it stands in the foot of the site."""

    slug = models.SlugField("网址名", max_length=80, unique=True)
    column = models.ForeignKey(
        PublishedColumn, models.PROTECT, null=True, blank=True, related_name="pages", verbose_name="栏目"
    )
    title = models.CharField("标题", max_length=200)
    html = models.TextField("正文")
    source = models.CharField("来源", max_length=100)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    description = models.CharField("内容摘要", max_length=300, blank=True)
    change_note = models.CharField("更新说明", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "页面"
        ordering = ["position", "-released_at", "id"]
        indexes = [models.Index(fields=["-released_at"], name="portal_page_latest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        if self.column is not None and self.column.layout == PublishedColumn.Layout.PAGE:
            return self.column.get_absolute_url()
        return address("page", self.slug)

    @property
    def listed_at(self) -> datetime:
        """排列时间."""
        return self.released_at


class PublishedItem(Published):
    """政府信息: one item in the version that is public now. Its key never changes and is never given to another."""

    key = models.CharField("编号", max_length=20, unique=True)
    index_number = models.CharField("索引号", max_length=40)
    title = models.CharField("标题", max_length=200)
    kind = models.CharField("信息种类", max_length=20, blank=True)  # as it is worded
    document_number = models.CharField("文号", max_length=60, blank=True)
    issued_by = models.CharField("发布机构", max_length=100)
    co_issued_by = models.CharField("联合发布机构", max_length=300, blank=True)
    dated_on = models.DateField("成文日期", null=True, blank=True)
    main_column = models.ForeignKey(
        PublishedColumn, models.PROTECT, related_name="main_items", verbose_name="栏目"
    )
    genre = models.CharField("体裁", max_length=20, blank=True)
    subject = models.CharField("主题分类", max_length=90, blank=True)
    keywords = models.CharField("关键词", max_length=100, blank=True)
    description = models.CharField("内容概述", max_length=500, blank=True)
    duty = models.CharField("法定公开内容", max_length=30, blank=True)  # the key of article 20
    validity = models.CharField("有效性", max_length=10, blank=True)  # as it is worded
    change_note = models.CharField("更新说明", max_length=300, blank=True)
    html = models.TextField("正文", blank=True)  # of an item that is all in its attachments
    published_before = models.DateField(
        "原发布日期", null=True, blank=True
    )  # on the site from which it was moved in
    # 排列时间: the release, or for what was moved in the day on which its readers first had it.
    listed_at = models.DateTimeField("排列时间")
    # The path at which it stood on the old site, as people read it, with what it was asked with.
    old_path = models.CharField("旧网址", max_length=LONGEST_OLD_PATH, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "政府信息"
        indexes = [
            models.Index(
                fields=["old_path", "-id"], condition=~Q(old_path=""), name="portal_item_by_old_path"
            ),
            models.Index(fields=["-listed_at", "-id"], name="portal_item_latest"),
            models.Index(fields=["duty", "-listed_at", "-id"], name="portal_item_by_duty"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return item_address(self.key)


class ItemInColumn(models.Model):
    """列在栏目里: an item in each column that shows it, with the day repeated so that a list of any depth is one index."""

    item = models.ForeignKey(PublishedItem, models.CASCADE, related_name="places", verbose_name="信息")
    column = models.ForeignKey(PublishedColumn, models.PROTECT, related_name="+", verbose_name="栏目")
    listed_at = models.DateTimeField("排列时间")

    class Meta:
        verbose_name = verbose_name_plural = "栏目中的信息"
        constraints = [models.UniqueConstraint(fields=["item", "column"], name="portal_item_once_in_column")]
        indexes = [
            models.Index(fields=["column", "-listed_at", "-item"], name="portal_items_of_column"),
        ]

    def __str__(self) -> str:
        return f"{self.column_id}/{self.item_id}"


class Interpreted(models.Model):
    """解读: which document an interpretation explains. The document is named by its key: it may come, go and come back."""

    interpretation = models.ForeignKey(
        PublishedItem, models.CASCADE, related_name="interprets", verbose_name="解读"
    )
    document = models.CharField("文件编号", max_length=20)  # the key of an item, public or not

    class Meta:
        verbose_name = verbose_name_plural = "解读的文件"
        constraints = [
            models.UniqueConstraint(fields=["interpretation", "document"], name="portal_interpreted_once")
        ]
        indexes = [models.Index(fields=["document"], name="portal_interpretations")]

    def __str__(self) -> str:
        return f"{self.interpretation_id} → {self.document}"


class PublishedLeader(models.Model):
    """领导信息: what the list of leaders shows of an item that is a leader's page; it comes and goes with the item."""

    item = models.OneToOneField(PublishedItem, models.CASCADE, related_name="leader", verbose_name="信息")
    name = models.CharField("姓名", max_length=50)
    post = models.CharField("职务", max_length=100)
    work = models.TextField("分工")
    position = models.PositiveSmallIntegerField("排序")
    in_office_from = models.DateField("任职日期")
    photo = models.CharField("照片", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "领导信息"
        ordering = ["position", "in_office_from", "pk"]

    def __str__(self) -> str:
        return f"{self.name}　{self.post}"


class PublishedGuide(models.Model):
    """公开指南的一版: its name and days beside the item that is its text. The newest is the one in force."""

    item = models.OneToOneField(PublishedItem, models.CASCADE, related_name="guide", verbose_name="信息")
    edition = models.CharField("版次", max_length=30)
    in_force_from = models.DateField("施行日期")
    reviewed_on = models.DateField("最近复核日期", null=True, blank=True)
    review_by = models.DateField("下次复核日期")
    marked = models.PositiveBigIntegerField("复核的版本", default=0)  # of the last check that was told

    class Meta:
        verbose_name = verbose_name_plural = "公开指南"
        ordering = ["-in_force_from", "-item"]

    def __str__(self) -> str:
        return self.edition


class PublishedDocument(Published):
    """规范性文件库的一件: its number, its days and whether it is in force, as the office's register has it."""

    class Validity(models.TextChoices):
        NOT_YET = "not_yet", "尚未施行"
        IN_FORCE = "in_force", "有效"
        AMENDED = "amended", "已修改"  # in force, as amended
        LAPSED = "lapsed", "失效"
        REPEALED = "repealed", "废止"

    key = models.CharField("编号", max_length=20, unique=True)
    kind = models.CharField("种类", max_length=20)  # as it is worded
    title = models.CharField("名称", max_length=200)
    document_number = models.CharField("文号", max_length=60)
    registered_number = models.CharField("统一登记号", max_length=60, blank=True)
    issued_by = models.CharField("制定机关", max_length=100)
    issued_on = models.DateField("印发日期")
    in_force_from = models.DateField("施行日期", null=True, blank=True)
    lapses_on = models.DateField("有效期至", null=True, blank=True)
    ceased_on = models.DateField(
        "停止施行日期", null=True, blank=True
    )  # the first day on which it is not in force
    validity = models.CharField("有效性", max_length=10, choices=Validity)
    item = models.CharField("信息编号", max_length=20, blank=True)  # of the text, where it is published here

    class Meta:
        verbose_name = verbose_name_plural = "规范性文件"
        indexes = [
            models.Index(fields=["-issued_on", "-id"], name="portal_document_by_issue"),
            models.Index(fields=["validity", "-issued_on", "-id"], name="portal_document_by_validity"),
            models.Index(fields=["item"], condition=~Q(item=""), name="portal_document_of_item"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its text where that is published here; otherwise its place in the library."""
        return address("item", self.item) if self.item else f"{address('normative')}#{self.key}"


class DocumentChange(models.Model):
    """文件的变动: what was done to a document of the library, from which day, and by what."""

    document = models.ForeignKey(
        PublishedDocument, models.CASCADE, related_name="changes", verbose_name="文件"
    )
    words = models.CharField("变动", max_length=20)  # 修改、废止、宣布失效 …
    on = models.DateField("日期")
    by_item = models.CharField("依据文件的信息编号", max_length=20, blank=True)  # linked while it is public
    by_title = models.CharField("依据文件", max_length=200, blank=True)
    by_number = models.CharField("依据文件的文号", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件的变动"
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["by_item"], condition=~Q(by_item=""), name="portal_changes_by_item")]

    def __str__(self) -> str:
        return f"{self.words} {self.on}"


class PublishedAct(Published):
    """一件行政许可或者行政处罚决定, as it was masked and reviewed on the desk. It is shown until a day and then withdrawn."""

    key = models.CharField("编号", max_length=20, unique=True)
    kind = models.CharField("种类", max_length=12)  # the act of rules.enforcement_publicity_2019
    number = models.CharField("决定书文号", max_length=60)
    title = models.CharField("名称", max_length=200)
    issued_by = models.CharField("决定机关", max_length=100)
    decided_on = models.DateField("决定日期")
    shown_until = models.DateField("公示至")
    fields = models.JSONField("公示内容")  # [[key, label, value], …], in the order shown

    class Meta:
        verbose_name = verbose_name_plural = "行政执法决定"
        indexes = [
            models.Index(fields=["kind", "-decided_on", "-id"], name="portal_act_latest"),
            models.Index(
                fields=["kind", "number"],
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
                name="portal_act_by_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）"

    def get_absolute_url(self) -> str:
        return address("act", self.key)


class PublishedList(Published):
    """清单的一个版次: powers, duties, charges, statistics. The newest is in force; those before it stay readable."""

    kind = models.SlugField("种类", max_length=30)  # how the column that shows it is named in addresses
    edition = models.PositiveSmallIntegerField("版次")
    title = models.CharField("名称", max_length=200)
    issued_by = models.CharField("发布机构", max_length=100)
    heads = models.JSONField("栏目")
    rows = models.JSONField("内容")  # [[text, …], …], a text for each head
    change_note = models.CharField("更新说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "清单"
        constraints = [
            models.UniqueConstraint(fields=["kind", "edition"], name="portal_list_edition_once"),
            models.CheckConstraint(condition=Q(edition__gte=1), name="portal_list_edition_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.edition}版）"

    def get_absolute_url(self) -> str:
        return address("list_edition", self.kind, self.edition)


class PublishedReport(Published):
    """年度报告: one edition of one agency's year. A correction is a further edition; both stay readable."""

    agency = models.CharField("机关编号", max_length=20)
    agency_name = models.CharField("机关名称", max_length=100)  # as it was when released
    year = models.PositiveSmallIntegerField("年度")
    edition = models.PositiveSmallIntegerField("版次")
    title = models.CharField("标题", max_length=200)
    digest = models.CharField("内容摘要值", max_length=64)  # of the frozen edition; it never changes
    html = models.TextField("正文和表格")
    figures = models.JSONField("数据")  # the report's JSON form
    correction_note = models.CharField("更正说明", max_length=500, blank=True)
    own = models.BooleanField("本机关的报告", default=True)  # False: of a subordinate agency

    class Meta:
        verbose_name = verbose_name_plural = "年度报告"
        ordering = ["-year", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "edition"], name="portal_report_edition_once"),
            models.CheckConstraint(condition=Q(edition__gte=1), name="portal_report_edition_counts_from_one"),
            models.CheckConstraint(
                condition=Q(edition=1) | ~Q(correction_note=""),
                name="portal_correction_says_why",
                violation_error_message="更正版必须有更正说明",
            ),
        ]
        indexes = [models.Index(fields=["-released_at"], name="portal_report_latest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The stable address of this edition; the year's own address shows the newest one."""
        if self.own:
            return address("report_edition", self.year, self.edition)
        return address("subordinate_report_edition", self.agency, self.year, self.edition)

    @property
    def listed_at(self) -> datetime:
        """排列时间."""
        return self.released_at


class LinkToItem(models.Model):
    """正文里指向一条信息的链接: which published texts name it, so that they name it no more once it is withdrawn."""

    key = models.CharField("信息编号", max_length=20, db_index=True)
    page = models.ForeignKey(
        PublishedPage, models.CASCADE, null=True, blank=True, related_name="links", verbose_name="页面"
    )
    item = models.ForeignKey(
        PublishedItem, models.CASCADE, null=True, blank=True, related_name="links", verbose_name="政府信息"
    )

    class Meta:
        verbose_name = verbose_name_plural = "指向信息的链接"
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, item__isnull=True) | Q(page__isnull=True, item__isnull=False),
                name="portal_link_has_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class PublishedFile(models.Model):
    """附件: a stored file may be fetched only while a row here names its hash."""

    sha256 = models.CharField("内容摘要值", max_length=64)
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    position = models.PositiveSmallIntegerField("次序", default=0)
    old_path = models.CharField("旧网址", max_length=LONGEST_OLD_PATH, blank=True)
    report = models.ForeignKey(
        PublishedReport, models.CASCADE, null=True, blank=True, related_name="files", verbose_name="年度报告"
    )
    page = models.ForeignKey(
        PublishedPage, models.CASCADE, null=True, blank=True, related_name="files", verbose_name="页面"
    )
    item = models.ForeignKey(
        PublishedItem, models.CASCADE, null=True, blank=True, related_name="files", verbose_name="政府信息"
    )

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(report__isnull=False, page__isnull=True, item__isnull=True)
                | Q(report__isnull=True, page__isnull=False, item__isnull=True)
                | Q(report__isnull=True, page__isnull=True, item__isnull=False),
                name="portal_file_has_one_owner",
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="portal_file_by_hash"),
            models.Index(
                fields=["old_path", "-id"], condition=~Q(old_path=""), name="portal_file_by_old_path"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("file", self.sha256)


class Withdrawn(models.Model):
    """撤下: what is no longer published. It keeps a late, older release from bringing the thing back.

    Where the reason may be told, ``note`` is shown at the old address; otherwise the address answers as if
    nothing had ever stood there.
    """

    class Kind(models.TextChoices):
        COLUMN = "column", "栏目"
        PAGE = "page", "页面"
        REPORT = "report", "年度报告"
        ITEM = "item", "政府信息"
        ACT = "act", "行政执法决定"
        LIST = "list", "清单"
        DOCUMENT = "document", "规范性文件"

    kind = models.CharField("种类", max_length=10, choices=Kind)
    key = models.CharField("标识", max_length=100)
    version = models.PositiveIntegerField("版本")
    title = models.CharField("标题", max_length=200, blank=True)  # only together with a note
    note = models.CharField("公开的说明", max_length=300, blank=True)
    withdrawn_at = models.DateTimeField("撤下时间")

    class Meta:
        verbose_name = verbose_name_plural = "撤下记录"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="portal_withdrawn_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}"


# 检索的表 are kept with the search; Django looks for an app's models here.
from gongkai.portal.search.models import FileText, SearchEntry, SearchText  # noqa: E402, F401
