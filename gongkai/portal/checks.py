"""启动检查. What an operator set for the public side and that cannot work as it is."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from gongkai.portal import host_site


@register()
def host_site_is_complete(**kwargs: Any) -> list[CheckMessage]:
    """宿主网站的页头和页脚."""
    folder = settings.HOST_SITE_FOLDER
    if not folder:
        return []
    if absent := host_site.missing(folder):
        return [
            Error(
                f"宿主网站文件夹“{folder}”里没有{'、'.join(absent)}，页面暂时用本系统自己的页头和页脚。",
                hint="放入这些文件（UTF-8）后重新启动公众侧；或者不填 GONGKAI_HOST_SITE。",
                id="portal.E001",
            )
        ]
    if out := host_site.taken_out(folder):
        return [
            Warning(
                f"宿主网站的页头页脚里有不能用的内容，显示时已经去掉：{'；'.join(out)}。",
                hint="本网站不允许脚本、内嵌样式和别处的图片：样式写入同一文件夹的host.css，图片放入同一文件夹。",
                id="portal.W001",
            )
        ]
    return []
