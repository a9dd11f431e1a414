"""副本的维护. Follows what is released and withdrawn, looks for what we did not write, and puts it right from the public
database: the folder is never the truth of anything (WEB-07, PUB-06)."""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.audit.record import record
from gongkai.config.router import public_database
from gongkai.portal.static_copy import manifest as manifests
from gongkai.portal.static_copy.asking import Portal, address_of, file_of, is_copied
from gongkai.portal.static_copy.folder import CopyFolder, Seen
from gongkai.portal.static_copy.manifest import MANIFEST, SIGNATURE, Entry, Manifest, digest_of
from gongkai.portal.static_copy.models import CopyFinding, CopyState
from gongkai.portal.static_copy.things import Things, beginnings, frame, stamp, things

log = logging.getLogger(__name__)

Kind = CopyFinding.Kind
_NAMED = 20  # paths in the audit line
_MOST_FINDINGS = 10_000
_LOOK_EVERY = 100  # pages
_KEY = 20  # characters: a thing's key as it stands in all addresses that belong to it


class PortalAway(RuntimeError):
    """公众侧现在答不出. The copy stays as it is, and is asked for again."""


@dataclass(frozen=True, slots=True)
class Found:
    """一处改动."""

    kind: CopyFinding.Kind
    file: str


class Keeper:
    """维护副本的一个进程. One at a time: what another writes is tampering to it."""

    def __init__(self, root: Path) -> None:
        self.folder, self.portal = CopyFolder(root), Portal()
        self.folder.prepare()
        self._things: Things = {}
        self._frame = ""
        self._began_at, self._began_with = -1, Things()
        self._remembered: dict[str, Seen] = {}  # as each file was when its bytes were last proved
        self._known_good = b""
        self.found_at_start: list[Found] = []
        self.manifest = self._read_manifest()

    # 跟上发布和撤下

    def follow(self) -> int:
        """Whatever changed since last time; how many files were written or removed."""
        now = stamp()
        if now is None or (now == self.manifest.stamp and self._things):
            return 0
        current, around = things(), frame()
        self._began_at, self._began_with = now, current
        self.manifest.is_being_written = True
        self._save_manifest()
        if not self._things or around != self._frame or not self.manifest.files:
            count = self._write(self._everything(current), among=None)
        else:
            changed = {name for name in current if current[name] != self._things.get(name)}
            gone = set(self._things) - set(current)
            self._take_out(
                self._belonging_to(gone)
            )  # first of all: what is withdrawn is gone before anything else
            count = self._write(self._touched(changed, gone), among=set(self.manifest.files))
        self._things, self._frame = current, around
        self.manifest.stamp, self.manifest.is_being_written = now, False
        self._save_manifest()
        return count

    def renew(self) -> int:
        """全部重写: for what no change of a thing tells, such as a day that has come."""
        self.manifest.stamp, self._things = -1, {}
        return self.follow()

    def _everything(self, current: Things) -> set[str]:
        named = {name.partition("#")[0] for name in current}
        return {each for each in (*beginnings(), *named) if is_copied(each)}

    def _touched(self, changed: Collection[str], gone: Collection[str]) -> set[str]:
        """The things themselves, what leads to them, what they lead to, and every page that is no thing's own: the lists."""
        addresses = {name.partition("#")[0] for name in (*changed, *gone)}
        found = {each for each in addresses if is_copied(each)}
        found |= {address_of(file) for file in self._belonging_to(addresses)}
        for file, entry in self.manifest.files.items():
            here = address_of(file)
            if here in addresses:
                found.update(entry.leads_to)
            elif not addresses.isdisjoint(entry.leads_to) or not _is_of_one_thing(here):
                found.add(here)
        return {each for each in found if not each.startswith("/static/")} | set(beginnings())

    def _belonging_to(self, addresses: Iterable[str]) -> set[str]:
        """The files of things: their own pages, and all that bear their keys: data, prompts before leaving."""
        whole = {each.partition("#")[0] for each in addresses}
        keys = {part for each in whole for part in each.split("/") if len(part) == _KEY}
        return {
            file
            for file in self.manifest.files
            if address_of(file) in whole or not keys.isdisjoint(file.replace(".", "/").split("/"))
        }

    def _write(self, addresses: Collection[str], *, among: set[str] | None) -> int:
        """Ask for these and for all they newly lead to; ``among`` None: whatever else stands there goes."""
        waiting, asked, count = sorted(each for each in addresses if is_copied(each)), set[str](), 0
        made: dict[str, Entry] = {}
        while waiting:
            here = waiting.pop()
            if here in asked:
                continue
            asked.add(here)
            if len(asked) % _LOOK_EVERY == 0:
                self._take_out_what_went()
            answer = self.portal.ask(here)
            if (
                answer.status >= 500
            ):  # a database that is away says nothing of what is public: what stands, stands
                raise PortalAway(f"{here}: {answer.status}")
            if answer.status != 200:
                continue
            leads_to = sorted(set(self.portal.links(here, answer)))
            made[file_of(here)] = entry = Entry(
                digest_of(answer.body, self.manifest.suite), len(answer.body), leads_to
            )
            known = self.manifest.files.get(file_of(here))
            if known is None or known.digest != entry.digest:
                self._put(file_of(here), answer.body, entry)
                count += 1
            self.manifest.files[file_of(here)] = entry
            waiting += [
                each
                for each in leads_to
                if each not in asked and (among is None or file_of(each) not in self.manifest.files)
            ]
        stale = {file_of(each) for each in asked} - set(made)
        if among is None:
            stale |= set(self.manifest.files) - set(made)
        return count + self._take_out(stale & set(self.manifest.files))

    def _take_out_what_went(self) -> None:
        """In the middle of a long pass: what is withdrawn does not wait for its end. The lists follow right after it."""
        if stamp() not in (None, self._began_at):
            self._take_out(self._belonging_to(set(self._began_with) - set(things())))

    def _put(self, file: str, content: bytes, entry: Entry) -> None:
        self.manifest.files[file] = entry
        self._remembered[file] = self.folder.write(file, content)

    def _take_out(self, files: Collection[str]) -> int:
        for file in files:
            self.folder.remove(file)
            self.manifest.files.pop(file, None)
            self._remembered.pop(file, None)
        return len(files)

    # 看守

    def watch(self, *, thoroughly: bool = False) -> list[Found]:
        """核对 and put right. ``thoroughly``: every byte again, also of files that look untouched."""
        found = self._manifest_faults()
        standing = dict(self.folder.files())
        strange = sorted(set(standing) - set(self.manifest.files))
        found += [Found(Kind.ADDED, file) for file in strange]
        for file in strange:
            self.folder.set_aside(file)
        for file in sorted(self.manifest.files):
            if kind := self._fault_of(file, standing, thoroughly):
                found.append(Found(kind, file))
        to_write = [each.file for each in found if each.kind in (Kind.ALTERED, Kind.MISSING)]
        for each in found:
            if each.kind == Kind.ALTERED:
                self.folder.set_aside(each.file)
        self._restore(to_write)
        if found:
            self._save_manifest()
            self._report(found)
        CopyState.objects.update_or_create(
            pk=1,
            defaults={
                "stamp": max(self.manifest.stamp, 0),
                "files": len(self.manifest.files),
                "checked_at": timezone.now(),
            },
        )
        return found

    def _fault_of(
        self, file: str, standing: dict[str, Seen | None], thoroughly: bool
    ) -> CopyFinding.Kind | None:
        if file not in standing:
            return Kind.MISSING
        told = standing[file]
        if told is None:
            return Kind.ALTERED
        if told == self._remembered.get(file) and not thoroughly:
            return None
        try:
            digest = digest_of(self.folder.read(file), self.manifest.suite)
        except OSError:
            return Kind.ALTERED
        if digest == self.manifest.files[file].digest:
            self._remembered[file] = told
            return None
        return Kind.ALTERED

    def _restore(self, files: Collection[str]) -> None:
        for file in files:
            answer = self.portal.ask(address_of(file))
            if answer.status >= 500:
                continue  # still missed by the next look
            if answer.status != 200:  # withdrawn meanwhile
                self._take_out([file])
                continue
            leads_to = sorted(set(self.portal.links(address_of(file), answer)))
            self._put(
                file,
                answer.body,
                Entry(digest_of(answer.body, self.manifest.suite), len(answer.body), leads_to),
            )

    # 清单

    def _read_manifest(self) -> Manifest:
        """What stands there, if we signed it and it is the last one; otherwise everything is written anew, and told."""
        content, signature = self.folder.read_beside(MANIFEST), self.folder.read_beside(SIGNATURE)
        state = CopyState.objects.filter(pk=1).first()
        fresh = Manifest(settings.SUITE)
        if not content and (state is None or not state.manifest):
            return fresh
        signed = bool(content) and manifests.is_signed(content, signature, keys=settings.KEYS_FOLDER)
        if not signed or state is None or digest_of(content, settings.SUITE) != state.manifest:
            self.found_at_start = [Found(Kind.MANIFEST, MANIFEST)]
            self._report(self.found_at_start)
            return fresh
        self._known_good = content
        kept = Manifest.of(content)
        # Stopped in the middle of writing: nobody can say which of a file's two states is right, so all are written anew.
        return fresh if kept.is_being_written or kept.suite != settings.SUITE else kept

    def _manifest_faults(self) -> list[Found]:
        content, signature = self.folder.read_beside(MANIFEST), self.folder.read_beside(SIGNATURE)
        if not self._known_good or (
            content == self._known_good and manifests.is_signed(content, signature, keys=settings.KEYS_FOLDER)
        ):
            return []
        return [Found(Kind.MANIFEST, MANIFEST)]

    def _save_manifest(self) -> None:
        content = self.manifest.as_bytes()
        CopyState.objects.update_or_create(
            pk=1, defaults={"manifest": digest_of(content, settings.SUITE), "files": len(self.manifest.files)}
        )
        self.folder.write_beside(MANIFEST, content)
        self.folder.write_beside(SIGNATURE, manifests.sign(content, keys=settings.KEYS_FOLDER))
        self._known_good = content

    def _report(self, found: Collection[Found]) -> None:
        log.warning("static copy: %s files were not as written", len(found))
        with transaction.atomic(using=public_database()):
            CopyFinding.objects.bulk_create(
                CopyFinding(kind=each.kind, path=each.file[-300:]) for each in list(found)[:_MOST_FINDINGS]
            )
            record(
                "portal.copy.tampered",
                by=None,
                subject="static copy",
                detail={"count": len(found), "files": [each.file for each in list(found)[:_NAMED]]},
                using=public_database(),
            )


def _is_of_one_thing(here: str) -> bool:
    """A page of one item or decision, its data, a file. All others, columns and reports too, may list anything."""
    return here.startswith(("/files/", "/static/")) or any(
        len(part) == _KEY for part in here.replace(".", "/").split("/")
    )
