"""公示怎么说. Where a thing stands on the public side, and on what the choice of its fields rests."""

from collections.abc import Sequence

from gongkai.duties.administrative_acts.public_fields import PublicField


def basis_of_fields(fields: Sequence[PublicField]) -> str:
    """What of the fields is local practice, and what is known from practice only (待核)."""
    unconfirmed = [each.label for each in fields if each.field.basis.certainty.mark == "待核"]
    marked = f"{'、'.join(unconfirmed)}为通行做法（待核），" if unconfirmed else ""
    return f"字段依据：{marked}{'其余' if unconfirmed else '都'}为地方做法。"
