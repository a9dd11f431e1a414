"""人员和登录的办理. What can be done with agencies, people, posts and links: one function a verb."""

from gongkai.agencies.actions.one_time_links import issue_one_time_link, use_one_time_link

__all__ = ["issue_one_time_link", "use_one_time_link"]
