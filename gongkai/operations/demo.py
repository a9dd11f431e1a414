"""gongkai demo. Sets up the fictional office with a year of its work, prints a link for each person, serves both sides."""

import argparse

from gongkai.config import env
from gongkai.operations.process import CannotRun, say, start_django
from gongkai.operations.serve import serve_all
from gongkai.operations.setup import prepare


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gongkai demo", description="装入示例单位的2023年，打印登录链接，启动两侧。"
    )
    parser.add_argument("--no-serve", action="store_true", help="只装入数据，不启动")
    given = parser.parse_args(arguments)
    if env.MODE() != "demo":
        raise CannotRun("演示只在演示模式下运行：GONGKAI_MODE=demo gongkai demo（或 make demo）。")
    say(f"数据目录：{env.home()}")
    prepare()
    start_django("worker")
    load()
    links()
    if given.no_serve:
        return 0
    say("\n正在启动…")
    return serve_all(when_ready=_say_where)


def _say_where() -> None:
    say(f"公众侧    http://127.0.0.1:{env.PORTAL_PORT()}/")
    say(f"工作人员侧 http://127.0.0.1:{env.DESK_PORT()}/    （按Ctrl-C停止）\n")


def load() -> None:
    """The office and its year, once; an installation that has people already is left as it is."""
    from gongkai.agencies.models import Person

    if Person.objects.exists():
        say("示例数据已经装入。")
        return
    from demo import (
        cases,
        documents,
        office,
        old_site,
        publicity,
        remedies,
        report,
        sheets,
        topic,
        upkeep,
        year,
    )
    from gongkai.duties.catalogue import disclosure_column
    from gongkai.outbox.worker import run_waiting

    say("装入示例单位和2023年的台账…")
    people = office.found()
    year.work(people, say=say)
    say("把旧站的信息迁入、对账、审查、签发、发布…")
    batch = old_site.move_in(people)
    say(f"  {batch.name}：迁入{batch.moved_in}条，{batch.get_state_display()}")
    say("编制、核对、批准、发布2023年度报告…")
    disclosure_column.release(by=people["fabu"])
    edition = report.publish(people)
    topic.publish(people)
    documents.publish(people)
    sheets.publish(people)
    say("公示许可和处罚，发布权责清单…")
    publicity.work(people)
    say("落实公开职责，检查栏目更新…")
    upkeep.work(people)
    say("复议诉讼案卷…")
    remedies.work(people)
    say("依申请公开的案件…")
    cases.work(people)
    while run_waiting():
        pass
    edition.refresh_from_db()
    say(f"年度报告：{edition.get_status_display()}")


def links() -> None:
    """一次性登录链接 for each person; whoever opens one is that person."""
    from gongkai.agencies.actions.one_time_links import issue_one_time_link
    from gongkai.agencies.models import OneTimeLink, Person

    say("\n登录链接（各用一次，30分钟内有效；再次运行会打印新的）：")
    for person in Person.objects.filter(is_active=True).order_by("administrator", "pk"):
        link = issue_one_time_link(person, purpose=OneTimeLink.Purpose.DEMO, by=None)
        posts = "、".join(tenure.post.name for tenure in person.tenures.select_related("post").order_by("pk"))
        say(f"  {person.name}（{posts or person.get_administrator_display()}）\n    {link}")
