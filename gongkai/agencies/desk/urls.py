"""登录和三员的网址."""

from django.urls import path

from gongkai.agencies.desk import log_in

app_name = "agencies"
urlpatterns = [
    path("log-in/", log_in.log_in, name="log_in"),
    path("log-in/code/", log_in.factor, name="factor"),
    path("log-in/password/", log_in.new_password, name="new_password"),
    path("log-in/authenticator/", log_in.enrol, name="enrol"),
    path("log-out/", log_in.log_out, name="log_out"),
    path("link/<str:token>/", log_in.link, name="link"),
    path("account/", log_in.own_account, name="own_account"),
]
