"""领导信息. What stands beside the text of a leader's page, and the last day of one who leaves."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.catalogue.models import InformationItem, Version

LAST = 999  # the greatest position in the list


class Profile(AgencyRecord):
    """任职信息 of a version that is a leader's page; its text is the CV. Reviewed and signed with it (PUB-02)."""

    version = models.OneToOneField(
        Version, models.CASCADE, related_name="leader_profile", verbose_name="领导信息"
    )
    name = models.CharField("姓名", max_length=50)
    post = models.CharField("职务", max_length=100)
    work = models.TextField("分工", max_length=1000)
    position = models.PositiveSmallIntegerField("排序", default=10)  # the lower comes first
    photo = models.CharField("照片", max_length=64, blank=True)  # the hash of an attachment
    in_office_from = models.DateField("任职日期")
    in_office_until = models.DateField("任职至", null=True, blank=True)  # the last day

    class Meta:
        verbose_name = verbose_name_plural = "任职信息"
        constraints = [
            models.CheckConstraint(
                condition=Q(in_office_until__isnull=True) | Q(in_office_until__gte=F("in_office_from")),
                name="leader_leaves_after_coming",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}　{self.post}"


class Placement(AgencyRecord):
    """排序登记: append-only; where a leader stands in the list since. What readers read of him stays as it was reviewed."""

    item = models.ForeignKey(
        InformationItem, models.PROTECT, related_name="placements", verbose_name="领导信息"
    )
    position = models.PositiveSmallIntegerField("排序")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "排序登记"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.item.title}排在{self.position}"


class Departure(AgencyRecord):
    """离任登记: append-only; the last day in office of the leader whom a released version shows, and by what decision."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="departures", verbose_name="领导信息")
    last_day = models.DateField("任职至")
    reason = models.CharField("依据", max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "离任登记"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.version.title}任职至{self.last_day}"
