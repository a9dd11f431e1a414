"""信息目录的网址; its registers stand with those of the other apps."""

from django.urls import path

from gongkai.duties.catalogue.desk import views

app_name = "catalogue"
urlpatterns = [path("columns/", views.columns, name="columns")]
