"""收费的网址."""

from django.urls import path

from gongkai.duties.applications.fees.desk import views

app_name = "fees"
urlpatterns = [
    path("practice/", views.practice, name="practice"),
    path("<slug:public_id>/", views.case, name="case"),
    path("<slug:public_id>/propose/", views.propose, name="propose"),
    path("one/<slug:public_id>/<slug:name>/", views.step, name="step"),
]
