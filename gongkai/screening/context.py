"""上下文. What the words before a number say that it is."""

import re

_BEFORE = 30
_NEAR = 16
IDENTITY = re.compile(r"身份|证件|公民|户主|监护|ID", re.IGNORECASE)
TELEPHONE = re.compile(r"电话|手机|联系|致电|拨打|短信|Tel|mobile|phone", re.IGNORECASE)
HOME_TELEPHONE = re.compile(
    r"家庭(?:固定)?电话|住宅电话|宅电|家[中里]电话|本人电话|个人电话|(?:申请人|户主|监护人|家长|患者)[^\n。]{0,12}电话"
)
BANK = re.compile(r"卡号|账号|帐号|账户|帐户|银行|存折|开户|工资卡|储蓄|打款|收款")
PASSPORT = re.compile(r"护照|passport", re.IGNORECASE)
TRAVEL_PERMIT = re.compile(r"通行证|回乡证|台胞证|往来(?:港澳|台湾|内地|大陆)")
TAIWAN_PERMIT = re.compile(r"台胞证|台湾居民来往大陆通行证")
OFFICE = re.compile(r"办公|咨询|监督|投诉|举报|热线|值班|窗口|客服|官方|公众号|单位|工作邮箱|受理|服务")
# A label of something that is a number but nobody's.
_CODE = re.compile(
    r"(?:编号|文号|索引号?|编码|代码|流水号?|订单号?|序列号|批号|单号|项目号|合同号|案号|凭证号?|发票号?码?|条码|许可证号?"
    r"|证书号|备案号|登记号|注册号|用户号|户号|房源号|总额|金额|面积|单价|总价|预算|网址|IMEI|ISBN)"
    r"[^\n,。;0-9A-Za-z]{0,6}$",
    re.IGNORECASE,
)
_QUANTITY = re.compile(r"\s?(?:元|万|亿|件|户|人次|人|次|册|吨|米|公里|平方|立方|%|‰|只|份|字|℃|\.\d)")


def before(text: str, start: int, reach: int = _BEFORE) -> str:
    return text[max(0, start - reach) : start]


def near(text: str, start: int) -> str:
    return before(text, start, _NEAR)


def is_code(text: str, start: int) -> bool:
    """The label right before says that this is a code: an index number, an order, an amount."""
    said = before(text, start)
    return bool(_CODE.search(said)) and not IDENTITY.search(said)


def is_quantity(text: str, end: int) -> bool:
    """The word right after makes it an amount: 13800138000元."""
    return bool(_QUANTITY.match(text, end))
