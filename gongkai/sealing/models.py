"""数据密钥. Keys that seal columns, themselves sealed by the key file outside the database (CRY-03)."""

from django.db import models
from django.db.models import Q


class DataKey(models.Model):
    """数据密钥: one active version for each class of data; old versions stay to open old text."""

    purpose = models.CharField("用途", max_length=30)  # "applicants"
    version = models.PositiveIntegerField("版本")
    suite = models.CharField("套件", max_length=20)
    wrapped = models.BinaryField("被密钥文件加密的密钥")
    is_active = models.BooleanField("在用", default=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "数据密钥"
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="data_key_version_once"),
            models.UniqueConstraint(
                fields=["purpose"], condition=Q(is_active=True), name="one_active_data_key_for_a_purpose"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} v{self.version}"
