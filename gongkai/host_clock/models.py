"""主机时钟. One row a host: the last reading that was believed, and what was found against the clock since."""

from django.db import models


class Doubt(models.TextChoices):
    SET_BACK = "set_back", "被拨回"
    JUMPED = "jumped", "往前跳"


class HostClock(models.Model):
    """一台主机的时钟. ``newest`` never goes back by itself; a person's confirmation sets it anew."""

    name = models.CharField("主机", max_length=100, unique=True)
    newest = models.DateTimeField("可信的最晚时刻")
    boot = models.CharField("开机标识", max_length=40, blank=True)
    ran_for = models.FloatField("开机秒数", default=0)
    doubt = models.CharField("现在不可信", max_length=10, choices=Doubt, blank=True)
    # What was found stays until a person has confirmed the time, also when the clock has come right by itself.
    found = models.CharField("发现", max_length=10, choices=Doubt, blank=True)
    expected = models.DateTimeField("应为（不早于）", null=True, blank=True)
    seen = models.DateTimeField("当时显示", null=True, blank=True)
    after = models.BigIntegerField("发现时的审计序号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "主机时钟"

    def __str__(self) -> str:
        return self.name
