"""高频申请人的网址."""

from django.urls import path

from gongkai.duties.applications.frequent.desk import views

app_name = "frequent"
urlpatterns = [
    path("", views.applicants, name="list"),
    path("marks/", views.marks, name="marks"),
    path("topics/", views.topics, name="topics"),
    path("topics/<slug:public_id>/", views.topic, name="topic"),
    path("members/<slug:public_id>/take-out/", views.take_out, name="take_out"),
    path("asked/<slug:public_id>/reveal/", views.reveal, name="reveal"),
    path("asked/<slug:public_id>/<slug:name>/", views.asked, name="asked"),
    path("<slug:public_id>/", views.case, name="case"),
    path("<slug:public_id>/compare/", views.compare, name="compare"),
    path("<slug:public_id>/put-in/", views.put_in, name="put_in"),
    path("<slug:public_id>/<slug:name>/", views.step, name="step"),
]
