"""公众侧的表单多塞的栏 (ACL-05): what is taken in and what is answered stay as they are."""

import pytest

from gongkai.portal.addresses import address
from tests.planting import planted, what_is_planted_changes
from tests.portal.intake.handing_in import NUMBER, code_on, fresh_token, send, typed

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def test_acl_05_what_no_form_of_the_public_side_has_changes_nothing(readers):
    code = code_on(send(readers))
    asked = {"code": code, "second": NUMBER[-4:]}
    forms = {
        "apply_send": {**typed(), "token": fresh_token(readers), "to": "send"},
        "apply_rights": {**asked, "right": "delete", "text": "请删除电话"},
        "apply_status": asked,
        "apply_found": {},
    }

    for name, own in forms.items():
        told, rows = what_is_planted_changes(
            lambda data, name=name: readers.post(address(name), data), own, without=own
        )
        assert told == [], name
        assert rows >= 1, name
    assert len(planted()) > 300
