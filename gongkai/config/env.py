"""环境变量. Every variable gongkai reads, declared once with its meaning; docs/operators lists the same table."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Variable:
    """环境变量: its name, what it means to an operator, and the value without it."""

    name: str
    meaning: str
    default: str = ""

    def __call__(self) -> str:
        return os.environ.get(self.name) or self.default

    def number(self) -> int:
        """A whole number; anything else stops the start with a sentence instead of a traceback."""
        text = self()
        if not (text.isascii() and text.isdigit() and len(text) <= 9):
            raise SystemExit(
                f"没有启动：环境变量 {self.name} 要填整数，如{self.default}，现在填的是“{text[:40]}”。"
            )
        return int(text)


HOME = Variable("GONGKAI_HOME", "数据目录：数据库、文件、密钥、备份都在其中", "gongkai-home")
SIDE = Variable(
    "GONGKAI_SIDE", "本进程是哪一侧：portal（公众侧）、desk（工作人员侧）、worker（后台）", "desk"
)
MODE = Variable("GONGKAI_MODE", "production（生产，要求HTTPS）或 demo（只在本机回环地址演示）", "production")
DATABASE_URL = Variable("DATABASE_URL", "工作人员侧数据库；不填则为数据目录中的SQLite文件")
PUBLIC_DATABASE_URL = Variable("PUBLIC_DATABASE_URL", "公众侧数据库；不填则为数据目录中的SQLite文件")
FILES_URL = Variable("FILES_URL", "工作人员侧文件存放处（file://目录）；不填则在数据目录中")
PUBLIC_FILES_URL = Variable("PUBLIC_FILES_URL", "公众侧文件存放处（file://目录）；不填则在数据目录中")
KEYS = Variable("GONGKAI_KEYS", "密钥目录，权限0700，不随数据库备份；不填则为数据目录下的keys")
PORTAL_PORT = Variable("PORTAL_PORT", "公众侧端口", "8000")
DESK_PORT = Variable("DESK_PORT", "工作人员侧端口", "8001")
PORTAL_HOSTS = Variable("PORTAL_HOSTS", "公众侧域名，逗号分隔", "127.0.0.1,localhost,[::1]")
DESK_HOSTS = Variable("DESK_HOSTS", "工作人员侧域名，逗号分隔", "127.0.0.1,localhost,[::1]")
PORTAL_URL = Variable("PORTAL_URL", "公众侧的完整网址，用于二维码和信函；不填则为本机地址加端口")
DESK_URL = Variable("DESK_URL", "工作人员侧的完整网址，用于一次性链接；不填则为本机地址加端口")
TRUSTED_PROXIES = Variable("TRUSTED_PROXIES", "可信反向代理地址，逗号分隔；只信它们转交的客户端地址")
SUITE = Variable(
    "GONGKAI_SUITE", "密码套件：national（SM4-GCM、SM3）或 international（AES-256-GCM、SHA-256）", "national"
)
PASSWORD_PROFILE = Variable(
    "GONGKAI_PASSWORD_PROFILE", "口令策略：mlps（等级保护）或 asvs（长口令、不强制更换）", "mlps"
)
EMAIL_URL = Variable(
    "EMAIL_URL",
    "发信服务器：smtp+tls://用户:口令@主机:端口（STARTTLS）、smtps://（TLS）、smtp://（不加密）；file:///目录 只存不发；不填则不发信",
)
EMAIL_FROM = Variable("EMAIL_FROM", "发信人地址；不填则用EMAIL_URL中的用户（是邮箱地址时）")
EMAIL_PER_DAY = Variable(
    "EMAIL_PER_DAY", "每天最多发出的信；到了上限，其余的次日再发，“运行状况”和 gongkai doctor 报警", "1000"
)
ANTIVIRUS_URL = Variable(
    "ANTIVIRUS_URL",
    "查毒程序（clamd）：unix:///run/clamav/clamd.ctl 或者 tcp://主机:端口；填了，没有查过或者有毒的文件打不开、发不出；不填则不查毒",
)
LINK_CHECKS = Variable(
    "LINK_CHECKS", "on：后台检查正文里的外部链接能不能打开；off：不检查（后台不能访问外网时）", "on"
)
HOST_SITE = Variable(
    "GONGKAI_HOST_SITE",
    "宿主网站文件夹：其中的header.html、footer.html作公众侧每页的页头和页脚；不填则用自己的页头和页脚",
)
COPY = Variable(
    "GONGKAI_COPY",
    "静态副本文件夹：公众侧的每一页、每个附件写在其中的site，由web服务器直接提供；不填则没有副本",
)
HOLIDAYS = Variable(
    "GONGKAI_HOLIDAYS", "放假安排数据文件夹，可放入新一年的文件；不填则为数据目录下的holidays"
)
FONTS = Variable("GONGKAI_FONTS", "字体文件夹：放入单位有授权的公文字体；不填则用系统字体")
ANCHORS = Variable(
    "GONGKAI_ANCHORS", "审计链头的锚文件夹，应放在另一台机器或移动介质上；不填则为数据目录下的anchors"
)
BACKUP_KEY = Variable(
    "GONGKAI_BACKUP_KEY", "备份口令文件：填了，备份就用它加密；文件应放在备份之外的地方。不填则不加密"
)

VARIABLES = tuple(value for value in list(globals().values()) if isinstance(value, Variable))


def home() -> Path:
    """数据目录, absolute."""
    return Path(HOME()).expanduser().resolve()


def folder(variable: Variable, name: str) -> Path:
    """A folder named by a variable, or ``name`` inside the data folder; file:// is accepted."""
    given = variable().removeprefix("file://")
    return Path(given).expanduser().resolve() if given else home() / name


def hosts(variable: Variable) -> list[str]:
    return [host.strip() for host in variable().split(",") if host.strip()]
