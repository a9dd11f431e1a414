"""征求意见的网址."""

from django.urls import path

from gongkai.duties.applications.consultation.desk import views

app_name = "consultation"
urlpatterns = [
    path("<slug:public_id>/", views.case, name="case"),
    path("<slug:public_id>/prepare/", views.prepare, name="prepare"),
    path("one/<slug:public_id>/reveal/<slug:name>/", views.reveal, name="reveal"),
    path("one/<slug:public_id>/<slug:name>/", views.step, name="step"),
]
