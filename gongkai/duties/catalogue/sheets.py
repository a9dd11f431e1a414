"""一张随稿的表 as a whole: what a form would refuse, refused for every face."""

from django.core.exceptions import ValidationError
from django.db import models

from gongkai.agencies.access import Refusal


def require_sound(sheet: models.Model) -> None:
    """Every value fits its field; lengths of long texts too, which the framework leaves to its forms."""
    wrong = []
    for field in sheet._meta.local_concrete_fields:
        if field.is_relation or field.primary_key:
            continue
        label, value = str(field.verbose_name), getattr(sheet, field.attname)
        try:
            field.clean(value, sheet)
        except ValidationError as error:
            wrong.append(f"{label}：{error.messages[0].rstrip('。')}")
        longest = getattr(field, "max_length", None)
        if isinstance(field, models.TextField) and longest and len(value) > longest:
            wrong.append(f"{label}：最多{longest}字，现在{len(value)}字")
    if wrong:
        raise Refusal(f"不能保存：{'；'.join(wrong)}。")
