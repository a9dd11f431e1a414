"""启动自检. The process refuses to start when a key is missing or the algorithms give a wrong answer (CRY-01, CRY-07)."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from gongkai.sealing.keys import KeyMissing, read_key
from gongkai.sealing.suite import SUITES, known_answers_hold
from gongkai.sealing.unboxing import PRIVATE
from gongkai.sealing.vault import FIELDS_KEY, INDEX_KEY


@register()
def keys_and_answers(**kwargs: Any) -> list[CheckMessage]:
    if settings.SUITE not in SUITES:
        return [Error(f"没有这个密码套件：{settings.SUITE}", id="sealing.E001")]
    problems: list[CheckMessage] = []
    if not known_answers_hold(SUITES[settings.SUITE]):
        problems.append(Error("密码算法自检不符，请检查OpenSSL版本", id="sealing.E002"))
    for name in (FIELDS_KEY, INDEX_KEY, PRIVATE):
        try:
            read_key(settings.KEYS_FOLDER, name)
        except KeyMissing as missing:
            problems.append(Error(str(missing), id="sealing.E003"))
    return problems
