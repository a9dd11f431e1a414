"""文书的准备: an office's own templates, the characters its letters are numbered under, where its decisions are taken to."""

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.applications.letters.documents.examination import objections_to_template
from gongkai.duties.applications.letters.models import Numbering, OfficeSetting, Template
from gongkai.gateways.files import desk_files
from gongkai.rules.regulations_2019.letters import KIND_BY_KEY, LetterKind
from gongkai.virus_checks.actions import note, require_looked_at

POWER = Power.SIGN_LETTERS  # who signs letters says what they look like
_MARKS = frozenset("〔〕[]（）()号 \n\t")


def save_template(kind: str, *, name: str, data: bytes, by: Person) -> Template:
    """上传模板. The one before stays in the list and in the letters that used it."""
    known = _kind(kind)
    require(by, POWER, by.agency, on=timezone.localdate())
    scanned = require_looked_at(data, name=name, by=by)
    if objections := objections_to_template(data, known):
        raise Refusal(f"不能使用这个模板：{'；'.join(objections)}。")
    with transaction.atomic():
        _set_aside(kind, by=by)
        template = Template.objects.create(
            agency=by.agency, kind=kind, sha256=desk_files().put(data), name=name[:100], by=by
        )
        note(template.sha256, scanned, kept_by="letters")
        record(
            "letters.template.saved",
            by=by,
            subject=template,
            detail={"kind": kind, "sha256": template.sha256},
        )
    return template


def restore_template(kind: str, *, by: Person) -> None:
    """恢复系统自带的模板."""
    _kind(kind)
    require(by, POWER, by.agency, on=timezone.localdate())
    with transaction.atomic():
        last = Template.objects.filter(agency=by.agency, kind=kind, set_aside_at__isnull=True).first()
        if last is None:
            raise Refusal("不用恢复：这种文书用的就是系统自带的模板。")
        _set_aside(kind, by=by)
        record("letters.template.restored", by=by, subject=last, detail={"kind": kind})


def save_sign(kind: str, *, sign: str, by: Person) -> Numbering:
    """设定文书字. Numbers given already stay as they are."""
    _kind(kind)
    require(by, POWER, by.agency, on=timezone.localdate())
    sign = sign.strip()
    if not sign or len(sign) > 20 or set(sign) & _MARKS or not sign.isprintable():
        raise Refusal("文书字应当是1至20个字，不含括号、空格和“号”，如“示动复”。")
    with transaction.atomic():
        numbering, _ = Numbering.objects.update_or_create(
            agency=by.agency, kind=kind, defaults={"sign": sign}
        )
        record("letters.numbering.saved", by=by, subject=numbering, detail={"kind": kind, "sign": sign})
    return numbering


def save_setting(*, reconsideration_body: str, court: str, by: Person, payment: str = "") -> OfficeSetting:
    """设定行政复议机关、人民法院, and how a processing fee is paid."""
    require(by, POWER, by.agency, on=timezone.localdate())
    body, court = reconsideration_body.strip(), court.strip()
    if not body or not court:
        raise Refusal("行政复议机关和人民法院都要填，答复书里要告知申请人。")
    with transaction.atomic():
        setting, _ = OfficeSetting.objects.update_or_create(
            agency=by.agency,
            defaults={"reconsideration_body": body, "court": court, "payment": payment.strip()[:200]},
        )
        record("letters.setting.saved", by=by, subject=setting)
    return setting


def _kind(kind: str) -> LetterKind:
    if kind not in KIND_BY_KEY:
        raise Refusal("没有这种文书，请从列表中选择。")
    return KIND_BY_KEY[kind]


def _set_aside(kind: str, *, by: Person) -> None:
    Template.objects.filter(agency=by.agency, kind=kind, set_aside_at__isnull=True).update(
        set_aside_at=timezone.now()
    )
