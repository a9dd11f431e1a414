"""标准岗位. What a new office begins with, and that its posts keep apart what must be apart."""

import pytest
from django.utils import timezone

from gongkai.agencies.access import may
from gongkai.agencies.actions.founding import found_agency
from gongkai.agencies.actions.posts import appoint, save_post
from gongkai.agencies.models import Post
from gongkai.agencies.powers import ADMINISTRATION, Power, held_by_post
from gongkai.agencies.standard_posts import STANDARD_POSTS
from gongkai.audit.models import Entry
from tests.factories.agencies import PersonFactory


@pytest.fixture
def founded(db):
    agency, administrators = found_agency(name="示例市数据局", short_name="市数据局")
    security = next(each for each in administrators if each.administrator == "security")
    return agency, security


@pytest.fixture
def today():
    return timezone.localdate()


def powers_of(post):
    return set(post.powers.values_list("power", flat=True))


def test_a_new_office_has_the_standard_posts_and_nobody_holds_one(founded):
    posts = {post.name: powers_of(post) for post in Post.objects.all()}

    assert posts == {each.name: {power.value for power in each.powers} for each in STANDARD_POSTS}
    assert not Post.objects.filter(tenures__isnull=False).exists()
    assert Entry.objects.filter(action="post.saved", actor="system").count() == len(STANDARD_POSTS)


def test_every_power_of_the_office_is_in_some_standard_post():
    covered = set().union(*(each.powers for each in STANDARD_POSTS))

    # Holidays come with the system administrator; a post for them is made where the office wants one.
    assert set(held_by_post()) - covered == {Power.MANAGE_HOLIDAYS}


@pytest.mark.parametrize("post", STANDARD_POSTS, ids=lambda post: post.name)
def test_no_standard_post_administers_or_both_compiles_and_approves(post):
    """ACL-03, ACL-04."""
    assert not {power.value for power in post.powers} & set(ADMINISTRATION)
    assert not {Power.COMPILE_REPORT, Power.APPROVE_REPORT} <= post.powers
    assert not {Power.COMPILE_REPORT, Power.RELEASE_REPORT} <= post.powers


@pytest.mark.parametrize("post", STANDARD_POSTS, ids=lambda post: post.name)
def test_no_standard_post_takes_two_parts_in_one_review(post):
    """ACL-04."""
    parts = {
        Power.DRAFT_ITEMS,
        Power.REVIEW_SECTION,
        Power.REVIEW_LEGALITY,
        Power.REVIEW_CONFIDENTIALITY,
        Power.SIGN_ITEMS,
    }

    assert len(post.powers & parts) <= 1


def test_clear_values_of_applicants_go_with_two_posts_only():
    """ACL-05."""
    holders = {each.name for each in STANDARD_POSTS if Power.READ_APPLICANTS in each.powers}

    assert holders == {"公开工作人员", "法制审核员"}


def test_a_person_appointed_to_a_standard_post_has_its_powers(founded, today):
    agency, security = founded
    person = PersonFactory(agency=agency)

    appoint(person, post=Post.objects.get(name="签发领导"), from_on=today, to_on=None, by=security)

    assert may(person, Power.APPROVE_REPORT, agency, on=today)
    assert not may(person, Power.COMPILE_REPORT, agency, on=today)


def test_the_security_administrator_may_change_a_standard_post(founded):
    _, security = founded
    post = Post.objects.get(name="科室负责人")

    save_post(post, name="科长", section=None, powers=[Power.READ_REGISTERS], by=security)

    post.refresh_from_db()
    assert (post.name, powers_of(post)) == ("科长", {"read_registers"})
