"""解读的网址."""

from django.urls import path

from gongkai.duties.catalogue.interpretation.desk import views

app_name = "interpretation"
urlpatterns = [
    path("practice/", views.practice, name="practice"),
    path("<slug:public_id>/plan/", views.plan, name="plan"),
    path("<slug:public_id>/begin/", views.begin, name="begin"),
    path("<slug:public_id>/documents/", views.link, name="link"),
    path("<slug:public_id>/documents/<slug:other>/remove/", views.unlink, name="unlink"),
]
