"""启动检查. The portal takes in nothing that it cannot seal."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from gongkai.portal.intake.sealing import NoKey, public_key


@register()
def there_is_a_key(**kwargs: Any) -> list[CheckMessage]:
    """加密公钥."""
    try:
        public_key()
    except NoKey as missing:
        return [
            Error(
                f"{missing}公众侧暂时不接收申请。",
                hint=f"运行 gongkai setup；两侧分开的，把工作人员侧的 intake.public 复制到 {settings.KEYS_FOLDER}。",
                id="intake.E001",
            )
        ]
    return []
