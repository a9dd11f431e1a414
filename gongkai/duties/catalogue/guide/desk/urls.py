"""公开指南的网址."""

from django.urls import path

from gongkai.duties.catalogue.guide.desk import views

app_name = "guide"
urlpatterns = [
    path("", views.editions, name="editions"),
    path("begin/", views.new_edition, name="new_edition"),
    path("recheck/", views.recheck, name="recheck"),
    path("<slug:public_id>/sheet/", views.sheet, name="sheet"),
]
