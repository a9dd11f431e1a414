"""口令策略. The level-protection profile and the long-password profile (AUTH-01); the operator chooses one."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Profile:
    """口令策略: what a password must be, and how long it may be used."""

    label: str
    least_length: int
    classes: int  # kinds of character out of: capitals, small letters, digits, other
    remembered: int  # how many former passwords may not be used again
    longest_use: timedelta | None

    @property
    def words(self) -> str:
        """写给人看的要求."""
        parts = [f"至少{self.least_length}个字符"]
        if self.classes:
            parts.append(f"大写字母、小写字母、数字、符号四类中至少{self.classes}类")
        if self.remembered:
            parts.append(f"不与最近{self.remembered}次相同")
        if self.longest_use:
            parts.append(f"每{self.longest_use.days}天更换")
        return "；".join([*parts, "不用常见口令，不含单位、姓名、登录名"]) + "。"


PROFILES = {
    "mlps": Profile("等级保护", 12, 3, 5, timedelta(days=90)),
    "asvs": Profile("长口令", 15, 0, 0, None),
}


def classes_in(password: str) -> int:
    """How many of the four kinds of character the password has."""
    kinds = (
        str.isupper,
        str.islower,
        str.isdigit,
        lambda c: not c.isalnum() or not (c.isupper() or c.islower() or c.isdigit()),
    )
    return sum(any(kind(c) for c in password) for kind in kinds)
