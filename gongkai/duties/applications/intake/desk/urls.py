"""网上收件的网址."""

from django.urls import path

from gongkai.duties.applications.intake.desk import views

app_name = "application_intake"
urlpatterns = [
    path("", views.received, name="list"),
    path("<slug:public_id>/", views.one, name="one"),
    path("<slug:public_id>/particulars/", views.particulars, name="particulars"),
    path("files/<slug:public_id>/", views.file, name="file"),
]
