"""查毒的表. One row a stored file; a file without a row counts as not scanned."""

from django.db import models
from django.db.models import Q


class FileCheck(models.Model):
    """一个文件的查毒. ``stored_as`` names its bytes in the desk's store, sealed or plain; no name of a file stands here."""

    class State(models.TextChoices):
        WAITING = "waiting", "未查"
        CLEAN = "clean", "干净"
        INFECTED = "infected", "有毒"

    stored_as = models.CharField("存放名", max_length=64, unique=True)
    kept_by = models.CharField("存放处", max_length=30)  # a key of settings.CHECKED_FILES
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    virus = models.CharField("病毒名", max_length=300, blank=True)
    noted_at = models.DateTimeField("记入时间", auto_now_add=True)
    checked_at = models.DateTimeField("查毒时间", null=True)
    attempts = models.PositiveIntegerField("没有查成的次数", default=0)
    try_after = models.DateTimeField("下次不早于", null=True)
    why_not = models.CharField("没有查成的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "查毒"
        indexes = [
            models.Index(fields=["id"], condition=Q(state="waiting"), name="virus_checks_waiting"),
            models.Index(fields=["id"], condition=Q(state="infected"), name="virus_checks_infected"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(checked_at__isnull=False), name="virus_checks_told_when"
            ),
            models.CheckConstraint(
                condition=Q(state="infected") & ~Q(virus="") | ~Q(state="infected") & Q(virus=""),
                name="virus_checks_infected_with_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stored_as[:12]} {self.get_state_display()}"
