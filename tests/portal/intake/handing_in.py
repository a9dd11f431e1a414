"""一份申请. What an applicant types and sends, plainly invented, and the ways a test sends it."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.portal.intake.accepting import HandedInFile, Origin, accept
from tests.portal.office import AGENCY

NAME, NUMBER, PHONE, EMAIL = "甲示例申请人", "110101199001010015", "0000-7654321", "jia@example.cn"
ADDRESS, MATTER = "示例市示例路99号", "2023年示例工程预算批复及附件"
PERSONAL = (NAME, NUMBER, PHONE, EMAIL, ADDRESS, MATTER, "证件照片")
CONTENT = {
    "applicant_kind": "natural_person",
    "name": NAME,
    "certificate_kind": "id_card",
    "certificate_number": NUMBER,
    "representative": "",
    "phone": PHONE,
    "email": EMAIL,
    "postal_address": ADDRESS,
    "postcode": "000000",
    "access_form": "paper",
    "access_means": "post",
    "other_form_too": True,
    "suggest_publication": False,
    "matters": [MATTER, "第二项所需信息"],
    "notice_version": 1,
}
JPEG = b"\xff\xd8\xff\xe0" + b"plain picture " * 100


def handed_in(form: str = "one form", **values):
    """An application accepted as the page accepts it."""
    given = {
        "kind": "application",
        "agency": AGENCY,
        "token": form,
        "second": NUMBER[-4:],
        "content": CONTENT,
        "files": [HandedInFile("identity", "证件照片.jpg", "image/jpeg", JPEG)],
        "origin": Origin("source", "identity"),
    }
    return accept(**{**given, **values})


def typed(**changes):
    """The form as a browser sends it."""
    values = {
        **{name: value for name, value in CONTENT.items() if isinstance(value, str)},
        "other_form_too": "on",
        "matter": CONTENT["matters"],
        "notice": "on",
        "sensitive": "on",
    }
    return {name: value for name, value in {**values, **changes}.items() if value != ""}


def picture(name="证件照片.jpg", content=JPEG):
    return SimpleUploadedFile(name, content)


def fresh_token(client):
    page = client.get("/apply/form/").content.decode()
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def send(client, *, token=None, files=True, **changes):
    data = typed(token=token or fresh_token(client), to="send", **changes)
    if files:
        data["identity_file"] = picture()
    return client.post("/apply/send/", data)


def code_on(response):
    found = re.search(r'<p class="code"[^>]*>([^<]+)</p>', response.content.decode())
    return found[1] if found else None
