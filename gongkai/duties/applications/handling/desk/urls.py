"""承办的网址."""

from django.urls import path

from gongkai.duties.applications.handling.desk import views

app_name = "handling"
urlpatterns = [
    path("periods/", views.periods, name="periods"),
    path("commissions/<slug:public_id>/", views.commission, name="commission"),
    path("commissions/<slug:public_id>/answer/", views.answer, name="answer"),
    path("commissions/<slug:public_id>/call-back/", views.call_back, name="call_back"),
    path("extensions/<slug:public_id>/<slug:name>/", views.extension, name="extension"),
    path("<slug:public_id>/", views.case, name="case"),
    path("<slug:public_id>/<slug:name>/", views.step, name="step"),
]
