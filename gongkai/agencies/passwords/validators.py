"""口令检查. Each refuses with one sentence that says what to change; Django runs them wherever a password is set."""

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.passwords.commonly_used import is_common
from gongkai.agencies.passwords.profiles import PROFILES, Profile, classes_in

_SHORTEST_PART = 3  # a part of a name shorter than this says nothing
_SHORTEST_PART_IN_CHINESE = 2


def profile() -> Profile:
    """现行口令策略."""
    return PROFILES[settings.PASSWORD_PROFILE]


class _Validator:
    def validate(self, password: str, user: Person | None = None) -> None:
        raise NotImplementedError

    def get_help_text(self) -> str:
        return ""


class FollowsProfile(_Validator):
    """长度和字符种类."""

    def validate(self, password: str, user: Person | None = None) -> None:
        wanted = profile()
        if len(password) < wanted.least_length:
            raise ValidationError(
                f"口令只有{len(password)}个字符，至少要{wanted.least_length}个，请加长。",
                code="password_short",
            )
        if classes_in(password) < wanted.classes:
            raise ValidationError(
                f"口令要有大写字母、小写字母、数字、符号中的至少{wanted.classes}类，请补上。",
                code="password_plain",
            )

    def get_help_text(self) -> str:
        return profile().words


class NotCommon(_Validator):
    """不是常见口令 (AUTH-02)."""

    def validate(self, password: str, user: Person | None = None) -> None:
        if is_common(password):
            raise ValidationError(
                "这是常见口令，或者键盘、拼音、日期的顺序写法，容易被猜中，请另想一个。",
                code="password_common",
            )


class NotPersonal(_Validator):
    """不含本人和本单位的名称 (AUTH-02)."""

    def validate(self, password: str, user: Person | None = None) -> None:
        if user is None:
            return
        text = password.casefold()
        if any(part in text for part in _parts_of(user)):
            raise ValidationError(
                "口令里不能有姓名、登录名、邮箱、单位名称或者电话，请另想一个。", code="password_personal"
            )


class NotUsedBefore(_Validator):
    """不与用过的相同 (AUTH-01)."""

    def validate(self, password: str, user: Person | None = None) -> None:
        count = profile().remembered
        if user is None or user.pk is None or not count:
            return
        former = user.former_passwords.values_list("password", flat=True)[: count - 1]
        if any(check_password(password, known) for known in [user.password, *former] if known):
            raise ValidationError(f"口令不能与最近{count}次用过的相同，请另想一个。", code="password_used")


def _parts_of(person: Person) -> list[str]:
    agency: Agency = person.agency
    words = [
        person.username,
        person.name,
        person.email.split("@")[0],
        agency.name,
        agency.short_name,
        agency.code,
        agency.site_domain.removeprefix("www.").split(".")[0],
        *agency.telephone.replace("-", " ").split(),
    ]
    return [word.casefold() for word in words if len(word) >= _shortest(word)]


def _shortest(word: str) -> int:
    return _SHORTEST_PART if word.isascii() else _SHORTEST_PART_IN_CHINESE
