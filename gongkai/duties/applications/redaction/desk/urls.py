"""遮盖的网址."""

from django.urls import path

from gongkai.duties.applications.redaction.desk import covering, jobs, pictures

app_name = "redaction"
urlpatterns = [
    path("", jobs.jobs, name="list"),
    path("begin/", jobs.begin, name="begin"),
    path("<slug:public_id>/", jobs.job, name="job"),
    path("<slug:public_id>/make/", jobs.make, name="make"),
    path("<slug:public_id>/agree/", jobs.agree, name="agree"),
    path("<slug:public_id>/step/<slug:name>/", jobs.step, name="step"),
    path("<slug:public_id>/proof/", jobs.proof, name="proof"),
    path("<slug:public_id>/search/", covering.search, name="search"),
    path("<slug:public_id>/detected/", covering.detected, name="detected"),
    path("<slug:public_id>/pages/<int:number>/", covering.page, name="page"),
    path("<slug:public_id>/pages/<int:number>/remove/", covering.remove, name="remove"),
    path("<slug:public_id>/pages/<int:number>/original.png", pictures.original, name="original"),
    path("<slug:public_id>/pages/<int:number>/outcome.png", pictures.outcome, name="outcome"),
    path("<slug:public_id>/file/", pictures.file, name="file"),
]
