"""网址. What may stand where an address of the web is asked for: http or https, with a host, and nothing hidden in it."""

from urllib.parse import urlsplit

LONGEST = 500
_WAY_OUT = "请从浏览器地址栏复制完整的网址，如 https://www.example.gov.cn/。"


def fault_of(address: str) -> str:
    """Why this is no address, as one sentence; "" when it is one.

    >>> fault_of("https://www.example.gov.cn/gongkai/1.html")
    ''
    >>> fault_of("www.example.gov.cn")
    '不是网址：应以 http:// 或者 https:// 开头。请从浏览器地址栏复制完整的网址，如 https://www.example.gov.cn/。'
    """
    if any(c.isspace() or not c.isprintable() for c in address):
        return f"不是网址：中间有空格、换行或者看不见的字符。{_WAY_OUT}"
    if len(address) > LONGEST:
        return f"网址有{len(address)}个字符，最多{LONGEST}个。请去掉“?”后面跟踪用的部分。"
    if not address.lower().startswith(("http://", "https://")):
        return f"不是网址：应以 http:// 或者 https:// 开头。{_WAY_OUT}"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return f"网址写错了：主机名或者端口不对。{_WAY_OUT}"
    if not _is_host(host):
        return f"网址写错了：缺少主机名，或者主机名不对。{_WAY_OUT}"
    if "@" in parts.netloc:
        return f"网址中不能有用户名或者口令。{_WAY_OUT}"
    return ""


def _is_host(host: str) -> bool:
    if ":" in host:  # IPv6, which urlsplit has checked
        return True
    labels = host.removesuffix(".").split(".")
    return len(labels) > 1 and all(
        label and label.replace("-", "a").isalnum() and label.strip("-") == label for label in labels
    )
