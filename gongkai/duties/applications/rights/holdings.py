"""存有的个人信息. What is held of one applicant, told to that applicant: the form as handed in, the register, the files' names."""

import json
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from gongkai.duties.applications.archive.models import Disposal
from gongkai.duties.applications.intake.models import ApplicationFile, ReceivedSubmission
from gongkai.duties.applications.intake.presenters import lines
from gongkai.duties.applications.models import Application
from gongkai.portal.intake.collecting import ToCollect
from gongkai.rules.personal_information.retention import IDENTITY_PROOF


def held(application: Application) -> dict[str, Any]:
    """All of it, by its labels."""
    received = ReceivedSubmission.objects.get(application=application)
    files = ApplicationFile.objects.filter(application=application)
    gone = set(Disposal.objects.filter(application=application).values_list("stored_as", flat=True))
    return {
        "处理者": application.agency.name,
        "登记编号": application.register_number,
        "申请表": [
            {"项目": label, "内容": value}
            for label, value in lines(json.loads(received.unseal("particulars")))
        ],
        "登记的姓名或者名称": application.unseal("applicant_name"),
        "登记的联系方式": application.unseal("applicant_contact"),
        "提交的文件": [
            {"用途": file.get_role_display(), "文件名": file.unseal("name"), "已销毁": file.sha256 in gone}
            for file in files
        ],
        "保存期限": f"{IDENTITY_PROOF}；申请的登记和案卷按档案管理的规定保存。",
        "导出时间": f"{timezone.localtime():%Y-%m-%d %H:%M}",
    }


def copies(application: Application) -> list[ToCollect]:
    """副本: for a program to read, and to print."""
    said = held(application)
    data = json.dumps(said, ensure_ascii=False, indent=2).encode()
    page = render_to_string("application_rights/copy.html", {"said": said}).encode()
    return [
        ToCollect("个人信息副本（打印用）", "个人信息副本.html", "text/html; charset=utf-8", len(page), page),
        ToCollect("个人信息副本（数据）", "个人信息副本.json", "application/json", len(data), data),
    ]
