"""信息目录的网址; its registers stand with those of the other apps."""

from django.urls import path

from gongkai.duties.catalogue.desk import items, pictures, preview, routes, steps, views

app_name = "catalogue"
urlpatterns = [
    path("columns/", views.columns, name="columns"),
    path("disclosure-column/", views.disclosure_column, name="disclosure_column"),
    path("routes/", routes.routes, name="routes"),
    path("items/", items.items, name="items"),
    path("items/begin/", items.begin, name="begin"),
    path("items/<slug:public_id>/", items.version, name="version"),
    path("items/<slug:public_id>/write/", items.write, name="write"),
    path("items/<slug:public_id>/take-up/", steps.take_up, name="take_up"),
    path("items/<slug:public_id>/attach/", steps.attach, name="attach"),
    path("items/<slug:public_id>/files/<slug:sha256>/", items.file, name="file"),
    path("items/<slug:public_id>/files/<slug:sha256>/remove/", steps.detach, name="detach"),
    path("items/<slug:public_id>/files/<slug:sha256>/clean/", steps.clean, name="clean"),
    path("items/<slug:public_id>/pictures/add/", pictures.add, name="add_picture"),
    path("items/<slug:public_id>/pictures/<slug:sha256>/", pictures.show, name="picture"),
    path("items/<slug:public_id>/answer/<slug:fingerprint>/", steps.answer, name="answer"),
    path("items/<slug:public_id>/compare/", items.compare, name="compare"),
    path("items/<slug:public_id>/preview/", preview.preview, name="preview"),
    path("items/<slug:public_id>/record/", items.record, name="record"),
    path("items/<slug:public_id>/review/", steps.review, name="review"),
    path("items/<slug:public_id>/secrecy/", steps.decide_secrecy, name="decide_secrecy"),
    path("items/<slug:public_id>/schedule/", steps.schedule, name="schedule"),
    path("items/<slug:public_id>/revise/", steps.revise, name="revise"),
    path("items/<slug:public_id>/withdraw/", steps.withdraw, name="withdraw"),
    path("items/<slug:public_id>/step/<slug:name>/", steps.step, name="step"),
]
