"""工作人员侧网址. Nothing here is reachable from the public side."""

from django.urls import include, path

urlpatterns = [
    path("", include("wagtail.admin.urls")),
]
