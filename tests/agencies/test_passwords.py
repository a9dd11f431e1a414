"""口令. Both profiles over a table of sixty, the shipped list, and what a person must not use (AUTH-01, AUTH-02)."""

import gzip
import random
from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.agencies.actions.passwords import has_expired, set_password
from gongkai.agencies.passwords import commonly_used as common
from gongkai.agencies.passwords import make_list
from tests.factories.people import a_person, an_agency

MLPS, ASVS = "mlps", "asvs"
GOOD_IN_BOTH = [
    "Hulu-27-Tengman-xiaoyuan",
    "Mizhou#88-Doufuru-Qingcai",
    "Yuehe.31-Lanxin-Muqiao",
    "K7t-Qm2x-Vb9w-Hj4",
    "9pL#vR2s!xT6mW8q",
    "Zhenzhu*naicha*46!wan",
    "雨后山前有竹Xiaolu-29",
    "Gangjing+Mianbao+53+di",
    "r4N-t7B-y2H-c9V-k3",
    "Tu7dou!Chao9Qiezi$",
    "Bq4%Wn8&Zt2*Kd6(Lx",
    "Wugong.yiliu.Keting.82",
    "Qiutian_Tiaosheng_64_ci",
    "Juzi-Shu-Xia-5-Zhi-Mao",
    "m3R!k8T@p5Y#w2Q$",
    "Heye~Lianpeng~Ouduan~7",
    "Pinglu2Dengta9Wuqi",
    "Xueshan#Caodi#3Ge",
    "S6v^J9b&N2c*M5x(",
    "Shanyao7Paigu4Tang!",
]
GOOD_AS_A_LONG_ONE_ONLY = [
    "huluzhenghemianbaotang",
    "yu hou shan qian xiao lu",
    "langmanzhijiadehulu",
    "chuangqianmingyueguang",
    "xiaoyuanlidetengman",
    "qiezichaotudousidun",
    "mizhoudoufuruqingcai",
    "heyelianpengouduan",
    "一二三四五上山打老虎去也么哥",
    "juzishuxiadewuzhimao",
]
GOOD_AS_A_MIXED_ONE_ONLY = [
    "Hulu-27-Teng",
    "K7t-Qm2x-Vb9",
    "9pL#vR2s!xT6",
    "Zhenzhu*46!w",
    "Bq4%Wn8&Zt2*",
    "Tu7dou!Chao9",
    "m3R!k8T@p5Y#",
    "Qt_64_ci_Wan",
    "S6v^J9b&N2c*M5",
    "Wg.yl.Kt.82x",
]
BAD_IN_BOTH = [
    "",
    "a",
    "12345678",
    "123456789012345678",
    "password",
    "Password123!",
    "P@ssw0rd2026!!!!!",
    "Woaini1314520!!!!",
    "Qwertyuiop123456!",
    "1qaz2wsx3edc4rfv",
    "Admin123456789!!",
    "Zhengfu2026!!!!!!",
    "Xinxigongkai@123",
    "!QAZ2wsx",
    "Short-1",
    "aaaaaaaaaaaaaaaaaaaa",
    "abcdefghijklmnop",
    "20260101",
    "Beijing@2026!!!!!",
    "Wangwei123!!!!!!!",
]


def accepted(password: str) -> bool:
    try:
        validate_password(password)
    except ValidationError:
        return False
    return True


def test_the_table_has_sixty_passwords():
    """AUTH-01."""
    tables = (GOOD_IN_BOTH, GOOD_AS_A_LONG_ONE_ONLY, GOOD_AS_A_MIXED_ONE_ONLY, BAD_IN_BOTH)
    assert sum(len(set(table)) for table in tables) == 60


@pytest.mark.parametrize("password", GOOD_IN_BOTH)
@pytest.mark.parametrize("profile", [MLPS, ASVS])
def test_a_long_mixed_password_is_good_in_both_profiles(settings, profile, password):
    """AUTH-01."""
    settings.PASSWORD_PROFILE = profile

    assert accepted(password)


@pytest.mark.parametrize("password", GOOD_AS_A_LONG_ONE_ONLY)
def test_a_long_phrase_of_one_kind_is_good_in_the_long_profile_only(settings, password):
    """AUTH-01."""
    settings.PASSWORD_PROFILE = ASVS
    assert accepted(password) == (len(password) >= 15)

    settings.PASSWORD_PROFILE = MLPS
    assert not accepted(password)


@pytest.mark.parametrize("password", GOOD_AS_A_MIXED_ONE_ONLY)
def test_a_mixed_password_of_twelve_is_good_in_the_level_protection_profile_only(settings, password):
    """AUTH-01."""
    settings.PASSWORD_PROFILE = MLPS
    assert accepted(password)

    settings.PASSWORD_PROFILE = ASVS
    assert not accepted(password)


@pytest.mark.parametrize("password", BAD_IN_BOTH)
@pytest.mark.parametrize("profile", [MLPS, ASVS])
def test_a_short_or_common_password_is_refused_in_both_profiles(settings, profile, password):
    """AUTH-01, AUTH-02."""
    settings.PASSWORD_PROFILE = profile

    assert not accepted(password)


def test_the_shipped_list_is_long_enough_and_is_what_its_script_makes():
    """AUTH-02."""
    with gzip.open(common._LIST, "rt", encoding="utf-8") as file:
        shipped = file.read().split("\n")

    assert len(shipped) >= 10_000
    assert shipped == sorted({entry.casefold() for entry in make_list.ingredients()})


def test_five_hundred_passwords_sampled_from_the_list_are_all_refused_as_common():
    """AUTH-02."""
    sampled = random.Random(20260302).sample(sorted(common._words()), 500)

    refused = [word for word in sampled if common.is_common(word)]

    assert refused == sampled


@pytest.mark.parametrize(
    "password",
    ["Xiaolinzi-27-Teng-lin", "9pL-示例市国防动员办公室-x", "Hulu-02588886666-Teng!", "Hulu-27-Teng-sgdb-Xx"],
)
@pytest.mark.django_db
def test_a_password_with_the_persons_or_the_offices_name_is_refused(password):
    """AUTH-02."""
    agency = an_agency(telephone="025-88886666", site_domain="www.sgdb.example.cn")
    person = a_person(agency, name="林承办", email="xiaolinzi@example.cn")
    password = password.replace("02588886666", "88886666")

    with pytest.raises(ValidationError) as refused:
        validate_password(password, person)

    assert refused.value.error_list[0].code == "password_personal"


@pytest.mark.django_db
def test_the_last_five_passwords_are_not_taken_again_and_the_sixth_is():
    """AUTH-01."""
    person = a_person(an_agency())
    used = GOOD_IN_BOTH[:6]
    for password in used:
        set_password(person, password, by=person)

    for password in used[1:]:
        with pytest.raises(ValidationError, match="最近5次"):
            set_password(person, password, by=person)
    assert person.check_password(used[-1])

    set_password(person, used[0], by=person)
    assert person.check_password(used[0])


@pytest.mark.django_db
def test_a_password_lasts_ninety_days_in_the_level_protection_profile_and_for_ever_in_the_long_one(settings):
    """AUTH-01."""
    now = timezone.now()
    person = a_person(an_agency(), password_changed_at=now - timedelta(days=90))
    assert not has_expired(person, at=now)
    assert has_expired(person, at=now + timedelta(seconds=1))

    settings.PASSWORD_PROFILE = ASVS
    assert not has_expired(person, at=now + timedelta(days=3650))
