"""依申请公开的网址; the register's own stand with those of the other registers."""

from django.urls import path

from gongkai.duties.applications.desk import views

app_name = "applications"
urlpatterns = [
    path("<slug:public_id>/step/", views.step, name="step"),
    path("events/<slug:public_id>/rectify/", views.rectify_event, name="rectify_event"),
]
