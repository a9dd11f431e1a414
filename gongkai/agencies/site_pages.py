"""网站说明. The pages at the portal's foot: privacy, accessibility, contact; composed of the agency's facts."""

from collections.abc import Iterator
from html import escape

from gongkai.agencies.models import Agency
from gongkai.portal.payloads import PagePayload


def site_pages(agency: Agency, version: int) -> Iterator[PagePayload]:
    """联系我们、隐私与个人信息、无障碍说明."""
    for position, (slug, title, description, html) in enumerate(
        (
            ("contact", "联系我们", "本机关的地址、电话和办公时间", _contact(agency)),
            ("privacy", "隐私与个人信息", "本网站记录什么、不记录什么，个人信息怎样保管", _privacy(agency)),
            (
                "accessibility",
                "无障碍说明",
                "本网站的无障碍功能，和遇到困难时的联系方式",
                _accessibility(agency),
            ),
        )
    ):
        yield PagePayload(
            version=version,
            slug=slug,
            title=title,
            html=html,
            source=agency.name,
            keywords=title,
            description=description,
            position=position,
        )


def _contact(agency: Agency) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>'
        for label, value in (
            ("名称", agency.name),
            ("办公地址", agency.address),
            ("邮政编码", agency.postcode),
            ("办公时间", agency.office_hours),
            ("联系电话", agency.telephone),
            ("传真号码", agency.fax),
            ("电子邮箱", agency.email),
        )
        if value
    )
    wrong = (
        f'<p>网站上有错误、打不开的页面或者失效的链接，可以从<a href="{escape(agency.error_report_url)}">'
        "“我为政府网站找错”</a>留言，也可以打上面的电话。</p>"
        if agency.error_report_url
        else "<p>网站上有错误、打不开的页面或者失效的链接，请打上面的电话告诉我们。</p>"
    )
    return (
        f"<table><tbody>{rows}</tbody></table><h2>要找政府信息</h2>"
        '<p>已经公开的，在<a href="/disclosure/">政府信息公开</a>栏目查阅；没有公开的，可以申请公开，'
        f"办法写在栏目的“依申请公开”中。</p><h2>网站有错</h2>{wrong}"
    )


def _privacy(agency: Agency) -> str:
    return (
        "<h2>浏览时</h2><ul>"
        "<li>浏览不用登录，不用填写任何个人信息。</li>"
        "<li>只在您选择字号、长者模式或者高对比度时，在浏览器里保存这一选择；不保存别的，也不识别您是谁。</li>"
        "<li>页面中的文字、图片、字体都来自本网站，不向其他网站发送您的访问。</li>"
        "<li>服务器为安全防护记录访问的时间和网络地址，不与其他资料合并。</li></ul>"
        "<h2>您提供个人信息时</h2><ul>"
        "<li>申请公开政府信息、来信时填写的姓名、联系方式等，只用来办理这件事和答复您。</li>"
        "<li>这些信息加密保存。工作人员需要查看时要写明原因，每次查看都有记录。</li>"
        "<li>它们不会出现在公开的内容和统计数字里。</li></ul>"
        "<h2>您的权利</h2><p>您可以查阅、复制、更正自己的个人信息；不再需要保存的，可以要求删除。"
        f"请联系{escape(agency.name)}，电话{escape(agency.telephone)}。</p>"
    )


def _accessibility(agency: Agency) -> str:
    return (
        "<h2>可以这样使用</h2><ul>"
        "<li>只用键盘：用Tab键移动，用回车键打开；每一页开头有“跳到主要内容”。</li>"
        "<li>看不清楚：页面顶部可以选字号、长者模式和高对比度，选一次，以后每页都有效；浏览器放大到四倍也不会缺字。</li>"
        "<li>用读屏软件：标题、表格、链接、当前位置都有标记，颜色不单独表示意思。</li>"
        "<li>浏览器不运行脚本，或者型号较旧，内容和功能不变。</li>"
        "<li>年度报告除网页外，还可以下载文档和表格。</li></ul>"
        "<h2>还做不到的</h2><p>扫描件和图片形式的附件，读屏软件读不出来。需要其中内容的，"
        "我们可以提供文字，或者在电话里读给您听。</p>"
        "<h2>遇到困难</h2><p>阅读或者提交申请有困难，可以当面或者打电话办理，我们提供必要的帮助。"
        f"电话{escape(agency.telephone)}"
        f"{'，办公时间' + escape(agency.office_hours) if agency.office_hours else ''}。</p>"
    )
