"""链接检查."""

from django.db import models

from gongkai.agencies.models import AgencyRecord
from gongkai.gateways.links import State


class LinkCheck(AgencyRecord):
    """一个网址最近一次的检查结果. Kept an agency at a time: what one office links to is not another's to know."""

    STATES = ((State.ALIVE.value, "能打开"), (State.BROKEN.value, "打不开"), (State.REFUSED.value, "不检查"))

    address = models.CharField("网址", max_length=500)
    state = models.CharField("结果", max_length=10, choices=STATES, blank=True)  # empty while it waits
    why = models.CharField("说明", max_length=100, blank=True)
    checked_at = models.DateTimeField("检查时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "链接检查"
        constraints = [
            models.UniqueConstraint(fields=["agency", "address"], name="link_check_once_an_address")
        ]

    def __str__(self) -> str:
        return self.address
