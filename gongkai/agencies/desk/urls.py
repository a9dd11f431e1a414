"""登录、安全管理、系统管理的网址."""

from django.urls import path, re_path

from gongkai.agencies.desk import calendar, holidays, log_in, people, posts, site

app_name = "agencies"
urlpatterns = [
    path("log-in/", log_in.log_in, name="log_in"),
    path("log-in/code/", log_in.factor, name="factor"),
    path("log-in/password/", log_in.new_password, name="new_password"),
    path("log-in/authenticator/", log_in.enrol, name="enrol"),
    path("account/prove/", log_in.prove, name="prove"),
    path("log-out/", log_in.log_out, name="log_out"),
    path("link/<str:token>/", log_in.link, name="link"),
    path("account/", log_in.own_account, name="own_account"),
    path("account/calendar/", calendar.calendar, name="calendar"),
    path("holidays/", holidays.years, name="holidays"),
    path("holidays/<int:number>/", holidays.year, name="holiday_year"),
    path("site/", site.site, name="site"),
    # 安全管理
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="add_person"),
    path("people/<slug:public_id>/", people.person, name="person"),
    path("people/<slug:public_id>/change/", people.change, name="change_person"),
    re_path(r"^people/(?P<public_id>\w+)/(?P<act>disable|enable|unlock)/$", people.account, name="account"),
    re_path(
        r"^people/(?P<public_id>\w+)/link/(?P<purpose>invitation|password|second_factor)/$",
        people.issue_link,
        name="issue_link",
    ),
    path("people/<slug:public_id>/tenure/", people.add_tenure, name="add_tenure"),
    path("tenures/<slug:public_id>/end/", people.finish_tenure, name="end_tenure"),
    path("sections/", posts.sections, name="sections"),
    path("sections/add/", posts.section, name="add_section"),
    path("sections/<slug:public_id>/", posts.section, name="section"),
    path("posts/", posts.posts, name="posts"),
    path("posts/add/", posts.post, name="add_post"),
    path("posts/<slug:public_id>/", posts.post, name="post"),
    path("delegations/", posts.delegations, name="delegations"),
    path("delegations/add/", posts.add_delegation, name="add_delegation"),
    path("delegations/<slug:public_id>/end/", posts.finish_delegation, name="end_delegation"),
]
