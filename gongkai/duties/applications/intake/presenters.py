"""怎样写在屏幕上: an application form as it was handed in, label by label."""

from collections.abc import Mapping
from typing import Any

from gongkai.portal.intake import particulars as asked

_CHOICES = {
    "applicant_kind": dict(asked.APPLICANT_KINDS),
    "certificate_kind": dict(asked.PERSONS_CERTIFICATES + asked.ORGANISATIONS_CERTIFICATES),
    "access_form": dict(asked.ACCESS_FORMS),
    "access_means": dict(asked.ACCESS_MEANS),
}


def lines(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was filled in, in the order of the form."""
    found: list[tuple[str, str]] = []
    for each in asked.PARTICULARS:
        if each.name == "matter":
            found += [(f"所需信息第{n}项", text) for n, text in enumerate(content["matters"], 1)]
        elif value := content.get(each.name):
            words = "是" if value is True else _CHOICES.get(each.name, {}).get(value, value)
            found.append((each.label, words))
    return found
