"""旧站迁入的网址."""

from django.urls import path

from gongkai.duties.catalogue.moving_in.desk import steps, views

app_name = "moving_in"
urlpatterns = [
    path("", views.batches, name="list"),
    path("upload/", views.upload, name="upload"),
    path("<slug:public_id>/", views.batch, name="batch"),
    path("<slug:public_id>/mapping/", views.mapping, name="mapping"),
    path("<slug:public_id>/entries/", views.entries, name="entries"),
    path("<slug:public_id>/reconciliation/", views.reconciliation, name="reconciliation"),
    path("<slug:public_id>/reconciliation.csv", views.reconciliation_file, name="reconciliation_file"),
    path("<slug:public_id>/step/<slug:name>/", steps.step, name="step"),
    path("<slug:public_id>/conclude/", steps.conclude, name="conclude"),
    path("<slug:public_id>/entries/<slug:entry>/take-out/", steps.take_out, name="take_out"),
]
