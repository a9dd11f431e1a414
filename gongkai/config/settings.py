"""设置. One file for every installation; the side of the process and a handful of URLs make the difference."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from gongkai.config import env
from gongkai.sealing.keys import secret_key

PACKAGE = Path(__file__).resolve().parent.parent
HOME = env.home()
SIDE = env.SIDE()  # portal, desk, worker; "all" only in tests
DEMO = env.MODE() == "demo"
DEBUG = False

SECRET_KEY = secret_key(env.folder(env.KEYS, "keys"), side=SIDE)
ALLOWED_HOSTS = env.hosts(env.PORTAL_HOSTS if SIDE == "portal" else env.DESK_HOSTS)

# 数据库 -----------------------------------------------------------------------------------


def _database(variable: env.Variable, file: str) -> dict[str, Any]:
    config: dict[str, Any] = dict(dj_database_url.parse(variable() or f"sqlite:///{HOME / file}"))
    if config["ENGINE"].endswith("sqlite3"):
        # FULL: an acknowledged row is on the disk, not in the page cache (security.md §0 point 4).
        config["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config


_DESK_DATABASE = _database(env.DATABASE_URL, "desk.sqlite3")
_PUBLIC_DATABASE = _database(env.PUBLIC_DATABASE_URL, "public.sqlite3")
DATABASES = {
    "portal": {"default": _PUBLIC_DATABASE},  # the public process cannot even name the other database
    "desk": {"default": _DESK_DATABASE},
    "worker": {"default": _DESK_DATABASE, "public": _PUBLIC_DATABASE},
    "all": {"default": _DESK_DATABASE, "public": _PUBLIC_DATABASE},
}[SIDE]
DATABASE_ROUTERS = ["gongkai.config.router.TwoSides"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# 应用 -------------------------------------------------------------------------------------

PUBLIC_APPS = ["gongkai.audit", "gongkai.portal", "gongkai.portal.intake", "gongkai.portal.static_copy"]
DUTIES = [
    "gongkai.duties.catalogue",
    "gongkai.duties.administrative_acts",
    "gongkai.duties.applications",
    "gongkai.duties.applications.matters",
    "gongkai.duties.applications.handling",
    "gongkai.duties.applications.consultation",
    "gongkai.duties.applications.fees",
    "gongkai.duties.applications.frequent",
    "gongkai.duties.applications.clocks",
    "gongkai.duties.applications.archive",
    "gongkai.duties.applications.turning",
    "gongkai.duties.applications.intake",
    "gongkai.duties.remedies",
    "gongkai.duties.mailbox",
    "gongkai.duties.participation",
    "gongkai.duties.channels",
    "gongkai.duties.inspection",
    "gongkai.duties.oversight",
]
if SIDE == "portal":
    INSTALLED_APPS = ["django.contrib.staticfiles", *PUBLIC_APPS]
else:
    INSTALLED_APPS = [
        *PUBLIC_APPS,
        "gongkai.sealing",
        "gongkai.host_clock",
        "gongkai.outbox",
        "gongkai.gateways",
        "gongkai.desk",  # before Wagtail: its templates come first
        "gongkai.agencies",
        "gongkai.virus_checks",
        "gongkai.registers",
        *DUTIES,
        "gongkai.duties.catalogue.topics",
        "gongkai.duties.administrative_acts.lists",
        "gongkai.duties.applications.redaction",
        "gongkai.duties.applications.letters",
        "gongkai.duties.applications.counter",
        "gongkai.duties.applications.rights",
        "gongkai.duties.catalogue.upkeep",
        "gongkai.duties.catalogue.guide",
        "gongkai.duties.catalogue.interpretation",
        "gongkai.duties.catalogue.leaders",
        "gongkai.duties.catalogue.withheld",
        "gongkai.duties.catalogue.wording",
        "gongkai.duties.catalogue.links",
        "gongkai.duties.catalogue.normative",
        "gongkai.duties.catalogue.moving_in",
        "gongkai.annual_report",
        "wagtail.contrib.settings",
        "wagtail.users",
        "wagtail.snippets",
        "wagtail.documents",
        "wagtail.images",
        "wagtail.admin",
        "wagtail",
        "modelcluster",
        "taggit",
        "allauth",
        "allauth.account",
        "allauth.mfa",
        "axes",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.humanize",
        "django.contrib.staticfiles",
    ]

PORTAL_MIDDLEWARE = [
    "gongkai.audit.client_address.ClientAddress",
    "django.middleware.security.SecurityMiddleware",
    "gongkai.portal.middleware.PublicHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.portal.middleware.Compress",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
]
DESK_MIDDLEWARE = [
    "gongkai.audit.client_address.ClientAddress",
    "gongkai.desk.headers.DeskHeaders",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.desk.sessions.PrintableCookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gongkai.desk.sessions.StaffSession",
    "gongkai.desk.gatekeeping.GateKeeper",
]
MIDDLEWARE = PORTAL_MIDDLEWARE if SIDE == "portal" else DESK_MIDDLEWARE
ROOT_URLCONF = "gongkai.config.urls_portal" if SIDE == "portal" else "gongkai.config.urls_desk"
WSGI_APPLICATION = "gongkai.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": (
                ["gongkai.portal.pages.context.site"]
                if SIDE == "portal"
                else [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                    "gongkai.desk.context.shell",
                ]
            ),
        },
    }
]

PORTAL_HOST = urlsplit(env.PORTAL_URL()).netloc or f"127.0.0.1:{env.PORTAL_PORT()}"
LINK_CHECKS = env.LINK_CHECKS() == "on"
ANTIVIRUS_URL = env.ANTIVIRUS_URL()  # gongkai.gateways.antivirus
DESK_URL = env.DESK_URL() or f"http://127.0.0.1:{env.DESK_PORT()}"

# 人员登录 ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "agencies.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "gongkai.duties.catalogue.topics.policy.EditorAccess",  # answers the editor's one question, logs nobody in
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_PROFILE = env.PASSWORD_PROFILE()
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"gongkai.agencies.passwords.validators.{name}"}
    for name in ("FollowsProfile", "NotCommon", "NotPersonal", "NotUsedBefore")
]
LOGIN_URL = "agencies:log_in"
LOGIN_REDIRECT_URL = "desk:home"
MFA_ADAPTER = "gongkai.agencies.second_factor.SealedAdapter"
MFA_RECOVERY_CODE_DIGITS = 12
# Five failures in fifteen minutes, by name and address together, so that nobody locks a colleague out (AUTH-04).
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "gongkai.agencies.lock_out.address_of"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = [
    "axes.W002"
]  # its middleware would answer a lock-out differently from a wrong password

# 语言和时间 -------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LOCALE_PATHS = [PACKAGE / "desk" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

HOLIDAYS_FOLDER = env.folder(env.HOLIDAYS, "holidays")

# 静态文件、缓存、邮件 ----------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static" / SIDE
HOST_SITE_FOLDER = env.folder(env.HOST_SITE, "") if env.HOST_SITE() and SIDE == "portal" else None
STATICFILES_DIRS = [("host", HOST_SITE_FOLDER)] if HOST_SITE_FOLDER else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = HOME / "wagtail-media"
FILES_FOLDER = env.folder(env.FILES_URL, "files")  # by content; gongkai.gateways.files
PUBLIC_FILES_FOLDER = env.folder(env.PUBLIC_FILES_URL, "public-files")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MAIL_URL, MAIL_FROM = env.EMAIL_URL(), env.EMAIL_FROM()  # gongkai.gateways.mail
OUTBOX_PER_DAY = env.EMAIL_PER_DAY.number()  # letters that may leave on one day (ABU-06)
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # no library writes letters by itself

# 安全 -------------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
TRUSTED_PROXIES = env.hosts(env.TRUSTED_PROXIES)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
_HTTPS = not DEMO
_PREFIX = "__Host-" if _HTTPS else ""
SESSION_COOKIE_NAME = f"{_PREFIX}gongkai-desk"
CSRF_COOKIE_NAME = f"{_PREFIX}gongkai-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
if SIDE != "portal":  # the public process does not load the desk
    CSRF_FAILURE_VIEW = "gongkai.desk.views.stale_form"
SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _HTTPS
DISPLAY_COOKIE_NAME = f"{_PREFIX}display"  # a reader's choice of type size and contrast, nothing else
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.TRUSTED_PROXIES() else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Scans of people's papers stay in memory until they are sealed: none is written plainly to a disk (PII-03).
FILE_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024

COPY_FOLDER = env.folder(env.COPY, "") if env.COPY() else None  # gongkai.portal.static_copy
KEYS_FOLDER = env.folder(env.KEYS, "keys")
SUITE = env.SUITE()
AUDIT_ALGORITHM = "sm3" if env.SUITE() == "national" else "sha256"

# 后台事项 ---------------------------------------------------------------------------------
# What an outbox row of this kind makes the worker do. A task may run twice and must not mind.
OUTBOX_TASKS: dict[str, str] = {
    "portal.put_site": "gongkai.portal.tasks.put_site",
    "intake.put_status": "gongkai.portal.intake.tasks.put_status",
    "topics.release": "gongkai.duties.catalogue.topics.tasks.release",
    "portal.put_column": "gongkai.portal.tasks.put_column",
    "portal.put_page": "gongkai.portal.tasks.put_page",
    "portal.withdraw_item": "gongkai.portal.tasks.withdraw_item",
    "portal.withdraw_act": "gongkai.portal.tasks.withdraw_act",
    "portal.withdraw_list": "gongkai.portal.tasks.withdraw_list",
    "administrative_acts.release": "gongkai.duties.administrative_acts.tasks.release",
    "public_lists.release": "gongkai.duties.administrative_acts.lists.tasks.release",
    "annual_report.release": "gongkai.annual_report.tasks.release",
    "catalogue.release": "gongkai.duties.catalogue.tasks.release",
    "moving_in.release": "gongkai.duties.catalogue.moving_in.tasks.release",
    "leaders.take_down": "gongkai.duties.catalogue.leaders.tasks.take_down_who_left",
    "portal.mark_guide": "gongkai.portal.tasks.mark_guide",
    "portal.order_leaders": "gongkai.portal.tasks.order_leaders",
    "normative.expire": "gongkai.duties.catalogue.normative.tasks.expire",
    "normative.release": "gongkai.duties.catalogue.normative.tasks.release",
    "catalogue.publish_scheduled": "gongkai.duties.catalogue.tasks.publish_scheduled",
    "catalogue.put_column": "gongkai.duties.catalogue.tasks.put_column",
    "links.check": "gongkai.duties.catalogue.links.actions.check",
    "mail.send": "gongkai.agencies.mail.deliver",
    "upkeep.check": "gongkai.duties.catalogue.upkeep.tasks.check",
    "redaction.make": "gongkai.duties.applications.redaction.tasks.make",
    "letters.mail": "gongkai.duties.applications.letters.tasks.send",
    "application_rights.hand_out": "gongkai.duties.applications.rights.actions.hand_out",
    "letters.offer": "gongkai.duties.applications.letters.tasks.offer",
    "letters.withdraw_offer": "gongkai.duties.applications.letters.tasks.withdraw_offer",
    "applications.count": "gongkai.duties.applications.clocks.tasks.count",
    "application_archive.make": "gongkai.duties.applications.archive.tasks.make",
    "portal.withdraw_column": "gongkai.portal.tasks.withdraw_column",
    "portal.withdraw_page": "gongkai.portal.tasks.withdraw_page",
    "portal.withdraw_report": "gongkai.portal.tasks.withdraw_report",
}
# Kinds of which only so many are done a day; they are counted together.
OUTBOX_COUNTED = frozenset({"mail.send", "letters.mail"})
# What the desk does with the receipt of a kind, in the same transaction as marking it done.
OUTBOX_RECEIPTS: dict[str, str] = {
    "topics.release": "gongkai.duties.catalogue.topics.actions.confirm",
    "application_archive.make": "gongkai.duties.applications.archive.actions.finish",
    "links.check": "gongkai.duties.catalogue.links.actions.keep",
    "redaction.make": "gongkai.duties.applications.redaction.actions.finish",
    "letters.mail": "gongkai.duties.applications.letters.actions.confirm_mailed",
    "letters.offer": "gongkai.duties.applications.letters.actions.confirm_offered",
    "annual_report.release": "gongkai.annual_report.actions.confirm",
    "catalogue.release": "gongkai.duties.catalogue.actions.releasing.confirm",
    "moving_in.release": "gongkai.duties.catalogue.moving_in.actions.releasing.confirm",
    "administrative_acts.release": "gongkai.duties.administrative_acts.actions.confirm",
    "public_lists.release": "gongkai.duties.administrative_acts.lists.actions.confirm",
}

# What was handed in or uploaded and is kept, room by room: each module has names() and read(name) (FIL-07).
CHECKED_FILES: dict[str, str] = {
    "applicants": "gongkai.duties.applications.intake.checked_files",
    "redaction": "gongkai.duties.applications.redaction.checked_files",
    "letters": "gongkai.duties.applications.letters.checked_files",
    "counter": "gongkai.duties.applications.counter.checked_files",
    "remedies": "gongkai.duties.remedies.checked_files",
    "catalogue": "gongkai.duties.catalogue.checked_files",
    "topics": "gongkai.duties.catalogue.topics.checked_files",
}

# Wagtail ---------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "公开"
WAGTAILADMIN_BASE_URL = DESK_URL
WAGTAIL_WORKFLOW_ENABLED = False  # reviews are ours: bound to a hash, by three people
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}
