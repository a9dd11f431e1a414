"""The settings of the public process, for tests that run both sides in one."""

from django.conf import settings

PORTAL_SETTINGS = {
    "ROOT_URLCONF": "gongkai.config.urls_portal",
    "MIDDLEWARE": settings.PORTAL_MIDDLEWARE,
    "ALLOWED_HOSTS": ["127.0.0.1"],
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["gongkai.portal.pages.context.site"]},
        }
    ],
}
