"""旧站迁入. ``gongkai manage move_in 路径 --as 登录名``: a dry run; with --confirm it moves in and compares.

Exit codes: 0 everything can be moved in, or was and agrees; 1 something cannot or does not; 2 nothing could be read or done.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.duties.catalogue.moving_in import actions, judging, queries
from gongkai.duties.catalogue.moving_in.models import Batch, Entry
from gongkai.duties.catalogue.moving_in.packing import pack
from gongkai.duties.catalogue.moving_in.presenters import rows
from gongkai.duties.catalogue.moving_in.reconciliation import reconcile
from gongkai.spreadsheets.written import as_csv

_TOLD = 50  # places of one kind
Standing = Entry.Standing


class Command(BaseCommand):
    help = (
        "迁入旧站的信息：表格、JSON、网页文件夹或者压缩包。默认只预览，不写入任何信息；加 --confirm 才迁入并对账。"
        "迁入以后在工作人员侧送审、审查、签发、发布。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", metavar="路径", help="文件或者文件夹")
        parser.add_argument(
            "--as", dest="username", required=True, metavar="登录名", help="迁入人，有起草信息的职权"
        )
        parser.add_argument("--name", default="", metavar="来源", help="来源的名称，默认用文件名")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="来源栏目=栏目",
            help="来源栏目迁到哪个栏目，可以写多次；“=”后面留空表示不迁入",
        )
        parser.add_argument(
            "--address", default="", metavar="网址", help="旧站文件夹原来所在的网址，用来记下每一页的原网址"
        )
        parser.add_argument(
            "--list", dest="list_to", default="", metavar="文件", help="把对账清单写到这个文件"
        )
        parser.add_argument("--confirm", action="store_true", help="确认迁入")

    def handle(self, *args: Any, path: str, username: str, **options: Any) -> None:
        person = Person.objects.select_related("agency", "section").filter(username=username).first()
        if person is None:
            raise CommandError(f"没有登录名为“{username}”的人员，请核对。", returncode=2)
        try:
            batch = self._previewed(Path(path), options, person)
            sound = self._say_preview(batch)
            if options["confirm"]:
                batch = actions.move_in(batch, by=person)
                sound &= self._say_comparison(batch, options["list_to"])
            else:
                actions.discard(batch, by=person)
                self.stdout.write("这是预览，没有写入任何信息。加 --confirm 迁入。")
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        if not sound:
            sys.exit(1)

    def _previewed(self, path: Path, options: dict[str, Any], person: Person) -> Batch:
        told = path.resolve().name
        file = f"{told}.zip" if path.is_dir() else told
        try:
            with tempfile.TemporaryFile() if path.is_dir() else path.open("rb") as data:
                if path.is_dir():
                    pack(path, data)
                    data.seek(0)
                batch = actions.preview(
                    name=options["name"] or told,
                    file=file,
                    data=data,
                    address=options["address"],
                    by=person,
                )
        except OSError:
            raise CommandError(f"不能读取“{path}”，请核对路径和权限。", returncode=2) from None
        if options["column"]:
            batch = actions.map_columns(batch, mapping=_mapping(batch, options["column"]), by=person)
        return batch

    def _say_preview(self, batch: Batch) -> bool:
        counts = queries.counted(batch)
        self.stdout.write(f"来源：{batch.name}（{batch.get_form_display()}），文件摘要 {batch.file_digest}")
        self.stdout.write(
            "，".join(f"{Standing(name).label}{count}条" for name, count in counts.items() if count)
        )
        for note in batch.notes:
            self.stdout.write(f"  {note}")
        names = judging.unmapped(batch, batch.entries.defer("content"))
        for name in names:
            self.stdout.write(f"  来源栏目“{name}”还没有对应，请加 --column {name}=栏目名称")
        refused = batch.entries.filter(standing=Standing.REFUSED).order_by("position")
        for entry in refused[:_TOLD]:
            self.stdout.write(f"  {entry.place}：{entry.title or '没有标题'}：{entry.reason}")
        if counts[Standing.REFUSED] > _TOLD:
            self.stdout.write(f"  还有{counts[Standing.REFUSED] - _TOLD}条不能迁入的没有列出。")
        return not names and not counts[Standing.REFUSED]

    def _say_comparison(self, batch: Batch, list_to: str) -> bool:
        found = reconcile(batch)
        if list_to:
            heading, *body = rows(batch)
            Path(list_to).write_bytes(as_csv(heading, body))
        self.stdout.write(f"对账：来源{found.source}条，收到{found.received}条，完全一致{found.equal}条")
        self.stdout.write(f"  来源摘要 {found.digest}")
        self.stdout.write(f"  收到摘要 {found.received_digest}")
        for each in found.differences[:_TOLD]:
            self.stdout.write(f"  {each.place}：{each.title}：{each.difference}")
        self.stdout.write("一致。请在“旧站迁入”里送审。" if found.holds else "不一致，请核对上面列出的各条。")
        return found.holds


def _mapping(batch: Batch, columns: list[str]) -> dict[str, str]:
    """来源栏目=栏目 as written, on top of those with equal names."""
    by_name = {column.name: public_id for public_id, column in judging.columns(batch.agency).items()}
    mapping = dict(batch.mapping)
    for written in columns:
        source, sign, name = written.partition("=")
        if not sign:
            raise CommandError(f"“{written}”应写成“来源栏目=栏目”。", returncode=2)
        if name and name not in by_name:
            raise CommandError(f"没有栏目“{name}”，或者已经关闭。", returncode=2)
        mapping[source] = by_name[name] if name else judging.LEAVE_OUT
    return mapping
