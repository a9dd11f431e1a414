"""后台的速度. From the moment a release is committed on the desk until the public can read it."""

import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median

from django.db import transaction

from bench.figure import Figure, duration
from bench.place import ROOT
from gongkai.outbox.actions import enqueue
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.portal import release
from gongkai.portal.models import PublishedPage
from gongkai.portal.payloads import PagePayload
from tests.portal.office import COLUMNS, SITE

DATA = "一个页面，逐次发布新版本；后台为单独的进程"
ALONE, QUEUED = 11, 200


def figures() -> Iterator[Figure]:
    release.put_site(SITE)
    for column in COLUMNS:
        release.put_column(column)
    run_waiting(limit=10_000)
    worker = subprocess.Popen([sys.executable, "-m", "gongkai", "serve", "worker"], cwd=ROOT)
    try:
        _published(_enqueue())  # the worker is up
        times = []
        for turn in range(ALONE):
            time.sleep(0.6 + turn * 0.05)  # the worker is idle, and asked at different points of its pause
            began = time.perf_counter()
            _published(_enqueue())
            times.append(time.perf_counter() - began)
        yield Figure(
            what="发布一个页面，到公众可见",
            measured=duration(median(times)),
            beside=f"最慢{duration(max(times))}；后台空闲时每0.5 s看一次",
        )
    finally:
        worker.terminate()
        worker.wait(20)
    for _ in range(QUEUED):
        _enqueue()
    began = time.perf_counter()
    run_waiting(limit=QUEUED)
    yield Figure(
        what=f"排队的{QUEUED}个发布",
        measured=f"{QUEUED / (time.perf_counter() - began):,.0f} 个/s",
        beside=f"剩下{OutboxItem.objects.filter(status='waiting').count()}个",
    )


def _enqueue() -> int:
    version = 1 + (OutboxItem.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
    page = PagePayload(
        version=version,
        slug="bench",
        column="systems",
        title="示例通知",
        source="示例市国防动员办公室",
        html="<p>示例内容。</p>" * 20,
    )
    with transaction.atomic():
        enqueue("portal.put_page", page.as_json())
    return version


def _published(version: int) -> None:
    until = time.monotonic() + 60
    while not PublishedPage.objects.filter(slug="bench", version__gte=version).exists():
        if time.monotonic() > until:
            raise TimeoutError("后台一分钟内没有发布")
        time.sleep(0.005)
