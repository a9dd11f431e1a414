"""装订. The case told on pages of its own, every document attached to them, as one PDF/A-3 (ISO 19005-3)."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from gongkai.agencies.working_days import calendar
from gongkai.duties.applications.archive.gathering import Paper, papers
from gongkai.duties.applications.archive.models import Disposal
from gongkai.duties.applications.fold import period_of, standing
from gongkai.duties.applications.letters.keeping import sha256
from gongkai.duties.applications.matters.desk.panel import panel as matters_panel
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.registers import history
from gongkai.report.render.pdf import Attached, archived, official_style
from gongkai.rules.explanation import day_text
from gongkai.rules.personal_information.retention import IDENTITY_PROOF

TEMPLATE = "application_archive/bundle.html"


def bind(case: Application) -> tuple[bytes, list[dict[str, Any]]]:
    """The bytes and the index of what is in them. What names people stands in the bytes alone."""
    gathered = [_only_named(paper) if paper.goes else paper for paper in papers(case)]
    gathered += [_destroyed(each) for each in Disposal.objects.filter(application=case).order_by("pk")]
    names = [f"{number:02d}.{paper.ending}" for number, paper in enumerate(gathered, start=1)]
    index = [paper.line | {"name": name} for paper, name in zip(gathered, names, strict=True)]
    period = period_of(standing(case.events.all()), channel=case.channel, calendar=calendar())
    html = render_to_string(
        TEMPLATE,
        {
            "case": case,
            "style": official_style(),
            "particulars": _particulars(case),
            "matters": matters_panel(case, reads=True),
            "history": list(reversed(history(case))),
            "explanation": period.explanation,
            "index": index,
            "now": timezone.localtime(),
        },
    )
    attached = [
        Attached(name, paper.title, paper.content) for paper, name in zip(gathered, names, strict=True)
    ]
    return archived(html, attached), index


def _only_named(paper: Paper) -> Paper:
    """不入卷: what goes in its time is named with its digest; its bytes stay where they can be destroyed (PII-06)."""
    said = f"{paper.title}没有装入案卷：{IDENTITY_PROOF}。\n原件摘要（SHA-256）：{sha256(paper.content)}\n".encode()
    return Paper("", f"{paper.title}（不入卷，到期销毁）", paper.on, lambda: said, "txt")


def _destroyed(disposal: Disposal) -> Paper:
    """已销毁: what is no more, when it went and by which rule."""
    at = timezone.localtime(disposal.recorded_at)
    said = f"{disposal.what}已于{at:%Y-%m-%d %H:%M:%S}销毁：{disposal.rule}。\n".encode()
    return Paper("", f"{disposal.what}（已于{day_text(at.date())}销毁）", at.date(), lambda: said, "txt")


def _particulars(case: Application) -> list[tuple[str, str]]:
    return [
        ("登记编号", case.register_number),
        ("申请人", case.unseal("applicant_name") or "没有登记"),
        ("申请人类别", case.get_applicant_kind_display()),
        ("联系方式", case.unseal("applicant_contact") or "没有登记"),
        ("申请渠道", case.get_channel_display()),
        ("收到日期", day_text(case.received_on)),
        ("获取方式", case.access_form or "没有要求"),
        ("承办", "　".join(str(each) for each in (case.section, case.handler) if each) or "没有登记"),
        ("办结日期", day_text(case.closed_on) if case.closed_on else ""),
        ("办理结果", case.get_outcome_display()),
    ]
