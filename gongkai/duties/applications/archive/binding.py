"""装订. The case told on pages of its own, every document attached to them, as one PDF/A-3 (ISO 19005-3)."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from gongkai.agencies.working_days import calendar
from gongkai.duties.applications.archive.gathering import papers
from gongkai.duties.applications.fold import period_of, standing
from gongkai.duties.applications.matters.desk.panel import panel as matters_panel
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.registers import history
from gongkai.report.render.pdf import Attached, archived, official_style

TEMPLATE = "application_archive/bundle.html"


def bind(case: Application) -> tuple[bytes, list[dict[str, Any]]]:
    """The bytes and the index of what is in them. What names people stands in the bytes alone."""
    gathered = list(papers(case))
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


def _particulars(case: Application) -> list[tuple[str, str]]:
    return [
        ("登记编号", case.register_number),
        ("申请人", case.unseal("applicant_name") or "没有登记"),
        ("申请人类别", case.get_applicant_kind_display()),
        ("联系方式", case.unseal("applicant_contact") or "没有登记"),
        ("申请渠道", case.get_channel_display()),
        ("收到日期", f"{case.received_on:%Y年%m月%d日}"),
        ("获取方式", case.access_form or "没有要求"),
        ("承办", "　".join(str(each) for each in (case.section, case.handler) if each) or "没有登记"),
        ("办结日期", f"{case.closed_on:%Y年%m月%d日}" if case.closed_on else ""),
        ("办理结果", case.get_outcome_display()),
    ]
