"""年报网址."""

from django.urls import path

from gongkai.annual_report.desk import earlier, steps, views

app_name = "annual_report"
urlpatterns = [
    path("annual-reports/", views.reports, name="list"),
    path("annual-reports/start/", steps.start, name="start"),
    path("annual-reports/earlier/", earlier.enter, name="earlier"),
    path("annual-reports/<slug:public_id>/", views.edition, name="edition"),
    path("annual-reports/<slug:public_id>/text/", views.text, name="text"),
    path("annual-reports/<slug:public_id>/records/", views.records, name="records"),
    path("annual-reports/<slug:public_id>/preview/", views.preview, name="preview"),
    path("annual-reports/<slug:public_id>/file/<str:form>/", views.file, name="file"),
    path("annual-reports/<slug:public_id>/explain/<str:fingerprint>/", steps.explain, name="explain"),
    path("annual-reports/<slug:public_id>/step/<str:name>/", steps.step, name="step"),
    path("annual-reports/<slug:public_id>/correct/", steps.correct, name="correct"),
]
