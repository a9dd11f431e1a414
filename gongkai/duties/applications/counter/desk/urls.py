"""窗口收件的网址."""

from django.urls import path

from gongkai.duties.applications.counter.desk import views

app_name = "application_counter"
urlpatterns = [
    path("register/", views.register, name="register"),
    path("find/", views.find, name="find"),
    path("papers/<slug:public_id>/", views.paper, name="paper"),
    path("papers/<slug:public_id>/take-out/", views.take_out, name="take_out"),
    path("<slug:public_id>/", views.papers, name="papers"),
    path("<slug:public_id>/add/", views.add, name="add"),
    path("<slug:public_id>/label/", views.label, name="label"),
    path("<slug:public_id>/oral-record/", views.oral_record, name="oral_record"),
]
