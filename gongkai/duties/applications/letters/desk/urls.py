"""文书的网址."""

from django.urls import path

from gongkai.duties.applications.letters.desk import book, delivering, templates, views

app_name = "letters"
urlpatterns = [
    path("", book.book, name="register"),
    path("export/", book.export, name="export"),
    path("templates/", templates.templates, name="templates"),
    path("templates/<slug:kind>/", templates.template, name="template"),
    path("templates/<slug:kind>/file/", templates.file, name="template_file"),
    path("cases/<slug:public_id>/", views.of_case, name="case"),
    path("cases/<slug:public_id>/<slug:kind>/", views.draft, name="draft"),
    path("cases/<slug:public_id>/<slug:kind>/<slug:origin>/", views.from_record, name="from_record"),
    path("deliveries/<slug:public_id>/", delivering.delivery, name="delivery"),
    path("deliveries/<slug:public_id>/proof/", delivering.proof, name="proof"),
    path("<slug:public_id>/", views.letter, name="letter"),
    path("<slug:public_id>/edit/", views.edit, name="edit"),
    path("<slug:public_id>/upload/", views.upload, name="upload"),
    path("<slug:public_id>/word/", views.word, name="word"),
    path("<slug:public_id>/pdf/", views.printed, name="pdf"),
    path("<slug:public_id>/deliver/", delivering.deliver, name="deliver"),
    path("<slug:public_id>/<slug:step>/", views.step, name="step"),
]
