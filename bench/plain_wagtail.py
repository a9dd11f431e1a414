"""普通的Wagtail页面. The other peer of our hot page: the same page as a Wagtail site is started, nothing kept.

Run by itself it makes the site's database, once; imported it is the site.
"""

import os
import sqlite3
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

SLUG = "review-rules"
TEMPLATE = """{% load wagtailcore_tags wagtailuserbar %}{% wagtail_site as site %}<!DOCTYPE html><html lang="zh-CN"><head>
<meta charset="utf-8"><title>{{ page.title }} - {{ site.site_name }}</title></head><body>{% wagtailuserbar %}
<h1>{{ page.title }}</h1><p>发布时间：{{ page.first_published_at|date:"Y-m-d H:i" }}</p>
<main>{{ page.body|richtext }}</main></body></html>"""

_WAGTAIL = (
    "wagtailredirects",
    "wagtailusers",
    "wagtailimages",
    "wagtaildocs",
    "wagtailsearch",
    "wagtailadmin",
)
_OTHERS = ("wagtailcore", "taggit", "auth", "contenttypes", "sessions")

settings.configure(
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="bench",  # noqa: S106
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "bench",
        "wagtail.contrib.redirects",
        "wagtail.sites",
        "wagtail.users",
        "wagtail.images",
        "wagtail.documents",
        "wagtail.search",
        "wagtail.admin",
        "wagtail",
        "modelcluster",
        "taggit",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "django.middleware.security.SecurityMiddleware",
        "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["WAGTAIL_DATABASE"],
            "CONN_MAX_AGE": None,
        }
    },
    MIGRATION_MODULES=dict.fromkeys((*_WAGTAIL, *_OTHERS)),  # the tables as the models have them
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    TIME_ZONE="Asia/Shanghai",
    STATIC_URL="/static/",
    WAGTAIL_SITE_NAME="bench",
    WAGTAILADMIN_BASE_URL="http://127.0.0.1",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
                "loaders": [
                    ("django.template.loaders.locmem.Loader", {"article.html": TEMPLATE}),
                    "django.template.loaders.app_directories.Loader",
                ],
            },
        }
    ],
)
django.setup()

from wagtail import urls as wagtail_urls  # noqa: E402
from wagtail.fields import RichTextField  # noqa: E402
from wagtail.models import Locale, Page, Site  # noqa: E402


class Article(Page):
    """A page of text."""

    body = RichTextField()
    template = "article.html"

    class Meta:
        app_label = "bench"


urlpatterns = [path("", include(wagtail_urls))]
application = get_wsgi_application()


def prepare(public: Path) -> None:
    """The tables, and the page of ours (title and text, from the public database) at the same address."""
    from django.core.management import call_command
    from django.db import connection

    if Article._meta.db_table in connection.introspection.table_names():
        return
    call_command("migrate", run_syncdb=True, verbosity=0)
    with connection.schema_editor() as tables:
        tables.create_model(Article)
    with sqlite3.connect(public) as ours:
        title, body = ours.execute(
            "SELECT title, html FROM portal_publishedpage WHERE slug = ?", [SLUG]
        ).fetchone()
    Locale.objects.create(language_code=settings.LANGUAGE_CODE.split("-")[0])
    home = Page.add_root(title="root", slug="root").add_child(title="home", slug="home")
    Site.objects.create(hostname="127.0.0.1", root_page=home, is_default_site=True)
    pages = home.add_child(instance=Article(title="pages", slug="pages", body="-"))
    pages.add_child(instance=Article(title=title, slug=SLUG, body=body))


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))
