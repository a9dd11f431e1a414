"""随机走五百步. Whatever people do, in whatever order, the public side shows only what was reviewed and signed as it is (D2)."""

import contextlib
import random
import re
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.models import InformationItem, Version
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from tests.duties.catalogue.editorial import Editorial
from tests.portal.channels import PublicSide, asking

pytestmark = [pytest.mark.django_db(databases=["default", "public"]), pytest.mark.prove]
MARK = re.compile(r"走\d{5}zq")
_WHOSE = {"confidentiality_review": "reviewer", "sign_off": "leader"}
STEPS, LOOK_EVERY, MOST_OPEN = 500, 50, 6


class Walk:
    """What a bystander remembers: which mark each version bore when somebody passed it."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # a walk that can be walked again
        self.editorial = Editorial()
        self.people = [
            getattr(self.editorial, name) for name in ("clerk", "head", "lawyer", "reviewer", "leader")
        ]
        self.number = 0
        self.reviewed: set[str] = set()
        self.signed: set[str] = set()
        self.withdrawn: set[int] = set()
        self.owner: dict[str, int] = {}  # the item of each mark

    def step(self) -> None:
        acts = [*[self.submit] * 3, *[self.review] * 8, *[self.publish] * 3, *[self.work] * 2, self.begin]
        acts += [
            self.decide,
            self.write,
            self.take_back,
            self.abandon,
            self.revise,
            self.withdraw,
            self.schedule,
            self.tamper,
        ]
        with contextlib.suppress(Refusal):
            self.dice.choice(acts)()

    def begin(self) -> None:
        if Version.objects.exclude(stage__in=Version.CLOSED).count() < MOST_OPEN:
            self._write(self.editorial.draft())

    def write(self) -> None:
        self._write(self._version())

    def _write(self, version: Version) -> None:
        mark = self._mark(version)
        values = {"title": f"关于试鸣的公告{mark}", "body": f"<p>{mark}</p>", "change_note": mark}
        actions.write(version, values=values, edits=version.edits, by=self._person())

    def submit(self) -> None:
        actions.submit(self._version(), by=self._person())

    def review(self) -> None:
        version = self._version()
        stage, by = version.stage, self._person(_WHOSE.get(version.stage, "head"))
        conclusion = self.dice.choice(["passed"] * 8 + ["returned", "referred"])
        after = actions.review(version, stage=stage, conclusion=conclusion, opinion="意见", by=by)
        if conclusion == "passed":
            marks = set(MARK.findall(after.body))
            if stage == "confidentiality_review" and by != after.author:
                self.reviewed |= marks
            if stage == "sign_off" and by not in (after.author, after.reviewer):
                self.signed |= marks

    def decide(self) -> None:
        is_secret = self.dice.random() < 0.2
        by = self._person("reviewer")
        actions.decide_secrecy(self._version(), is_secret=is_secret, opinion="答复", by=by)

    def publish(self) -> None:
        actions.publish(self._version(), by=self._person())

    def schedule(self) -> None:
        at = timezone.now() + timedelta(seconds=self.dice.choice([1, 3600]))
        actions.schedule(self._version(), at=at, by=self._person())
        OutboxItem.objects.filter(kind="catalogue.publish_scheduled").update(not_before=None)  # it is time

    def take_back(self) -> None:
        actions.take_back(self._version(), by=self._person())

    def abandon(self) -> None:
        if self.dice.random() < 0.2:
            actions.abandon(self._version(), by=self._person())

    def revise(self) -> None:
        actions.revise(self._version().item, by=self._person())

    def withdraw(self) -> None:
        if self.dice.random() < 0.3:
            item = self._version().item
            actions.withdraw(item, reason="有误", by=self._person("leader"))
            self.withdrawn.add(item.pk)

    def tamper(self) -> None:
        """Somebody with a hand in the database, after the review and before the release."""
        version = self._version()
        if version.stage in ("sign_off", "signed", "releasing"):
            Version.objects.filter(pk=version.pk).update(body=f"<p>{self._mark(version)}</p>")

    def work(self) -> None:
        run_waiting()

    def _mark(self, version: Version) -> str:
        self.number += 1
        mark = f"走{self.number:05d}zq"
        self.owner[mark] = version.item_id
        return mark

    def _version(self) -> Version:
        versions = Version.objects.select_related("item", "agency", "section", "main_column")
        if self.dice.random() < 0.8:
            versions = versions.exclude(stage__in=Version.CLOSED)
        chosen = self.dice.choice(list(versions.values_list("pk", flat=True).order_by("pk")) or [0])
        found = versions.filter(pk=chosen).first()
        if found is None:
            raise Refusal("还没有")
        return found

    def _person(self, usual: str = "clerk") -> Person:
        """Mostly whose work it is, now and then anybody."""
        usual_one: Person = getattr(self.editorial, usual)
        return usual_one if self.dice.random() < 0.8 else self.dice.choice(self.people)


def visible() -> set[str]:
    """Every mark that the public database holds, in whatever column of whatever table."""
    marks: set[str] = set()
    with connections["public"].cursor() as cursor:
        for table in connections["public"].introspection.table_names(cursor):
            if table.startswith("portal_") and "search_words" not in table:
                cursor.execute(f'SELECT * FROM "{table}"')
                marks |= set(MARK.findall(str(cursor.fetchall())))
    return marks


@pytest.mark.parametrize("seed", range(4))
def test_pub_01_pub_02_pub_03_after_every_step_only_what_was_passed_and_signed_is_public(readers, seed):
    walk = Walk(seed)
    ever: set[str] = set()
    for number in range(STEPS):
        walk.step()
        marks = visible()
        assert marks <= walk.reviewed & walk.signed, (seed, number)
        live = set(InformationItem.objects.filter(live=True).values_list("pk", flat=True))
        gone = {mark for mark in marks if walk.owner[mark] in walk.withdrawn - live}
        waiting = OutboxItem.objects.filter(kind="portal.withdraw_item", status="waiting").exists()
        assert not gone or waiting, (seed, number)
        ever |= marks
        if number % LOOK_EVERY == LOOK_EVERY - 1:
            public = PublicSide(asking(readers))
            public.look()
            read = {
                mark
                for answer in public.answers.values()
                for mark in MARK.findall(answer.body.decode("utf-8", "ignore"))
            }
            assert read <= marks, (seed, number)
    assert ever, "the walk must get somewhere, or it proves nothing"
